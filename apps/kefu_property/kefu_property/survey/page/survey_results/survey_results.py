"""Server side of the page Survey Results (D10)."""

import frappe

from kefu_property.suite import row_rules
from kefu_property.survey import results

SURVEY = "Satisfaction Survey"


@frappe.whitelist()
def get_surveys(project: str | None = None) -> list[dict]:
	"""Surveys of the user's projects that were published, newest first: `name`, `title`, `project`, `status`."""
	_check()
	filters = {"status": ["in", ["Open", *results.FINISHED]]} | ({"project": project} if project else {})
	return frappe.get_list(
		SURVEY,
		filters=filters,
		fields=["name", "title", "project", "status"],
		order_by="opens_on desc, name desc",
		limit=100,
	)


@frappe.whitelist()
def get_results(survey: str) -> dict:
	"""Result of a survey with the trend of its project and the comparison of the user's projects."""
	doc = frappe.get_doc(SURVEY, survey)
	doc.check_permission("read")
	fields = ("name", "title", "project", "status", "opens_on", "closes_on", "anonymous")
	return results.of(doc) | {
		"survey": {field: doc.get(field) for field in fields},
		"trend": results.trend(doc.project),
		"comparison": results.comparison(results.projects_of_user()),
	}


@frappe.whitelist()
def get_report(survey: str) -> None:
	"""Answer with the report to headquarters as PDF."""
	doc = frappe.get_doc(SURVEY, survey)
	doc.check_permission("read")
	frappe.local.response.filename = f"{doc.name}.pdf"
	frappe.local.response.filecontent = results.report_pdf(doc)
	frappe.local.response.type = "pdf"


def _check() -> None:
	if not frappe.has_permission(SURVEY, "read"):
		row_rules.check_module(SURVEY)
		raise frappe.PermissionError
