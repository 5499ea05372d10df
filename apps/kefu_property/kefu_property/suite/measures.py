"""Figures that modules measure in a project over a period. Plans (S1) and quality objectives (D18) choose among them.

A module contributes functions at the point `measures`. Each returns a list of dicts with `name` (a short identifier, one in the whole
suite), `title` and `unit` in the reader's language (the unit as printed behind the figure, such as `%`) and `value(project, start, end)`: a
number, or None when there is nothing to measure. Both days belong to the period.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import frappe

from kefu_property.rules.money import D
from kefu_property.suite import state


def available() -> dict[str, frappe._dict]:
	"""Measures of all enabled modules by name, in order of dependency."""
	return {row["name"]: frappe._dict(row) for function in state.contributions("measures") for row in function()}


def value_of(name: str, project: str, start: date, end: date) -> Decimal | None:
	"""The figure of a project from `start` to `end`; None when there is nothing to measure or its module is off."""
	measure = available().get(name)
	value = measure.value(project, start, end) if measure else None
	return None if value is None else D(value)
