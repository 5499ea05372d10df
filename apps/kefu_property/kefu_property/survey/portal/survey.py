"""The questionnaire behind a personal link: for guests, residents and staff who interview by phone (D10)."""

import frappe
from frappe import _

from kefu_property.suite.access import is_outsider
from kefu_property.suite.portal import goes_to_portal
from kefu_property.suite.portal_auth import check_same_site, limit
from kefu_property.survey import links, participation
from kefu_property.survey.exceptions import InvalidLink, SurveyNotOpen

#: (limit, seconds) for one address: a household or a whole estate behind a carrier's gateway may share it
LOOKS = ((300, 3600),)
SENDS = ((120, 3600),)
VIA = {"qr": "QR Code"}


def get_context(context):
	limit(f"survey:look:{frappe.local.request_ip}", LOOKS)
	context.problem = context.survey = None
	try:
		invitation = links.invitation_of(context.rest)
		# the signature was checked: whoever holds the link may read the questionnaire
		survey = frappe.get_doc("Satisfaction Survey", invitation.survey)
		links.check_open(survey)
	except (InvalidLink, SurveyNotOpen) as error:
		frappe.clear_messages()
		context.problem = str(error)
		return
	context.title = survey.title
	context.token = context.rest
	context.survey = survey
	context.questions = survey.rule_questions()
	context.answered = participation.has_answered(invitation.name)
	context.home = frappe.db.get_value("Property Unit", invitation.unit, "unit_code")
	context.via = frappe.form_dict.get("via") if frappe.form_dict.get("via") in VIA else ""
	context.by_phone = not is_outsider(frappe.session.user)


@frappe.whitelist(allow_guest=True, methods=["POST"])
def answer(token: str, via: str = "", **given: str | list) -> dict:
	"""Keep the answers of the questionnaire behind `token`; `given` maps q1, q2:1, … to text or lists.

	The signature of the token is the permission. Raises InvalidLink, SurveyNotOpen, AlreadyAnswered, AnswerMissing,
	AnswerNotOffered, TooManyTries.
	"""
	check_same_site()
	limit(f"survey:send:{frappe.local.request_ip}", SENDS)
	take(token, via, given)
	return {"toast": _("Thank you for your answers.")}


def take(token: str, via: str, given: dict) -> str:
	"""Keep the answers behind a token, with the channel that follows from who sends them."""
	invitation = links.invitation_of(token)
	channel, entered_by = _channel(invitation, via)
	return participation.answer(invitation, given, channel, entered_by)


def _channel(invitation: dict, via: str) -> tuple[str, str | None]:
	user = frappe.session.user
	if not is_outsider(user):
		frappe.get_doc("Satisfaction Survey", invitation["survey"]).check_permission("write")
		return "Phone", user
	if goes_to_portal(user):
		return "Portal", None
	return VIA.get(via, "Link"), None
