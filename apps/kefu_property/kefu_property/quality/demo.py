"""Demo data."""

import frappe


def load(context: frappe._dict) -> None:
	pass
