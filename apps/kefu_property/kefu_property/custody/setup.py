"""What custody needs on a site: its settings with their defaults."""

import frappe


def after_install() -> None:
	if "code_tries" not in frappe.db.get_singles_dict("Custody Settings"):
		frappe.get_doc("Custody Settings").save(ignore_permissions=True)  # set-up
