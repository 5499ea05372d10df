"""Report Certificates Due: certificates and contracts that end within some days, or are over."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days, cint, date_diff, getdate, today

from kefu_property.workforce import people, scope


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, None, list[dict]]:
	"""Columns, rows by day, summary. Filters: `project`, `days` ahead (default 60)."""
	rows = get_rows(frappe._dict(filters or {}))
	over = sum(1 for row in rows if row.days_left < 0)
	summary = [
		{"label": _("Expired"), "value": over, "datatype": "Int", "indicator": "Red" if over else "Green"},
		{"label": _("Due Soon"), "value": len(rows) - over, "datatype": "Int", "indicator": "Orange"},
	]
	return columns(), rows, None, None, summary


def columns() -> list[dict]:
	return [
		{
			"label": _("Staff Member"),
			"fieldname": "staff",
			"fieldtype": "Link",
			"options": "Staff Member",
			"width": 120,
		},
		{"label": _("Name"), "fieldname": "staff_name", "fieldtype": "Data", "width": 120},
		{"label": _("Job Post"), "fieldname": "post", "fieldtype": "Link", "options": "Staff Post", "width": 130},
		{"label": _("Certificate or Contract"), "fieldname": "title", "fieldtype": "Data", "width": 180},
		{"label": _("Paper No"), "fieldname": "number", "fieldtype": "Data", "width": 150},
		{"label": _("Valid Until"), "fieldname": "day", "fieldtype": "Date", "width": 110},
		{"label": _("Days Left"), "fieldname": "days_left", "fieldtype": "Int", "width": 100},
		{
			"label": _("Project"),
			"fieldname": "project",
			"fieldtype": "Link",
			"options": "Property Project",
			"width": 110,
		},
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	until = add_days(getdate(today()), cint(filters.days) or 60)
	staff = frappe.qb.DocType("Staff Member")
	rows = []
	for doctype, end, title, number in (
		("Staff Certificate", "expires_on", "certificate_name", "certificate_no"),
		("Staff Contract", "to_date", "contract_kind", "contract_no"),
	):
		table = frappe.qb.DocType(doctype)
		query = (
			frappe.qb.from_(table)
			.join(staff)
			.on(staff.name == table.staff)
			.select(
				table.staff,
				staff.staff_name,
				staff.post,
				table.project,
				table[end].as_("day"),
				table[title].as_("title"),
				table[number].as_("number"),
			)
			.where((table[end] <= until) & (table.status != "Ended") & (staff.status != people.LEFT))
		)
		rows += scope.limit(query, table, filters).run(as_dict=True)  # lint: allow query-in-loop: two tables
	for row in rows:
		row.days_left = date_diff(row.day, today())
		row.title = _(row.title)
	return sorted(rows, key=lambda row: (row.day, row.staff))
