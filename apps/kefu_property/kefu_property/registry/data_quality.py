"""Gaps of the registry on the data-quality board (D8, D1)."""

from __future__ import annotations

from frappe import _
from frappe.utils import add_days, today

from kefu_property.suite.data_quality import found


def checks(projects: list[str]) -> list[dict]:
	"""Extension point `data_quality`: homes in use without a payer, people without a phone, move requests left open."""
	homes = {"disabled": 0, "current_payer": ["is", "not set"], "state": ["!=", "Developer-held"]}
	people = {
		"disabled": 0,
		"phone_masked": ["is", "not set"],
		"resident_type": "Person",
		"erased_on": ["is", "not set"],
	}
	moves = {"docstatus": 0, "creation": ["<", add_days(today(), -7)]}
	return [
		{
			"key": "payer",
			"label": _("Homes without a payer"),
			"rows": found("Property Unit", projects, homes, user="modified_by", since="modified"),
		},
		{
			"key": "phone",
			"label": _("Residents without a phone"),
			"rows": found("Resident", projects, people, title="resident_name"),
		},
		{
			"key": "moves",
			"label": _("Move requests open for more than a week"),
			"rows": found("Move Request", projects, moves),
		},
	]
