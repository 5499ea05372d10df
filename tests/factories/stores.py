"""Records of the stores for tests."""

from __future__ import annotations

from itertools import count
from typing import Any

import frappe
from frappe.utils import today

_numbers = count(1)


def make_item(code: str | None = None, **values: Any):
	code = code or f"I{next(_numbers)}{frappe.generate_hash(length=5)}"
	return _insert("Store Item", item_code=code, **({"item_name": f"Item {code}", "unit": "pc"} | values))


def make_store(project: str, code: str = "MAIN", **values: Any):
	return _insert("Material Store", project=project, store_code=code, **({"store_name": f"Store {code}"} | values))


def make_department(project: str, code: str = "ENG", **values: Any):
	return _insert(
		"Cost Department", project=project, department_code=code, **({"department_name": f"Department {code}"} | values)
	)


def new_movement(kind: str, store, *rows: tuple, **values: Any):
	"""A movement, not saved yet; `rows` are (item, quantity) or (item, quantity, price)."""
	return frappe.get_doc(
		{
			"doctype": "Store Movement",
			"project": store.project,
			"kind": kind,
			"store": store.name,
			"posting_date": today(),
			"items": [{"item": row[0], "quantity": row[1], "rate": row[2] if len(row) > 2 else 0} for row in rows],
			**values,
		}
	)


def move(kind: str, store, *rows: tuple, **values: Any):
	"""A movement that was posted, by the present user."""
	doc = new_movement(kind, store, *rows, **values).insert()
	doc.submit()
	return doc


def receive(store, item, quantity, rate, **values: Any):
	return move("Goods Receipt", store, (item.name, quantity, rate), **values)


def make_requisition(department, *rows: tuple, **values: Any):
	"""A requisition of (item, quantity) by the present user."""
	return frappe.get_doc(
		{
			"doctype": "Store Requisition",
			"project": department.project,
			"department": department.name,
			"needed_on": today(),
			"items": [{"item": item, "quantity": quantity} for item, quantity in rows],
			**values,
		}
	).insert()


def _insert(doctype: str, **values: Any):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)


def make_class(**values: Any):
	name = f"Class {next(_numbers)}{frappe.generate_hash(length=5)}"
	defaults = {"class_name": name, "code_prefix": "PC", "method": "Straight Line", "life_months": 36}
	return _insert("Fixed Asset Class", **(defaults | {"salvage_percent": 5} | values))


def new_card(project: str, asset_class: str, **values: Any):
	"""A card of a computer for 3,600 yuan, in use since January 2024, not saved yet."""
	defaults = {
		"asset_name": "Computer",
		"acquired_on": "2024-01-05",
		"in_use_from": "2024-01-10",
		"original_value": 3600,
		"place": "Office",
	}
	return frappe.get_doc(
		{"doctype": "Fixed Asset Card", "project": project, "asset_class": asset_class, **(defaults | values)}
	)


def make_asset(project: str, asset_class: str, custodian: str, **values: Any):
	"""An asset in the books, by the way of approval without its people."""
	card = new_card(project, asset_class, custodian=custodian, **values).insert(ignore_permissions=True)
	for state in ("Pending Approval", "In Use"):
		card.status = state
		if state == "In Use":
			card.db_set({"owner": "Guest", "prepared_by": None}, update_modified=False)
		card.save(ignore_permissions=True)
	card.reload()
	return card
