"""Promises to pay: reminder before the day, kept or broken after it (D2). Scheduled work."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import add_days, getdate, today

from kefu_property.registry import api as registry
from kefu_property.rules.money import D
from kefu_property.suite import messages
from kefu_property.suite.notify import alert, staff_with_role


def daily(day=None) -> None:
	"""Job: tell who promised, decide what is past its day."""
	day = getdate(day or today())
	remind(day)
	decide(day)


def remind(day) -> int:
	"""Remind those whose day comes; once each. Returns the number of messages."""
	ahead = int(frappe.db.get_single_value("Arrears Settings", "promise_reminder_days") or 0)
	count = 0
	for row in frappe.get_all(
		"Promise to Pay",
		filters={"state": "Open", "pay_by": ["between", [day, add_days(day, ahead)]], "reminded_on": ["is", "not set"]},
		fields=["name", "project", "resident", "amount", "pay_by"],
	):
		frappe.db.set_value("Promise to Pay", row.name, "reminded_on", day)  # lint: allow query-in-loop: a few a day
		phone = registry.phone_for_message(row.resident)
		if phone:
			project = frappe.get_cached_value("Property Project", row.project, "project_name")
			args = {"project": project, "amount": str(D(row.amount)), "day": str(row.pay_by)}
			messages.send("promise_reminder", phone, args, "zh", row.resident)
			count += 1
		frappe.db.commit()  # who was reminded is not reminded again when a later one fails
	return count


def decide(day) -> None:
	"""Close what is paid at once, and what is past its day as kept or broken; supervisors hear of broken ones."""
	rows = frappe.get_all(
		"Promise to Pay",
		filters={"state": "Open"},
		fields=["name", "project", "resident", "payer_name", "amount", "promised_on", "pay_by"],
	)
	paid = paid_since(rows)
	for row in rows:
		kept = paid[row.name] >= D(row.amount)
		if not kept and row.pay_by >= day:
			continue
		state = "Kept" if kept else "Broken"
		# lint: allow query-in-loop: a few a day
		frappe.db.set_value("Promise to Pay", row.name, {"state": state, "paid": paid[row.name]})
		if not kept:
			alert(
				staff_with_role("CS Supervisor", row.project),
				lambda row=row: _("{0} did not pay {1} yuan by {2} as promised.").format(
					row.payer_name, D(row.amount), row.pay_by
				),
				"Promise to Pay",
				row.name,
			)


def paid_since(rows: list[dict]) -> dict[str, Decimal]:
	"""What the payer of each promise has paid on bills from the promise to its last day."""
	if not rows:
		return {}
	found = frappe.db.sql(
		"""select p.name, -sum(e.amount) from `tabPromise to Pay` p
		join `tabFee Ledger Entry` e on e.resident = p.resident and e.account = 'Receivable' and e.kind = 'Payment'
			and e.project = p.project and e.posting_date between p.promised_on and p.pay_by
		where p.name in %(names)s group by p.name""",
		{"names": tuple(row.name for row in rows)},
	)
	amounts = {name: D(amount) for name, amount in found}
	return {row.name: amounts.get(row.name, Decimal("0.00")) for row in rows}
