"""Demo data of arrears and books: ladder, a run with its steps, waivers, a promise, common income, a target. Safe to repeat."""

from __future__ import annotations

import frappe
from frappe.utils import add_days, get_first_day, get_last_day, getdate, today

from kefu_property.billing import dunning, waivers
from kefu_property.rules.money import D
from kefu_property.suite.demo import user_of

LADDER = (
	("Message", 5, 0, 0),
	("Phone", 15, 100, 7),
	("Visit", 30, 300, 7),
	("Written Demand", 60, 500, 14),
	("Legal Letter", 180, 2000, 30),
)
#: kind, source, amount, what for, other party, days ago
COMMON_INCOME = (
	("Income", "Advertising", "12000.00", "电梯轿厢广告位租金（上半年）", "分众广告有限公司", 80),
	("Income", "Parking on Common Ground", "8640.00", "地面公共车位停车费", "业主及访客", 50),
	("Income", "Vending Machines", "1500.00", "大堂自动售货机场地费", "友宝在线", 40),
	("Expense", "Management Cost", "3320.50", "公共收益管理成本", "", 35),
	("Income", "Mobile Mast", "20000.00", "屋顶通信基站占用费", "铁塔公司", 20),
)


def load(context: frappe._dict) -> None:
	for project in frappe.get_all("Property Project", pluck="name"):
		if not frappe.db.exists("Dunning Policy", {"project": project}):
			load_project(project)


def load_project(project: str) -> None:
	frappe.get_doc(
		{
			"doctype": "Dunning Policy",
			"project": project,
			"steps": [
				{"action_type": action, "after_days": days, "minimum_amount": amount, "rest_days": rest}
				for action, days, amount, rest in LADDER
			],
		}
	).insert(ignore_permissions=True)  # demo
	frappe.get_doc(
		{
			"doctype": "Late Fee Policy",
			"project": project,
			"enabled": 0,
			"valid_from": get_first_day(today()),
			"daily_rate": 0.01,
			"grace_days": 30,
			"cap_percent": 20,
			"contract": "前期物业服务合同第十八条",
		}
	).insert(ignore_permissions=True)  # demo
	make_target(project)
	make_common_income(project)
	make_waivers(project)
	make_dunning(project)


def make_target(project: str) -> None:
	frappe.get_doc(
		{
			"doctype": "Collection Target",
			"project": project,
			"from_date": get_first_day(today(), d_months=-2),
			"to_date": get_last_day(today()),
			"collector": user_of("CS Supervisor") if frappe.db.exists("User", user_of("CS Supervisor")) else None,
			"target_rate": 95,
		}
	).insert(ignore_permissions=True)  # demo


def make_common_income(project: str) -> None:
	for kind, source, amount, description, party, days in COMMON_INCOME:
		doc = frappe.get_doc(
			{
				"doctype": "Common Income Entry",
				"project": project,
				"posting_date": add_days(today(), -days),
				"kind": kind,
				"source": source,
				"amount": amount,
				"description": description,
				"counterparty": party,
			}
		).insert(ignore_permissions=True)  # demo
		sign(doc, "Approved")


def sign(doc, state: str) -> None:
	"""As prepared by the accountant and approved by the director; the workflow can be tried on a new paper."""
	frappe.db.set_value(
		doc.doctype,
		doc.name,
		{
			"workflow_state": state,
			"prepared_by": user_of("Accountant"),
			"prepared_on": today(),
			"approved_by": user_of("Office Director"),
			"approved_on": today(),
		},
	)


def make_waivers(project: str) -> None:
	"""One approved and posted, one that waits for approval."""
	payers = frappe.db.sql_list(
		"""select resident from `tabFee Invoice` where project = %s and docstatus = 1 and outstanding > 100
		group by resident order by min(unit) limit 2""",
		project,
	)
	reasons = ("外墙渗水维修期间居住受影响，经协商减免", "老年困难家庭，凭街道证明申请减免")
	for resident, reason, state in zip(payers, reasons, ("Approved", "Pending Approval"), strict=False):
		rows = waivers.open_lines(project, resident, 30)[:1]
		doc = frappe.get_doc(
			{
				"doctype": "Fee Waiver",
				"project": project,
				"resident": resident,
				"reason": reason,
				"waiver_type": "Compensation" if state == "Approved" else "Remission",
				"lines": [row for row in rows if D(row["amount"])],
			}
		).insert(ignore_permissions=True)  # demo
		if state == "Approved":
			waivers.post(doc)
			doc.db_set("posting_date", today())
			sign(doc, state)
		else:
			doc.db_set({"workflow_state": state, "prepared_by": user_of("Cashier"), "prepared_on": today()})


def make_dunning(project: str) -> None:
	"""A run of last week whose messages went out and whose calls wait, with what came of the first calls."""
	run = frappe.get_doc({"doctype": "Dunning Run", "project": project, "as_of": add_days(today(), -7)}).insert(
		ignore_permissions=True  # demo
	)
	dunning.preview(run.name)
	sign(run, "Approved")
	steps = frappe.get_all(
		"Dunning Action", filters={"dunning_run": run.name}, pluck="name", order_by="unit_codes", limit=40
	)
	for index, name in enumerate(steps):
		step = frappe.get_doc("Dunning Action", name)
		# messages of the demo are not sent to anybody
		done = {"done_on": add_days(today(), -6), "done_by": user_of("CS Agent"), "state": "Done"}
		step.db_set({**done, "channel": "Text Message", "result": "Sent"})
		if index < 12:
			make_call(step, index)
	frappe.db.sql(
		"update `tabDunning Action` set state = 'Cancelled', skip_reason = 'Paid meanwhile' where dunning_run = %s and state = 'Planned'",
		run.name,
	)


def make_call(step, index: int) -> None:
	result = ("Reached", "Not Reached", "Promised", "Disputed")[index % 4]
	if getdate(today()) <= getdate(step.oldest_due):
		return
	values = {"channel": "Phone", "result": result, "note": CALL_NOTES[result]} if index < 8 else {}
	bills = dunning.open_bills(step.project, getdate(today()), resident=step.resident)
	if not bills:
		return
	call = frappe.get_doc(
		{
			"doctype": "Dunning Action",
			"project": step.project,
			"resident": step.resident,
			"action_type": "Phone",
			**values,
		}
	).insert(ignore_permissions=True)  # demo
	if values and result == "Promised":
		frappe.get_doc(
			{
				"doctype": "Promise to Pay",
				"project": step.project,
				"resident": step.resident,
				"promised_on": today(),
				"pay_by": add_days(today(), 10),
				"amount": str(D(call.amount)),
				"dunning_action": call.name,
			}
		).insert(ignore_permissions=True)  # demo


CALL_NOTES = {
	"Reached": "业主表示近期会到前台缴费",
	"Not Reached": "电话无人接听，改日再拨",
	"Promised": "业主承诺十日内缴清",
	"Disputed": "对公摊有疑问，已转客服解释",
}
