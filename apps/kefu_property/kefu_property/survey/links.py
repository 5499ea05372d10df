"""Personal links of a survey: they carry the invitation's name and a signature, and nothing of the resident."""

from __future__ import annotations

import hashlib
import hmac

import frappe
from frappe import _
from frappe.utils import get_url, getdate, today
from frappe.utils.password import get_encryption_key

from kefu_property.survey.exceptions import InvalidLink, SurveyNotOpen

SIGNATURE = 32
PAGE = "/portal/survey"


def token_of(invitation: str) -> str:
	"""The token of an invitation: its name and the first 32 hex digits of its signature."""
	return f"{invitation}.{_sign(invitation)}"


def url_of(invitation: str, via: str = "") -> str:
	"""The address of the questionnaire; `via` is `qr` on paper and empty in messages."""
	return get_url(f"{PAGE}/{token_of(invitation)}" + (f"?via={via}" if via else ""))


def invitation_of(token: str) -> frappe._dict:
	"""The invitation behind a token: `name`, `survey`, `project`, `unit`, `resident`. Raises InvalidLink."""
	name, _dot, signature = (token or "").partition(".")
	found = None
	if hmac.compare_digest(signature.encode(), _sign(name).encode()):
		fields = ["name", "survey", "project", "unit", "resident"]
		found = frappe.db.get_value("Survey Invitation", name, fields, as_dict=True)
	if not found:
		frappe.throw(_("This link is not valid. Open it again from the message, or ask the service desk."), InvalidLink)
	return found


def check_open(survey) -> None:
	"""Raise SurveyNotOpen before the survey is published, after it was closed and after its last day."""
	if survey.status in ("Draft", "Pending Approval", "Approved"):
		frappe.throw(_("This survey is not open yet."), SurveyNotOpen)
	if survey.status != "Open" or getdate(survey.closes_on) < getdate(today()):
		frappe.throw(
			_("This survey ended on {0}. Thank you for your interest.").format(
				frappe.utils.format_date(survey.closed_on or survey.closes_on)
			),
			SurveyNotOpen,
		)


def _sign(invitation: str) -> str:
	text = f"kefu-survey:{invitation}".encode()
	return hmac.new(get_encryption_key().encode(), text, hashlib.sha256).hexdigest()[:SIGNATURE]
