import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.office.paper_exceptions import PlanExists, WrongDates, WrongProject
from kefu_property.rules.money import D, sum_money


class RelationsPlan(Document):
	"""Yearly plan of contacts with external organisations (D30)."""

	def validate(self) -> None:
		self.check_year()
		self.check_items()
		self.count()

	def check_year(self) -> None:
		if not 2000 <= (self.plan_year or 0) <= 2100:
			frappe.throw(_("Enter the year of the plan."), WrongDates)
		self.plan_title = _("External relations {0}").format(self.plan_year)
		self.plan_key = f"{self.project}|{self.plan_year}" if not self.docstatus.is_cancelled() else None
		twin = frappe.db.get_value("Relations Plan", {"plan_key": self.plan_key, "name": ["!=", self.name]})
		if twin:
			frappe.throw(_("{0} is the plan of this year. Change that one.").format(twin), PlanExists)

	def check_items(self) -> None:
		names = {row.organisation for row in self.items}
		projects = set(frappe.get_all("External Organisation", filters={"name": ["in", list(names)]}, pluck="project"))
		if projects - {self.project}:
			frappe.throw(_("The organisation is of another project. Choose one of this project."), WrongProject)
		for row in self.items:
			if not 1 <= (row.planned_month or 0) <= 12:
				frappe.throw(_("Line {0}: enter a month from 1 to 12.").format(row.idx), WrongDates)

	def count(self) -> None:
		self.planned = len(self.items)
		self.carried_out = sum(1 for row in self.items if row.visit)
		self.total_cost = sum_money(D(str(row.cost or 0)) for row in self.items)

	def before_update_after_submit(self) -> None:
		self.check_items()
		self.count()

	def on_cancel(self) -> None:
		self.db_set("plan_key", None)

	@frappe.whitelist(methods=["POST"])
	def carry_out(self, item: str, visit: str) -> None:
		"""Note the visit that carried out a line of the plan. Raises WrongProject for one of another organisation."""
		self.check_permission("read")
		if not frappe.has_permission("External Visit", "write", doc=frappe.get_doc("External Visit", visit)):
			frappe.throw(_("You may not note visits."), frappe.PermissionError)
		row = next((row for row in self.items if row.name == item), None)
		facts = frappe.db.get_value("External Visit", visit, ["organisation", "project"], as_dict=True)
		if not row or facts.organisation != row.organisation or facts.project != self.project:
			frappe.throw(_("The visit was to another organisation. Choose one of this organisation."), WrongProject)
		row.visit = visit
		self.flags.ignore_permissions = True  # whoever notes visits may say what they carry out
		self.save()
		frappe.db.set_value("External Visit", visit, "plan", self.name)
