"""Who lives beside, above and below a home that is renovated, and what they are told (D25)."""

from __future__ import annotations

from frappe import _
from frappe.utils import format_date, now_datetime, today

from kefu_property.registry import api as registry
from kefu_property.suite import messages

KIND = "renovation_notice"


def homes(unit: str, project: str) -> list[str]:
	"""Homes of the same entrance on the same floor, one above and one below."""
	rows = registry.units(project)
	home = next((row for row in rows if row.name == unit), None)
	floor = _floor(home.floor) if home else None
	return [
		row.name
		for row in rows
		if home
		and row.name != unit
		and (row.building, row.entrance or "") == (home.building, home.entrance or "")
		and floor is not None
		and _floor(row.floor) is not None
		and abs(_floor(row.floor) - floor) <= 1
	]


def _floor(text: str | None) -> int | None:
	text = (text or "").strip()
	return int(text) if text.lstrip("-").isdigit() else None


def tell(permit) -> int:
	"""Send each payer of the neighbouring homes one message. Returns the number of messages."""
	near = set(homes(permit.unit, permit.project))
	residents = {row.resident for row in registry.payers(permit.project, today(), today()) if row.unit in near}
	residents.discard(permit.resident)
	sent = 0
	for resident in sorted(residents):
		phone = registry.phone_for_message(resident)
		if phone:
			messages.send(
				KIND,
				phone,
				{
					"unit": permit.unit_code(),
					"start": format_date(permit.start_date),
					"end": format_date(permit.end_date),
					"hours": permit.working_hours,
				},
				resident=resident,
			)
			sent += 1
	permit.db_set("neighbours_told_on", now_datetime())
	return sent


def message_texts(kind: str, args: dict) -> str | None:
	"""Extension point `message_texts`: the notice to the neighbours."""
	if kind == KIND:
		return _(
			"Dear neighbours, home {unit} is renovated from {start} to {end}. Working hours: {hours} Please call us about noise or damage. {organisation}"
		).format(**args)
	return None
