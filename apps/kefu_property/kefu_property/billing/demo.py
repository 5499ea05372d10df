"""Demo data: tariffs in force, three months of bills, payments of every kind. For demo projects that have no tariff yet."""

from __future__ import annotations

import datetime
import random

import frappe
from frappe.utils import add_days, get_first_day, get_last_day, getdate, today

from kefu_property.billing import actions, runs
from kefu_property.registry import api as registry
from kefu_property.rules.money import D
from kefu_property.suite.demo import MAIL, user_of

MONTHS = 3
#: item, kind, price, unit types (all when empty), further values
TARIFFS = (
	(
		"Property Service Fee",
		"Area × Price",
		"2.35",
		("Dwelling",),
		{"vacancy_percent": 60, "vacancy_after_months": 6},
	),
	("Property Service Fee", "Area × Price", "4.80", ("Shop", "Office"), {"minimum": "150"}),
	("Parking Fee", "Fixed", "80", ("Parking",), {}),
	("Refuse Removal Fee", "Fixed", "8", ("Dwelling", "Shop"), {}),
	(
		"Water Fee",
		"Tiered Meter",
		"2.90",
		("Dwelling",),
		{
			"meter_kind": "Cold Water",
			"tier_basis": "Month",
			"tiers": [{"up_to": 18, "price_ratio": 1}, {"up_to": 25, "price_ratio": 1.5}, {"price_ratio": 3}],
		},
	),
	("Shared Cost", "Shared Pool", "1", ("Dwelling",), {}),
)
#: homes with a water meter in the demo: enough to try the sheet, few enough to load quickly
METERED_HOMES = 40


def load(context: frappe._dict) -> None:
	"""Load what is missing; safe to repeat."""
	for project in frappe.get_all("Property Project", pluck="name"):
		if not frappe.db.exists("Fee Tariff", {"project": project}):
			load_project(project)


def load_project(project: str) -> None:
	first = getdate(get_first_day(today(), d_months=-(MONTHS - 1)))
	for row in TARIFFS:
		make_tariff(project, first, *row)
	make_meters(project, first)
	make_vacancy(project, first)
	for month in range(MONTHS):
		start = getdate(get_first_day(first, d_months=month))
		read_meters(project, start, month)
		share_cost(project, start)
		publish(project, start, getdate(get_last_day(start)))
		frappe.db.commit()  # a month of the demo stands by itself
	take_payments(project)
	make_waiting_work(project)
	make_schedule(project)


def make_tariff(project, first, item, kind, price, unit_types, values) -> None:
	tariff = frappe.get_doc(
		{
			"doctype": "Fee Tariff",
			"tariff_name": f"{frappe._(item, 'zh')} {' / '.join(frappe._(name, 'zh') for name in unit_types)}",
			"project": project,
			"fee_item": item,
			"kind": kind,
			"announcement": "小区公告栏公示 / Notice board",
			"prices": [{"valid_from": get_first_day(first, d_months=-12), "price": price}],
			**values,
		}
	).insert(ignore_permissions=True)  # demo
	# the demo's tariffs were announced and approved long ago; the workflow itself can be tried on a new one
	announced = add_days(tariff.prices[0].valid_from, -40)
	director, accountant = user_of("Office Director"), user_of("Accountant")
	frappe.db.set_value(
		"Fee Tariff",
		tariff.name,
		{
			"workflow_state": "In Force",
			"announced_on": announced,
			"prepared_by": accountant,
			"prepared_on": announced,
			"approved_by": director,
			"approved_on": announced,
		},
	)
	frappe.db.set_value(
		"Fee Tariff Price",
		{"parent": tariff.name},
		{
			"status": "Approved",
			"announced_on": announced,
			"announced_by": accountant,
			"approved_by": director,
			"approved_on": announced,
		},
	)
	frappe.clear_document_cache("Fee Tariff", tariff.name)
	for unit_type in unit_types:
		frappe.get_doc({"doctype": "Fee Tariff Assignment", "tariff": tariff.name, "unit_type": unit_type}).insert(
			ignore_permissions=True  # demo
		)


def make_meters(project: str, first: datetime.date) -> None:
	"""A water meter for the first homes, and one for the garden."""
	homes = [unit for unit in registry.units(project) if unit["unit_type"] == "Dwelling"][:METERED_HOMES]
	for number, unit in enumerate([*homes, None], 1):
		frappe.get_doc(  # lint: allow query-in-loop: some forty meters of the demo
			{
				"doctype": "Utility Meter",
				"project": project,
				"meter_no": f"LS-{number:04d}",
				"meter_kind": "Cold Water",
				"unit": unit and unit["name"],
				"is_common": int(not unit),
				"place": "中心花园 / Garden" if not unit else None,
				"installed_on": add_days(first, -1),
				"start_value": 100 + number,
			}
		).insert(ignore_permissions=True)  # demo


def read_meters(project: str, start: datetime.date, month: int) -> None:
	"""Readings of a month; one home uses far more in the last month, so that the list shows something unusual."""
	day = min(getdate(add_days(get_last_day(start), -2)), getdate(today()))
	meters = frappe.get_all(
		"Utility Meter", filters={"project": project}, fields=["name", "meter_no", "base_value"], order_by="meter_no"
	)
	for number, meter in enumerate(meters, 1):
		used = 8 + number * 7 % 19 + (60 if number == 5 and month == MONTHS - 1 else 0)
		frappe.get_doc(  # lint: allow query-in-loop: some forty readings of the demo
			{
				"doctype": "Meter Reading",
				"meter": meter.name,
				"read_on": day,
				"value": str(D(meter.base_value) + used),
				"reading_type": "Estimated" if number == 9 else "Actual",
			}
		).insert(ignore_permissions=True)  # demo


