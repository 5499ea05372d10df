"""Opinion polls: heads and area, one vote for each home, paper, portal, result (L27)."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, now_datetime
from frappe.www.printview import get_html_and_style
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import poll_count as rules
from kefu_property.service_desk import exceptions as errors
from kefu_property.service_desk import polls
from kefu_property.service_desk.portal import polls as portal
from kefu_property.suite.approval import SelfApproval
from tests.factories.parallel import at_once
from tests.factories.registry import make_occupancy, make_project, make_resident, make_unit
from tests.factories.service_desk import staff
from tests.factories.users import as_role, as_user

D = Decimal


@pytest.fixture
def place():
	"""Three homes: 100 m² of an owner who also has the 50 m² one, 80 m² with a co-owner."""
	project = make_project().name
	big = make_unit(project, "1-1-101", building_area=100)
	small = make_unit(project, "1-1-102", building_area=50)
	shared = make_unit(project, "2-1-101", building_area=80)
	rich, wife, husband = (make_resident(project) for _ in range(3))
	make_occupancy(big, rich)
	make_occupancy(small, rich)
	make_occupancy(shared, wife, share=60)
	make_occupancy(shared, husband, relation="Co-owner", share=40, is_payer=0)
	tenant = make_resident(project)
	make_occupancy(shared, tenant, relation="Tenant", is_payer=0)
	users = {}
	for label, resident in (("rich", rich), ("wife", wife), ("husband", husband), ("tenant", tenant)):
		users[label] = staff(f"{label}-{project.lower()}", None, "Property Resident", user_type="Website User")
		frappe.db.set_value("Resident", resident.name, "user", users[label])
	return frappe._dict(project=project, big=big, small=small, shared=shared, users=users, rich=rich)


def draft(place, **values):
	values = {
		"matter": "Ordinary Matter",
		"subject": "New doors",
		"question": "Shall the doors be changed?",
		"opens_on": add_days(now_datetime(), -1),
		"closes_on": add_days(now_datetime(), 7),
	} | values
	return frappe.get_doc({"doctype": "Opinion Poll", "project": place.project, **values}).insert()


def opened(place, **values):
	with as_role("CS Agent", project=place.project):
		doc = apply_workflow(draft(place, **values), "Submit for Approval")
	with as_role("Office Director", project=place.project):
		apply_workflow(frappe.get_doc("Opinion Poll", doc.name), "Approve")
	return frappe.get_doc("Opinion Poll", doc.name)


def counted(doc):
	polls.advance(now_datetime() + timedelta(days=8))
	return frappe.get_doc("Opinion Poll", doc.name)


def test_from_the_draft_to_the_published_result(place):
	doc = opened(place)
	assert (doc.status, doc.total_units, doc.total_heads, doc.total_area) == ("Open", 3, 2, 230)
	for user, unit in (("rich", place.big), ("rich", place.small), ("husband", place.shared)):
		with as_user(place.users[user]):
			choice = "Against" if unit == place.small else "For"
			assert "counted" in portal.vote(doc.name, unit.name, choice)["toast"]
	doc = counted(doc)
	assert (doc.status, doc.outcome) == ("Counted", "Passed")
	assert (doc.for_heads, doc.for_area, doc.against_heads, doc.against_area) == (2, 180, 0, 50)
	assert doc.prepared_by.startswith("cs_agent") and doc.approved_by.startswith("office_director")
	with as_role("CS Supervisor", project=place.project):
		with pytest.raises(errors.InvalidPoll, match="conclusion"):
			apply_workflow(frappe.get_doc("Opinion Poll", doc.name), "Publish")
		doc = frappe.get_doc("Opinion Poll", doc.name)
		doc.conclusion = "The doors will be changed."
		doc.save()
		apply_workflow(doc, "Publish")
	context = frappe._dict(rest=doc.name)
	with as_user(place.users["wife"]):
		portal.get_context(context)
	assert [row.heads for row in context.result] == [2, 2, 2, 0, 0]
	paper = get_html_and_style("Opinion Poll", doc.name, "Poll Result Sheet")["html"]
	assert "78.26%" in paper and "100.00%" in paper and "230.00" in paper


def test_a_home_votes_once_whoever_of_its_owners(place):
	doc = opened(place)
	with as_user(place.users["wife"]):
		portal.vote(doc.name, place.shared.name, "For")
	with as_user(place.users["husband"]), pytest.raises(errors.AlreadyVoted, match="2-1-101"):
		portal.vote(doc.name, place.shared.name, "Against")
	assert polls.turnout(doc.name) == {"homes": 3, "voted": 1}


def test_who_may_not_vote(place):
	doc = opened(place)
	with as_user(place.users["tenant"]), pytest.raises(frappe.DoesNotExistError):
		portal.vote(doc.name, place.shared.name, "For")
	with as_user(place.users["wife"]):
		with pytest.raises(errors.NoVote):
			portal.vote(doc.name, place.big.name, "For")
		with pytest.raises(errors.NoVote):
			portal.vote(doc.name, place.shared.name, "Maybe")
	with as_role("CS Agent", project=place.project), pytest.raises(frappe.PermissionError):
		portal.vote(doc.name, place.shared.name, "For")


def test_votes_only_while_the_poll_is_open(place):
	early = opened(place, opens_on=add_days(now_datetime(), 1))
	assert early.status == "Approved"
	with as_user(place.users["wife"]), pytest.raises(frappe.DoesNotExistError):
		portal.vote(early.name, place.shared.name, "For")
	assert polls.advance(now_datetime() + timedelta(days=2)) == 1
	late = opened(place)
	frappe.db.set_value("Opinion Poll", late.name, "closes_on", add_days(now_datetime(), -0.5))
	with as_user(place.users["wife"]), pytest.raises(errors.PollClosed):
		portal.vote(late.name, place.shared.name, "For")
	assert counted(late).outcome == "Too Few Votes"


def test_paper_votes_need_the_paper_and_can_be_taken_back(place):
	doc = opened(place)
	file = frappe.get_doc({"doctype": "File", "file_name": "vote.txt", "content": "signed", "is_private": 1}).insert()
	with as_role("CS Agent", project=place.project):
		with pytest.raises(errors.EvidenceMissing):
			polls.enter_paper(doc.name, place.big.name, "For", "/private/files/none.jpg")
		ballot = polls.enter_paper(doc.name, place.big.name, "For", file.file_url, place.rich.name)
		with pytest.raises(errors.AlreadyVoted):
			polls.enter_paper(doc.name, place.big.name, "For", file.file_url)
		with pytest.raises(frappe.PermissionError):
			polls.withdraw_paper(ballot, "wrong home")
	with as_role("CS Supervisor", "CS Agent", project=place.project):
		polls.withdraw_paper(ballot, "wrong home")
	with as_user(place.users["rich"]):
		portal.vote(doc.name, place.big.name, "Against")
	row = frappe.get_doc("Poll Ballot", ballot)
	assert (row.choice, row.channel, row.withdrawn_reason) == ("Against", "Portal", "wrong home")
	with as_role("CS Supervisor", project=place.project), pytest.raises(errors.NoVote):
		polls.withdraw_paper(ballot, "an owner's own vote")


def test_the_question_does_not_change_after_it_went_for_approval(place):
	doc = opened(place)
	doc.question = "Something else?"
	with pytest.raises(errors.PollFrozen):
		doc.save()
	with pytest.raises(errors.PollFrozen):
		frappe.delete_doc("Opinion Poll", doc.name)


def test_nobody_approves_their_own_poll(place):
	with as_role("CS Agent", "Office Director", project=place.project):
		doc = apply_workflow(draft(place), "Submit for Approval")
		doc.status = "Approved"
		with pytest.raises(SelfApproval):
			doc.save()


def test_only_the_chosen_buildings_vote(place):
	doc = opened(place, scope="Buildings", buildings=[{"building": place.shared.building}])
	assert (doc.total_units, doc.total_heads) == (1, 1)
	with pytest.raises(errors.WrongHome):
		draft(place, scope="Buildings", buildings=[{"building": make_unit(make_project().name).building}])
	with pytest.raises(errors.InvalidPoll):
		draft(place, scope="Buildings")


def test_wrong_thresholds_are_refused():
	for share in ("5/4", "0", "many", "1/0"):
		with pytest.raises(errors.InvalidPoll):
			frappe.get_doc(
				{"doctype": "Poll Matter", "matter": "x", "participation": share, "approval": "1/2"}
			).insert()


# --- the count -----------------------------------------------------------------------------------------------------

ballots = st.lists(
	st.builds(
		rules.Ballot,
		st.sampled_from("abcdef"),
		st.decimals("0.01", "500", places=2),
		st.sampled_from([*rules.CHOICES, None]),
	),
	max_size=30,
)


@given(ballots)
def test_heads_and_area_add_up(rows):
	tallies = rules.count(rows)
	assert sum(tallies[choice].heads for choice in rules.CHOICES) == tallies["voted"].heads
	assert sum(tallies[choice].area for choice in rules.CHOICES) == tallies["voted"].area
	assert tallies["total"].area == sum(row.area for row in rows)
	assert tallies["total"].heads == len({row.owner for row in rows}) >= tallies["voted"].heads
	assert rules.count(reversed(rows)) == tallies


@given(ballots)
def test_one_more_vote_in_favour_never_loses_a_poll(rows):
	rule = rules.Rule(Fraction(2, 3), Fraction(1, 2), True)
	if rules.outcome(rules.count(rows), rule) == rules.PASSED:
		turned = [rules.Ballot(row.owner, row.area, rules.FOR) for row in rows]
		assert rules.outcome(rules.count(turned), rule) == rules.PASSED


@pytest.mark.parametrize(
	("votes", "strict", "approval", "expected"),
	[
		("FF.", True, "1/2", "Passed"),  # two thirds exactly is enough to take part
		("F..", True, "1/2", "Too Few Votes"),
		("FA", True, "1/2", "Not Passed"),  # a majority is more than half
		("FA", False, "1/2", "Passed"),
		("FFFA", False, "3/4", "Passed"),  # three quarters and more
		("FFAA", False, "3/4", "Not Passed"),
		("", True, "1/2", "Too Few Votes"),
	],
)
def test_thresholds(votes, strict, approval, expected):
	choices = {"F": "For", "A": "Against", ".": None}
	rows = [rules.Ballot(str(number), D(80), choices[vote]) for number, vote in enumerate(votes)]
	rule = rules.Rule(Fraction(2, 3), rules.share(approval), strict)
	assert rules.outcome(rules.count(rows), rule) == expected


def test_heads_alone_or_area_alone_is_not_enough():
	rows = [rules.Ballot("a", D(1000), "Against"), *(rules.Ballot(str(n), D(10), "For") for n in range(5))]
	rule = rules.Rule(Fraction(2, 3), Fraction(1, 2), True)
	assert rules.outcome(rules.count(rows), rule) == "Not Passed"


# --- at the same moment --------------------------------------------------------------------------------------------


def cast(poll: str, unit: str, choice: str) -> None:
	polls.cast(poll, unit, choice, None, "Portal")


@pytest.mark.concurrency
def test_of_votes_at_one_moment_one_counts(place):
	doc = opened(place)
	frappe.db.commit()  # the other processes must see it
	try:
		calls = [(doc.name, place.shared.name, choice) for choice in ("For", "Against", "Abstain", "For")]
		assert sorted(at_once(cast, calls)) == ["AlreadyVoted"] * 3 + ["ok"]
		frappe.db.rollback()
		assert polls.turnout(doc.name)["voted"] == 1
	finally:
		frappe.db.rollback()
		for doctype in (
			"Poll Ballot",
			"Opinion Poll",
			"Unit Occupancy",
			"Property Unit",
			"Resident",
			"Property Building",
		):
			frappe.db.delete(doctype, {"project": place.project})
		frappe.db.delete("Property Project", {"name": place.project})
		frappe.db.commit()  # the processes needed committed data
