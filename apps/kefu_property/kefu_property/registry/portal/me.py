"""My data: what the office has on record (masked), requests about it, password."""

import frappe
from frappe import _

from kefu_property.registry.portal.people import my_records
from kefu_property.suite.portal_auth import limit, may_skip_current_password

REQUESTS_PER_DAY = ((5, 86400),)
TONES = {"Received": "info", "Done": "good", "Refused": "bad"}


class EmptyRequest(frappe.ValidationError):
	"""A request about personal data needs words."""


def get_context(context):
	context.records = my_records()
	context.requests = frappe.get_all(
		"Personal Data Request",
		filters={"resident": ["in", [row.name for row in context.records]]},
		fields=["request_type", "status", "asked_on", "message", "answer"],
		order_by="asked_on desc",
		limit_page_length=20,
	)
	context.tones = TONES
	context.kinds = [("Correct", _("Correct my data")), ("Copy", _("Send me a copy")), ("Delete", _("Delete my data"))]
	context.without_current = may_skip_current_password(frappe.session.user)


@frappe.whitelist(methods=["POST"])
def ask(request_type: str, message: str, record: str = "") -> dict:
	"""Ask the office to correct, copy or delete the signed-in resident's data."""
	records = my_records()
	mine = next((row for row in records if row.name == record), None) or (records[0] if len(records) == 1 else None)
	if not mine:
		raise frappe.PermissionError
	if not message.strip():
		frappe.throw(_("Please write what is to be changed."), EmptyRequest)
	limit(f"data-request:{mine.name}", REQUESTS_PER_DAY)
	frappe.get_doc(
		{
			"doctype": "Personal Data Request",
			"project": mine.project,
			"resident": mine.name,
			"request_type": request_type,
			"message": message.strip()[:2000],
		}
	).insert(ignore_permissions=True)  # residents hold no rights on DocTypes; the record was checked to be theirs
	return {"toast": _("Thank you. The office will answer here.")}
