"""Satisfaction on the director's operations board (S3, L14)."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.rules.operations_rules import mean
from kefu_property.survey.results import finished


def board(projects: list[str], day) -> list[dict]:
	"""Extension point `operations_board`: result and answers of the newest survey of each project, surveys that close today."""
	newest: dict[str, dict] = {}
	for row in frappe.get_all(
		"Satisfaction Survey",
		filters=[*finished(), ["project", "in", projects]],
		fields=["name", "project", "satisfaction", "response_rate", "closes_on"],
		order_by="closes_on, name",
	):
		newest[row.project] = row
	closing = frappe.get_all(
		"Satisfaction Survey",
		filters={"project": ["in", projects], "closes_on": day, "status": "Open"},
		fields=["name", "project", "title"],
	)

	def figure(key: str, label: str, good: int, warn: int) -> dict:
		values = {name: row[key] for name, row in newest.items()}
		return {
			"key": key,
			"label": label,
			"unit": "%",
			"values": values,
			"total": mean(values.values()),
			"good": good,
			"warn": warn,
			"list": "Satisfaction Survey",
		}

	return [
		{
			"key": "satisfaction",
			"title": _("Satisfaction"),
			"order": 30,
			"figures": [
				figure("satisfaction", _("Owners' Satisfaction"), 90, 80),
				figure("response_rate", _("Response Rate"), 60, 30),
			],
			"events": [
				{
					"project": row.project,
					"title": row.title,
					"text": _("The survey closes today"),
					"tone": "blue",
					"route": ["Form", "Satisfaction Survey", row.name],
				}
				for row in closing
			],
		}
	]
