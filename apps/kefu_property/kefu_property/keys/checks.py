"""What the keys say to other modules: whether a move is free to go, and what the front desk should know."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_datetime

from kefu_property.keys import api, movements


def erasure(resident: str) -> list[str]:
	"""Extension point `erasure_checks`: whoever has a key of ours is not erased (L22)."""
	out = api.open_loans(residents=[resident])
	return [_("Keys are on loan: {0}").format(", ".join(row.key_code for row in out))] if out else []


def keys_out(move) -> list[dict]:
	"""Extension point `move_checks`: keys on loan block a move out of the home; keys handed over are pointed out (D19).

	`move` is a Move Request or a dict with `unit`, `move_type` and `leaving` (rows with `resident`).
	"""
	label = _("Keys")
	leaving = [row.get("resident") for row in move.get("leaving") or () if row.get("resident")]
	if not leaving and move.get("move_type") == "Move-in":
		return [{"check": "keys.out", "label": label, "status": "ok", "detail": _("Nobody moves out.")}]
	out = api.open_loans(units=[move.get("unit")], residents=leaving)
	if out:
		detail = _("; ").join(
			_("{0} {1} with {2} since {3}").format(
				row.key_code, row.key_name, row.borrower_name, format_datetime(row.lent_on)
			)
			for row in out
		)
		return [{"check": "keys.out", "label": label, "status": "blocked", "detail": detail}]
	handed = [key for key in api.keys_of([move.get("unit")]) if key.status == movements.HANDED_OVER]
	if handed:
		detail = _("In the resident's hands: {0}. Take them back or confirm that the new residents get them.").format(
			_(", ").join(f"{key.key_code} {key.key_name}" for key in handed)
		)
		return [{"check": "keys.out", "label": label, "status": "warning", "detail": detail}]
	return [{"check": "keys.out", "label": label, "status": "ok", "detail": _("No key is out.")}]


def front_desk(context) -> list[dict]:
	"""Extension point `front_desk_cards`: keys out for these homes and residents, with the way to lend or take back.

	`context` has `residents`, `units` (names) and `project`. Returns sections `key`, `title`, `items` (`title`, `text`,
	`route`, `indicator`) and `actions` (`label`, `doctype`, `values`).
	"""
	if not frappe.has_permission("Key Loan"):
		return []
	out = api.open_loans(units=context.get("units") or (), residents=context.get("residents") or ())
	residents = list(context.get("residents") or ())
	return [
		{
			"key": "keys",
			"title": _("Keys Out"),
			"items": [
				{
					"title": f"{row.key_code} {row.key_name}",
					"text": _("{0}, due {1}").format(row.borrower_name, format_datetime(row.due_on)),
					"route": ["Form", "Key Loan", row.loan],
					"indicator": "red" if row.overdue else "blue",
				}
				for row in out
				if row.loan
			],
			"actions": [
				{
					"label": _("Lend Keys"),
					"doctype": "Key Loan",
					"values": {
						"project": context.get("project"),
						"borrower_kind": "Resident",
						"resident": residents[0] if residents else None,
					},
				}
			],
		}
	]


def home_cards(user: str) -> list[dict]:
	"""Extension point `portal_home_cards`: keys that the resident has to bring back."""
	from kefu_property.registry.api import residents_of_user

	residents = residents_of_user(user)
	out = [row for row in api.open_loans(residents=residents) if row.resident in residents]
	if not out:
		return []
	late = any(row.overdue for row in out)
	return [
		{
			"title": _("Borrowed keys"),
			"value": str(len(out)),
			"text": _("Due {0}").format(format_datetime(out[0].due_on)),
			"href": "/portal/keys",
			"tone": "bad" if late else "plain",
			"icon": "key",
			"order": 60,
		}
	]
