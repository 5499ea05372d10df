"""What the key desk needs on a site: its settings with their defaults."""

import frappe


def after_install() -> None:
	if frappe.db.get_single_value("Key Settings", "max_hours") is None:
		frappe.get_doc("Key Settings").save(ignore_permissions=True)  # set-up
