import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint

from kefu_property.billing import receipt_books
from kefu_property.billing.exceptions import ReceiptBookError, ReceiptNeverChanges

LARGEST_BOOK = 10_000


class ReceiptBook(Document):
	"""A printed book of receipt numbers. Numbers, voids and hands change by actions only, never in the form (S2)."""

	def before_insert(self):
		self.update(
			{"status": receipt_books.STOCK, "next_number": self.first_number, "cashier": None, "issued_on": None}
		)
		self.set("voids", [])
		self.set("movements", [])

	def validate(self):
		self.check_range()
		self.check_prefix()
		self.check_overlap()
		self.check_actions()

	def check_range(self):
		first, last = cint(self.first_number), cint(self.last_number)
		if not 0 < first <= last or last - first >= LARGEST_BOOK or not 3 <= cint(self.digits) <= 12:
			frappe.throw(
				_("A book has between 1 and {0} numbers, the first before the last, with 3 to 12 digits.").format(
					LARGEST_BOOK
				),
				ReceiptBookError,
			)
		if len(str(last)) > cint(self.digits):
			frappe.throw(_("{0} has more than {1} digits.").format(last, self.digits), ReceiptBookError)

	def check_prefix(self):
		if not re.fullmatch(r"[0-9A-Za-z\u4e00-\u9fff_/-]{0,19}[^0-9]", self.prefix or ""):
			frappe.throw(_("The prefix has up to 20 letters and digits and does not end in a digit."), ReceiptBookError)
		if frappe.db.exists("Receipt Series", {"prefix": self.prefix}):
			frappe.throw(
				_("The prefix {0} belongs to the series of a project. Choose another one.").format(self.prefix),
				ReceiptBookError,
			)

	def check_overlap(self):
		other = frappe.get_all(
			"Receipt Book",
			filters={
				"prefix": self.prefix,
				"name": ["!=", self.name or ""],
				"first_number": ["<=", self.last_number],
				"last_number": [">=", self.first_number],
			},
			pluck="name",
			limit_page_length=1,
		)
		if other:
			frappe.throw(_("These numbers are in book {0} already.").format(other[0]), ReceiptBookError)

	def check_actions(self):
		if not self.is_new() and not self.flags.by_action:
			frappe.throw(
				_("Use the buttons Give to Cashier, Void Number and Return. A book itself is not edited."),
				ReceiptNeverChanges,
			)

	def on_trash(self):
		if self.next_number != self.first_number or self.movements:
			frappe.throw(_("A book that was issued or used is not deleted."), ReceiptNeverChanges)


def on_doctype_update():
	frappe.db.add_index("Receipt Book", ["project", "cashier", "status"])
	frappe.db.add_index("Receipt Book", ["prefix", "first_number"])
