import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

from kefu_property.rules import hotline as rules
from kefu_property.rules.personal_data import clean_text, is_phone, mask_phone, normalise_phone
from kefu_property.service_desk import hotline
from kefu_property.service_desk.exceptions import InvalidCall, WrongHome


class CallRecord(Document):
	"""A telephone call of the hotline, pushed by the telephone system or entered by hand (D7)."""

	def validate(self) -> None:
		self.check_times()
		self.match_caller()
		self.check_home()
		self.set_state()

	def on_update(self) -> None:
		hotline.settle_earlier(self)

	def check_times(self) -> None:
		if not self.call_id and self.is_new() and not self.ended_on:
			# entered by hand while the caller is on the line
			self.answered_on = self.answered_on or self.started_on
			self.agent = self.agent or frappe.session.user
		start, taken, end = (self.moment(key) for key in ("started_on", "answered_on", "ended_on"))
		if start and ((taken and taken < start) or (end and end < (taken or start))):
			frappe.throw(_("The call ends before it begins. Correct the times."), InvalidCall)

	def moment(self, fieldname: str):
		return get_datetime(self.get(fieldname)) if self.get(fieldname) else None

	def match_caller(self) -> None:
		self.caller_name = clean_text(self.caller_name)
		if self.has_value_changed("phone"):
			number = normalise_phone(self.phone or "")
			# internal extensions and hidden numbers are kept as the telephone system writes them
			self.phone = number if is_phone(number) else clean_text(self.phone)
			self.phone_masked = mask_phone(number) if is_phone(number) else self.phone or _("Number Hidden")
			found = hotline.caller_of(number if is_phone(number) else None, self.project)
			self.caller_known = found["known"]
			for fieldname in ("resident", "unit", "caller_name"):
				self.set(fieldname, self.get(fieldname) or found[fieldname])
		if self.resident and not self.caller_name:
			self.caller_name = frappe.db.get_value("Resident", self.resident, "resident_name")
		self.caller_known = int(bool(self.caller_known or self.resident))

	def check_home(self) -> None:
		for fieldname, doctype in (("unit", "Property Unit"), ("resident", "Resident")):
			value = self.get(fieldname)
			if (
				value and frappe.db.get_value(doctype, value, "project") != self.project
			):  # lint: allow query-in-loop: two links
				frappe.throw(
					_("{0} does not belong to project {1}. Choose one of this project.").format(value, self.project),
					WrongHome,
				)

	def set_state(self) -> None:
		start, taken, end = (self.moment(key) for key in ("started_on", "answered_on", "ended_on"))
		self.status = rules.state_of(taken, end)
		self.wait_seconds = rules.seconds_between(start, taken or end)
		self.talk_seconds = rules.seconds_between(taken, end)
		if self.status != rules.MISSED:
			self.callback_state = None
		elif self.direction == "Incoming" and not self.callback_state:
			self.callback_state = "Due"


def on_doctype_update() -> None:
	frappe.db.add_index("Call Record", ["project", "started_on"])
	frappe.db.add_index("Call Record", ["project", "callback_state"])
