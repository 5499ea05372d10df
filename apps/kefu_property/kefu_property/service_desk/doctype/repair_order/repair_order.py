"""Repair orders: dispatch, price, warranty and acceptance (D7)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days, cint, get_datetime, getdate, now_datetime, today

from kefu_property.rules.money import D, round_money, sum_money
from kefu_property.service_desk import charges
from kefu_property.service_desk.case import CANCELLED, CLOSED, MERGED, RESOLVED, VERIFIED, Case
from kefu_property.service_desk.doctype.complaint.complaint import add_case_indexes
from kefu_property.service_desk.exceptions import QuotationMissing, StepRefused

OWNER, WARRANTY = "Owner", "Warranty"
NOT_NEEDED, TO_BE_SENT, SENT, ACCEPTED, REFUSED = "Not Needed", "To Be Sent", "Sent", "Accepted", "Refused"


class RepairOrder(Case):
	def validate(self) -> None:
		self.check_appointment()
		self.set_totals()
		self.find_earlier_repair()
		self.set_quotation()
		super().validate()

	def on_update(self) -> None:
		super().on_update()
		_old, new = self.step()
		if new in (VERIFIED, CLOSED) and self.charge_state == "To Be Charged":
			charges.charge(self)

	def check_appointment(self) -> None:
		if self.appointment_from and self.appointment_to:
			if get_datetime(self.appointment_to) <= get_datetime(self.appointment_from):
				frappe.throw(_("The appointment ends before it begins. Correct the times."), StepRefused)

	def set_totals(self) -> None:
		prices = price_list([row.labour for row in self.labour if row.labour])
		for row in self.labour:
			if row.labour:
				# the published price binds: a technician cannot type another one (L16)
				row.rate = prices[row.labour].rate
				row.description = row.description or prices[row.labour].labour_name
			row.amount = round_money(D(row.quantity) * D(row.rate))
		for row in self.materials:
			row.amount = round_money(D(row.quantity) * D(row.rate))
		self.labour_total = sum_money(row.amount for row in self.labour)
		self.material_total = sum_money(row.amount for row in self.materials)
		self.total = sum_money([self.labour_total, self.material_total])

	def find_earlier_repair(self) -> None:
		"""The same problem in the same place again: a repeat, and free while the warranty of the first runs."""
		if not (self.is_new() and self.category and (self.unit or self.place_detail)):
			return
		days = cint(frappe.db.get_value("Case Category", self.category, "repeat_days")) or 90
		where = {"unit": self.unit} if self.unit else {"unit": ["is", "not set"], "place_detail": self.place_detail}
		earlier = frappe.get_all(
			"Repair Order",
			filters={
				**where,
				"project": self.project,
				"category": self.category,
				"status": ["in", (RESOLVED, VERIFIED, CLOSED)],
				"resolved_on": [">=", add_days(today(), -days)],
			},
			fields=["name", "warranty_until"],
			order_by="resolved_on desc",
			limit=1,
		)
		if earlier:
			self.repeat_of = earlier[0].name
			if earlier[0].warranty_until and getdate(earlier[0].warranty_until) >= getdate():
				self.under_warranty, self.paid_by = 1, WARRANTY

	def set_quotation(self) -> None:
		"""A price for the owner has to be sent; a price that grew after it was accepted has to be accepted again."""
		if self.paid_by != OWNER or not D(self.total):
			self.quotation_state = NOT_NEEDED
			return
		if self.quotation_state in (None, "", NOT_NEEDED):
			self.quotation_state = TO_BE_SENT
		elif self.quotation_state in (SENT, ACCEPTED) and D(self.total) > D(self.quoted_total):
			self.quotation_state = TO_BE_SENT
			self.quotation_answered_on = self.quotation_answered_by = None

	def enter_resolved(self) -> None:
		super().enter_resolved()
		if self.paid_by == OWNER and D(self.total):
			if self.quotation_state != ACCEPTED:
				frappe.throw(
					_("The owner pays for this work and has not accepted the price yet. Send the quotation first."),
					QuotationMissing,
				)
			self.charge_state = self.charge_state or "To Be Charged"
		days = cint(frappe.db.get_value("Case Category", self.category, "warranty_days")) if self.category else 0
		self.warranty_until = add_days(today(), days) if days else None

	def send_quotation(self) -> None:
		self.need_state("Assigned", "In Progress", "Waiting for Owner")
		if self.quotation_state not in (TO_BE_SENT, REFUSED):
			frappe.throw(_("There is no price that the owner has to accept."), QuotationMissing)
		self.quotation_state, self.quoted_on, self.quoted_total = SENT, now_datetime(), self.total

	def answer_quotation(self, accepted: bool, by: str) -> None:
		if self.quotation_state != SENT or self.status in (CANCELLED, MERGED):
			frappe.throw(_("No quotation waits for an answer."), QuotationMissing)
		self.quotation_state = ACCEPTED if accepted else REFUSED
		self.quotation_answered_on, self.quotation_answered_by = now_datetime(), by


def price_list(names: list[str]) -> dict:
	if not names:
		return {}
	rows = frappe.get_all(
		"Repair Labour Price", filters={"name": ["in", names]}, fields=["name", "labour_name", "rate", "disabled"]
	)
	return {row.name: row for row in rows}


def on_doctype_update() -> None:
	add_case_indexes("Repair Order")
	frappe.db.add_index("Repair Order", ["unit", "category", "resolved_on"])
