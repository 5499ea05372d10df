import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import to_timedelta

from kefu_property.community import fees
from kefu_property.community.exceptions import ServiceNotOffered, ServiceTimes
from kefu_property.rules import community_rules as rules
from kefu_property.suite import uploads

#: published with the offer; changed only after the offer was withdrawn
OFFERED_FIELDS = ("price", "price_unit", "cancel_hours", "late_percent", "service_name")


class SpecialService(Document):
	"""A service of the catalogue with price, weekly times and cancellation rules (D27)."""

	def validate(self) -> None:
		self.check_times()
		self.check_offer()
		fees.need_billing(self.price)
		uploads.check_image_field(self, "photo")

	def check_times(self) -> None:
		for row in self.slots:
			if to_timedelta(str(row.to_time)) <= to_timedelta(str(row.from_time)):
				frappe.throw(_("Row {0}: the time ends before it begins.").format(row.idx), ServiceTimes)
			if row.capacity < 1:
				frappe.throw(_("Row {0}: at least one booking at once.").format(row.idx), ServiceTimes)
		pair = rules.clash(
			[(row.weekday, to_timedelta(str(row.from_time)), to_timedelta(str(row.to_time))) for row in self.slots]
		)
		if pair:
			frappe.throw(_("Rows {0} and {1} overlap.").format(pair[0] + 1, pair[1] + 1), ServiceTimes)
		if not 0 <= (self.late_percent or 0) <= 100:
			frappe.throw(_("A late cancellation costs between 0 and 100 % of the price."), ServiceTimes)

	def check_offer(self) -> None:
		before = self.get_doc_before_save()
		if not before or before.workflow_state != "Offered" or self.workflow_state != "Offered":
			return
		for field in OFFERED_FIELDS:
			if str(before.get(field)) != str(self.get(field)):
				frappe.throw(
					_("{0} was published with the offer. Withdraw the offer before you change it.").format(
						_(self.meta.get_label(field))  # lint: allow translate-dynamic: the field's own label
					),
					ServiceNotOffered,
				)

	def on_trash(self) -> None:
		if frappe.db.exists("Service Booking", {"service": self.name}):
			frappe.throw(_("This service has bookings. Withdraw it instead."), ServiceNotOffered)
