import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.registry import private_values
from kefu_property.registry.exceptions import InvalidIdNumber, InvalidPhone
from kefu_property.rules import chinese_id
from kefu_property.rules.personal_data import (
	clean_text,
	is_empty_word,
	is_phone,
	last4,
	mask_id,
	mask_phone,
	name_key,
	normalise_id,
	normalise_phone,
)


class Resident(Document):
	"""Owner, tenant, family member, company or developer (D1).

	Full numbers enter through `new_phone` and `new_id_number`, which are emptied on saving; the record keeps masked
	copies. Full numbers leave only through `registry.api.reveal`.
	"""

	def validate(self) -> None:
		self.clean_names()
		self.take_phone()
		self.take_id_number()
		self.take_contact_phones()
		self.warn_of_duplicates()

	def on_update(self) -> None:
		self.store_numbers()
		self.rename_in_occupancies()

	def on_trash(self) -> None:
		private_values.forget(self.name)

	def clean_names(self) -> None:
		self.resident_name = clean_text(self.resident_name)
		self.name_en = clean_text(self.name_en)
		self.name_key = name_key(self.resident_name)

	def take_phone(self) -> None:
		"""Check and mask `new_phone`. Raises InvalidPhone."""
		self.flags.new_phone = entered = clean_text(self.new_phone)
		self.new_phone = None
		if not entered:
			return
		self.flags.new_phone = "" if is_empty_word(entered) else checked_phone(entered)
		self.flags.phone_entered = True
		self.phone_masked = mask_phone(self.flags.new_phone)
		self.phone_last4 = last4(self.flags.new_phone)

	def take_id_number(self) -> None:
		"""Check and mask `new_id_number` by the kind of paper. Raises InvalidIdNumber."""
		entered = clean_text(self.new_id_number)
		self.new_id_number = None
		self.flags.id_entered = bool(entered)
		if entered:
			self.flags.new_id = "" if is_empty_word(entered) else normalise_id(entered)
			self.id_masked = mask_id(self.flags.new_id)
		elif self.is_new() or not self.has_value_changed("id_type"):
			return
		number = self.flags.new_id if entered else private_values.get(self.name, private_values.ID_NUMBER)
		if number and not chinese_id.is_valid(self.id_type, number):
			frappe.throw(
				_("This is no valid number of a {0}. Compare it with the paper, or choose another kind of ID.").format(
					_(self.id_type)
				),
				InvalidIdNumber,
			)

	def take_contact_phones(self) -> None:
		for row in self.contacts:
			entered = clean_text(row.new_phone)
			row.new_phone = None
			row.flags.phone_entered = bool(entered)
			if entered:
				row.flags.new_phone = "" if is_empty_word(entered) else checked_phone(entered)
				row.phone_masked = mask_phone(row.flags.new_phone)

	def warn_of_duplicates(self) -> None:
		"""Not an error: families share a phone. The list of duplicates and the merge settle what is one person."""
		for value, kind in (
			(self.flags.phone_entered and self.flags.new_phone, private_values.PHONE),
			(self.flags.id_entered and self.flags.new_id, private_values.ID_NUMBER),
		):
			if not value:
				continue
			others = frappe.get_all(
				"Resident",
				filters={
					"project": self.project,
					"disabled": 0,
					"name": ["in", [name for name in private_values.holders(value, [kind]) if name != self.name]],
				},
				pluck="resident_name",
			)
			if others:
				frappe.msgprint(
					_("{0} is also registered for {1}. If they are one person, ask for a merge.").format(
						_(kind), ", ".join(others)
					),
					indicator="orange",
					alert=True,
				)

	def store_numbers(self) -> None:
		if self.flags.phone_entered:
			private_values.put(self.name, private_values.PHONE, self.flags.new_phone)
		if self.flags.id_entered:
			private_values.put(self.name, private_values.ID_NUMBER, self.flags.new_id)
		for row in self.contacts:
			if row.flags.phone_entered:
				private_values.put(self.name, private_values.CONTACT_PHONE, row.flags.new_phone, row.name)
		if not self.flags.in_insert:
			private_values.forget_contacts(self.name, [row.name for row in self.contacts])

	def rename_in_occupancies(self) -> None:
		"""The name is repeated where lists show it."""
		if self.flags.in_insert or not self.has_value_changed("resident_name"):
			return
		for doctype, link, copy in (
			("Unit Occupancy", "resident", "resident_name"),
			("Property Unit", "current_owner", "current_owner_name"),
			("Property Unit", "current_payer", "current_payer_name"),
		):
			table = frappe.qb.DocType(doctype)
			frappe.qb.update(table).set(
				table[copy], self.resident_name
			).where(  # lint: allow query-in-loop: three tables
				table[link] == self.name
			).run()


def checked_phone(entered: str) -> str:
	number = normalise_phone(entered)
	if not is_phone(number):
		frappe.throw(
			_("{0} is no phone number. Write a mobile, a landline with area code, or a foreign number with +.").format(
				mask_phone(number)
			),
			InvalidPhone,
		)
	return number


def on_doctype_update() -> None:
	frappe.db.add_index("Resident", ["project", "name_key"])
