"""Notices on the portal: what is in force for the reader's homes, and what was (D12)."""

import frappe
from frappe import _
from frappe.utils import sanitize_html
from markupsafe import Markup

from kefu_property.community import downloads, notices
from kefu_property.suite.portal_auth import require_resident


def get_context(context) -> None:
	user = require_resident()
	if context.rest:
		doc = own(context.rest, user)
		notices.mark_read(doc, user)
		frappe.local.flags.commit = True  # reading is written down although the page is only asked for
		fill_one(context, doc, "kefu_property.community.portal.notices.attachment", doc.name)
	else:
		context.past = frappe.form_dict.get("past") == "1"
		context.rows = notices.of_user(user, past=context.past)


def fill_one(context, doc, method: str, key: str) -> None:
	context.notice = doc
	context.content = Markup(sanitize_html(doc.content))
	context.audience = doc.audience_text()
	context.files = [
		(row.title, f"/api/method/{method}?notice={key}&row={row.name}") for row in doc.attachments if row.file
	]


def own(name: str, user: str):
	"""A published notice for one of the reader's homes; any other looks like nothing at all."""
	shown = {row.name for past in (False, True) for row in notices.of_user(user, past)}
	if name not in shown:
		raise frappe.DoesNotExistError
	return frappe.get_doc("Community Notice", name)


def home_cards(user: str) -> list[dict]:
	"""Extension point `portal_home_cards`: an emergency, else the newest notice that was not read."""
	unread = [row for row in notices.of_user(user) if not row.read]
	urgent = next((row for row in unread if row.emergency), None)
	if not unread:
		return []
	return [
		{
			"title": _("Emergency") if urgent else _("New notices"),
			"value": (urgent or unread[0]).title if urgent or len(unread) == 1 else str(len(unread)),
			"text": unread[0].title if len(unread) > 1 and not urgent else "",
			"href": f"/portal/notices/{urgent.name}" if urgent else "/portal/notices",
			"tone": "bad" if urgent else "plain",
			"icon": "alert" if urgent else "bell",
			"order": 5 if urgent else 25,
		}
	]


@frappe.whitelist()  # lint: allow whitelist-permission: own() refuses what is not for the reader
def attachment(notice: str, row: str) -> None:
	"""An attachment of a notice for one of the reader's homes."""
	hand_out(own(notice, require_resident()), row)


def hand_out(doc, row: str) -> None:
	found = next((line for line in doc.attachments if line.name == row), None)
	if not found:
		raise frappe.DoesNotExistError
	downloads.hand_out(found.file)
