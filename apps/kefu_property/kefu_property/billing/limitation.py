"""Debts that will soon be too old to be claimed in court (L2)."""

from __future__ import annotations

import datetime
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import add_days, getdate, today

from kefu_property.rules.money import D
from kefu_property.suite.notify import alert, staff_with_role


def days_ahead() -> int:
	return int(frappe.db.get_single_value("Arrears Settings", "limitation_alert_days") or 90)


def near(projects: list[str], day: datetime.date, days: int) -> list[dict]:
	"""Open bills whose limitation date lies before `day` + `days`, the first to run out first, with their last proven demand."""
	if not projects:
		return []
	rows = frappe.db.sql(
		"""select i.name invoice, i.project, i.unit, i.resident, i.payer_name, i.due_date, i.outstanding, i.limitation_date,
			datediff(i.limitation_date, %(day)s) days_left, max(a.done_on) last_demand
		from `tabFee Invoice` i
		left join `tabDunning Action Bill` b on b.invoice = i.name
		left join `tabDunning Action` a on a.name = b.parent and a.state = 'Done' and a.action_type in ('Written Demand', 'Legal Letter')
		where i.project in %(projects)s and i.docstatus = 1 and i.outstanding > 0 and i.limitation_date <= %(until)s
		group by i.name order by i.limitation_date, i.name""",
		{"projects": tuple(projects), "day": day, "until": add_days(day, days)},
		as_dict=True,
	)
	for row in rows:
		row.outstanding = D(row.outstanding)
	return rows


def weekly_alert(day=None) -> int:
	"""Job, on Mondays: tell accountants and the director of a project what runs out. Returns the number of projects told."""
	day = getdate(day or today())
	if day.weekday():
		return 0
	by_project: dict[str, list[dict]] = {}
	for row in near(frappe.get_all("Property Project", pluck="name"), day, days_ahead()):
		if row.days_left >= 0:
			by_project.setdefault(row.project, []).append(row)
	for project, rows in by_project.items():
		total = sum((row.outstanding for row in rows), Decimal("0.00"))
		users = staff_with_role("Accountant", project) + staff_with_role("Office Director", project)
		alert(
			users,
			lambda rows=rows, total=total: _(
				"{0} bills of {1} yuan reach their limitation date soon, the first on {2}. Demand them in writing."
			).format(len(rows), total, rows[0].limitation_date),
			"Fee Invoice",
			rows[0].invoice,
		)
	return len(by_project)
