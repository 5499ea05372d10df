"""A public notice for everybody who scans the QR code on its paper; nothing else is open to guests (D12)."""

import frappe
from frappe.rate_limiter import rate_limit
from frappe.utils import getdate, today

from kefu_property.community.portal.notices import fill_one, hand_out
from kefu_property.rules import community_rules as rules


def get_context(context) -> None:
	doc = public(context.rest)
	context.title = doc.title
	fill_one(context, doc, "kefu_property.community.portal.notice.attachment", doc.token)
	context.project_name = frappe.db.get_value("Property Project", doc.project, "project_name")


def public(token: str):
	"""The public notice of a token while it is in force; anything else looks like nothing at all."""
	name = frappe.db.get_value("Community Notice", {"token": token, "docstatus": 1, "is_public": 1}) if token else None
	doc = frappe.get_doc("Community Notice", name) if name else None
	if not doc or not rules.in_force(getdate(doc.valid_from), doc.valid_to and getdate(doc.valid_to), getdate(today())):
		raise frappe.DoesNotExistError
	return doc


@frappe.whitelist(allow_guest=True)  # lint: allow whitelist-permission: public() refuses what is not public
@rate_limit(limit=60, seconds=60)
def attachment(notice: str, row: str) -> None:
	"""An attachment of a public notice; `notice` is its token."""
	hand_out(public(notice), row)
