"""Owner forums on the portal: what is planned, replying, opinions before it, the published answer (S4)."""

import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from kefu_property.registry import api as registry
from kefu_property.service_desk import forums
from kefu_property.suite.portal_auth import require_resident

TONES = {"Invited": "info", "Held": "wait", "Pending Approval": "wait", "Published": "good", "Closed": "good"}
LABELS = {"Invited": "Planned", "Pending Approval": "Held", "Closed": "Published"}


def get_context(context) -> None:
	user = require_resident()
	context.tones, context.labels = TONES, LABELS
	if not context.rest:
		context.view, context.rows = "list", rows_of(user)
		return
	context.view = "one"
	context.forum, resident = own_forum(user, context.rest)
	context.mine = next((row for row in context.forum.invitations if row.resident == resident), None)
	context.opinions = [row for row in context.forum.opinions if row.resident == resident]
	context.takes_replies = context.forum.status in forums.OPEN and get_datetime(context.forum.held_on) > now_datetime()
	context.answered = context.forum.status in forums.ANSWERED


def rows_of(user: str) -> list[dict]:
	"""Forums that the user may see: open to all of their projects, or with an invitation of theirs."""
	people = registry.residents_of_user(user)
	projects = sorted({row["project"] for row in registry.units_of_user(user)})
	if not people or not projects:
		return []
	forum, invitation = frappe.qb.DocType("Owner Forum"), frappe.qb.DocType("Forum Invitation")
	invited = (
		frappe.qb.from_(invitation)
		.select(invitation.parent)
		.where((invitation.parenttype == "Owner Forum") & invitation.resident.isin(people))
	)
	return (
		frappe.qb.from_(forum)
		.select(forum.name, forum.subject, forum.status, forum.held_on, forum.place)
		.where(forum.project.isin(projects) & forum.status.isin(forums.VISIBLE))
		.where((forum.open_to_all == 1) | forum.name.isin(invited))
		.orderby(forum.held_on, order=frappe.qb.desc)
		.limit(50)
		.run(as_dict=True)
	)


def own_forum(user: str, name: str):
	"""(forum, the user's Resident in its project); what does not concern the user looks like nothing at all."""
	if name not in {row.name for row in rows_of(user)}:
		raise frappe.DoesNotExistError
	doc = frappe.get_doc("Owner Forum", name)
	people = registry.residents_of_user(user)
	here = {row["resident"] for row in registry.units_of_user(user) if row["project"] == doc.project}
	return doc, next(resident for resident in people if resident in here)


def home_cards(user: str) -> list[dict]:
	coming = [row for row in rows_of(user) if row.status == "Invited" and row.held_on > now_datetime()]
	if not coming:
		return []
	return [
		{
			"title": _("Owner Forums"),
			"value": len(coming),
			"text": _("planned"),
			"href": "/portal/forums",
			"icon": "chat",
			"tone": "plain",
			"order": 60,
		}
	]


@frappe.whitelist(methods=["POST"])
def reply(name: str, coming: bool) -> dict:
	"""Say whether the signed-in resident comes."""
	_doc, resident = own_forum(require_resident(), name)
	forums.reply(name, resident, coming)
	return {"toast": _("Thank you for your reply.")}


@frappe.whitelist(methods=["POST"])
def say(name: str, opinion: str) -> dict:
	"""Send an opinion to a forum that is planned."""
	_doc, resident = own_forum(require_resident(), name)
	forums.add_opinion(name, resident, opinion)
	return {"toast": _("Thank you. Your opinion will be discussed.")}
