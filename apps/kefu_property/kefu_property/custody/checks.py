"""What custody says to other modules: move requests, front desk, the residents' home page."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_datetime

from kefu_property.custody import api
from kefu_property.registry.api import residents_of_user


def erasure(resident: str) -> list[str]:
	"""Extension point `erasure_checks`: whose things we keep is not erased (L20, L22)."""
	rows = api.waiting(residents=[resident])
	return [_("Items are in custody: {0}").format(", ".join(row.name for row in rows))] if rows else []


def items_waiting(move) -> list[dict]:
	"""Extension point `move_checks`: items of those who leave are pointed out; they never block (L20, D19)."""
	leaving = [row.get("resident") for row in move.get("leaving") or () if row.get("resident")]
	rows = api.waiting(residents=leaving)
	detail = _("Still here: {0}. Ask the residents to pick them up.").format(_(", ").join(row.name for row in rows))
	return [
		{
			"check": "custody.waiting",
			"label": _("Items in custody"),
			"status": "warning" if rows else "ok",
			"detail": detail if rows else "",
			"amount": None,
		}
	]


def front_desk(context) -> list[dict]:
	"""Extension point `front_desk_cards`: items waiting, with the way to hand out or take in (form as in `keys.checks`)."""
	if not frappe.has_permission("Custody Item"):
		return []
	residents, units = list(context.get("residents") or ()), list(context.get("units") or ())
	return [
		{
			"key": "custody",
			"title": _("Items in custody"),
			"items": [
				{
					"title": f"{_(row.kind)} {row.carrier or ''}".strip(),
					"text": _("{0}, shelf {1}, since {2}").format(
						row.recipient_name, row.shelf or "–", format_datetime(row.received_on)
					),
					"route": ["Form", "Custody Item", row.name],
					"indicator": "blue" if row.status == "Waiting" else "red",
				}
				for row in api.waiting(residents=residents, units=units, limit=30)
			],
			"actions": [
				{
					"label": _("Take In"),
					"doctype": "Custody Item",
					"values": {
						"project": context.get("project"),
						"resident": residents[0] if residents else None,
						"unit": units[0] if units else None,
					},
				}
			],
		}
	]


def home_cards(user: str) -> list[dict]:
	"""Extension point `portal_home_cards`: parcels that wait for the resident."""
	rows = api.waiting(residents=residents_of_user(user))
	if not rows:
		return []
	return [
		{
			"title": _("Parcels waiting"),
			"value": str(len(rows)),
			"text": _("Open to get the pick-up code"),
			"href": "/portal/parcels",
			"tone": "plain",
			"icon": "parcel",
			"order": 40,
		}
	]
