"""Values of Workforce Settings."""

from __future__ import annotations

from typing import Any

import frappe


def get(fieldname: str) -> Any:
	return frappe.get_cached_doc("Workforce Settings").get(fieldname)
