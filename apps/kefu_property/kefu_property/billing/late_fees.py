"""Late fee runs: computed from the ledger's history, so that late fee survives payment of the principal (L4). Off without a policy."""

# No postponed annotations here: the framework converts what a form sends by them
import datetime
from collections import defaultdict
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import add_days, getdate, today

from kefu_property.billing import bulk, invoices
from kefu_property.billing.calculation import Bill, Line
from kefu_property.billing.exceptions import CancelNeedsReason, NoLateFeePolicy, PlanChanged, RunStateError
from kefu_property.registry import api as registry
from kefu_property.rules.late_fee import Accrual, Terms, accrue
from kefu_property.rules.money import D
from kefu_property.rules.periods import ONE_DAY, Span
from kefu_property.suite.approval import system_step

ITEM = "Late Fee"
ORIGIN = "Late Fee"
CHUNK = 500
FOREVER = datetime.date(9999, 12, 31)
COLUMNS = (
	"name",
	"late_fee_run",
	"project",
	"policy",
	"invoice",
	"unit",
	"resident",
	"payer_name",
	"due_date",
	"from_date",
	"to_date",
	"days",
	"principal",
	"accrued",
	"billed_before",
	"amount",
	"is_capped",
)


def policy_of(project: str, day: datetime.date):
	"""The policy that is switched on and holds on a day. Raises NoLateFeePolicy: late fee is off by default."""
	names = frappe.get_all(
		"Late Fee Policy",
		filters={"project": project, "enabled": 1, "valid_from": ["<=", day]},
		pluck="name",
		order_by="valid_from desc",
		limit=1,
	)
	if names:
		# a policy that has ended still bills what accrued under it, until another one holds
		return frappe.get_doc("Late Fee Policy", names[0])
	frappe.throw(
		_("Late fee is off in project {0}. The director switches it on with a Late Fee Policy.").format(project),
		NoLateFeePolicy,
	)


def terms_of(policy) -> Terms:
	return Terms(
		D(policy.daily_rate) / 100,
		int(policy.grace_days or 0),
		D(policy.cap_percent) / 100,
		D(policy.rounding_unit or "0.01"),
		getdate(policy.valid_from),
		getdate(policy.valid_to) if policy.valid_to else None,
	)


def compute(project: str, as_of: datetime.date, policy) -> list[dict]:
	"""Late fee that is to be billed, one dict for each bill in arrears (columns of Late Fee Run Line); reads only."""
	terms = terms_of(policy)
	bills = _candidates(project, as_of, policy)
	holds = _holds(project)
	names = registry.names_of({bill.resident for bill in bills})
	result = []
	for start in range(0, len(bills), CHUNK):
		chunk = bills[start : start + CHUNK]
		changes = _changes([bill.name for bill in chunk], _base_items(policy))
		billed = _billed([bill.name for bill in chunk], policy.name)
		for bill in chunk:
			frozen = holds.get((bill.resident, None), []) + holds.get((bill.resident, bill.name), [])
			accrual = accrue(changes.get(bill.name, []), bill.due_date, as_of, terms, frozen)
			before, last = billed.get(bill.name, (Decimal("0.00"), None))
			amount = accrual.total - before
			if amount > 0:
				result.append(_row(bill, names, policy.name, as_of, accrual, before, last, amount))
	return result


def _row(bill, names, policy, as_of, accrual: Accrual, before, last, amount) -> dict:
	return {
		"project": bill.project,
		"policy": policy,
		"invoice": bill.name,
		"unit": bill.unit,
		"resident": bill.resident,
		"payer_name": names.get(bill.resident),
		"due_date": bill.due_date,
		"from_date": last + ONE_DAY if last else accrual.first,
		"to_date": as_of,
		"days": accrual.days,
		"principal": accrual.principal,
		"accrued": accrual.total,
		"billed_before": before,
		"amount": amount,
		"is_capped": int(accrual.capped),
	}


