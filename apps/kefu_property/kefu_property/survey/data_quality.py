"""Surveys without a conclusion on the data-quality board (D8, D10)."""

from __future__ import annotations

from frappe import _

from kefu_property.suite.data_quality import found


def checks(projects: list[str]) -> list[dict]:
	"""Extension point `data_quality`: surveys that are over and have no conclusion."""
	filters = {"status": "Closed", "conclusion": ["is", "not set"]}
	return [
		{
			"key": "conclusion",
			"label": _("Surveys without a conclusion"),
			"rows": found("Satisfaction Survey", projects, filters, title="title", since="closes_on"),
		}
	]
