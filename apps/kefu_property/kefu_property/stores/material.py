"""Repairs draw their material from the project's default store (extension point `material_issue`, D7)."""

from __future__ import annotations

import frappe
from frappe.utils import today

from kefu_property.rules.stock_cost import quantity_of
from kefu_property.stores.doctype.store_requisition.store_requisition import default_store
from kefu_property.stores.exceptions import InsufficientStock


def issue_for(request: dict) -> str | None:
	"""Issue what a repair used and return the slip's name; None when no store has it, so that it is handed in by hand.

	`request` has `project`, `reference_doctype`, `reference_name` and `rows` (`item_code`, `quantity` as text).
	"""
	store = default_store(request["project"])
	wanted: dict = {}
	for row in request["rows"]:
		wanted[row["item_code"]] = wanted.get(row["item_code"], 0) + quantity_of(row["quantity"])
	known = frappe.get_all("Store Item", filters={"name": ["in", list(wanted)], "disabled": 0}, pluck="name")
	if not store or set(known) != set(wanted):
		return None
	slip = frappe.get_doc(
		{
			"doctype": "Store Movement",
			"project": request["project"],
			"kind": "Goods Issue",
			"store": store,
			"posting_date": today(),
			"received_by": frappe.utils.get_fullname(frappe.session.user),
			"reference_doctype": request["reference_doctype"],
			"reference_name": request["reference_name"],
			"items": [{"item": item, "quantity": quantity} for item, quantity in wanted.items()],
		}
	)
	# the technician who finished the repair has no right on the store's papers: the repair is the reason
	slip.flags.ignore_permissions = True
	frappe.db.savepoint("material_issue")
	try:
		slip.insert()
		slip.submit()
	except InsufficientStock:
		frappe.db.rollback(save_point="material_issue")
		frappe.clear_messages()
		return None
	return slip.name
