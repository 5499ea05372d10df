"""Opinion polls: the roll of homes, votes from the portal and on paper, the count by heads and area (L27)."""

from decimal import Decimal

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import get_datetime, now_datetime

from kefu_property.registry import api as registry
from kefu_property.rules import poll_count as rules
from kefu_property.rules.personal_data import clean_text
from kefu_property.service_desk import departments, notices
from kefu_property.service_desk.exceptions import (
	AlreadyVoted,
	EvidenceMissing,
	InvalidPoll,
	NoVote,
	PollClosed,
	ReasonMissing,
)
from kefu_property.suite import approval

OPEN, COUNTED, PUBLISHED = "Open", "Counted", "Published"
HOLDERS = ("Owner", "Co-owner", "Developer")
COLUMNS = (
	"name",
	"owner",
	"modified_by",
	"creation",
	"modified",
	"poll",
	"project",
	"unit",
	"unit_code",
	"building",
	"area",
	"owner_resident",
)


def advance(now=None) -> int:
	"""Every few minutes: open approved polls whose time has come, count those that are over. Returns their number."""
	now = get_datetime(now) if now else now_datetime()
	due = frappe.get_all("Opinion Poll", filters={"status": "Approved", "opens_on": ["<=", now]}, pluck="name")
	over = frappe.get_all("Opinion Poll", filters={"status": OPEN, "closes_on": ["<=", now]}, pluck="name")
	for name in due:
		open_voting(name)
	for name in over:
		close_voting(name)
	return len(due) + len(over)


def open_voting(name: str) -> None:
	"""Freeze roll and rule, and take votes from now on. A poll that is open already is left alone."""
	doc = frappe.get_doc("Opinion Poll", name, for_update=True)
	if doc.status != "Approved":
		return
	matter = frappe.get_doc("Poll Matter", doc.matter)
	homes = homes_of(doc)
	make_roll(doc, homes)
	approval.system_step(
		doc,
		OPEN,
		total_units=len(homes),
		participation=matter.participation,
		approval=matter.approval,
		approval_strict=matter.approval_strict,
		**_columns("total", totals(doc.name)["total"]),
	)


def homes_of(doc) -> list[dict]:
	"""Homes that vote: those with an area, in the buildings of the poll. Raises InvalidPoll when there is none."""
	buildings = {row.building for row in doc.buildings} if doc.scope == "Buildings" else None
	homes = [
		row
		for row in registry.units(doc.project)
		if (row.building_area or 0) > 0 and (buildings is None or row.building in buildings)
	]
	if not homes:
		frappe.throw(_("No home can vote: none with an area in these buildings."), InvalidPoll)
	return homes


def make_roll(doc, homes: list[dict]) -> None:
	"""One Poll Ballot for each home, with its owner and area of today."""
	owners = registry.owners([row.name for row in homes])
	now, user = now_datetime(), frappe.session.user
	values = [
		(
			frappe.generate_hash(length=10),
			user,
			user,
			now,
			now,
			doc.name,
			doc.project,
			row.name,
			row.unit_code,
			row.building,
			row.building_area,
			owners.get(row.name),
		)
		for row in homes
	]
	frappe.db.bulk_insert("Poll Ballot", COLUMNS, values, chunk_size=1000)


def close_voting(name: str) -> None:
	doc = frappe.get_doc("Opinion Poll", name, for_update=True)
	if doc.status != OPEN:
		return
	tallies = totals(name)
	values = {}
	for prefix, key in (
		("total", "total"),
		("voted", "voted"),
		("for", "For"),
		("against", "Against"),
		("abstain", "Abstain"),
	):
		values.update(_columns(prefix, tallies[key]))
	approval.system_step(doc, COUNTED, outcome=rules.outcome(tallies, doc.rule()), **values)
	notices.tell(
		departments.users_with_role("CS Supervisor", doc.project),
		_("The poll {0} was counted").format(doc.subject),
		doc,
	)


def _columns(prefix: str, tally: rules.Tally) -> dict:
	return {f"{prefix}_heads": tally.heads, f"{prefix}_area": str(tally.area)}


def totals(name: str) -> dict[str, rules.Tally]:
	rows = frappe.get_all(
		"Poll Ballot", filters={"poll": name}, fields=["unit", "owner_resident", "area", "choice"], limit=0
	)
	# a home without a known owner is a head of its own
	return rules.count(
		rules.Ballot(row.owner_resident or f"unit {row.unit}", Decimal(str(row.area)), row.choice or None)
		for row in rows
	)


def turnout(name: str) -> dict:
	"""`homes` and `voted` of a poll, without saying how anybody voted."""
	table = frappe.qb.DocType("Poll Ballot")
	row = (
		frappe.qb.from_(table)
		.select(Count("*").as_("homes"), Count(table.voted_on).as_("voted"))
		.where(table.poll == name)
		.run(as_dict=True)
	)[0]
	return {"homes": row.homes, "voted": row.voted}


