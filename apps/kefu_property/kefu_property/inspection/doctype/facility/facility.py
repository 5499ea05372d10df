import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_time, getdate

from kefu_property.inspection import planning
from kefu_property.inspection.exceptions import FacilityIncomplete, WrongProject
from kefu_property.rules import inspection_rules as rules
from kefu_property.rules.money import D
from kefu_property.suite import attachments, qr

OUT_OF_USE = ("Out of Use", "Scrapped")


class Facility(Document):
	"""A common or fire facility, a sanitation area, a green area or an advertising place, with its label (D5, D26)."""

	def before_insert(self) -> None:
		self.code = frappe.generate_hash(length=8).upper()

	def validate(self) -> None:
		self.check_category()
		self.check_building()
		self.check_life()
		self.check_booking()
		self.clean_files()

	def after_insert(self) -> None:
		if self.kind == "Fire":
			planning.ensure_fire_plans(self.project)
		planning.add_tasks(self)

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		if not before:
			return
		if before.status not in OUT_OF_USE and self.status in OUT_OF_USE:
			planning.drop_tasks(self.name)
		elif before.status != self.status or before.category != self.category:
			planning.add_tasks(self)

	def check_category(self) -> None:
		category = frappe.db.get_value("Facility Category", self.category, ["kind", "life_years"], as_dict=True)
		self.kind = category.kind
		if self.is_new() and not self.life_years:
			self.life_years = category.life_years

	def check_building(self) -> None:
		if self.building and frappe.db.get_value("Property Building", self.building, "project") != self.project:
			frappe.throw(_("The building {0} belongs to another project.").format(self.building), WrongProject)

	def check_life(self) -> None:
		if self.installed_on and self.warranty_until and getdate(self.warranty_until) < getdate(self.installed_on):
			frappe.throw(_("The warranty ends before the facility was installed."), FacilityIncomplete)
		if (self.life_years or 0) < 0 or (self.quantity or 0) < 1:
			frappe.throw(_("Life and quantity are positive numbers."), FacilityIncomplete)
		if D(str(self.purchase_cost or 0)) < 0:
			frappe.throw(_("The purchase cost cannot be negative."), FacilityIncomplete)
		installed = getdate(self.installed_on) if self.installed_on else None
		self.end_of_life = rules.end_of_life(installed, self.life_years)
		if self.has_value_changed("warranty_until"):
			self.warranty_told = 0

	def check_booking(self) -> None:
		self.bookable = int(bool(self.bookable and self.on_portal))
		if self.bookable and not self.slots():
			frappe.throw(
				_("Between {0} and {1} there is no slot of {2} minutes. Correct the hours.").format(
					self.bookable_from, self.bookable_to, self.slot_minutes
				),
				FacilityIncomplete,
			)

	def clean_files(self) -> None:
		attachments.clean_rows(self, "photos", "image")
		attachments.clean_rows(self, "documents", "document", pdf=True)

	def slots(self) -> list[tuple]:
		"""Bookable spans of a day."""
		if not (self.bookable_from and self.bookable_to):
			return []
		return rules.slots(get_time(self.bookable_from), get_time(self.bookable_to), int(self.slot_minutes or 0))

	def works(self) -> list[dict]:
		"""Accepted maintenance, for the facility's card; the latest 30 works."""
		return frappe.get_all(
			"Facility Maintenance",
			filters={"facility": self.name, "status": "Work Accepted"},
			fields=["done_on", "work", "contractor", "cost"],
			order_by="done_on desc",
			limit=30,
		)

	def label_text(self) -> str:
		"""What the label's code says: an address that opens the inspection round at this facility."""
		return frappe.utils.get_url(f"/app/inspection-round/{self.code}")

	def label_qr(self) -> str:
		return qr.data_uri(self.label_text(), scale=3)


def on_doctype_update() -> None:
	frappe.db.add_index("Facility", ["project", "kind", "status"])
