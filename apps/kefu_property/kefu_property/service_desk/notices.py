"""Notices to staff about cases, in the desk's bell."""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe.desk.doctype.notification_settings.notification_settings import is_notifications_enabled


def tell(users: Iterable[str | None], subject: str, doc) -> None:
	"""Put a notice about a document into the bell of these users; whoever caused it is left out.

	Written in the same transaction as what it tells of: a case that was not saved is not announced.
	"""
	for user in sorted({user for user in users if user} - {frappe.session.user}):
		if is_notifications_enabled(user):
			frappe.get_doc(  # lint: allow query-in-loop: a new notice for each of a few people
				{
					"doctype": "Notification Log",
					"type": "Alert",
					"for_user": user,
					"from_user": frappe.session.user,
					"document_type": doc.doctype,
					"document_name": doc.name,
					"subject": subject,
				}
			).insert(ignore_permissions=True)  # the system writes to somebody else's bell


def refresh_boards(project: str | None) -> None:
	"""Tell open wall boards that something changed. Carries no data: each board asks for what its user may see."""
	frappe.publish_realtime("kefu_service_board", {"project": project}, doctype="Complaint", after_commit=True)
