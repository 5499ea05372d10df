import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, getdate

from kefu_property.office import goals
from kefu_property.office.exceptions_desk import DueDate, EvidenceMissing, ResultMissing, ScoreTooHigh
from kefu_property.suite import measures

DECIDED = "Decided"


class HonourCampaign(Document):
	"""Prepares an application for an award: criteria, evidence, own score, gaps, result (D22)."""

	def validate(self) -> None:
		self.check_period()
		self.check_scores()
		self.full_score = sum(flt(row.full_score) for row in self.criteria)
		self.own_score = sum(flt(row.own_score) for row in self.criteria)
		before = self.get_doc_before_save()
		old = before.workflow_state if before else None
		if old == "Draft" and self.workflow_state == "Pending Approval":
			self.check_evidence()
		if self.workflow_state == DECIDED and old != DECIDED:
			self.close()

	def check_period(self) -> None:
		if getdate(self.period_to) < getdate(self.period_from):
			frappe.throw(_("The period of the evidence ends before it begins."), DueDate)

	def check_scores(self) -> None:
		for row in self.criteria:
			if flt(row.full_score) <= 0 or not 0 <= flt(row.own_score) <= flt(row.full_score):
				frappe.throw(
					_("Row {0}: the own score lies between 0 and the full score.").format(row.idx), ScoreTooHigh
				)

	def check_evidence(self) -> None:
		for row in self.criteria:
			if flt(row.own_score) and not (row.evidence or row.attachment):
				frappe.throw(
					_("Row {0}: a score needs its evidence. Describe it or attach the paper.").format(row.idx),
					EvidenceMissing,
				)

	def close(self) -> None:
		if not self.result:
			frappe.throw(_("Enter the result first."), ResultMissing)
		if self.result == "Won" and not self.honour:
			honour = frappe.get_doc(
				{
					"doctype": "Honour Record",
					"project": self.project,
					"title": self.title,
					"issuer": self.organiser,
					"level": self.level,
					"awarded_on": frappe.utils.today(),
					"campaign": self.name,
				}
			).insert(ignore_permissions=True)  # the decision enters it; the certificate is completed there
			self.honour = honour.name

	@frappe.whitelist(methods=["POST"])
	def collect_evidence(self) -> int:
		"""Write the suite's figure of the evidence period beside each criterion with a measure. Returns how many were found."""
		self.check_permission("write")
		available, found = measures.available(), 0
		for row in self.criteria:
			measure = available.get(row.measure)
			value = measure.value(self.project, getdate(self.period_from), getdate(self.period_to)) if measure else None
			if value is not None:
				row.evidence = _("{0}: {1} ({2} to {3})").format(
					measure.title,
					goals.with_unit(value, measure.unit),
					frappe.format(self.period_from, "Date"),
					frappe.format(self.period_to, "Date"),
				)
				found += 1
		self.save()
		return found

	@frappe.whitelist(methods=["POST"])
	def make_tasks(self) -> int:
		"""A task for each criterion with a gap and somebody responsible. Returns how many were made."""
		self.check_permission("write")
		made = 0
		for row in self.criteria:
			if row.gap and row.responsible and not row.task:
				task = frappe.get_doc(  # lint: allow query-in-loop: a new document, no query
					{
						"doctype": "ToDo",
						"allocated_to": row.responsible,
						"date": row.due_on or self.apply_by,
						"reference_type": "Honour Campaign",
						"reference_name": self.name,
						"description": frappe.utils.escape_html(f"{row.criterion}: {row.gap}"),
					}
				)
				row.task = task.insert(ignore_permissions=True).name  # the campaign gives the task
				made += 1
		self.save()
		return made
