"""What duty needs on a site: its settings with their defaults."""

import frappe


def after_install() -> None:
	if "late_minutes" not in frappe.db.get_singles_dict("Duty Settings"):
		frappe.get_doc("Duty Settings").save(ignore_permissions=True)  # set-up
