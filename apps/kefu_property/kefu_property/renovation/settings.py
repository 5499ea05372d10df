"""What the office set for renovations, in the types that the rules take."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import cint, get_time

from kefu_property.rules import renovation_rules
from kefu_property.rules.money import D


def number(fieldname: str) -> int:
	return cint(frappe.db.get_single_value("Renovation Settings", fieldname))


def money(fieldname: str) -> Decimal:
	return D(str(frappe.db.get_single_value("Renovation Settings", fieldname) or 0))


def deposit() -> Decimal:
	return renovation_rules.deposit(money("deposit"), money("deposit_cap"))


def working_hours() -> str:
	"""The hours as printed on permits and notices."""
	clock = {
		field: f"{get_time(frappe.db.get_single_value('Renovation Settings', field) or '00:00'):%H:%M}"
		for field in ("work_from", "work_to", "quiet_from", "quiet_to")
	}
	text = _("{work_from} to {work_to}, quiet from {quiet_from} to {quiet_to}.").format(**clock)
	if not number("weekend_noise"):
		text += " " + _("No noisy work on weekends and public holidays.")
	return text


def rules() -> list[str]:
	"""The rules that an applicant accepts and that stand in the agreement, in the reader's language (L11)."""
	own = (frappe.db.get_single_value("Renovation Settings", "extra_rules") or "").splitlines()
	return [
		_("Work begins after the permit is posted at the door and ends with its last day."),
		_("Working hours: {0}").format(working_hours()),
		_("Workers enter with a pass that carries a photo and is valid for this home only."),
		_("Refuse is packed and brought to the place that the office names; nothing is put into stairs or lifts."),
		_("A fire extinguisher stands in the home; open fire and welding need the office's consent first."),
		_("Common pipes, shafts, fire equipment and other homes are not touched; damage is paid for."),
		_("The office may enter to inspect while work goes on. An order to stop is followed at once."),
		_("Bathrooms, kitchens and balconies pass a closed-water test of at least {0} hours.").format(
			number("water_test_hours")
		),
		_(
			"The deposit is paid back after the re-check, {0} days after the completion check; something is taken from it with evidence and approval alone."
		).format(number("recheck_days")),
		*[line.strip() for line in own if line.strip()],
	]


def banned_acts() -> list[dict]:
	"""Banned works with the reason in law: `item_name`, `legal_reason`."""
	return frappe.get_all(
		"Renovation Item",
		filters={"banned": 1, "disabled": 0},
		fields=["item_name", "legal_reason"],
		order_by="item_name",
	)


def checks(used_for: str) -> list[str]:
	"""Texts of the checklist for a `Patrol` or an `Acceptance`."""
	return frappe.get_all(
		"Renovation Check",
		filters={"used_for": used_for, "disabled": 0},
		pluck="check_text",
		order_by="position, check_text",
	)
