"""What came out of a survey: by item, by question, by building, over time and between projects (D10, L14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import frappe
from frappe import _
from frappe.query_builder.functions import Avg, Count, Sum
from frappe.utils import today

from kefu_property.rules import survey_rules
from kefu_property.suite import row_rules
from kefu_property.suite.notify import alert, staff_with_role
from kefu_property.survey import participation

MOST_TEXTS = 200


def of(survey) -> dict:
	"""The result of a survey as it stands.

	Keys `invited`, `answered`, `response_rate`, `overall` (percent of satisfied ratings or None), `threshold`, `below`,
	`hidden` (an anonymous survey with too few answers shows no content), `items`, `questions`, `buildings`.
	"""
	buildings = by_building(survey.name)
	invited = sum(row["invited"] for row in buildings)
	answered = sum(row["answered"] for row in buildings)
	hidden = bool(survey.anonymous and answered < participation.settings("fewest_answers"))
	questions = [] if hidden else by_question(survey)
	rated = sum(row["rated"] for row in questions)
	overall = survey_rules.rate(sum(row["satisfied"] for row in questions), rated)
	threshold = survey.wanted_satisfaction()
	return {
		"invited": invited,
		"answered": answered,
		"response_rate": survey_rules.rate(answered, invited),
		"overall": overall,
		"threshold": threshold,
		"below": overall is not None and overall < threshold,
		"hidden": hidden,
		"items": by_item(questions),
		"questions": questions,
		"buildings": buildings,
	}


def by_building(survey: str) -> list[dict]:
	"""Rows `building`, `building_name`, `invited`, `answered`, `rate`."""
	table, building = frappe.qb.DocType("Survey Invitation"), frappe.qb.DocType("Property Building")
	rows = (
		frappe.qb.from_(table)
		.left_join(building)
		.on(building.name == table.building)
		.select(table.building, building.building_name, table.status, Count("*").as_("number"))
		.where(table.survey == survey)
		.groupby(table.building, building.building_name, table.status)
		.orderby(table.building)
		.run(as_dict=True)
	)
	found: dict[str, dict] = {}
	for row in rows:
		line = found.setdefault(
			row.building or "",
			{
				"building": row.building or "",
				"building_name": row.building_name or row.building or "",
				"invited": 0,
				"answered": 0,
			},
		)
		line["invited"] += row.number
		line["answered"] += row.number if row.status == participation.ANSWERED else 0
	return [line | {"rate": survey_rules.rate(line["answered"], line["invited"])} for line in found.values()]


def by_question(survey) -> list[dict]:
	"""One row per question or row of a matrix: `code`, `question`, `item`, `kind`, `rated`, `satisfied`, `rate`, `average`, `spread`, `texts`."""
	counts, sums = _counts(survey.name)
	texts = _texts(survey)
	out = []
	for question in survey.rule_questions():
		for row in question["rows"] if question["kind"] == survey_rules.MATRIX else [""]:
			key = (question["code"], row)
			spread = counts.get(key, {})
			rated, satisfied, average = sums.get(key, (0, 0, None))
			values = (
				[str(number) for number in range(survey_rules.SCALES[0], 0, -1)]
				if question["kind"] == survey_rules.MATRIX
				else survey_rules.options(question)
			)
			out.append(
				{
					"code": question["code"],
					"question": f"{question['question']} · {row}" if row else question["question"],
					"item": question["item"] or row,
					"kind": question["kind"],
					"rated": rated,
					"satisfied": satisfied,
					"rate": survey_rules.rate(satisfied, rated),
					"average": average,
					"spread": [{"label": value, "number": spread.get(value, 0)} for value in values],
					"texts": texts.get(question["code"], []),
				}
			)
	return out


def _counts(survey: str) -> tuple[dict, dict]:
	response, answer = frappe.qb.DocType("Survey Response"), frappe.qb.DocType("Survey Answer")
	rows = (
		frappe.qb.from_(response)
		.join(answer)
		.on((answer.parent == response.name) & (answer.parenttype == "Survey Response"))
		.select(
			answer.question_code,
			answer.matrix_row,
			answer.value,
			answer.is_scored,
			Count("*").as_("number"),
			Sum(answer.satisfied).as_("satisfied"),
			Avg(answer.score).as_("score"),
		)
		.where(response.survey == survey)
		.groupby(answer.question_code, answer.matrix_row, answer.value, answer.is_scored)
		.run(as_dict=True)
	)
	counts: dict[tuple, dict] = defaultdict(dict)
	sums: dict[tuple, list] = defaultdict(lambda: [0, 0, 0.0])
	for row in rows:
		key = (row.question_code, row.matrix_row or "")
		counts[key][row.value] = row.number
		if row.is_scored:
			sums[key][0] += row.number
			sums[key][1] += int(row.satisfied)
			sums[key][2] += float(row.score) * row.number
	return counts, {
		key: (rated, satisfied, round(points / rated, 1)) for key, (rated, satisfied, points) in sums.items()
	}


def _texts(survey) -> dict[str, list[str]]:
	codes = [row["code"] for row in survey.rule_questions() if row["kind"] == survey_rules.TEXT]
	if not codes:
		return {}
	response, answer = frappe.qb.DocType("Survey Response"), frappe.qb.DocType("Survey Answer")
	rows = (
		frappe.qb.from_(response)
		.join(answer)
		.on((answer.parent == response.name) & (answer.parenttype == "Survey Response"))
		.select(answer.question_code, answer.value)
		.where((response.survey == survey.name) & answer.question_code.isin(codes))
		.orderby(answer.name)  # random: the order tells nothing of who wrote when
		.limit(MOST_TEXTS)
		.run()
	)
	found: dict[str, list[str]] = defaultdict(list)
	for code, value in rows:
		found[code].append(value)
	return found


def by_item(questions: Iterable[dict]) -> list[dict]:
	"""Ratings put together by service item, worst first: `item`, `rated`, `satisfied`, `rate`, `average`."""
	found: dict[str, list] = defaultdict(lambda: [0, 0, 0.0])
	for row in questions:
		if row["rated"]:
			line = found[row["item"] or row["question"]]
			line[0] += row["rated"]
			line[1] += row["satisfied"]
			line[2] += row["average"] * row["rated"]
	rows = [
		{
			"item": item,
			"rated": rated,
			"satisfied": satisfied,
			"rate": survey_rules.rate(satisfied, rated),
			"average": round(points / rated, 1),
		}
		for item, (rated, satisfied, points) in found.items()
	]
	return sorted(rows, key=lambda row: (row["rate"], row["item"]))


FINISHED = ("Closed", "Archived")
OUTCOME = ["name", "title", "project", "closes_on", "invited", "answered", "response_rate", "satisfaction"]


def finished() -> list[list]:
	"""Filters of closed surveys with a result that may be shown."""
	return [["status", "in", FINISHED], ["answered", ">", 0], ["result_hidden", "=", 0]]


def trend(project: str, limit: int = 12) -> list[dict]:
	"""Closed surveys of a project, oldest first. The caller has checked the right to read them."""
	rows = frappe.get_all(
		"Satisfaction Survey",
		filters=[*finished(), ["project", "=", project]],
		fields=[*OUTCOME, "below_threshold"],
		order_by="closes_on desc, name desc",
		limit=limit,
	)
	return rows[::-1]


def comparison(projects: Iterable[str] | None) -> list[dict]:
	"""The newest closed survey of each project, best first; `projects` None stands for all."""
	filters = finished()
	if projects is not None:
		filters.append(["project", "in", list(projects) or [""]])
	rows = frappe.get_all("Satisfaction Survey", filters=filters, fields=OUTCOME, order_by="closes_on, name")
	newest = {row.project: row for row in rows}
	names = dict(
		frappe.get_all(
			"Property Project",
			filters={"name": ["in", list(newest) or [""]]},
			fields=["name", "project_name"],
			as_list=True,
		)
	)
	for row in newest.values():
		row.project_name = names[row.project]
	return sorted(newest.values(), key=lambda row: (-row.satisfaction, row.project))


def projects_of_user() -> list[str] | None:
	"""Projects that the session's user may compare; None for all."""
	user = frappe.session.user
	return None if row_rules.sees_all_projects(user) else row_rules.projects_of(user)


def warn(survey, outcome: dict) -> None:
	"""Tell the director of a survey below the wanted satisfaction (L14)."""
	if outcome["below"]:
		alert(
			[*staff_with_role("Office Director", survey.project), survey.owner],
			lambda: _("{0}: satisfaction is {1} %, wanted are {2} %.").format(
				survey.title, outcome["overall"], outcome["threshold"]
			),
			survey.doctype,
			survey.name,
		)


def report_pdf(survey) -> bytes:
	"""The report to headquarters as PDF."""
	from weasyprint import HTML  # heavy, and needed here only

	html = frappe.render_template("kefu_property/survey/print_format/survey_report/survey_report.html", {"doc": survey})
	return HTML(string=f"<style>@page {{ size: A4; margin: 14mm }}</style>{html}").write_pdf()


def attach_report(survey) -> None:
	"""File the report with the survey that goes to the archive (S3)."""
	frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{survey.name}-{today()}.pdf",
			"attached_to_doctype": survey.doctype,
			"attached_to_name": survey.name,
			"is_private": 1,
			"content": report_pdf(survey),
		}
	).insert(ignore_permissions=True)  # the survey's own paper; who may archive was checked by the workflow
