"""Report Satisfaction by Item: closed surveys of a period, put together by service item."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder.functions import Avg, Count, Sum

from kefu_property.rules import survey_rules
from kefu_property.suite import row_rules
from kefu_property.survey.results import FINISHED


def execute(filters: dict | None = None) -> tuple[list[dict], list[dict], None, dict | None]:
	"""Columns, rows, no message, chart. Filters: `project`, `from_date`, `to_date` (day on which the survey ended)."""
	rows = get_rows(frappe._dict(filters or {}))
	return columns(), rows, None, chart(rows)


def columns() -> list[dict]:
	return [
		{
			"label": _("Project"),
			"fieldname": "project",
			"fieldtype": "Link",
			"options": "Property Project",
			"width": 120,
		},
		{"label": _("Service Item"), "fieldname": "item", "fieldtype": "Data", "width": 200},
		{"label": _("Surveys"), "fieldname": "surveys", "fieldtype": "Int", "width": 90},
		{"label": _("Ratings"), "fieldname": "rated", "fieldtype": "Int", "width": 90},
		{"label": _("Satisfied"), "fieldname": "satisfied", "fieldtype": "Int", "width": 90},
		{"label": _("Satisfaction"), "fieldname": "rate", "fieldtype": "Percent", "width": 120},
		{"label": _("Average Points"), "fieldname": "average", "fieldtype": "Float", "precision": 1, "width": 120},
	]


def get_rows(filters: frappe._dict) -> list[dict]:
	survey, response, answer, question = (
		frappe.qb.DocType(name)
		for name in ("Satisfaction Survey", "Survey Response", "Survey Answer", "Survey Question")
	)
	query = (
		frappe.qb.from_(survey)
		.join(response)
		.on(response.survey == survey.name)
		.join(answer)
		.on((answer.parent == response.name) & (answer.parenttype == "Survey Response"))
		.join(question)
		.on(
			(question.parent == survey.name)
			& (question.parenttype == "Satisfaction Survey")
			& (question.question_code == answer.question_code)
		)
		.select(
			survey.project,
			question.item,
			answer.matrix_row,
			question.question,
			Count(survey.name).distinct().as_("surveys"),
			Count("*").as_("rated"),
			Sum(answer.satisfied).as_("satisfied"),
			Avg(answer.score).as_("average"),
		)
		.where((answer.is_scored == 1) & survey.status.isin(FINISHED) & (survey.result_hidden == 0))
		.groupby(survey.project, question.item, answer.matrix_row, question.question)
	)
	# a report runs its own query: it applies the same project rule as the list
	if not row_rules.sees_all_projects(frappe.session.user):
		query = query.where(survey.project.isin(row_rules.projects_of(frappe.session.user) or [""]))
	if filters.project:
		query = query.where(survey.project == filters.project)
	if filters.from_date:
		query = query.where(survey.closes_on >= filters.from_date)
	if filters.to_date:
		query = query.where(survey.closes_on <= filters.to_date)
	return _by_item(query.run(as_dict=True))


def _by_item(rows: list[dict]) -> list[dict]:
	"""Questions of one service item become one row; those without an item stand for themselves. Worst first."""
	found: dict[tuple, dict] = {}
	for row in rows:
		key = (row.project, row.item or row.matrix_row or row.question)
		line = found.setdefault(
			key, {"project": key[0], "item": key[1], "surveys": 0, "rated": 0, "satisfied": 0, "points": 0.0}
		)
		line["surveys"] = max(line["surveys"], row.surveys)
		line["rated"] += row.rated
		line["satisfied"] += int(row.satisfied)
		line["points"] += float(row.average) * row.rated
	for line in found.values():
		line["rate"] = survey_rules.rate(line["satisfied"], line["rated"])
		line["average"] = round(line.pop("points") / line["rated"], 1)
	return sorted(found.values(), key=lambda line: (line["project"], line["rate"], line["item"]))


def chart(rows: list[dict]) -> dict | None:
	if not rows or len({row["project"] for row in rows}) > 1:
		return None
	values = [row["rate"] for row in rows]
	return {
		"data": {"labels": [row["item"] for row in rows], "datasets": [{"name": _("Satisfaction"), "values": values}]},
		"type": "bar",
	}
