import json

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime, today

from kefu_property.quality import reviews
from kefu_property.quality.exceptions import ReviewIncomplete, WrongPeriod
from kefu_property.suite.notify import alert


class ManagementReview(Document):
	"""The management looks at its systems: inputs from the data, conclusion, decisions with actions (D18)."""

	def validate(self) -> None:
		self.check_period()
		self.check_decisions()
		self.check_complete()

	def check_period(self) -> None:
		if getdate(self.period_from) > getdate(self.period_to):
			frappe.throw(_("The period ends before it begins."), WrongPeriod)
		if getdate(self.period_to) > getdate(self.review_on):
			frappe.throw(_("The period that is reviewed ends before the review is held."), WrongPeriod)
		if (getdate(self.period_to) - getdate(self.period_from)).days > 800:
			frappe.throw(_("A review covers two years at most."), WrongPeriod)
		before = self.get_doc_before_save()
		if before and any(getdate(self.get(field)) != before.get(field) for field in ("period_from", "period_to")):
			self.inputs = self.collected_on = None  # figures of another period

	def check_decisions(self) -> None:
		for row in self.decisions:
			if self.docstatus == 0 and getdate(row.due_on) < getdate(self.review_on):
				frappe.throw(_("Row {0}: the decision is due before the review.").format(row.idx), WrongPeriod)

	def check_complete(self) -> None:
		if self.workflow_state in (None, "Draft"):
			return
		if not self.inputs:
			frappe.throw(_("Collect the inputs before the minutes go out."), ReviewIncomplete)
		if not (self.conclusion or "").strip() or not self.decisions:
			frappe.throw(_("Write the conclusion and at least one decision."), ReviewIncomplete)

	def on_submit(self) -> None:
		alert(
			[row.responsible for row in self.decisions],
			lambda: _("The management review {0} decided something for you to do.").format(self.name),
			self.doctype,
			self.name,
		)
		frappe.get_doc(
			{
				"doctype": "File",
				"file_name": f"{self.name}.pdf",
				"attached_to_doctype": self.doctype,
				"attached_to_name": self.name,
				"is_private": 1,
				"content": reviews.pdf(self),
			}
		).insert(ignore_permissions=True)  # the review's own paper; who may approve was checked by the workflow

	def inputs_html(self) -> str:
		return reviews.inputs_html(self)

	@frappe.whitelist()
	def show_inputs(self) -> str:
		"""The collected inputs as HTML; empty before they were collected."""
		self.check_permission("read")
		return self.inputs_html() if self.inputs else ""

	@frappe.whitelist(methods=["POST"])
	def collect(self) -> None:
		"""Collect the inputs of the period anew; only while the minutes are a draft."""
		self.check_permission("write")
		if self.docstatus != 0 or self.workflow_state not in (None, "Draft"):
			frappe.throw(_("The inputs of finished minutes stay as they are."), ReviewIncomplete)
		found = reviews.collect(self.project, getdate(self.period_from), getdate(self.period_to), self.name)
		self.inputs, self.collected_on = json.dumps(found, ensure_ascii=False), now_datetime()
		self.save()

	@frappe.whitelist(methods=["POST"])
	def finish_decision(self, row: str, outcome: str) -> None:
		"""The person in charge of a decision, or somebody who keeps the minutes, notes that it was carried out."""
		self.check_permission("read")
		line = next((entry for entry in self.decisions if entry.name == row), None)
		if not line or self.docstatus != 1:
			frappe.throw(_("There is no such decision in force."), ReviewIncomplete)
		if line.responsible != frappe.session.user and not self.has_permission("write"):
			frappe.throw(_("Only the person in charge notes the outcome."), frappe.PermissionError)
		if line.done_on:
			frappe.throw(_("The decision was carried out already."), ReviewIncomplete)
		if not outcome.strip():
			frappe.throw(_("Write the outcome."), ReviewIncomplete)
		line.db_set({"done_on": today(), "outcome": outcome.strip()})