def _candidates(project: str, as_of: datetime.date, policy) -> list[dict]:
	"""Bills that may bear late fee: open ones, and those paid since the last run looked at them."""
	last = frappe.db.sql(
		"select max(as_of) from `tabLate Fee Run` where project = %s and policy = %s and workflow_state = 'Approved'",
		(project, policy.name),
	)[0][0]
	return frappe.db.sql(
		"""select name, project, unit, resident, due_date from `tabFee Invoice`
		where project = %(project)s and docstatus = 1 and due_date < %(as_of)s and origin != 'Late Fee'
			and (outstanding > 0 or modified >= %(since)s)
		order by unit, due_date, name""",
		{"project": project, "as_of": as_of, "since": last or "1900-01-01"},
		as_dict=True,
	)


def _base_items(policy) -> tuple[str, ...]:
	chosen = tuple(row.fee_item for row in policy.items)
	return chosen or tuple(
		frappe.get_all(
			"Fee Item", filters={"category": ["not in", ["Penalty", "Deposit"]], "is_agency": 0}, pluck="name"
		)
	)


def _changes(names: list[str], items: tuple[str, ...]) -> dict[str, list[tuple[datetime.date, Decimal]]]:
	result = defaultdict(list)
	for name, day, amount in frappe.db.sql(
		"""select invoice, posting_date, sum(amount) from `tabFee Ledger Entry`
		where invoice in %(names)s and fee_item in %(items)s and account = 'Receivable'
		group by invoice, posting_date order by invoice, posting_date""",
		{"names": tuple(names), "items": items or ("",)},
	):
		result[name].append((day, D(amount)))
	return result


def _billed(names: list[str], policy: str) -> dict[str, tuple[Decimal, datetime.date]]:
	"""Late fee billed before on each bill under this policy, and up to which day."""
	return {
		name: (D(amount), last)
		for name, amount, last in frappe.db.sql(
			"""select l.invoice, sum(l.amount), max(l.to_date) from `tabLate Fee Run Line` l
			join `tabFee Invoice` i on i.name = l.penalty_bill and i.docstatus = 1
			where l.invoice in %(names)s and l.policy = %(policy)s group by l.invoice""",
			{"names": tuple(names), "policy": policy},
		)
	}


def _holds(project: str) -> dict[tuple[str, str | None], list[Span]]:
	result = defaultdict(list)
	for row in frappe.get_all(
		"Arrears Hold",
		filters={"project": project, "stops_late_fee": 1},
		fields=["resident", "invoice", "from_date", "to_date"],
	):
		result[row.resident, row.invoice or None].append(Span(row.from_date, row.to_date or FOREVER - ONE_DAY))
	return result


@frappe.whitelist(methods=["POST"])
def preview(run: str) -> None:
	"""Compute a run and write its lines; no bill is made."""
	doc = frappe.get_doc("Late Fee Run", run)
	doc.check_permission("write")
	if doc.workflow_state not in ("Draft", "Previewed"):
		frappe.throw(_("This run was submitted for approval already."), RunStateError)
	policy = policy_of(doc.project, getdate(doc.as_of))
	rows = compute(doc.project, getdate(doc.as_of), policy)
	frappe.db.delete("Late Fee Run Line", {"late_fee_run": run})
	bulk.insert(
		"Late Fee Run Line",
		COLUMNS,
		((frappe.generate_hash(length=12), run, *(row[column] for column in COLUMNS[2:])) for row in rows),
	)
	system_step(
		doc,
		"Previewed",
		policy=policy.name,
		warning=policy.warning,
		due_date=add_days(today(), int(policy.due_days or 0)),
		line_count=len(rows),
		bill_count=len({(row["unit"], row["resident"]) for row in rows}),
		total=sum((row["amount"] for row in rows), Decimal("0.00")),
	)


