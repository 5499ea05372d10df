"""What the stores need on a site: their settings with defaults."""

import frappe


def after_install() -> None:
	if "supervisor_limit" not in frappe.db.get_singles_dict("Store Settings"):
		frappe.get_doc("Store Settings").save(ignore_permissions=True)  # set-up
