"""Dunning: whose turn it is on the ladder, runs with approval, messages, and what was done (D2, L1, L2)."""

# No postponed annotations here: the framework converts what a form sends by them
import datetime
from collections import Counter, defaultdict
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, now_datetime

from kefu_property.billing import bulk, invoices
from kefu_property.billing.exceptions import DunningRefused, NoDunningPolicy, RunStateError
from kefu_property.registry import api as registry
from kefu_property.rules import dunning as rules
from kefu_property.rules.money import D
from kefu_property.rules.periods import add_months
from kefu_property.suite import messages
from kefu_property.suite.approval import system_step

HELD, PROMISED = "Rests for a dispute or another reason", "Has promised to pay"
PAID = "Paid meanwhile"
LETTERS = (rules.DEMAND, rules.LEGAL)
#: outcomes that prove a demand in court, so that the limitation period begins again (L2)
PROVEN = ("Signed For", "Delivered", "Sent")
COUNTS = {
	rules.MESSAGE: "message_count",
	rules.PHONE: "phone_count",
	rules.VISIT: "visit_count",
	rules.DEMAND: "demand_count",
	rules.LEGAL: "legal_count",
}
ACTION_COLUMNS = (
	"name",
	"project",
	"dunning_run",
	"resident",
	"payer_name",
	"unit_codes",
	"building",
	"action_type",
	"step_no",
	"state",
	"amount",
	"bill_count",
	"oldest_due",
	"age_days",
	"skip_reason",
)
BILL_COLUMNS = (
	"name",
	"parent",
	"parenttype",
	"parentfield",
	"idx",
	"invoice",
	"unit",
	"period_start",
	"due_date",
	"open_amount",
)


def steps_of(project: str) -> list[rules.Step]:
	"""The ladder of a project. Raises NoDunningPolicy."""
	name = frappe.db.get_value("Dunning Policy", {"project": project, "enabled": 1})
	if not name:
		frappe.throw(
			_("Project {0} has no dunning ladder. Write a Dunning Policy first.").format(project), NoDunningPolicy
		)
	return [
		rules.Step(row.action_type, int(row.after_days or 0), D(row.minimum_amount), int(row.rest_days or 0))
		for row in frappe.get_cached_doc("Dunning Policy", name).steps
	]


def open_bills(
	project: str, as_of: datetime.date, building: str | None = None, resident: str | None = None
) -> dict[str, list[dict]]:
	"""Overdue bills by payer, the oldest first."""
	values = {"project": project, "day": as_of, "building": building, "resident": resident}
	result = defaultdict(list)
	for row in frappe.db.sql(
		"""select i.name invoice, i.resident, i.payer_name, i.unit, u.unit_code, i.building, i.period_start, i.due_date, i.outstanding
		from `tabFee Invoice` i join `tabProperty Unit` u on u.name = i.unit
		where i.project = %(project)s and i.docstatus = 1 and i.outstanding > 0 and i.due_date < %(day)s
			and (%(building)s is null or i.building = %(building)s) and (%(resident)s is null or i.resident = %(resident)s)
		order by i.building, u.unit_code, i.due_date, i.name""",
		values,
		as_dict=True,
	):
		row.outstanding = D(row.outstanding)
		result[row.resident].append(row)
	return result


def plan(project: str, as_of: datetime.date, building: str | None = None) -> list[dict]:
	"""The step that is due for each debtor, and those whose step rests; reads only."""
	steps = steps_of(project)
	debtors = open_bills(project, as_of, building)
	past, resting = _past(project), _resting(project, as_of)
	result = []
	for resident, bills in debtors.items():
		amount = sum((bill.outstanding for bill in bills), Decimal("0.00"))
		oldest = min(bill.due_date for bill in bills)
		number = rules.next_step(steps, oldest, amount, as_of, past.get(resident))
		if not number:
			continue
		reason = resting.get((resident, None))
		if not reason:
			free = [bill for bill in bills if (resident, bill.invoice) not in resting]
			if not free:
				reason = HELD
			bills = free or bills
			amount = sum((bill.outstanding for bill in bills), Decimal("0.00"))
			oldest = min(bill.due_date for bill in bills)
		result.append(
			{
				"resident": resident,
				"step_no": number,
				"action_type": steps[number - 1].action,
				"state": "Resting" if reason else "Planned",
				"skip_reason": reason,
				**facts_of(bills, as_of),
			}
		)
	return result


