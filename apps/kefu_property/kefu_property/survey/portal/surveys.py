"""Surveys that wait for an answer of the resident's homes (D10)."""

import frappe
from frappe import _
from frappe.utils import today

from kefu_property.registry.api import residents_of_user, unit_names_of_user
from kefu_property.survey import links
from kefu_property.survey.participation import ANSWERED


def get_context(context):
	context.invitations = invitations(frappe.session.user)


def invitations(user: str) -> list[dict]:
	"""Invitations of the user to open surveys: those of their homes, or to themselves where everybody is asked."""
	units, residents = unit_names_of_user(user), residents_of_user(user)
	table, survey, unit = (
		frappe.qb.DocType(name) for name in ("Survey Invitation", "Satisfaction Survey", "Property Unit")
	)
	# residents hold no rights on documents: their own homes and records are the ownership check
	rows = (
		frappe.qb.from_(table)
		.join(survey)
		.on(survey.name == table.survey)
		.join(unit)
		.on(unit.name == table.unit)
		.select(
			table.name,
			table.status,
			survey.title,
			survey.closes_on,
			survey.anonymous,
			unit.unit_code,
			survey.one_per_home,
		)
		.where(table.unit.isin(units or [""]))
		.where((survey.one_per_home == 1) | table.resident.isin(residents or [""]))
		.where((survey.status == "Open") & (survey.closes_on >= today()))
		.orderby(survey.closes_on, table.unit)
		.run(as_dict=True)
	)
	for row in rows:
		row.answered = row.status == ANSWERED
		row.href = f"{links.PAGE}/{links.token_of(row.name)}"
	return rows


def home_cards(user: str) -> list[dict]:
	"""Card of the portal's home page: questionnaires that wait."""
	waiting = [row for row in invitations(user) if not row.answered]
	if not waiting:
		return []
	return [{"title": _("Surveys to answer"), "value": len(waiting), "href": "/portal/surveys", "icon": "edit"}]
