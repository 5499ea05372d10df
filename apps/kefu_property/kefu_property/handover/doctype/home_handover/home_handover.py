import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.handover.exceptions import HandoverFixed, HandoverStep, WrongPlace
from kefu_property.registry import api as registry
from kefu_property.rules import handover_rules as rules


class HomeHandover(Document):
	"""The first handing over of a home to its buyer: appointment, visit, check, keys, signature (D24).

	Made by the approved batch; a home has one. Appointment and visit change through `booking`, `visits` and `homes`.
	"""

	def validate(self) -> None:
		self.check_home()
		self.check_people()
		self.unit_code = registry.unit_facts(self.unit)["unit_code"]

	def before_submit(self) -> None:
		if self.status not in rules.DONE:
			frappe.throw(_("Finish the handover on the page Home Check."), HandoverStep)

	def before_cancel(self) -> None:
		frappe.throw(
			_("The home is handed over. Use a move request to change its owner."),
			HandoverFixed,
		)

	def on_trash(self) -> None:
		if self.status not in (rules.TO_BE_BOOKED, rules.ABSENT):
			frappe.throw(_("Cancel the appointment first; a handover that has begun stays."), HandoverFixed)

	def check_home(self) -> None:
		facts = registry.unit_facts(self.unit)
		if facts["project"] != self.project:
			frappe.throw(_("{0} is not of project {1}.").format(_("Property Unit"), self.project), WrongPlace)
		self.building = facts["building"]
		if self.is_new() and frappe.db.get_value("Handover Batch", self.batch, "docstatus") != 1:
			frappe.throw(_("Handovers come from an approved batch. Add the home to a batch."), HandoverStep)

	def check_people(self) -> None:
		people = {row.resident for row in self.people} | ({self.resident} - {None, ""})
		if people and registry.count_of_project(self.project, people) != len(people):
			frappe.throw(_("A buyer belongs to another project."), WrongPlace)
		names = registry.names_of(people)
		self.buyer_name = names.get(self.resident)
		for row in self.people:
			row.resident_name = names[row.resident]


def on_doctype_update() -> None:
	frappe.db.add_index("Home Handover", ["project", "queue_date", "status"])
	frappe.db.add_index("Home Handover", ["project", "status", "appointment"])