def facts_of(bills: list[dict], as_of: datetime.date) -> dict:
	oldest = min(bill.due_date for bill in bills)
	return {
		"payer_name": bills[0].payer_name,
		"unit_codes": ", ".join(dict.fromkeys(bill.unit_code for bill in bills))[:140],
		"building": bills[0].building,
		"amount": sum((bill.outstanding for bill in bills), Decimal("0.00")),
		"bill_count": len(bills),
		"oldest_due": oldest,
		"age_days": (as_of - oldest).days,
		"bills": bills,
	}


def _past(project: str) -> dict[str, rules.Past]:
	"""The last step of a run that was taken for each payer."""
	rows = frappe.db.sql(
		"""select resident, step_no, done_on from `tabDunning Action`
		where project = %s and state = 'Done' and step_no > 0 order by done_on, step_no""",
		project,
	)
	return {resident: rules.Past(number, getdate(done_on)) for resident, number, done_on in rows}


def _resting(project: str, as_of: datetime.date) -> dict[tuple[str, str | None], str]:
	"""Why dunning of a payer, or of one bill, rests on a day."""
	result = {}
	for row in frappe.get_all(
		"Arrears Hold",
		filters={"project": project, "stops_dunning": 1, "from_date": ["<=", as_of]},
		fields=["resident", "invoice", "to_date"],
	):
		if not row.to_date or row.to_date >= as_of:
			result[row.resident, row.invoice or None] = HELD
	for resident in frappe.get_all(
		"Promise to Pay", filters={"project": project, "state": "Open", "pay_by": [">=", as_of]}, pluck="resident"
	):
		result[resident, None] = PROMISED
	return result


@frappe.whitelist(methods=["POST"])
def preview(run: str) -> None:
	"""Write the planned steps of a run; nothing is sent."""
	doc = frappe.get_doc("Dunning Run", run)
	doc.check_permission("write")
	if doc.workflow_state not in ("Draft", "Previewed"):
		frappe.throw(_("This run was submitted for approval already."), RunStateError)
	discard(run)
	rows = plan(doc.project, getdate(doc.as_of), doc.building)
	write(doc.project, run, rows)
	planned = [row for row in rows if row["state"] == "Planned"]
	counts = Counter(row["action_type"] for row in planned)
	system_step(
		doc,
		"Previewed",
		debtor_count=len(planned),
		skipped_count=len(rows) - len(planned),
		total=sum((row["amount"] for row in planned), Decimal("0.00")),
		**{field: counts[action] for action, field in COUNTS.items()},
	)


def write(project: str, run: str, rows: list[dict]) -> None:
	actions, bills = [], []
	for row in rows:
		name = frappe.generate_hash(length=12)
		values = {**row, "name": name, "project": project, "dunning_run": run}
		actions.append(tuple(values[column] for column in ACTION_COLUMNS))
		for idx, bill in enumerate(row["bills"], 1):
			bills.append(
				(
					f"{name}-{idx}",
					name,
					"Dunning Action",
					"bills",
					idx,
					bill.invoice,
					bill.unit,
					bill.period_start,
					bill.due_date,
					bill.outstanding,
				)
			)
	bulk.insert("Dunning Action", ACTION_COLUMNS, actions)
	bulk.insert("Dunning Action Bill", BILL_COLUMNS, bills)


def discard(run: str) -> None:
	"""Remove the planned steps of a run that was not approved."""
	frappe.db.sql(
		"""delete b from `tabDunning Action Bill` b join `tabDunning Action` a on a.name = b.parent
		where a.dunning_run = %s and a.state in ('Planned', 'Resting')""",
		run,
	)
	frappe.db.delete("Dunning Action", {"dunning_run": run, "state": ["in", ["Planned", "Resting"]]})


def execute(doc) -> None:
	"""After approval: calls, visits and letters become work to do, messages go out in the background."""
	frappe.db.sql(
		"""update `tabDunning Action` set state = 'To Do', modified = %s
		where dunning_run = %s and state = 'Planned' and action_type != 'Message'""",
		(now_datetime(), doc.name),
	)
	frappe.enqueue(
		"kefu_property.billing.dunning.send_messages",
		queue="long",
		timeout=3600,
		enqueue_after_commit=True,
		run=doc.name,
	)


def send_messages(run: str) -> int:
	"""Job: send the messages of an approved run, one at a time; safe to repeat. Returns how many were handled."""
	names = frappe.get_all(
		"Dunning Action", filters={"dunning_run": run, "state": "Planned", "action_type": "Message"}, pluck="name"
	)
	if frappe.db.get_value("Dunning Run", run, "workflow_state") != "Approved":
		return 0
	return sum(_send_one(name) for name in names)


