import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import formatdate, getdate, today

from kefu_property.billing import meters
from kefu_property.billing.exceptions import ReadingBilled, WrongReading
from kefu_property.rules import metering
from kefu_property.rules.money import D, NotAnAmount


class MeterReading(Document):
	"""What a meter showed on a day, and the consumption since the reading before (D2)."""

	def validate(self):
		self.take_from_meter()
		self.check_date()
		self.check_not_billed()
		self.compute()

	def take_from_meter(self):
		# locked until the reading is written: two people who read one meter at once come after each other
		self.register = meters.lock(self.meter)
		self.project, self.unit, self.meter_kind = self.register.project, self.register.unit, self.register.meter_kind

	def check_date(self):
		day = getdate(self.read_on)
		if day > getdate(today()):
			frappe.throw(_("A reading cannot be dated in the future."), WrongReading)
		if self.is_new() and self.register.status == "Removed":
			frappe.throw(
				_("Meter {0} was removed on {1}.").format(self.register.meter_no, self.register.removed_on),
				WrongReading,
			)
		earlier = meters.reading_before(self.meter, self.name)
		self.previous_on = earlier.read_on if earlier else self.register.installed_on
		if day < getdate(self.previous_on) or (earlier and day == getdate(self.previous_on)):
			frappe.throw(
				_("Meter {0} has a reading of {1}. A new one is later.").format(
					self.register.meter_no, formatdate(self.previous_on)
				),
				WrongReading,
			)
		if not self.is_new():
			later = meters.reading_after(self.meter, self.get_db_value("read_on"), self.name)
			if later:
				frappe.throw(
					_("Only the last reading of a meter is changed. Meter {0} was read again on {1}.").format(
						self.register.meter_no, formatdate(later)
					),
					WrongReading,
				)
		self.previous_value = earlier.base if earlier else self.register.start_value
		self.previous_estimated = bool(earlier and earlier.reading_type == "Estimated") or bool(
			earlier and D(earlier.base) > D(earlier.value) and earlier.reading_type != "Meter Replaced"
		)

	def check_not_billed(self):
		if self.is_new():
			return
		bill = meters.bill_of(self.unit, self.meter_kind, self.get_db_value("read_on"))
		if bill:
			frappe.throw(
				_("Bill {0} rests on this reading. Cancel the bill first, or correct by the next reading.").format(
					bill
				),
				ReadingBilled,
			)

	def compute(self):
		try:
			found = metering.usage(
				D(self.previous_value),
				D(self.value),
				D(self.register.multiplier),
				int(self.register.digits),
				bool(self.rolled_over),
				self.previous_estimated,
			)
		except NotAnAmount:
			frappe.throw(_("{0} is not a meter reading. Type digits, such as 1234.5.").format(self.value), WrongReading)
		except metering.TooManyDigits:
			frappe.throw(
				_("{0} does not fit meter {1}, which shows {2} whole digits.").format(
					self.value, self.register.meter_no, self.register.digits
				),
				WrongReading,
			)
		except metering.LowerReading as error:
			before, now = error.args
			frappe.throw(
				_(
					"Meter {0} showed {1} before and cannot show {2} now. Read it again; tick “{3}” when it passed zero, or choose “{4}” when it was replaced."
				).format(self.register.meter_no, before, now, _("Register Passed Zero"), _("Meter Replaced")),
				WrongReading,
			)
		self.consumption, self.base = str(found.consumption), str(found.base)
		if self.reading_type == "Meter Replaced":
			self.base = str(D(self.new_start))
		self.unusual = int(metering.is_jump(found.consumption, meters.last_consumptions(self.meter, self.name)))

	def on_update(self):
		meters.note_last(self.meter)
		if self.reading_type == "Meter Replaced" and self.new_meter_no:
			frappe.db.set_value("Utility Meter", self.meter, "meter_no", self.new_meter_no)

	def on_trash(self):
		self.take_from_meter()
		self.check_not_billed()
		if meters.reading_after(self.meter, self.read_on, self.name):
			frappe.throw(_("Only the last reading of a meter is deleted."), WrongReading)

	def after_delete(self):
		meters.note_last(self.meter)


def on_doctype_update():
	frappe.db.add_unique("Meter Reading", ["meter", "read_on"])
	frappe.db.add_index("Meter Reading", ["unit", "read_on"])
	frappe.db.add_index("Meter Reading", ["project", "read_on"])
