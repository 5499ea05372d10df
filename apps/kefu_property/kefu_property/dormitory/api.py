"""What other modules may use of the dormitory; nothing else of this package is theirs."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_date

from kefu_property.dormitory import beds, deductions, deposits
from kefu_property.workforce import api as workforce

#: who sees the papers of all people of their projects; everybody else sees their own
OFFICE = {"Dormitory Warden", "HR Clerk", "Office Director"}


def stay_of(staff: str) -> frappe._dict | None:
	"""Where a member of staff lives now: `name`, `bed`, `room`, `building`, `from_date`; None without a bed."""
	return beds.current_stay(staff)


def own_rows(user: str) -> tuple[str, list[str]] | None:
	"""Row rule of applications and stays: staff see their own."""
	if OFFICE & set(frappe.get_roles(user)):
		return None
	staff = workforce.staff_of_user(user)
	return "staff", [staff] if staff else []


def leaving_check(staff) -> list[dict]:
	"""Extension point `leaving_checks`: bed, open deductions and a deposit block the end of somebody's work (D29).

	`staff` has `name`. Returns rows of `check`, `label`, `status` (`ok` or `blocked`) and `detail`.
	"""
	stay = beds.current_stay(staff["name"])
	owed, held = deductions.open_total(staff["name"]), deposits.held(staff["name"])
	problems = []
	if stay:
		problems.append(_("Lives in {0}, bed {1}: check out first.").format(stay.room, stay.bed))
	if owed:
		problems.append(_("{0} yuan of deductions are open.").format(owed))
	if held:
		problems.append(_("A deposit of {0} yuan is held.").format(held))
	return [
		{
			"check": "dormitory.stay",
			"label": _("Dormitory"),
			"status": "blocked" if problems else "ok",
			"detail": " ".join(problems) or _("No bed, nothing open."),
		}
	]


def my_work_card(staff) -> dict:
	"""Extension point `my_work_cards`: where a member of staff lives, and the applications for a bed (D17)."""
	stay = beds.current_stay(staff.name)
	facts = []
	if stay:
		facts = [
			{"label": _("Dormitory Bed"), "text": stay.bed},
			{"label": _("Since"), "text": format_date(stay.from_date)},
		]
	applications = frappe.get_all(
		"Dormitory Application",
		filters={"staff": staff.name},
		fields=["name", "creation", "workflow_state"],
		order_by="creation desc",
		limit=3,
	)
	return {
		"key": "dormitory",
		"title": _("My Dormitory"),
		"order": 35,
		"facts": facts,
		"lines": [
			{
				"text": f"{_('Dormitory Application')} · {format_date(row.creation)}",
				"state": _(row.workflow_state or "Draft"),
				"indicator": {"Draft": "gray", "Cancelled": "gray", "Rejected": "red"}.get(row.workflow_state, "blue"),
				"route": ["Form", "Dormitory Application", row.name],
			}
			for row in applications
		],
		"empty": _("You have no bed in the dormitory."),
		"actions": [{"label": _("Apply for a Bed"), "new": "Dormitory Application"}],
	}
