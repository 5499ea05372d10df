"""The figure of the surveys that plans and quality objectives measure (S3, L14)."""

from __future__ import annotations

from datetime import date

from frappe import _

from kefu_property.survey import api


def measures() -> list[dict]:
	return [{"name": "satisfaction", "title": _("Owners' Satisfaction"), "unit": "%", "value": satisfaction}]


def satisfaction(project: str, start: date, end: date) -> float | None:
	"""Percent of the newest survey that ended in the period; None when there is none."""
	found = api.satisfaction(project, start, end)
	return found.satisfaction if found else None
