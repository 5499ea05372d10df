import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate, now_datetime, today

from kefu_property.inspection.exceptions import CheckIncomplete, ContractInvalid, WrongProject
from kefu_property.suite import attachments

POINTS = ("true_content", "lawful", "permit_seen", "safe_mount")


class AdvertisingContentCheck(Document):
	"""What hangs at an advertising place was looked at: allowed, or to be changed or removed (D5)."""

	def before_insert(self) -> None:
		self.checked_by = frappe.session.user

	def validate(self) -> None:
		self.check_place()
		self.check_result()
		attachments.clean_rows(self, "photos", "image")

	def after_insert(self) -> None:
		self.note_on_contract()
		if self.result != "Allowed":
			self.open_rectification()

	def check_place(self) -> None:
		place = frappe.db.get_value("Facility", self.facility, ["project", "kind"], as_dict=True)
		if place.project != self.project:
			frappe.throw(_("{0} belongs to another project.").format(self.facility), WrongProject)
		if place.kind != "Advertising Place":
			frappe.throw(_("{0} is no advertising place.").format(self.facility), ContractInvalid)
		if self.contract and frappe.db.get_value("Advertising Contract", self.contract, "facility") != self.facility:
			frappe.throw(_("The contract {0} is for another place.").format(self.contract), ContractInvalid)

	def check_result(self) -> None:
		if getdate(self.checked_on) > getdate(today()):
			frappe.throw(_("The content cannot be checked in the future."), CheckIncomplete)
		if self.result == "Allowed" and not all(self.get(point) for point in POINTS):
			frappe.throw(
				_("Content is allowed when all points are in order. Otherwise it has to be changed or removed."),
				CheckIncomplete,
			)
		if self.result != "Allowed" and not (self.reason or "").strip():
			frappe.throw(_("Say what is wrong with the content."), CheckIncomplete)

	def note_on_contract(self) -> None:
		if self.contract:
			frappe.db.set_value(
				"Advertising Contract",
				self.contract,
				{"last_content_check": self.checked_on, "content_result": self.result},
				update_modified=False,
			)

	def open_rectification(self) -> None:
		removed = self.result == "To Be Removed"
		doc = frappe.get_doc(
			{
				"doctype": "Rectification",
				"project": self.project,
				"facility": self.facility,
				"content_check": self.name,
				"item_text": "Advertising content",
				"severity": "Serious" if removed else "Minor",
				"found_on": now_datetime(),
				"due_date": add_days(today(), 1 if removed else 3),
				"description": self.reason,
				"photos": [{"image": row.image, "caption": row.caption} for row in self.photos],
			}
		)
		doc.flags.files_checked = True  # they were cleaned with the check
		self.db_set("rectification", doc.insert(ignore_permissions=True).name)  # follows from the check