def publish(doc) -> None:
	"""Write the bills of an approved run. Raises PlanChanged when something was paid or billed since the preview."""
	# one run of a project at a time; payments of these bills wait until it is written
	frappe.db.sql("select name from `tabProperty Project` where name = %s for update", doc.project)
	lines = frappe.get_all(
		"Late Fee Run Line",
		filters={"late_fee_run": doc.name},
		fields=["name", "invoice", "amount"],
		order_by="invoice",
	)
	names = [line.invoice for line in lines]
	locked = {name: bill["outstanding"] for name, bill in invoices.lock(names).items()}
	# what this transaction sees may be older than what is locked
	seen = {
		row.name: D(row.outstanding)
		for row in frappe.get_all("Fee Invoice", filters={"name": ["in", names]}, fields=["name", "outstanding"])
	}
	rows = compute(doc.project, getdate(doc.as_of), frappe.get_doc("Late Fee Policy", doc.policy))
	computed = {row["invoice"]: row["amount"] for row in rows}
	if locked != seen or computed != {line.invoice: D(line.amount) for line in lines}:
		frappe.throw(
			_("Bills were paid or changed since the preview. Have the run rejected and preview it again."), PlanChanged
		)
	if not rows:
		return
	priority = frappe.db.get_value("Fee Item", ITEM, "allocation_priority") or 0
	units = {unit["name"]: unit for unit in registry.units(doc.project, include_disabled=True)}
	groups = defaultdict(list)
	for row in rows:
		groups[row["unit"], row["resident"]].append(row)
	bills = [
		Bill(units[unit], resident, getdate(doc.due_date), [_line(doc, row, priority) for row in group])
		for (unit, resident), group in groups.items()
	]
	period = Span(min(row["from_date"] for row in rows), getdate(doc.as_of))
	written = invoices.write(doc.project, period, bills, invoices.new_name, getdate(today()), ORIGIN)
	bill_of = {row["invoice"]: name for name, group in zip(written, groups.values(), strict=True) for row in group}
	for start in range(0, len(lines), CHUNK):
		chunk = lines[start : start + CHUNK]
		cases = " ".join(["when %s then %s"] * len(chunk))
		values = [value for line in chunk for value in (line.name, bill_of[line.invoice])]
		# lint: allow sql-string: only marks of parameters are repeated
		frappe.db.sql(  # lint: allow query-in-loop: one for five hundred lines
			f"update `tabLate Fee Run Line` set penalty_bill = (case name {cases} end) where name in %s",
			[*values, tuple(line.name for line in chunk)],
		)


def _line(doc, row: dict, priority: int) -> Line:
	return Line(
		fee_item=ITEM,
		tariff=None,
		price_version=None,
		charge_key=f"late|{row['invoice']}|{doc.policy}|{doc.as_of}",
		span=Span(row["from_date"], row["to_date"]),
		quantity=Decimal(1),
		quantity_unit="",
		price=row["amount"],
		factor="1",
		raw=str(row["amount"]),
		amount=row["amount"],
		tax=Decimal("0.00"),
		priority=priority,
		explanation={
			"late_fee": row["invoice"],
			"due": str(row["due_date"]),
			"days": row["days"],
			"rate": str(D(frappe.get_cached_value("Late Fee Policy", doc.policy, "daily_rate"))),
			"accrued": str(row["accrued"]),
			"before": str(row["billed_before"]),
			"capped": row["is_capped"],
		},
	)


@frappe.whitelist(methods=["POST"])
def cancel(run: str, reason: str) -> None:
	"""Cancel an approved run and its bills; what was paid on them becomes prepayment."""
	frappe.get_doc("Late Fee Run", run).check_permission("write")
	frappe.only_for("Accountant")
	if not reason.strip():
		frappe.throw(_("Say why the run is cancelled."), CancelNeedsReason)
	doc = frappe.get_doc("Late Fee Run", run, for_update=True)
	if doc.workflow_state != "Approved":
		frappe.throw(_("Only an approved run is cancelled."), RunStateError)
	names = frappe.db.sql_list(
		"""select distinct l.penalty_bill from `tabLate Fee Run Line` l join `tabFee Invoice` i on i.name = l.penalty_bill
		where l.late_fee_run = %s and i.docstatus = 1""",
		run,
	)
	if names:
		invoices.cancel(names, reason)
	system_step(doc, "Cancelled", cancel_reason=reason.strip())
