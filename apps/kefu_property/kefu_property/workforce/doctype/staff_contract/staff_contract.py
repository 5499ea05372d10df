import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.workforce import papers, people
from kefu_property.workforce.exceptions import ContractOverlap, PeriodReversed


class StaffContract(Document):
	"""Contract with a member of staff: period, paper, alert before it ends (D29)."""

	def validate(self) -> None:
		people.take_project(self)
		self.check_period()
		self.check_overlap()
		papers.check_file(self, "file")
		self.status = status_of(self, getdate(today()))

	def check_period(self) -> None:
		if self.contract_kind == "Open Ended":
			self.to_date = None
		for last in (self.to_date, self.ended_on):
			if last and getdate(last) < getdate(self.from_date):
				frappe.throw(_("The contract ends before it begins. Correct the dates."), PeriodReversed)
		if self.has_value_changed("to_date"):
			self.alert_level = 0

	def check_overlap(self) -> None:
		"""One contract of a kind at a time. Raises ContractOverlap."""
		end = self.ended_on or self.to_date
		others = frappe.get_all(
			"Staff Contract",
			filters={"staff": self.staff, "contract_kind": self.contract_kind, "name": ["!=", self.name or ""]},
			fields=["name", "contract_no", "from_date", "to_date", "ended_on"],
		)
		for other in others:
			other_end = other.ended_on or other.to_date
			if (not end or getdate(other.from_date) <= getdate(end)) and (
				not other_end or getdate(self.from_date) <= getdate(other_end)
			):
				frappe.throw(
					_("The contract {0} of {1} covers these days already. End it first.").format(
						other.contract_no or other.name, self.staff_name
					),
					ContractOverlap,
				)


def status_of(contract, day) -> str:
	if contract.ended_on and getdate(contract.ended_on) <= day:
		return "Ended"
	return "Expired" if contract.to_date and getdate(contract.to_date) < day else "In Force"
