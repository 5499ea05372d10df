"""Report Handover Defects by Contractor: who left how many defects of which kind, and how fast they are repaired (D24)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.handover import defects
from kefu_property.registry import scope
from kefu_property.rules import handover_rules as rules


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows, no message, chart. Filters: `project`, `from_date` and `to_date` (found on), `by_kind`."""
	filters = frappe._dict(filters or {})
	rows = get_rows(filters)
	return columns(bool(filters.by_kind)), rows, None, chart(rows)


def columns(by_kind: bool) -> list[dict]:
	def number(label: str, fieldname: str, fieldtype: str = "Int", width: int = 110) -> dict:
		return {"label": label, "fieldname": fieldname, "fieldtype": fieldtype, "width": width}

	kind = [{"label": _("Kind of Defect"), "fieldname": "kind_text", "fieldtype": "Data", "width": 140}]
	return [
		{"label": _("Responsible Party"), "fieldname": "contractor_name", "fieldtype": "Data", "width": 200},
		*(kind if by_kind else ()),
		number(_("Defects Found"), "found", width=100),
		number(_("Of Them Serious"), "serious"),
		number(_("Closed"), "closed", width=80),
		number(_("Open Defects"), "open", width=100),
		number(_("Overdue"), "overdue", width=80),
		number(_("Closed in %"), "percent", "Percent"),
		number(_("Average Days of Repair"), "days", "Float", 130),
		number(_("Failed Re-inspections"), "failed", width=120),
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	defect, contractor, recheck = (
		frappe.qb.DocType(name) for name in ("Handover Defect", "Handover Contractor", "Handover Defect Recheck")
	)
	query = (
		frappe.qb.from_(defect)
		.left_join(contractor)
		.on(contractor.name == defect.contractor)
		.select(
			defect.name,
			defect.defect_kind,
			defect.severity,
			defect.status,
			defect.found_on,
			defect.due_date,
			defect.closed_on,
			contractor.contractor_name,
		)
		.where(scope.condition(defect.project, filters.project) & (defect.status != defects.WITHDRAWN))
		.orderby(contractor.contractor_name)
		.orderby(defect.defect_kind)
	)
	if filters.from_date:
		query = query.where(defect.found_on >= filters.from_date)
	if filters.to_date:
		query = query.where(defect.found_on <= filters.to_date)
	found = query.run(as_dict=True)
	failures = (
		frappe.qb.from_(recheck)
		.join(defect)
		.on(defect.name == recheck.parent)
		.select(recheck.parent)
		.where(scope.condition(defect.project, filters.project) & (recheck.outcome == "Failed"))
		.run(pluck=True)
	)
	day = getdate()
	groups: dict[tuple, dict] = {}
	for item in found:
		key = (item.contractor_name, item.defect_kind if filters.by_kind else None)
		row = groups.setdefault(
			key,
			{
				"contractor_name": item.contractor_name or _("Nobody yet"),
				"kind_text": _(item.defect_kind),
				**dict.fromkeys(("found", "serious", "closed", "open", "overdue", "failed", "all_days"), 0),
			},
		)
		row["found"] += 1
		row["serious"] += item.severity == "Serious"
		row["failed"] += failures.count(item.name)
		if item.status == defects.CLOSED:
			row["closed"] += 1
			row["all_days"] += rules.repair_days(item.found_on, item.closed_on)
		else:
			row["open"] += 1
			row["overdue"] += item.due_date < day
	for row in groups.values():
		row["percent"] = rules.share(row["closed"], row["found"])
		row["days"] = round(row.pop("all_days") / row["closed"], 1) if row["closed"] else None
	return list(groups.values())


def chart(rows: list[dict]) -> dict | None:
	if not rows:
		return None
	totals: dict[str, list[int]] = {}
	for row in rows:
		both = totals.setdefault(row["contractor_name"], [0, 0])
		both[0] += row["closed"]
		both[1] += row["open"]
	return {
		"type": "bar",
		"barOptions": {"stacked": 1},
		"data": {
			"labels": list(totals),
			"datasets": [
				{"name": _("Closed"), "values": [both[0] for both in totals.values()]},
				{"name": _("Open Defects"), "values": [both[1] for both in totals.values()]},
			],
		},
		"colors": ["#0d6b62", "#b7791f"],
	}