def by_building(name: str) -> list[dict]:
	"""Homes and votes of each building: `building`, `homes`, `voted`, `votes_for`, `votes_against`, `abstain`."""
	table = frappe.qb.DocType("Poll Ballot")
	rows = (
		frappe.qb.from_(table)
		.select(table.building, table.choice, Count("*").as_("homes"))
		.where(table.poll == name)
		.groupby(table.building, table.choice)
		.orderby(table.building)
		.run(as_dict=True)
	)
	found: dict[str, dict] = {}
	for row in rows:
		counts = found.setdefault(row.building, {"homes": 0, "For": 0, "Against": 0, "Abstain": 0})
		counts["homes"] += row.homes
		if row.choice:
			counts[row.choice] += row.homes
	return [
		frappe._dict(
			building=building,
			homes=counts["homes"],
			voted=counts["For"] + counts["Against"] + counts["Abstain"],
			votes_for=counts["For"],
			votes_against=counts["Against"],
			abstain=counts["Abstain"],
		)
		for building, counts in found.items()
	]


def cast(poll: str, unit: str, choice: str, resident: str | None, channel: str, evidence: str | None = None) -> str:
	"""Write the vote of a home. The caller has checked who may vote for it. Returns the ballot.

	The rows of poll and ballot are locked: of two votes at one moment the second one finds the first, and nobody votes
	while the poll is being counted. Raises PollClosed, NoVote, AlreadyVoted.
	"""
	if choice not in rules.CHOICES:
		frappe.throw(_("Choose For, Against or Abstain."), NoVote)
	facts = frappe.db.get_value(
		"Opinion Poll", poll, ["status", "opens_on", "closes_on"], as_dict=True, for_update=True
	)
	now = now_datetime()
	if not facts or facts.status != OPEN or not facts.opens_on <= now < facts.closes_on:
		frappe.throw(_("This poll takes no votes now."), PollClosed)
	ballot = frappe.db.get_value(
		"Poll Ballot", {"poll": poll, "unit": unit}, ["name", "unit_code", "voted_on"], as_dict=True, for_update=True
	)
	if not ballot:
		frappe.throw(_("This home is not on the roll of the poll."), NoVote)
	if ballot.voted_on:
		frappe.throw(
			_("Home {0} voted on {1}. Each home votes once.").format(
				ballot.unit_code, frappe.utils.format_datetime(ballot.voted_on)
			),
			AlreadyVoted,
		)
	frappe.db.set_value(
		"Poll Ballot",
		ballot.name,
		{
			"choice": choice,
			"voted_by": resident,
			"voted_on": now,
			"channel": channel,
			"entered_by": frappe.session.user,
			"evidence": evidence,
		},
	)
	return ballot.name


@frappe.whitelist(methods=["POST"])
def enter_paper(poll: str, unit: str, choice: str, evidence: str, resident: str | None = None) -> str:
	"""Enter a vote on paper, with a photo or scan of the signed paper."""
	doc = frappe.get_doc("Opinion Poll", poll)
	doc.check_permission("write")
	file = frappe.db.get_value("File", {"file_url": evidence or "-"}, ["name", "is_private"], as_dict=True)
	if not file:
		frappe.throw(_("Attach the signed paper."), EvidenceMissing)
	if resident and not registry.lives_or_owns(unit, resident):
		frappe.throw(_("This resident has no part in the home."), NoVote)
	ballot = cast(poll, unit, choice, resident, "Paper", evidence)
	frappe.db.set_value("File", file.name, {"attached_to_doctype": "Poll Ballot", "attached_to_name": ballot})
	return ballot


@frappe.whitelist(methods=["POST"])
def withdraw_paper(ballot: str, reason: str) -> None:
	"""Take back a paper vote that was entered wrongly, while the poll is open; the reason stays with the ballot."""
	doc = frappe.get_doc("Poll Ballot", ballot)
	frappe.get_doc("Opinion Poll", doc.poll).check_permission("write")
	if "CS Supervisor" not in frappe.get_roles() and "Office Director" not in frappe.get_roles():
		frappe.throw(_("A supervisor takes votes back."), frappe.PermissionError)
	reason = clean_text(reason)
	if not reason:
		frappe.throw(_("Enter the reason."), ReasonMissing)
	status = frappe.db.get_value("Opinion Poll", doc.poll, "status", for_update=True)
	if status != OPEN:
		frappe.throw(_("This poll takes no votes now."), PollClosed)
	if doc.channel != "Paper":
		frappe.throw(_("Only a vote on paper can be taken back."), NoVote)
	doc.add_comment(
		"Info", _("Vote {0} taken back: {1}").format(_(doc.choice), reason)
	)  # lint: allow translate-dynamic: an option
	doc.db_set(
		{
			"choice": "",
			"voted_by": None,
			"voted_on": None,
			"channel": "",
			"entered_by": None,
			"evidence": None,
			"withdrawn_reason": reason,
		}
	)


def votes_of_user(user: str, poll: str) -> list[dict]:
	"""Ballots of the homes that a portal user owns or holds with others: `unit`, `unit_code`, `choice`, `voted_on`, `resident`."""
	holders = {row["unit"]: row["resident"] for row in registry.units_of_user(user) if row["relation"] in HOLDERS}
	rows = frappe.get_all(
		"Poll Ballot",
		filters={"poll": poll, "unit": ["in", list(holders) or [""]]},
		fields=["name", "unit", "unit_code", "area", "choice", "voted_on", "voted_by"],
		order_by="unit_code",
	)
	for row in rows:
		row.resident = holders[row.unit]
	return rows


def projects_of_holder(user: str) -> list[str]:
	return sorted({row["project"] for row in registry.units_of_user(user) if row["relation"] in HOLDERS})
