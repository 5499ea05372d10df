"""Server side of the page Meeting Sign-in: the code of the sheet tells the meeting (D31)."""

import frappe
from frappe import _

from kefu_property.community import meetings


@frappe.whitelist(methods=["POST"])
def sign_in(code: str) -> dict:
	"""The signed-in member of staff is present. Returns `subject`, `room`, `signed_on`, `present`, `invited`, `agenda`."""
	if not frappe.has_permission("Office Meeting", "read"):
		frappe.throw(_("Your role may not read {0}.").format(_("Office Meeting")), frappe.PermissionError)
	doc = meetings.sign_in(code)
	row = next(row for row in doc.attendees if row.user == frappe.session.user)
	return {
		"name": doc.name,
		"subject": doc.subject,
		"room": doc.room_name(),
		"signed_on": row.signed_on,
		"present": sum(row.attendance == "Present" for row in doc.attendees),
		"invited": len(doc.attendees),
		"agenda": [line.topic for line in doc.agenda],
	}
