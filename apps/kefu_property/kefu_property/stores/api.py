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
