"""Whatever happens in whatever order, the ledger equals a naive re-computation and the audit finds nothing (DESIGN §4.2)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import frappe
from frappe.model.workflow import apply_workflow
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kefu_property.billing import actions, api, audit, deposits, exceptions, invoices
from kefu_property.rules.money import D
from tests.factories import billing as make
from tests.factories.registry import make_home, make_project

MONTHS = ("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01")
REFUSALS = (
	exceptions.MoreThanOpen,
	exceptions.PrepaymentTooSmall,
	exceptions.AlreadyReversed,
	exceptions.BillNotPayable,
	exceptions.PrepaymentOverLimit,
	exceptions.DepositTooSmall,
	exceptions.NotADeposit,
)

steps = st.one_of(
	st.tuples(st.just("run"), st.sampled_from(MONTHS)),
	st.tuples(st.just("pay"), st.integers(0, 2), st.integers(1, 40_000), st.booleans()),
	st.tuples(st.just("prepaid"), st.integers(0, 2), st.integers(1, 20_000)),
	st.tuples(st.just("reverse"), st.integers(0, 30)),
	st.tuples(st.just("cancel"), st.integers(0, 30)),
	st.tuples(st.just("replace"), st.integers(0, 30)),
	st.tuples(st.just("deposit"), st.integers(0, 2), st.integers(1, 30_000)),
	st.tuples(st.just("give_back"), st.integers(0, 30), st.integers(0, 20_000), st.integers(1, 5_000), st.booleans()),
	st.tuples(st.just("pay_out"), st.integers(0, 2), st.integers(1, 10_000)),
)


class Book:
	"""The naive account: what each document says, added up anew from the documents alone."""

	def __init__(self):
		self.project = make_project().name
		self.homes = [
			make_home(self.project, f"1-1-{n}", building_area=area)
			for n, area in enumerate(("33.33", "71.07", "120.00"))
		]
		make.make_tariff(self.project, "1.37")

	def take(self, step) -> None:
		frappe.db.savepoint("kefu_step")
		try:
			getattr(self, step[0])(*step[1:])
		except REFUSALS:
			frappe.db.rollback(save_point="kefu_step")

	def run(self, start: str) -> None:
		make_run = make.make_run(self.project, start, str(frappe.utils.get_last_day(start)), start)
		from kefu_property.billing import runs

		runs.preview(make_run.name)
		frappe.db.set_value("Billing Run", make_run.name, "workflow_state", "Publishing")
		runs.publish(make_run.name)

	def pay(self, home: int, cents: int, keep: bool) -> None:
		make.pay(self.homes[home][1], str(Decimal(cents) / 100), keep_rest=int(keep))

	def prepaid(self, home: int, cents: int) -> None:
		make.pay(self.homes[home][1], str(Decimal(cents) / 100), method="Prepayment")

	def reverse(self, pick: int) -> None:
		names = frappe.get_all("Fee Payment", filters={"project": self.project}, pluck="name", order_by="receipt_no")
		if names:
			actions.reverse_receipt(names[pick % len(names)], "test")

	def cancel(self, pick: int) -> None:
		if name := self.bill(pick):
			invoices.cancel([name], "test")

	def replace(self, pick: int) -> None:
		if name := self.bill(pick):
			actions.cancel_bill(name, "test", replace=True)

	def deposit(self, home: int, cents: int) -> None:
		unit, resident, _occupancy = self.homes[home]
		api.take_deposit(
			self.project, resident.name, str(Decimal(cents) / 100), "Key Deposit", unit.name, method="Cash"
		)

	def give_back(self, pick: int, cents: int, deducted: int, as_prepayment: bool) -> None:
		names = frappe.get_all("Fee Deposit", filters={"project": self.project}, pluck="name", order_by="name")
		if names:
			self.refund(
				fee_deposit=names[pick % len(names)],
				amount=str(Decimal(cents) / 100),
				method="Prepayment" if as_prepayment else "Cash",
				deductions=[{"reason": "test", "amount": str(Decimal(deducted) / 100), "evidence": "/files/x.png"}],
			)

	def pay_out(self, home: int, cents: int) -> None:
		self.refund(
			source="Prepayment",
			project=self.project,
			resident=self.homes[home][1].name,
			amount=str(Decimal(cents) / 100),
			method="Cash",
		)

	def refund(self, **values) -> None:
		doc = frappe.get_doc({"doctype": "Fee Refund", "reason": "test", **values}).insert()
		doc.db_set("workflow_state", "Approved")
		apply_workflow(doc, "Pay Back")

	def bill(self, pick: int) -> str | None:
		names = frappe.get_all(
			"Fee Invoice", filters={"project": self.project}, pluck="name", order_by="unit, period_start, name"
		)
		return names[pick % len(names)] if names else None

	def check(self) -> None:
		bills = frappe.get_all(
			"Fee Invoice",
			filters={"project": self.project},
			fields=["name", "resident", "total", "outstanding", "docstatus"],
		)
		payments = [
			frappe.get_doc("Fee Payment", name)
			for name in frappe.get_all("Fee Payment", filters={"project": self.project}, pluck="name")
		]
		settled: dict[str, Decimal] = defaultdict(Decimal)
		cash: dict[str, Decimal] = defaultdict(Decimal)
		held: dict[str, Decimal] = defaultdict(Decimal)
		for payment in payments:
			if payment.fee_deposit:
				held[payment.fee_deposit] += D(payment.amount)
			elif payment.method != "Prepayment":
				cash[payment.resident] += D(payment.amount)
			for row in payment.allocations:
				settled[row.invoice] += D(row.amount)
		for refund in frappe.get_all(
			"Fee Refund", filters={"project": self.project, "docstatus": 1}, fields=["*"], order_by="name"
		):
			if refund.fee_deposit:
				held[refund.fee_deposit] -= D(refund.amount) + D(refund.deducted)
				cash[refund.resident] += D(refund.amount) if refund.method == "Prepayment" else 0
			else:
				cash[refund.resident] -= D(refund.amount)
		balances = frappe.get_all("Fee Deposit", filters={"project": self.project}, fields=["name", "balance"])
		assert {row.name: D(row.balance) for row in balances} == {row.name: held[row.name] for row in balances}
		assert sum((row["held"] for row in deposits.held_as_of([self.project])), Decimal(0)) == sum(held.values()) >= 0
		live = [bill for bill in bills if bill.docstatus == 1]
		assert all(D(bill.outstanding) == D(bill.total) - settled[bill.name] for bill in live)
		for _unit, resident, _occupancy in self.homes:
			mine = [bill for bill in live if bill.resident == resident.name]
			owed = sum((D(bill.total) - settled[bill.name] for bill in mine), Decimal(0))
			assert api.balance(resident=resident.name) == owed
			# every yuan received is on a valid bill or kept as prepayment
			assert (
				api.prepayment(resident.name)
				== cash[resident.name] - sum((settled[bill.name] for bill in mine), Decimal(0))
				>= 0
			)
		assert audit.run(self.project) == []


@settings(
	max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(st.lists(steps, min_size=6, max_size=14))
def test_any_sequence_ties(sequence):
	book = Book()
	book.take(("run", MONTHS[0]))
	for step in sequence:
		book.take(step)
	book.check()
	frappe.db.rollback()
