"""Waivers, late fees and dunning for tests."""

from __future__ import annotations

import frappe


def make_waiver(resident, amounts, ignore_permissions: bool = True, insert: bool = True, **values):
	"""A draft of a waiver on the payer's open lines, oldest first: one amount for each."""
	from kefu_property.billing import waivers

	rows = waivers.open_lines(resident.project, resident.name)
	doc = frappe.get_doc(
		{
			"doctype": "Fee Waiver",
			"project": resident.project,
			"resident": resident.name,
			"reason": "Test",
			"lines": [{**row, "amount": amount} for row, amount in zip(rows, amounts, strict=False)],
			**values,
		}
	)
	return doc.insert(ignore_permissions=ignore_permissions) if insert else doc


def printed(doc, print_format: str) -> str:
	"""The HTML of a standard print format, as the print view renders it."""
	from frappe.www.printview import get_print_format

	return frappe.render_template(
		get_print_format(doc.doctype, frappe.get_doc("Print Format", print_format)), {"doc": doc}
	)
