import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.rules import chinese_id
from kefu_property.rules.personal_data import (
	clean_text,
	is_empty_word,
	is_phone,
	mask_id,
	mask_phone,
	normalise_id,
	normalise_phone,
)
from kefu_property.suite.uploads import check_image_field
from kefu_property.workforce import people, private_values
from kefu_property.workforce.exceptions import InUse, InvalidPersonalData, LoginTaken, StatusByHand

#: entry field → (masked field, kind of private value)
NUMBERS = {
	"new_mobile": ("mobile", private_values.PHONE),
	"new_id_number": ("id_number", private_values.ID_NUMBER),
	"new_bank_account": ("bank_account", private_values.BANK_ACCOUNT),
	"new_emergency_phone": ("emergency_phone", private_values.EMERGENCY_PHONE),
}


class StaffMember(Document):
	"""The file of a member of staff (D29).

	Full numbers enter through the fields `new_…`, which are emptied on saving; the file keeps masked copies. They
	leave only through `workforce.personal_data.reveal`.
	"""

	def validate(self) -> None:
		self.clean_names()
		self.check_login()
		self.check_status()
		self.check_manager()
		people.check_same_project(self, ("department", "Staff Department"))
		check_image_field(self, "photo")
		self.take_numbers()

	def on_update(self) -> None:
		for kind, value in (self.flags.numbers or {}).items():
			private_values.put(self.name, kind, value)

	def on_trash(self) -> None:
		private_values.forget(self.name)

	def clean_names(self) -> None:
		self.staff_name = clean_text(self.staff_name)
		self.user = self.user or None  # the unique key allows any number without a login, but one empty text
		if not self.rank and self.post:
			self.rank = frappe.get_cached_value("Staff Post", self.post, "rank")

	def check_login(self) -> None:
		other = self.user and frappe.db.get_value(
			"Staff Member", {"user": self.user, "name": ["!=", self.name]}, "staff_name"
		)
		if other:
			frappe.throw(_("The login {0} belongs to {1}. Choose another one.").format(self.user, other), LoginTaken)

	def check_status(self) -> None:
		"""A file starts in any status but Left; afterwards personnel actions move it."""
		if self.flags.by_action:
			return
		before = self.get_doc_before_save()
		if (before and before.status != self.status) or (not before and self.status == people.LEFT):
			frappe.throw(
				_("The status changes by a personnel action. Make one for {0}.").format(self.staff_name), StatusByHand
			)

	def check_manager(self) -> None:
		people.check_circle(self, "manager")
		if self.manager and frappe.db.get_value("Staff Member", self.manager, "status") == people.LEFT:
			frappe.throw(_("The manager has left. Choose somebody who works here."), InUse)

	def take_numbers(self) -> None:
		"""Check and mask what was entered in the fields `new_…`. Raises InvalidPersonalData."""
		self.flags.numbers = {}
		for entry, (masked, kind) in NUMBERS.items():
			entered = clean_text(self.get(entry))
			self.set(entry, None)
			if not entered:
				continue
			value = "" if is_empty_word(entered) else checked_number(kind, entered)
			self.flags.numbers[kind] = value
			self.set(masked, mask_phone(value) if "Phone" in kind else mask_id(value))
			if kind == private_values.ID_NUMBER and len(value) == 18:
				self.birth_date = f"{value[6:10]}-{value[10:12]}-{value[12:14]}"
				self.gender = "Male" if int(value[16]) % 2 else "Female"


def checked_number(kind: str, entered: str) -> str:
	if kind in (private_values.PHONE, private_values.EMERGENCY_PHONE):
		number = normalise_phone(entered)
		if not is_phone(number):
			frappe.throw(
				_(
					"{0} is no phone number. Write a mobile, a landline with area code, or a foreign number with +."
				).format(mask_phone(number)),
				InvalidPersonalData,
			)
		return number
	if kind == private_values.ID_NUMBER:
		number = normalise_id(entered)
		if not any(chinese_id.is_valid(id_type, number) for id_type in PERSON_PAPERS):
			frappe.throw(_("This is no valid ID number. Compare it with the paper."), InvalidPersonalData)
		return number
	number = entered.replace(" ", "").replace("-", "")
	if not (number.isdigit() and 12 <= len(number) <= 24):
		frappe.throw(_("A bank account has 12 to 24 digits. Compare it with the card."), InvalidPersonalData)
	return number


PERSON_PAPERS = (
	chinese_id.RESIDENT_ID,
	chinese_id.PASSPORT,
	chinese_id.HK_MACAO_PERMIT,
	chinese_id.TAIWAN_PERMIT,
	chinese_id.FOREIGNER_CARD,
)


def on_doctype_update() -> None:
	frappe.db.add_index("Staff Member", ["project", "status"])
