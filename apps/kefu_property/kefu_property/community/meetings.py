"""Invitations and signing in at meetings (D31)."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.utils import format_datetime, get_datetime, get_url, now_datetime

from kefu_property import compat
from kefu_property.community.meeting_exceptions import SignInRefused
from kefu_property.rules import meeting_rules as rules
from kefu_property.suite import row_rules
from kefu_property.suite.notify import alert

#: signing in begins this long before the meeting
EARLY = timedelta(minutes=30)
DRAFT, BOOKED, HELD, CANCELLED = "Draft", "Booked", "Took Place", "Cancelled"


def people(meeting) -> list[str]:
	"""Staff who are concerned: chair, taker of minutes and attendees with a login."""
	users = [meeting.chair, meeting.secretary, *(row.user for row in meeting.attendees)]
	return list(dict.fromkeys(user for user in users if user))


def calendar_text(meeting) -> str:
	"""The invitation as a calendar file."""
	zone = ZoneInfo(compat.site_time_zone())
	room = frappe.db.get_value("Meeting Room", meeting.room, ["room_name", "place"], as_dict=True)
	agenda = "\n".join(f"{row.idx}. {row.topic}" for row in meeting.agenda)
	return rules.calendar_file(
		f"{meeting.name}@{frappe.local.site}",
		meeting.subject,
		get_datetime(meeting.starts_on).replace(tzinfo=zone),
		get_datetime(meeting.ends_on).replace(tzinfo=zone),
		get_datetime(meeting.modified).replace(tzinfo=zone),
		place=" ".join(filter(None, (room.room_name, room.place))),
		text=f"{agenda}\n{get_url(meeting.get_url())}".strip(),
		cancelled=meeting.status == CANCELLED,
	)


def invite(meeting) -> None:
	"""Tell everybody with a login at the desk, and by e-mail with the calendar file where the site sends e-mails."""
	cancelled = meeting.status == CANCELLED
	subject = _("Meeting cancelled: {0}") if cancelled else _("Invitation: {0}")
	users = people(meeting)

	def text() -> str:
		words = _("Meeting cancelled: {0}, {1}") if cancelled else _("Invitation: {0}, {1}")
		return words.format(meeting.subject, format_datetime(meeting.starts_on))

	alert([user for user in users if user != frappe.session.user], text, meeting.doctype, meeting.name)
	if frappe.db.exists("Email Account", {"default_outgoing": 1, "enable_outgoing": 1}):
		frappe.sendmail(
			recipients=frappe.get_all("User", filters={"name": ["in", users], "enabled": 1}, pluck="email"),
			subject=subject.format(meeting.subject),
			message=frappe.utils.escape_html(text()),
			attachments=[{"fname": "meeting.ics", "fcontent": calendar_text(meeting)}],
			reference_doctype=meeting.doctype,
			reference_name=meeting.name,
		)


@frappe.whitelist()
def calendar_file(meeting: str) -> None:
	"""Download the invitation as a calendar file."""
	doc = frappe.get_doc("Office Meeting", meeting)
	doc.check_permission("read")
	frappe.response["filename"] = f"{doc.name}.ics"
	frappe.response["filecontent"] = calendar_text(doc).encode()
	frappe.response["type"] = "download"
	frappe.response["content_type"] = "text/calendar; charset=utf-8"


def of_code(code: str):
	"""The meeting of a sign-in code, of the user's projects. Raises SignInRefused."""
	row = frappe.db.get_value("Office Meeting", {"code": code.strip().upper()}, ["name", "project"], as_dict=True)
	user = frappe.session.user
	mine = row and (row_rules.sees_all_projects(user) or row.project in row_rules.projects_of(user))
	if not mine:
		frappe.throw(_("There is no meeting with this code. Scan the code of the sign-in sheet."), SignInRefused)
	return frappe.get_doc("Office Meeting", row.name)


def sign_in(code: str, now=None):
	"""Note that the user is present. Returns the meeting. Signing in twice changes nothing.

	Raises SignInRefused for an unknown code, too early, after the end, or when the meeting is not booked.
	"""
	now = get_datetime(now) if now else now_datetime()
	doc = of_code(code)
	if doc.docstatus != 1 or doc.status not in (BOOKED, HELD):
		frappe.throw(_("The meeting {0} does not take place: {1}.").format(doc.subject, _(doc.status)), SignInRefused)
	if not get_datetime(doc.starts_on) - EARLY <= now <= get_datetime(doc.ends_on):
		frappe.throw(
			_("Sign in from {0} until {1}.").format(
				format_datetime(get_datetime(doc.starts_on) - EARLY), format_datetime(doc.ends_on)
			),
			SignInRefused,
		)
	# several people sign in at the same moment: one after the other
	table = frappe.qb.DocType("Office Meeting")
	frappe.qb.from_(table).select(table.name).where(table.name == doc.name).for_update().run()
	row = next((row for row in doc.attendees if row.user == frappe.session.user), None)
	if row and row.attendance == "Present":
		return doc
	if row:
		frappe.db.set_value("Meeting Attendee", row.name, {"attendance": "Present", "signed_on": now})
	else:
		extra = doc.append(
			"attendees",
			{
				"user": frappe.session.user,
				"attendee_name": frappe.utils.get_fullname(frappe.session.user),
				"attendance": "Present",
				"signed_on": now,
			},
		)
		extra.docstatus = 1
		extra.db_insert()
	doc.db_set("status", HELD)
	doc.reload()
	return doc
