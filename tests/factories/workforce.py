"""Records of the workforce for tests."""

from __future__ import annotations

from itertools import count
from typing import Any

import frappe

_numbers = count(1)


def make_staff(project: str, name: str | None = None, **values: Any):
	"""A member of staff at work since 2024; `user` links a login."""
	number = f"{project}-S{next(_numbers)}"
	values = {"status": "Active", "gender": "Female", "date_of_joining": "2024-01-01"} | values
	return _insert("Staff Member", project=project, staff_no=number, staff_name=name or f"Staff {number}", **values)


def make_department(project: str, code: str = "CS", **values: Any):
	values = {"department_name": f"Department {code}"} | values
	return _insert("Staff Department", project=project, department_code=code, **values)


def make_post(name: str | None = None, **values: Any):
	return _insert("Staff Post", post_name=name or f"Post {next(_numbers)} {frappe.generate_hash(length=5)}", **values)


def _insert(doctype: str, **values: Any):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
