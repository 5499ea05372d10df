import json

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, get_url, getdate, now_datetime, today

from kefu_property.community import disclosure, settings
from kefu_property.community.exceptions import DisclosureFixed, DisclosurePeriod
from kefu_property.rules import community_rules as rules
from kefu_property.suite import qr


class CommunityDisclosure(Document):
	"""The disclosure board of one period: live until it is published, then frozen with a fingerprint (L5)."""

	def validate(self) -> None:
		self.set_period()
		self.check_twice()

	def set_period(self) -> None:
		days = rules.days_of_period((self.period or "").strip())
		if not days:
			frappe.throw(
				_("“{0}” is no period. Write 2026-03, 2026Q1, 2026H1 or 2026.").format(self.period), DisclosurePeriod
			)
		self.period = self.period.strip()
		self.from_date, self.to_date = days
		self.due_on = self.due_on or add_days(self.to_date, settings.number("disclosure_days"))

	def check_twice(self) -> None:
		other = frappe.db.get_value(
			"Community Disclosure",
			{"project": self.project, "period": self.period, "docstatus": ["<", 2], "name": ["!=", self.name or ""]},
		)
		if other:
			frappe.throw(
				_("There is a disclosure of {0} for this project already.").format(self.period), DisclosurePeriod
			)

	def before_submit(self) -> None:
		if getdate(self.to_date) >= getdate(today()):
			frappe.throw(_("The period {0} has not ended yet.").format(self.period), DisclosurePeriod)
		sections = disclosure.collect(self.project, getdate(self.from_date), getdate(self.to_date))
		if not sections:
			frappe.throw(_("There is nothing to publish for {0}.").format(self.period), DisclosurePeriod)
		self.snapshot = json.dumps(sections, ensure_ascii=False)
		self.snapshot_hash = rules.fingerprint(sections)
		self.published_on = now_datetime()

	def before_update_after_submit(self) -> None:
		before = self.get_doc_before_save()
		if before and (before.snapshot, before.snapshot_hash) != (self.snapshot, self.snapshot_hash):
			frappe.throw(_("A published disclosure never changes."), DisclosureFixed)

	def on_trash(self) -> None:
		if self.docstatus:
			frappe.throw(_("A published disclosure stays on record."), DisclosureFixed)

	@frappe.whitelist()
	def sections(self) -> dict:
		"""`sections` of the board and `genuine` (None before it is published), for the form."""
		self.check_permission("read")
		genuine = disclosure.is_genuine(self) if self.snapshot else None
		return {"sections": disclosure.sections_of(self), "genuine": genuine}

	def printed_sections(self) -> list[dict]:
		return disclosure.sections_of(self)

	def answers(self) -> list[dict]:
		"""Answered objections that all owners may see, without names."""
		return frappe.get_all(
			"Disclosure Objection",
			filters={"disclosure": self.name, "status": "Answered", "answer_public": 1},
			fields=["section", "text", "answer", "answered_on"],
			order_by="answered_on",
		)

	def qr(self) -> str:
		return qr.data_uri(get_url(f"/portal/disclosure/{self.name}"), scale=3)
