import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, format_date, getdate, today

from kefu_property.inspection import advertising
from kefu_property.inspection.exceptions import ContractInvalid, PlaceTaken, RentInvalid, WrongProject
from kefu_property.rules import inspection_rules as rules
from kefu_property.rules.money import D, sum_money


class AdvertisingContract(Document):
	"""An advertising place let to an advertiser: rent schedule, receipts, supervision of the content (D5, L19)."""

	def validate(self) -> None:
		self.check_place()
		self.check_days()
		self.check_resolution()
		self.plan_rent()

	def before_update_after_submit(self) -> None:
		advertising.follow(self)

	def on_submit(self) -> None:
		self.check_overlap()

	def on_cancel(self) -> None:
		if self.receipts:
			frappe.throw(_("Rent was received on this contract. End it instead of cancelling it."), RentInvalid)

	def check_place(self) -> None:
		place = frappe.db.get_value("Facility", self.facility, ["project", "kind", "status"], as_dict=True)
		if place.project != self.project:
			frappe.throw(_("{0} belongs to another project.").format(self.facility), WrongProject)
		if place.kind != "Advertising Place":
			frappe.throw(_("{0} is no advertising place.").format(self.facility), ContractInvalid)
		if place.status in ("Out of Use", "Scrapped"):
			frappe.throw(_("{0} is out of use.").format(self.facility), ContractInvalid)

	def check_days(self) -> None:
		if getdate(self.to_date) < getdate(self.from_date):
			frappe.throw(_("The contract ends before it begins."), ContractInvalid)
		self.check_overlap()

	def check_overlap(self) -> None:
		"""A place is let once: its row is held, so that two approvals at the same moment see each other."""
		frappe.db.get_value("Facility", self.facility, "name", for_update=True)
		contract = frappe.qb.DocType("Advertising Contract")
		others = (
			frappe.qb.from_(contract)
			.select(contract.name, contract.advertiser, contract.from_date, contract.to_date, contract.ended_on)
			.where((contract.facility == self.facility) & (contract.docstatus == 1))
			.where((contract.name != (self.name or "")) & (contract.from_date <= self.to_date))
			.for_update()
			.run(as_dict=True)
		)
		for other in others:
			until = other.ended_on or other.to_date
			if until >= getdate(self.from_date):
				frappe.throw(
					_("{0} is let to {1} until {2} ({3}).").format(
						self.facility, other.advertiser, format_date(until), other.name
					),
					PlaceTaken,
				)

	def check_resolution(self) -> None:
		if self.workflow_state not in (None, "", "Draft") and not (self.owners_resolution or "").strip():
			frappe.throw(
				_("Common parts are let with the owners' decision (Civil Code 278): name the resolution."),
				ContractInvalid,
			)

	def plan_rent(self) -> None:
		if D(str(self.rent or 0)) <= 0:
			frappe.throw(_("Enter the rent per period."), ContractInvalid)
		if self.docstatus == 0:
			rows = rules.rent_schedule(
				getdate(self.from_date), getdate(self.to_date), D(str(self.rent)), self.rent_period
			)
			self.set(
				"schedule",
				[
					{
						"from_date": span.start,
						"to_date": span.end,
						"due_on": add_days(span.start, self.due_after or 0),
						"amount": amount,
					}
					for span, amount in rows
				],
			)
		advertising.follow(self)

	@frappe.whitelist(methods=["POST"])
	def end_early(self, ended_on: str, reason: str) -> None:
		"""End a contract before its last day; rent of later days falls away. Supervisor or director.

		Raises ContractInvalid for a day outside the contract, or when more was received than is owed until then.
		"""
		frappe.only_for(("CS Supervisor", "Office Director"))
		doc = advertising.locked(self.name)
		doc.check_permission("read")
		day = getdate(ended_on)
		if doc.docstatus != 1 or doc.ended_on:
			frappe.throw(_("Only a contract in force can be ended."), ContractInvalid)
		if not getdate(doc.from_date) <= day < getdate(doc.to_date) or not (reason or "").strip():
			frappe.throw(_("Give a day of the contract and the reason."), ContractInvalid)
		rows = dict(rules.rent_schedule(getdate(doc.from_date), day, D(str(doc.rent)), doc.rent_period))
		if doc.rent_period == "Once":
			rows = {}
		owed = {span.start: amount for span, amount in rows.items()}
		if doc.rent_period != "Once" and sum_money(owed.values()) < D(str(doc.received)):
			frappe.throw(
				_(
					"{0} yuan were received, more than is owed until that day. Settle it with the advertiser first."
				).format(doc.received),
				ContractInvalid,
			)
		if doc.rent_period != "Once":
			for line in doc.schedule:
				line.amount = owed.get(getdate(line.from_date), 0)
				line.to_date = min(getdate(line.to_date), max(day, getdate(line.from_date)))
		doc.ended_on, doc.end_reason = day, reason.strip()[:500]
		doc.flags.ignore_validate_update_after_submit = True  # the schedule follows from the end
		doc.save(ignore_permissions=True)  # the role was checked above

	def state_text(self) -> str:
		return advertising.tone(self) if self.docstatus == 1 else self.workflow_state

	def is_ending(self, days: int) -> bool:
		return not self.ended_on and getdate(today()) <= getdate(self.to_date) <= getdate(add_days(today(), days))


def on_doctype_update() -> None:
	frappe.db.add_index("Advertising Contract", ["facility", "docstatus", "from_date"])
	frappe.db.add_index("Advertising Contract", ["project", "docstatus", "to_date"])
