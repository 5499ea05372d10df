import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.inspection import planning
from kefu_property.inspection.exceptions import PlanInvalid, WrongProject

#: changes of these make the tasks to come anew
SCHEDULING = (
	"template",
	"category",
	"building",
	"frequency",
	"every",
	"start_date",
	"end_date",
	"calendar_rule",
	"due_days",
	"days_ahead",
	"assigned_to",
	"assigned_role",
)


class InspectionPlan(Document):
	"""What is checked how often, on which days and by whom; tasks are made ahead of it (D5, L23)."""

	def validate(self) -> None:
		self.check_template()
		self.check_scope()
		self.check_days()

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		named = [row.facility for row in self.facilities]
		if not self.enabled:
			if before and before.enabled:
				self.drop_open_tasks()
		elif (
			not before
			or not before.enabled
			or any(self.has_value_changed(field) for field in SCHEDULING)
			or named != [row.facility for row in before.facilities]
		):
			planning.replan([self.name])

	def on_trash(self) -> None:
		if frappe.db.exists("Inspection Task", {"plan": self.name, "status": ["!=", "Planned"]}):
			frappe.throw(_("This plan has checks already. Take it out of force instead of deleting it."), PlanInvalid)
		self.drop_open_tasks()

	def drop_open_tasks(self) -> None:
		frappe.db.delete("Inspection Task", {"plan": self.name, "status": "Planned"})
		self.db_set("next_on", None, update_modified=False)

	def check_template(self) -> None:
		template = frappe.db.get_value(
			"Inspection Template", self.template, ["kind", "purpose", "disabled"], as_dict=True
		)
		if template.disabled and self.enabled:
			frappe.throw(_("The template {0} is disabled. Choose another one.").format(_(self.template)), PlanInvalid)
		self.kind, self.purpose = template.kind, template.purpose

	def check_scope(self) -> None:
		if not self.category and not self.facilities:
			frappe.throw(_("Say what is checked: a category, or facilities one by one."), PlanInvalid)
		if self.category and frappe.db.get_value("Facility Category", self.category, "kind") != self.kind:
			frappe.throw(
				_("The category {0} has another kind of facility than the template {1}.").format(
					_(self.category), _(self.template)
				),
				PlanInvalid,
			)
		names = [row.facility for row in self.facilities]
		foreign = frappe.get_all(
			"Facility", filters={"name": ["in", names or [""]], "project": ["!=", self.project]}, pluck="name"
		)
		if foreign:
			frappe.throw(_("{0} belongs to another project.").format(foreign[0]), WrongProject)

	def check_days(self) -> None:
		if self.every < 1 or self.due_days < 0 or self.days_ahead < 0:
			frappe.throw(_("Enter positive numbers for frequency and days."), PlanInvalid)
		if self.end_date and getdate(self.end_date) < getdate(self.start_date):
			frappe.throw(_("The last day is before the first."), PlanInvalid)
