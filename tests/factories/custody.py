"""Records of custody for tests."""

from __future__ import annotations

from itertools import count
from typing import Any

import frappe

_numbers = count(1)


def make_shelf(project: str, code: str = "S1", **values: Any):
	return _insert("Custody Shelf", project=project, shelf_code=code, **{"shelf_name": code, "place": "Desk"} | values)


def new_item(project: str, **values: Any):
	"""A parcel, not saved yet."""
	values = {"kind": "Parcel", "tracking_number": f"SF{next(_numbers):012d}"} | values
	if not values.get("resident"):
		values.setdefault("recipient_name", "Zhang")
	return frappe.get_doc({"doctype": "Custody Item", "project": project, **values})


def make_item(project: str, **values: Any):
	return new_item(project, **values).insert()


def _insert(doctype: str, **values: Any):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
