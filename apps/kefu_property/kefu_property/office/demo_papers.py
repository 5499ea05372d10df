"""Demo data of papers: what the office wrote, received, filed, promised."""

from __future__ import annotations

import frappe


def load(context: frappe._dict) -> None:
	pass
