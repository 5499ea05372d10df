"""What other modules may use of the stores; nothing else of this package is theirs."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.stores import assets


def assets_of(user: str) -> list[dict]:
	"""Fixed assets that a member of staff answers for: `name`, `asset_name`, `status`, `place`, `project`."""
	return frappe.get_all(
		"Fixed Asset Card",
		filters={"custodian": user, "status": ["in", assets.ACTIVE]},
		fields=["name", "asset_name", "specification", "status", "place", "project", "photo"],
		order_by="asset_name, name",
		limit=0,
	)


def leaving_check(staff) -> list[dict]:
	"""Extension point `leaving_checks`: assets that the one who leaves still has block the end of their work (D29).

	`staff` has `user`. Returns rows of `check`, `label`, `status` (`ok` or `blocked`) and `detail`.
	"""
	held = assets_of(staff.get("user")) if staff.get("user") else []
	detail = _("No asset is with this person.")
	if held:
		detail = _("Still with this person: {0}").format(
			_(", ").join(f"{card.name} {card.asset_name}" for card in held)
		)
	return [
		{
			"check": "stores.assets",
			"label": _("Fixed Assets"),
			"status": "blocked" if held else "ok",
			"detail": detail,
		}
	]


def my_work_card(staff) -> dict:
	"""Extension point `my_work_cards`: assets that a member of staff answers for (D15)."""
	held = assets_of(staff.user)
	return {
		"key": "assets",
		"title": _("My Assets"),
		"order": 40,
		"facts": [{"label": _("In Custody"), "text": str(len(held))}] if held else [],
		"lines": [
			{
				"text": f"{card.name} {card.asset_name}",
				"state": _(card.status),
				"indicator": "green" if card.status == "In Use" else "orange",
				"route": ["Form", "Fixed Asset Card", card.name],
			}
			for card in held
		],
		"empty": _("No asset is in your custody."),
	}
