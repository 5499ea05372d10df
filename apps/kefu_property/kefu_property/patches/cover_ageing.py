"""The ageing of a project is read from an index alone: it gets the payer, the narrower one goes."""

from __future__ import annotations

import frappe

OLD = "project_docstatus_due_date_outstanding_unit_index"
COLUMNS = ["project", "docstatus", "due_date", "outstanding", "unit", "resident"]


def execute() -> None:
	frappe.db.add_index("Fee Invoice", COLUMNS)
	if frappe.db.has_index("tabFee Invoice", OLD):
		frappe.db.sql_ddl(f"alter table `tabFee Invoice` drop index `{OLD}`")
