"""Owner forums (座谈会): invitations, replies, what came of it (S4)."""

import frappe
from frappe import _
from frappe.utils import format_datetime, get_datetime, now_datetime

from kefu_property.registry import api as registry
from kefu_property.rules.personal_data import clean_text
from kefu_property.service_desk import departments, notices
from kefu_property.service_desk.exceptions import InvitationRefused
from kefu_property.suite import messages

MOST = 300
OPEN = ("Invited",)
VISIBLE = ("Invited", "Held", "Pending Approval", "Published", "Closed")
#: with a published answer
ANSWERED = ("Published", "Closed")
MOST_OPINIONS = 10


@frappe.whitelist(methods=["POST"])
def add_residents(forum: str, building: str | None = None) -> int:
	"""Put the owners of a building, or of the whole project, on the list of invitations. Returns how many are new."""
	doc = frappe.get_doc("Owner Forum", forum)
	doc.check_permission("write")
	homes = [row.name for row in registry.units(doc.project) if not building or row.building == building]
	known = {row.resident for row in doc.invitations}
	added = 0
	for unit, resident in sorted(registry.owners(homes).items()):
		if resident not in known:
			known.add(resident)
			doc.append("invitations", {"resident": resident, "unit": unit})
			added += 1
	doc.save()
	return added


def send_invitations(doc) -> None:
	"""Write to everybody on the list who was not written to."""
	for row in doc.invitations:
		if row.sent_on:
			continue
		phone = registry.phone_for_message(row.resident)  # lint: allow query-in-loop: at most MOST people, once each
		if phone:
			messages.send(
				"forum_invitation",
				phone,
				{"subject": doc.subject, "time": format_datetime(doc.held_on), "place": doc.place},
				resident=row.resident,
			)
		row.sent_on = now_datetime()


def reply(name: str, resident: str, coming: bool) -> None:
	"""Note the reply of a resident; the caller has checked whose it is. Raises InvitationRefused after the beginning."""
	doc = frappe.get_doc("Owner Forum", name, for_update=True)
	if doc.status not in OPEN or get_datetime(doc.held_on) < now_datetime():
		frappe.throw(_("This forum takes no more replies."), InvitationRefused)
	row = next((row for row in doc.invitations if row.resident == resident), None)
	if not row:
		if not doc.open_to_all:
			raise frappe.DoesNotExistError
		row = doc.append("invitations", {"resident": resident, "sent_on": now_datetime()})
	row.reply, row.replied_on = ("Will Come" if coming else "Will Not Come"), now_datetime()
	doc.save(ignore_permissions=True)  # see above


def add_opinion(name: str, resident: str, opinion: str) -> None:
	"""Keep an opinion that a resident sent from the portal; the caller has checked whose it is."""
	doc = frappe.get_doc("Owner Forum", name, for_update=True)
	if doc.status not in OPEN:
		frappe.throw(_("This forum takes no more opinions."), InvitationRefused)
	text = clean_text(opinion)[:1000]
	if not text:
		frappe.throw(_("Write down your opinion."), InvitationRefused)
	if sum(row.resident == resident for row in doc.opinions) >= MOST_OPINIONS:
		frappe.throw(
			_("You have sent {0} opinions. The others you can say at the forum.").format(MOST_OPINIONS),
			InvitationRefused,
		)
	doc.append("opinions", {"opinion": text, "resident": resident, "channel": "Portal", "received_on": now_datetime()})
	doc.save(ignore_permissions=True)  # see above
	notices.tell(
		[doc.chair, doc.recorder, *departments.users_with_role("CS Supervisor", doc.project)],
		_("New opinion for the forum {0}").format(doc.subject),
		doc,
	)
