import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate, now_datetime, today

from kefu_property.billing import dunning, dunning_papers
from kefu_property.billing.exceptions import DunningRefused, NothingOpen, ProofMissing


class DunningAction(Document):
	"""One demand on one payer: planned by a run or written down by whoever called (D2, L2)."""

	def validate(self):
		self.check_done()
		self.fill_debt()
		self.check_outcome()

	def on_update(self):
		dunning.restart_limitation(self)

	def on_trash(self):
		if self.state == "Done":
			frappe.throw(_("A demand that was made stays on record: it is evidence."), DunningRefused)

	def check_done(self):
		"""What was done is evidence: only a missing proof is added later."""
		before = self.get_doc_before_save()
		if not before or before.state != "Done":
			return
		fields = ("resident", "action_type", "state", "result", "channel", "done_by", "note")
		if (
			any((before.get(field) or "") != (self.get(field) or "") for field in fields)
			or get_datetime(before.done_on) != get_datetime(self.done_on)
			or (before.proof and before.proof != self.proof)
		):
			frappe.throw(_("A demand that was made is not edited; only a missing proof is added."), DunningRefused)

	def fill_debt(self):
		if not self.is_new() or self.bills:
			return
		bills = dunning.open_bills(self.project, getdate(today()), resident=self.resident).get(self.resident)
		if not bills:
			frappe.throw(_("This payer has no overdue bills in project {0}.").format(self.project), NothingOpen)
		facts = dunning.facts_of(bills, getdate(today()))
		rows = facts.pop("bills")
		self.update(facts)
		for bill in rows:
			self.append(
				"bills",
				{
					"invoice": bill.invoice,
					"unit": bill.unit,
					"period_start": bill.period_start,
					"due_date": bill.due_date,
					"open_amount": bill.outstanding,
				},
			)
		if self.result:
			self.state = "Done"
			self.done_on, self.done_by = self.done_on or now_datetime(), frappe.session.user

	def check_outcome(self):
		if self.state != "Done":
			return
		if not self.result or not self.channel:
			frappe.throw(_("Say how it was done and what came of it."), DunningRefused)
		if get_datetime(self.done_on) > now_datetime():
			frappe.throw(_("A step that was done lies in the past."), DunningRefused)
		if self.action_type in dunning.LETTERS and self.result in dunning.PROVEN and not self.proof:
			frappe.throw(_("Attach the proof of delivery: signed copy, receipt of the mail or photo."), ProofMissing)

	def printed(self) -> dict:
		return dunning_papers.letter(self)


def on_doctype_update():
	frappe.db.add_index("Dunning Action", ["project", "state", "modified"])
	frappe.db.add_index("Dunning Action", ["project", "state", "done_on"])
