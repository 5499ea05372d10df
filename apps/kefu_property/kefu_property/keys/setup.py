"""What the key desk needs on a site: its settings with their defaults."""

import frappe


def after_install() -> None:
	if "max_hours" not in frappe.db.get_singles_dict("Key Settings"):
		frappe.get_doc("Key Settings").save(ignore_permissions=True)  # set-up
