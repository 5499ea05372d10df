"""Arrears by age of the debt, by payer or building (D2, S2)."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.billing import reporting
from kefu_property.registry import api as registry
from kefu_property.rules.money import D

#: upper ends of the age classes in days; the last class is open
CLASSES = (30, 90, 180, 365)
FIELDS = ("age_1", "age_2", "age_3", "age_4", "age_5")


def execute(filters: dict | None = None) -> tuple:
	filters = frappe._dict(filters or {})
	reporting.need("Fee Invoice")
	labels = [_("1 – {0} days").format(CLASSES[0])]
	labels += [_("{0} – {1} days").format(low + 1, high) for low, high in pairwise(CLASSES)]
	labels.append(_("over {0} days").format(CLASSES[-1]))
	by_building = filters.group_by == "Building"
	first = (
		[reporting.column("building", _("Building"), "Link", 160, "Property Building")]
		if by_building
		else [
			reporting.column("unit", _("Unit"), "Link", 150, "Property Unit"),
			reporting.column("resident_name", _("Payer"), width=130),
			reporting.column("oldest", _("Oldest Due"), "Date", 110),
		]
	)
	columns = [
		*first,
		reporting.column("bills", _("Bills"), "Int", 80),
		*[reporting.column(field, label, "Currency", 120) for field, label in zip(FIELDS, labels, strict=True)],
		reporting.column("total", _("Total"), "Currency", 130),
	]
	rows = ageing(filters, by_building)
	totals = [sum((row[field] for row in rows), Decimal("0.00")) for field in FIELDS]
	chart = {
		"data": {"labels": labels, "datasets": [{"name": _("Arrears"), "values": [str(total) for total in totals]}]},
		"type": "bar",
		"colors": ["#b3261e"],
	}
	summary = [{"label": _("Arrears"), "value": sum(totals), "datatype": "Currency", "indicator": "Red"}]
	return columns, rows, None, chart if rows else None, summary


def ageing(filters: frappe._dict, by_building: bool) -> list[dict]:
	allowed = reporting.projects(filters)
	if not allowed:
		return []
	group = "building" if by_building else "unit, resident"
	values = {"projects": tuple(allowed), "day": getdate(filters.as_of or today())}
	for index, limit in enumerate(CLASSES, 1):
		values[f"limit_{index}"] = limit
	# lint: allow sql-string: the grouping is one of the two constants above
	rows = frappe.db.sql(
		f"""select {group}, count(*) bills, min(due_date) oldest, sum(outstanding) total,
			sum(if(datediff(%(day)s, due_date) <= %(limit_1)s, outstanding, 0)) age_1,
			sum(if(datediff(%(day)s, due_date) between %(limit_1)s + 1 and %(limit_2)s, outstanding, 0)) age_2,
			sum(if(datediff(%(day)s, due_date) between %(limit_2)s + 1 and %(limit_3)s, outstanding, 0)) age_3,
			sum(if(datediff(%(day)s, due_date) between %(limit_3)s + 1 and %(limit_4)s, outstanding, 0)) age_4,
			sum(if(datediff(%(day)s, due_date) > %(limit_4)s, outstanding, 0)) age_5
		from `tabFee Invoice`
		where project in %(projects)s and docstatus = 1 and due_date < %(day)s and outstanding > 0
		group by {group} order by total desc""",
		values,
		as_dict=True,
	)
	names = {} if by_building else registry.names_of({row.resident for row in rows})
	for row in rows:
		for field in (*FIELDS, "total"):
			row[field] = D(row[field])
		row.resident_name = names.get(row.get("resident"))
	return rows
