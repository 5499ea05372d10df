"""Records of the keys for tests."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import frappe
from frappe.utils import now_datetime

_numbers = count(1)


def make_cabinet(project: str, code: str = "A", **values: Any):
	values = {"cabinet_name": f"Cabinet {code}", "hook_rows": 2, "hooks_per_row": 5} | values
	return _insert("Key Cabinet", project=project, cabinet_code=code, **values)


def make_key(project: str, code: str | None = None, **values: Any):
	code = code or f"K{next(_numbers)}"
	values = {"key_name": f"Door {code}", "kind": "Common Area"} | values
	return _insert("Property Key", project=project, key_code=code, **values)


def new_loan(project: str, *keys: str, hours: int = 4, **values: Any):
	"""A loan to a contractor, not saved yet."""
	values = {
		"borrower_kind": "Contractor",
		"company": "Lift Service",
		"borrower_name": "Wang",
		"contact_phone": "13800001111",
		"id_kind": "Work Pass",
		"id_last4": "12AB",
		"purpose": "Repair",
		"due_on": now_datetime() + timedelta(hours=hours),
	} | values
	return frappe.get_doc(
		{"doctype": "Key Loan", "project": project, "items": [{"property_key": key} for key in keys], **values}
	)


def lend(project: str, *keys: str, **values: Any):
	"""A loan that was handed out, by the present user."""
	loan = new_loan(project, *keys, **values).insert()
	loan.submit()
	return loan


def _insert(doctype: str, **values: Any):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
