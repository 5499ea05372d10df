"""A billing run: preview, publication in chunks, cancellation (DESIGN invariant 4).

Publication is a background job. Each chunk is one transaction that first locks the run and the project, so that two runs of a
project, or two workers on one run, write one after the other; what the other one wrote is seen and left out, and the unique
`charge_key` stands behind that. A killed job leaves whole chunks; publishing again fills what is missing.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import cstr, getdate, now_datetime, today

from kefu_property.billing import bulk, deposits, invoices, planning, prepayments
from kefu_property.billing.calculation import ALREADY_BILLED, Skip
from kefu_property.billing.exceptions import CancelNeedsReason, PlanChanged, RunStateError
from kefu_property.rules.periods import Span
from kefu_property.suite.approval import system_step

ZERO = Decimal("0.00")
CANCEL_CHUNK = 500
STALE_AFTER_MINUTES = 5


def plan_of(run) -> planning.Plan:
	return planning.Plan(
		run.project, Span(getdate(run.period_start), getdate(run.period_end)), [row.fee_item for row in run.items]
	)


def need_state(run, *states: str) -> None:
	if run.workflow_state not in states:
		frappe.throw(
			_("Billing run {0} is {1}. This needs the state {2}.").format(
				run.name, _(run.workflow_state), " / ".join(_(state) for state in states)
			),
			RunStateError,
		)


class _Comparison:
	"""Adds up a plan and compares it with the last period, unit by unit and item by item."""

	def __init__(self, deposits: set[str]):
		self.deposits = deposits
		self.bills = self.units = 0
		self.total = self.previous = ZERO
		self.summary: dict[tuple, dict] = {}
		self.previous_by_item: dict[str, Decimal] = defaultdict(lambda: ZERO)
		self.differences: dict[tuple, dict] = {}

	def add(self, bills, before: dict[tuple[str, str], dict]) -> None:
		now: dict[tuple[str, str], dict] = {}
		counted: set[tuple] = set()
		for bill in bills:
			# deposits are asked for beside the bills
			self.bills += any(line.tariff not in self.deposits for line in bill.lines)
			for line in bill.lines:
				unit = bill.unit["name"]
				row = now.setdefault(
					(unit, line.fee_item), {"amount": ZERO, "quantity": ZERO, "price": ZERO, "days": 0}
				)
				row["amount"] += line.amount
				row["quantity"] = max(row["quantity"], line.quantity)
				row["price"] = max(row["price"], line.price)
				row["days"] += line.span.days
				key = (line.fee_item, line.tariff)
				summary = self.summary.setdefault(key, {"units": 0, "quantity": ZERO, "amount": ZERO})
				summary["amount"] += line.amount
				if (unit, key) not in counted:  # a unit with two payers has two lines of one quantity
					counted.add((unit, key))
					summary["units"] += 1
					summary["quantity"] += line.quantity
				self.total += line.amount
		self.units += len({unit for unit, _item in now})
		for key in dict.fromkeys([*now, *before]):
			self._compare(key, now.get(key), before.get(key))

	def _compare(self, key, now, before) -> None:
		unit, item = key
		if before:
			self.previous += before["amount"]
			self.previous_by_item[item] += before["amount"]
		difference = (now["amount"] if now else ZERO) - (before["amount"] if before else ZERO)
		if not difference:
			return
		if not before:
			reason = "New Units"
		elif not now:
			reason = "No Longer Charged"
		elif now["price"] != before["price"]:
			reason = "Price Changed"
		elif now["quantity"] != before["quantity"]:
			reason = "Quantity Changed"
		else:
			reason = "Part of Period"
		row = self.differences.setdefault((item, reason), {"units": 0, "amount": ZERO, "example": unit})
		row["units"] += 1
		row["amount"] += difference


def preview(name: str) -> None:
	"""Compute the run without writing a bill: totals, comparison, skipped units with reasons, fingerprint."""
	run = frappe.get_doc("Billing Run", name)
	need_state(run, "Draft", "Previewed")
	plan = plan_of(run)
	previous = planning.last_period(plan.period)
	frappe.db.delete("Billing Run Skip", {"billing_run": name})
	comparison, digest, skipped, last = _Comparison(plan.deposits), planning.fingerprint_of(()), 0, ""
	for chunk in plan.chunks():
		upto = chunk.units[-1]["name"]
		before = planning.billed_amounts(run.project, previous, last, upto)
		if run.items:
			chosen = {row.fee_item for row in run.items}
			before = {key: row for key, row in before.items() if key[1] in chosen}
		comparison.add(chunk.bills, before)
		planning.fingerprint_of(chunk.bills, digest)
		skipped += write_skips(run, chunk.skips)
		last = upto
	run.set("summary", [])
	for (item, tariff), row in sorted(comparison.summary.items(), key=cstr):
		run.append(
			"summary",
			{
				"fee_item": item,
				"tariff": tariff,
				"units": row["units"],
				"quantity": row["quantity"],
				"amount": row["amount"],
				"previous_amount": comparison.previous_by_item[item],
				"difference": row["amount"] - comparison.previous_by_item[item],
			},
		)
	run.set("differences", [])
	for (item, reason), row in sorted(comparison.differences.items()):
		run.append("differences", {"fee_item": item, "reason": reason, **row})
	run.update(
		{
			"bill_count": comparison.bills,
			"unit_count": comparison.units,
			"skip_count": skipped,
			"total": comparison.total,
			"previous_total": comparison.previous,
			"fingerprint": digest.hexdigest(),
			"previewed_on": now_datetime(),
			"progress": 0,
			"error": None,
		}
	)
	run.flags.by_system = True
	run.save(ignore_permissions=True)  # the caller has checked write permission
	if run.workflow_state != "Previewed":
		system_step(run, "Previewed")


def write_skips(run, skips: list[Skip]) -> int:
	rows = [
		(invoices.new_name(), run.name, run.project, skip.unit, skip.fee_item, skip.tariff, skip.reason, skip.detail)
		for skip in skips
	]
	columns = ("name", "billing_run", "project", "unit", "fee_item", "tariff", "reason", "detail")
	return bulk.insert("Billing Run Skip", columns, rows)


def skip_summary(name: str) -> list[dict]:
	"""Skipped units of a run by item and reason: `fee_item`, `reason`, `units`, `example`."""
	return frappe.db.sql(
		"""select fee_item, reason, count(distinct unit) units, min(unit) example from `tabBilling Run Skip`
		where billing_run = %s group by fee_item, reason order by units desc""",
		name,
		as_dict=True,
	)


def start(name: str) -> None:
	"""Mark an approved (or failed) run as publishing and give it to a worker once this request is committed."""
	run = frappe.get_doc("Billing Run", name, for_update=True)
	need_state(run, "Approved", "Failed")
	system_step(run, "Publishing", started_on=now_datetime(), error=None)
	enqueue(name)


def enqueue(name: str) -> None:
	frappe.enqueue(
		"kefu_property.billing.runs.publish", queue="long", timeout=4 * 3600, enqueue_after_commit=True, name=name
	)


def publish(name: str, check_plan: bool = True) -> int:
	"""Write the bills of a run that is publishing; returns how many this call wrote. Safe to repeat and to run twice at once."""
	try:
		return _publish(name, check_plan)
	except Exception as error:
		frappe.db.rollback()
		run = frappe.get_doc("Billing Run", name, for_update=True)
		if run.workflow_state == "Publishing":
			system_step(run, "Failed", error=cstr(error)[:500])
		frappe.log_error(title=f"Billing run {name}")
		frappe.db.commit()  # the failure must be seen although the job ends with an error
		raise


def _publish(name: str, check_plan: bool) -> int:
	run = frappe.get_doc("Billing Run", name)
	need_state(run, "Publishing")
	plan = plan_of(run)
	if check_plan:
		digest = planning.fingerprint_of(())
		for chunk in plan.chunks(ignore_run=name):
			planning.fingerprint_of(chunk.bills, digest)
		if digest.hexdigest() != run.fingerprint:
			frappe.throw(
				_(
					"Units, payers or prices have changed since the preview. Set the run back to draft, preview it and have it approved again."
				),
				PlanChanged,
			)
	written = 0
	for chunk in plan.chunks():
		frappe.db.commit()  # a chunk is a transaction of its own, with a fresh view of what others wrote
		written += _publish_chunk(run, plan, chunk)
		report_progress(run)
	frappe.db.commit()  # before the last step reads the run again
	run = frappe.get_doc("Billing Run", name, for_update=True)
	if run.workflow_state == "Publishing":
		system_step(run, "Published", published_on=now_datetime(), progress=100)
	frappe.db.commit()  # the job ends here; the run is published
	return written


def _publish_chunk(run, plan: planning.Plan, chunk: planning.Chunk) -> int:
	state, count = frappe.db.sql(
		"select workflow_state, published_bills from `tabBilling Run` where name = %s for update", run.name
	)[0]
	if state != "Publishing":
		return 0
	# whoever bills in this project waits here, so that the check below stays true until the commit
	frappe.db.sql("select name from `tabProperty Project` where name = %s for update", run.project)
	billed = planning.billed_spans([unit["name"] for unit in chunk.units], plan.period)
	bills, meanwhile = [], []
	for bill in chunk.bills:
		done = {line.tariff for line in bill.lines} & set(billed.get(bill.unit["name"], ()))
		if not done:
			bills.append(bill)
			continue
		meanwhile += [
			Skip(bill.unit["name"], line.fee_item, line.tariff, ALREADY_BILLED, "")
			for line in bill.lines
			if line.tariff in done
		]
		bill.lines = [line for line in bill.lines if line.tariff not in done]
		if bill.lines:
			bills.append(bill)
	bills, asked = deposits.apart(bills, plan.deposits)
	deposits.ask(run, asked)
	number = int(count or 0)

	def next_name() -> str:
		nonlocal number
		number += 1
		return f"{run.name}-{number:06d}"

	prepaid = prepayments.hold(run.project, {bill.resident for bill in bills})
	written = invoices.write(
		run.project, plan.period, bills, next_name, getdate(run.posting_date), "Billing Run", billing_run=run.name
	)
	prepayments.settle_new_bills(run.project, written, prepaid, today(), run.name)
	write_skips(run, meanwhile)
	frappe.db.sql(
		"update `tabBilling Run` set published_bills = %s, progress = %s, modified = %s where name = %s",
		(number, min(99, 100 * number / max(run.bill_count, 1)), now_datetime(), run.name),
	)
	frappe.db.commit()  # the chunk stands; a crash later costs only what is not yet written
	return len(bills)


def report_progress(run) -> None:
	progress = frappe.db.get_value("Billing Run", run.name, ["progress", "published_bills"], as_dict=True)
	frappe.publish_realtime("kefu_billing_run", {"run": run.name, **progress}, doctype="Billing Run", docname=run.name)


def resume_stale() -> None:
	"""Job: give runs whose worker died to a worker again."""
	limit = frappe.utils.add_to_date(now_datetime(), minutes=-STALE_AFTER_MINUTES)
	for name in frappe.get_all(
		"Billing Run", filters={"workflow_state": "Publishing", "modified": ["<", limit]}, pluck="name"
	):
		enqueue(name)


def cancel(name: str, reason: str) -> int:
	"""Cancel a run: nothing more is published, what is published is cancelled in chunks. Returns the number of bills."""
	if not (reason or "").strip():
		frappe.throw(_("Say why the run is cancelled."), CancelNeedsReason)
	run = frappe.get_doc("Billing Run", name, for_update=True)
	if run.workflow_state == "Cancelled":
		frappe.throw(_("Billing run {0} is cancelled already.").format(name), RunStateError)
	system_step(run, "Cancelled", cancel_reason=reason.strip())
	frappe.db.commit()  # from here no chunk is published any more
	count = 0
	# lint: allow query-in-loop: one for five hundred bills
	while names := frappe.get_all(
		"Fee Invoice", filters={"billing_run": name, "docstatus": 1}, pluck="name", order_by="name", limit=CANCEL_CHUNK
	):
		invoices.cancel(names, reason)
		frappe.db.commit()  # a chunk stands by itself; cancelling again goes on with the rest
		count += len(names)
	deposits.drop_asked(name)
	frappe.db.commit()  # the last step of the cancellation
	return count