def _send_one(name: str) -> int:
	action = frappe.get_doc("Dunning Action", name, for_update=True)
	if action.state != "Planned":
		return 0
	still_open = _still_open(action)
	if not still_open:
		action.db_set({"state": "Cancelled", "skip_reason": PAID})
	else:
		phone = registry.phone_for_message(action.resident)
		if phone:
			english = frappe.db.get_value("Resident", action.resident, "preferred_language") == "English"
			args = {
				"project": frappe.db.get_value("Property Project", action.project, "project_name"),
				"units": action.unit_codes,
				"amount": str(still_open),
				"due": str(action.oldest_due),
				"phone": frappe.db.get_value("Property Project", action.project, "phone") or "",
			}
			message = messages.send("dunning", phone, args, "en" if english else "zh", action.resident)
			status = frappe.db.get_value("Outgoing Message", message, "status")
			values = {
				"state": "Failed" if status == "Failed" else "Done",
				"result": "" if status == "Failed" else "Sent",
				"message": message,
			}
		else:
			values = {"state": "Failed", "note": _("No phone number on record")}
		action.db_set({**values, "channel": "Text Message", "done_on": now_datetime(), "done_by": frappe.session.user})
	frappe.db.commit()  # what was sent is not sent again when a later one fails
	return 1


def _still_open(action) -> Decimal:
	names = [row.invoice for row in action.bills]
	rows = frappe.get_all("Fee Invoice", filters={"name": ["in", names], "docstatus": 1}, pluck="outstanding")
	return sum((D(amount) for amount in rows), Decimal("0.00"))


def close_paid() -> None:
	"""Job: steps that wait although everything they demand is paid need not be done."""
	frappe.db.sql(
		"""update `tabDunning Action` a set a.state = 'Cancelled', a.skip_reason = %(reason)s, a.modified = %(now)s
		where a.state = 'To Do' and not exists (
			select 1 from `tabDunning Action Bill` b join `tabFee Invoice` i on i.name = b.invoice
			where b.parent = a.name and i.docstatus = 1 and i.outstanding > 0)""",
		{"reason": PAID, "now": now_datetime()},
	)


def message_texts(kind: str, args: dict) -> str | None:
	"""Extension point `message_texts`."""
	if kind == "dunning":
		return _(
			"{project}: fees of {units} of {amount} yuan have been open since {due}. Please pay, or call us at {phone} when something is wrong. {organisation}"
		).format(**args)
	if kind == "promise_reminder":
		return _("{project}: you promised to pay {amount} yuan by {day}. Thank you. {organisation}").format(**args)
	return None


def restart_limitation(action) -> None:
	"""A proven demand starts the three years of its bills anew, as long as they have not run out (L2: 民法典 188, 195)."""
	if action.state != "Done" or action.result not in PROVEN or action.action_type not in LETTERS:
		return
	day = getdate(action.done_on)
	frappe.db.sql(
		"""update `tabFee Invoice` set limitation_date = %(until)s
		where name in %(names)s and docstatus = 1 and outstanding > 0 and limitation_date >= %(day)s and limitation_date < %(until)s""",
		{
			"until": add_months(day, invoices.LIMITATION_MONTHS),
			"day": day,
			"names": tuple(row.invoice for row in action.bills) or ("",),
		},
	)


@frappe.whitelist(methods=["POST"])
def record(
	action: str,
	result: str,
	channel: str,
	done_on: str | None = None,
	note: str | None = None,
	proof: str | None = None,
	pay_by: str | None = None,
	promised_amount: str | None = None,
) -> str | None:
	"""Write down what came of a step. A promise makes a Promise to Pay, whose name is returned."""
	doc = frappe.get_doc("Dunning Action", action)
	doc.check_permission("write")
	if doc.state not in ("To Do", "Failed"):
		frappe.throw(_("This step is not waiting to be done."), DunningRefused)
	doc.update(
		{
			"state": "Done",
			"result": result,
			"channel": channel,
			"done_on": get_datetime(done_on) if done_on else now_datetime(),
			"done_by": frappe.session.user,
			"note": note or doc.note,
			"proof": proof or doc.proof,
		}
	)
	doc.save()
	if result != "Promised":
		return None
	return (
		frappe.get_doc(
			{
				"doctype": "Promise to Pay",
				"project": doc.project,
				"resident": doc.resident,
				"promised_on": getdate(doc.done_on),
				"pay_by": pay_by,
				"amount": promised_amount or str(D(doc.amount)),
				"dunning_action": doc.name,
				"note": note,
			}
		)
		.insert()
		.name
	)