def share_cost(project: str, start: datetime.date) -> None:
	"""Power of the lifts, divided by area and approved."""
	cost = frappe.get_doc(
		{
			"doctype": "Shared Cost",
			"title": f"电梯电费 {start:%Y-%m}",
			"project": project,
			"tariff": frappe.db.get_value("Fee Tariff", {"project": project, "kind": "Shared Pool"}),
			"period_start": start,
			"period_end": get_last_day(start),
			"amount": "1286.40",
			"basis": "Building Area",
			"basis_text": "供电公司电费发票，电梯专用表 / Invoice of the power company, meter of the lifts",
		}
	).insert(ignore_permissions=True)  # demo
	signed = {"prepared_by": user_of("Accountant"), "prepared_on": start, "approved_by": user_of("Office Director")}
	frappe.db.set_value("Shared Cost", cost.name, {"workflow_state": "Approved", "approved_on": start, **signed})


def make_vacancy(project: str, first: datetime.date) -> None:
	"""A home that stands empty long enough to pay less, and one that waits for approval."""
	homes = [unit for unit in registry.units(project) if unit["unit_type"] == "Dwelling"]
	for number, unit in enumerate(homes[-2:]):
		record = frappe.get_doc(  # lint: allow query-in-loop: two homes of the demo
			{
				"doctype": "Unit Vacancy",
				"unit": unit["name"],
				"from_date": get_first_day(first, d_months=-8),
				"evidence": "水表半年未走字，物业上门查看无人居住 / Water meter stands still, inspected on the spot",
			}
		).insert(ignore_permissions=True)  # demo
		if number == 0:
			signed = {"prepared_by": user_of("CS Supervisor"), "approved_by": user_of("Office Director")}
			frappe.db.set_value("Unit Vacancy", record.name, {"workflow_state": "Approved", **signed})
		else:
			frappe.db.set_value("Unit Vacancy", record.name, "workflow_state", "Pending Approval")


def make_schedule(project: str) -> None:
	"""Drafts of the property fee ten days ahead, from the month after the one that waits for approval."""
	frappe.get_doc(
		{
			"doctype": "Billing Schedule",
			"project": project,
			"months": "1",
			"next_start": get_first_day(today(), d_months=2),
			"days_before": 10,
		}
	).insert(ignore_permissions=True)  # demo


def publish(project: str, start: datetime.date, end: datetime.date) -> None:
	"""A run as prepared by the accountant and approved by the director."""
	run = make_run(project, start, end)
	runs.preview(run.name)
	signed = {
		"prepared_by": user_of("Accountant"),
		"prepared_on": start,
		"approved_by": user_of("Office Director"),
		"approved_on": start,
	}
	frappe.db.set_value("Billing Run", run.name, {"workflow_state": "Publishing", "started_on": start, **signed})
	runs.publish(run.name, check_plan=False)


def make_run(project: str, start: datetime.date, end: datetime.date):
	return frappe.get_doc(
		{
			"doctype": "Billing Run",
			"project": project,
			"period_start": start,
			"period_end": end,
			"posting_date": min(start, getdate(today())),
		}
	).insert(ignore_permissions=True)  # demo


def take_payments(project: str) -> None:
	"""About two thirds pay in full, some in part, a few ahead; one receipt is reversed. The same choice at every load."""
	chance = random.Random(20240601)
	rows = frappe.db.sql(
		"""select resident, sum(outstanding) from `tabFee Invoice`
		where project = %s and docstatus = 1 and outstanding > 0 group by resident order by min(unit)""",
		project,
	)
	methods = ("Cash", "QR Code", "Bank Transfer", "POS Card")
	# the owner whose portal one may visit has a receipt as well as an open bill
	visited = set(registry.residents_of_user(f"owner@{MAIL}"))
	last = None
	frappe.set_user(user_of("Cashier") if frappe.db.exists("User", user_of("Cashier")) else "Administrator")
	try:
		for index, (resident, total) in enumerate(rows[:150]):
			die = 0 if resident in visited else chance.random()
			if die > 0.8:
				continue
			amount = D(total).quantize(D("0.01"))
			if die < 0.1:
				amount = max((amount / 2).quantize(D("1")), D("1"))
			elif die < 0.15:
				amount = (amount + 500).quantize(D("1"))
			doc = frappe.get_doc(
				{
					"doctype": "Fee Payment",
					"docstatus": 1,
					"project": project,
					"resident": resident,
					"amount": str(amount),
					"method": methods[index % len(methods)],
					"posting_date": add_days(today(), -chance.randrange(0, 50)) if index < 120 else today(),
				}
			)
			doc.flags.ignore_permissions = (
				True  # a command of the administrator; the cashier's projects are assigned after it
			)
			last = doc.insert()
		if last:
			frappe.set_user("Administrator")
			actions.reverse_receipt(last.name, "收款录入有误 / Wrong entry")
	finally:
		frappe.set_user("Administrator")


def make_waiting_work(project: str) -> None:
	"""Next month's run, previewed and waiting for the director."""
	start = getdate(get_first_day(today(), d_months=1))
	run = make_run(project, start, getdate(get_last_day(start)))
	runs.preview(run.name)
