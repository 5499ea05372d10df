"""Votes of owners on the portal: one for each home (L27)."""

import frappe
from frappe import _

from kefu_property.rules import poll_count
from kefu_property.service_desk import polls
from kefu_property.service_desk.exceptions import NoVote
from kefu_property.suite.portal_auth import require_resident

SEEN = (polls.OPEN, polls.COUNTED, polls.PUBLISHED)
TONES = {polls.OPEN: "info", polls.COUNTED: "wait", polls.PUBLISHED: "good"}


def get_context(context) -> None:
	user = require_resident()
	context.tones = TONES
	context.labels = {polls.OPEN: _("Voting"), polls.COUNTED: _("Votes counted"), polls.PUBLISHED: _("Published")}
	if not context.rest:
		context.view, context.rows = "list", rows_of(user)
		return
	context.view = "one"
	context.poll, context.votes = own_poll(user, context.rest)
	context.waiting = [row for row in context.votes if not row.voted_on]
	context.choices = [
		(choice, _(choice), "") for choice in poll_count.CHOICES
	]  # lint: allow translate-dynamic: three options
	context.result = context.poll.result_rows() if context.poll.status == polls.PUBLISHED else []


def rows_of(user: str) -> list[dict]:
	projects = polls.projects_of_holder(user)
	# residents have no right on documents: only polls of projects in which they hold a home
	return frappe.get_all(
		"Opinion Poll",
		filters={"project": ["in", projects or [""]], "status": ["in", SEEN]},
		fields=["name", "subject", "status", "closes_on", "outcome"],
		order_by="closes_on desc",
		limit=50,
	)


def own_poll(user: str, name: str):
	"""(poll, ballots of the user's homes); what does not concern the user looks like nothing at all."""
	facts = frappe.db.get_value("Opinion Poll", name, ["project", "status"])
	if not facts or facts[1] not in SEEN or facts[0] not in polls.projects_of_holder(user):
		raise frappe.DoesNotExistError
	return frappe.get_doc("Opinion Poll", name), polls.votes_of_user(user, name)


def home_cards(user: str) -> list[dict]:
	running = [row for row in rows_of(user) if row.status == polls.OPEN]
	waiting = [
		row
		for row in running
		if any(
			not vote.voted_on for vote in polls.votes_of_user(user, row.name)
		)  # lint: allow query-in-loop: one or two polls at a time
	]
	if not waiting:
		return []
	return [
		{
			"title": _("Votes"),
			"value": len(waiting),
			"text": _("wait for your vote"),
			"href": "/portal/polls",
			"icon": "check",
			"tone": "info",
			"order": 25,
		}
	]


@frappe.whitelist(methods=["POST"])
def vote(name: str, unit: str, choice: str) -> dict:
	"""Vote for one home that the signed-in resident owns, alone or with others."""
	user = require_resident()
	_poll, votes = own_poll(user, name)
	own = next((row for row in votes if row.unit == unit), None)
	if not own:
		frappe.throw(_("You cannot vote for this home."), NoVote)
	polls.cast(name, unit, choice, own.resident, "Portal")
	return {"toast": _("Thank you. Your vote was counted.")}
