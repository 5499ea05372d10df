import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.billing import payments, usage_kinds
from kefu_property.billing.exceptions import WrongSharedCost
from kefu_property.rules.money import D


class SharedCost(Document):
	"""A cost of common parts that the units bear together, divided openly (L6)."""

	def validate(self):
		self.amount = str(payments.money(self.amount))
		self.check_tariff()
		self.check_period()
		self.check_rows()
		self.check_approved_stays()
		self.count_units()

	def check_tariff(self):
		tariff = frappe.db.get_value("Fee Tariff", self.tariff, ["kind", "project"], as_dict=True)
		if tariff.kind != "Shared Pool" or tariff.project != self.project:
			frappe.throw(
				_("Choose a tariff of the kind {0} of this project.").format(_("Shared Pool")), WrongSharedCost
			)

	def check_period(self):
		if getdate(self.period_end) < getdate(self.period_start):
			frappe.throw(_("The period ends before it begins."), WrongSharedCost)

	def check_rows(self):
		seen = set()
		for row in self.units:
			if frappe.get_cached_value("Property Unit", row.unit, "project") != self.project:
				frappe.throw(_("{0} belongs to another project.").format(row.unit), WrongSharedCost)
			if row.unit in seen:
				frappe.throw(_("{0} is listed twice.").format(row.unit), WrongSharedCost)
			if row.effect == "Weight" and D(row.weight) < 0:
				frappe.throw(_("Row {0}: a weight is a number from 0 up.").format(row.idx), WrongSharedCost)
			seen.add(row.unit)

	def check_approved_stays(self):
		before = self.get_doc_before_save()
		if not before or before.workflow_state != "Approved":
			return
		fields = ("project", "tariff", "period_start", "period_end", "amount", "basis", "building")
		rows = [[(row.unit, row.effect, row.weight) for row in doc.units] for doc in (before, self)]
		if any(self.has_value_changed(field) for field in fields) or rows[0] != rows[1]:
			frappe.throw(_("An approved shared cost is not changed."), WrongSharedCost)

	def count_units(self):
		shares = self._shares()
		self.unit_count = len(shares)
		self.weight_total = str(sum(weight for _unit, weight, _share in shares))

	def _shares(self) -> list[tuple]:
		rows = {row.unit: {"effect": row.effect, "weight": row.weight} for row in self.units}
		return usage_kinds.shares_of(self.as_dict(), rows)

	def division(self) -> list[dict]:
		"""Weight and share of every unit, for the disclosure sheet."""
		return [
			{"unit_code": unit.unit_code, "weight": usage_kinds.plain(weight), "share": f"{share:.2f}"}
			for unit, weight, share in self._shares()
		]

	def printed(self) -> dict:
		"""What the disclosure sheet prints."""
		from kefu_property.billing import paper

		return {
			"letterhead": paper.letterhead(self.project),
			"amount": paper.yuan(self.amount),
			"rows": self.division(),
		}

	def on_trash(self):
		if self.workflow_state == "Approved":
			frappe.throw(_("An approved shared cost is not deleted."), WrongSharedCost)


def on_doctype_update():
	frappe.db.add_index("Shared Cost", ["tariff", "period_start"])
