"""From a repair that the owner pays to a bill, where the module Billing is on (D7, D2)."""

from __future__ import annotations

from frappe import _

from kefu_property.suite import state


def charge(order) -> None:
	"""Hand a finished repair to whoever makes bills (extension point `service_charges`), once.

	Each contribution is a function `(charge: dict) -> str | None` that gets `project`, `unit`, `resident`, `amount` (text),
	`title`, `reference_doctype`, `reference_name`, `lines` (`description`, `quantity`, `rate`, `amount`, as text) and returns the
	name of the bill it made. Without one the repair stays *To Be Charged* and the desk says that it is charged by hand.
	"""
	facts = {
		"project": order.project,
		"unit": order.unit,
		"resident": order.resident,
		"amount": str(order.total),
		"title": order.subject,
		"reference_doctype": order.doctype,
		"reference_name": order.name,
		"lines": [
			{
				"description": row.description,
				"quantity": str(row.quantity),
				"rate": str(row.rate),
				"amount": str(row.amount),
			}
			for row in [*order.labour, *order.materials]
		],
	}
	for function in state.contributions("service_charges"):
		reference = function(facts)
		if reference:
			order.db_set({"charge_state": "Charged", "charge_reference": reference})
			order.add_comment("Info", _("Charged with bill {0}").format(reference))
			return
	order.add_comment("Info", _("No module makes bills of repairs here: collect {0} yuan by hand.").format(order.total))
