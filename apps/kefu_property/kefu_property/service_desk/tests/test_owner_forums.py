"""Owner forums and improvement proposals, from the invitation to the counted effect (S4)."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, now_datetime, today
from frappe.www.printview import get_html_and_style
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import case_effect
from kefu_property.service_desk import exceptions as errors
from kefu_property.service_desk import forums, proposals
from kefu_property.service_desk.portal import forums as portal
from kefu_property.suite.approval import SelfApproval
from tests.factories.registry import make_home, make_project, make_resident
from tests.factories.service_desk import make_case, make_desk, staff
from tests.factories.users import as_role, as_user


@pytest.fixture
def desk():
	desk = make_desk()
	desk.user = staff(f"owner-{desk.project.lower()}", None, "Property Resident", user_type="Website User")
	frappe.db.set_value("Resident", desk.resident, "user", desk.user)
	return desk


def forum(desk, **values):
	values = {
		"subject": "Lifts",
		"held_on": add_days(now_datetime(), 3),
		"place": "Club",
		"open_to_all": 0,
		"topics": [{"topic": "Lifts"}],
	} | values
	return frappe.get_doc({"doctype": "Owner Forum", "project": desk.project, **values}).insert()


def test_from_the_invitation_to_the_published_answer(desk):
	with as_user(desk.agent):
		doc = forum(desk)
		assert forums.add_residents(doc.name) == 1
		assert forums.add_residents(doc.name) == 0
		doc = apply_workflow(frappe.get_doc("Owner Forum", doc.name), "Invite")
		assert doc.invitations[0].sent_on and doc.invitations[0].resident_name
	with as_user(desk.user):
		assert [row.name for row in portal.rows_of(desk.user)] == [doc.name]
		portal.reply(doc.name, True)
		portal.say(doc.name, "The lift is slow.")
	doc.reload()
	assert (doc.coming_count, doc.opinions[0].opinion, doc.opinions[0].channel) == (1, "The lift is slow.", "Portal")
	with as_user(desk.agent):
		with pytest.raises(errors.InvalidForum, match="begins"):
			apply_workflow(frappe.get_doc("Owner Forum", doc.name), "Record as Held")
		frappe.db.set_value("Owner Forum", doc.name, "held_on", add_days(now_datetime(), -1))
		doc = apply_workflow(frappe.get_doc("Owner Forum", doc.name), "Record as Held")
		doc.append("actions", {"action": "New motor", "responsible": desk.technicians[0], "due_on": today()})
		doc.invitations[0].attended = 1
		doc.save()
		with pytest.raises(errors.InvalidForum, match="minutes"):
			apply_workflow(frappe.get_doc("Owner Forum", doc.name), "Submit for Approval")
		doc.reload()
		doc.minutes, doc.answer = "Talked about lifts.", "The motor will be changed."
		doc.save()
		doc = apply_workflow(doc, "Submit for Approval")
	hidden, shown = frappe._dict(rest=doc.name), frappe._dict(rest=doc.name)
	with as_user(desk.user):
		portal.get_context(hidden)
	with as_user(desk.supervisor):
		doc = apply_workflow(frappe.get_doc("Owner Forum", doc.name), "Publish")
	with as_user(desk.user):
		portal.get_context(shown)
	assert (hidden.answered, shown.answered, doc.attended_count) == (False, True, 1)
	paper = get_html_and_style("Owner Forum", doc.name, "Owner Forum Minutes")["html"]
	assert "New motor" in paper and "The motor will be changed." in paper
	assert proposals.remind_measures(getdate(today())) >= 1
	assert frappe.db.exists("Notification Log", {"for_user": desk.technicians[0], "document_name": doc.name})
	with as_user(desk.agent):
		with pytest.raises(errors.MeasuresOpen):
			apply_workflow(frappe.get_doc("Owner Forum", doc.name), "Close")
		doc.reload()
		doc.actions[0].done_on = today()
		doc.save()
		assert apply_workflow(doc, "Close").status == "Closed"


def test_strangers_see_and_say_nothing(desk):
	with as_user(desk.agent):
		_unit, neighbour, _occupancy = make_home(desk.project, "1-1-102")
		doc = forum(desk, invitations=[{"resident": neighbour.name}])
		doc = apply_workflow(doc, "Invite")
	with as_user(desk.user):
		assert portal.rows_of(desk.user) == []
		for call in (lambda: portal.reply(doc.name, True), lambda: portal.say(doc.name, "x")):
			with pytest.raises(frappe.DoesNotExistError):
				call()


def test_replies_end_when_the_forum_begins(desk):
	with as_user(desk.agent):
		doc = apply_workflow(forum(desk, open_to_all=1), "Invite")
	frappe.db.set_value("Owner Forum", doc.name, "held_on", add_days(now_datetime(), -1))
	with as_user(desk.user), pytest.raises(errors.InvitationRefused):
		portal.reply(doc.name, True)


def test_wrong_forums(desk):
	stranger = make_resident(make_project().name)
	for values, error in (
		({"ends_on": add_days(now_datetime(), 1)}, errors.InvalidForum),
		({"invitations": [{"resident": stranger.name}]}, errors.InvitationRefused),
		({"invitations": [{"resident": desk.resident}] * 2}, errors.InvitationRefused),
	):
		with as_user(desk.agent), pytest.raises(error):
			forum(desk, **values)
	with as_user(desk.agent), pytest.raises(errors.InvalidForum):
		apply_workflow(forum(desk, topics=[]), "Invite")


# --- proposals -----------------------------------------------------------------------------------------------------


def proposal(desk, **values):
	values = {
		"title": "Quiet nights",
		"category": "Noise",
		"case_kind": "Complaint",
		"problem": "Noise at night",
		"cause_analysis": "No patrol",
		"proposal": "Patrol at ten",
		"responsible": desk.agent,
		"due_on": add_days(today(), 30),
		"before_from": add_days(today(), -9),
		"before_to": today(),
		"target_percent": 50,
		"measures": [{"measure": "Patrol", "due_on": today(), "responsible": desk.agent}],
	} | values
	return frappe.get_doc({"doctype": "Improvement Proposal", "project": desk.project, **values}).insert()


def approve(desk, doc):
	with as_user(desk.agent):
		apply_workflow(doc, "Submit for Review")
	with as_user(desk.supervisor):
		apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Review")
	with as_role("Office Director", project=desk.project):
		apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Approve")
	with as_user(desk.agent):
		return apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Start Work")


def test_the_effect_is_counted_and_decides(desk):
	with as_user(desk.agent):
		for _number in range(4):
			make_case("Complaint", desk)
		make_case("Repair Order", desk)
		doc = proposal(desk)
	assert doc.cases_before == 4
	doc = approve(desk, doc)
	assert doc.reviewed_by == desk.supervisor and doc.approved_by.startswith("office_director")
	with as_user(desk.agent):
		with pytest.raises(errors.MeasuresOpen):
			apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Measures Done")
		doc.reload()
		doc.measures[0].done_on = today()
		doc.save()
		doc = apply_workflow(doc, "Measures Done")
	assert (doc.effect, getdate(doc.after_to)) == ("Waiting", getdate(add_days(today(), 10)))
	with as_user(desk.supervisor), pytest.raises(errors.EffectOpen):
		apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Close")
	assert proposals.check_effects(getdate(doc.after_to)) == 0
	with as_user(desk.agent):
		for _number in range(3):
			case = make_case("Complaint", desk)
			frappe.db.set_value("Complaint", case.name, "received_on", add_days(now_datetime(), 2))
	assert proposals.check_effects(getdate(add_days(doc.after_to, 1))) == 1
	doc.reload()
	assert (doc.cases_after, doc.change_percent, doc.effect) == (3, -25, "Not Reached")
	with as_user(desk.supervisor):
		with pytest.raises(errors.EffectOpen, match="conclusion"):
			apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Close")
		doc = apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Reopen")
	assert (doc.status, doc.round, doc.effect) == ("In Progress", 2, None)
	with as_user(desk.agent):
		doc = apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Measures Done")
	frappe.db.delete("Complaint", {"project": desk.project, "received_on": [">", add_days(now_datetime(), 1)]})
	proposals.check_effects(getdate(add_days(doc.after_to, 1)))
	with as_user(desk.supervisor):
		doc = apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Close")
	assert (doc.status, doc.effect, doc.cases_after) == ("Closed", "Reached", 0)
	paper = get_html_and_style("Improvement Proposal", doc.name, "Improvement Proposal Sheet")["html"]
	assert "Patrol at ten" in paper and "-100" in paper


def test_the_one_who_writes_does_not_review(desk):
	with as_user(desk.supervisor):
		doc = apply_workflow(proposal(desk), "Submit for Review")
		doc.status = "Pending Approval"
		with pytest.raises(SelfApproval):
			doc.save()


def test_statistics_count_by_column(desk):
	with as_user(desk.agent):
		for category in ("Noise", "Noise", "Parking"):
			make_case("Complaint", desk, category=category)
		span = (add_days(today(), -1), today())
		rows = proposals.statistics(desk.project, "category", *span)
		assert [(row["value"], row["cases"], row["share"]) for row in rows] == [("Noise", 2, 67), ("Parking", 1, 33)]
		assert proposals.count(desk.project, {"category": "Living Environment"}, *span) == 2
		with pytest.raises(errors.InvalidProposal):
			proposals.statistics(desk.project, "owner", *span)
		with pytest.raises(frappe.PermissionError):
			proposals.statistics(make_project().name, "category", *span)
	with as_role("Technician", project=desk.project), pytest.raises(frappe.PermissionError):
		proposals.statistics(desk.project, "category", *span)


def test_a_case_opens_one_proposal(desk):
	with as_user(desk.agent):
		case = make_case("Complaint", desk)
		name = proposals.open_from_document("Complaint", case.name)
		assert proposals.open_from_document("Complaint", case.name) == name
		doc = frappe.get_doc("Improvement Proposal", name)
		assert (doc.category, doc.case_kind, doc.cases_before, doc.source_name) == ("Noise", "Complaint", 1, case.name)
		with pytest.raises(errors.InvalidProposal):
			proposals.open_from_document("User", desk.agent)


def test_incomplete_proposals(desk):
	with as_user(desk.agent):
		doc = proposal(desk, cause_analysis="")
		with pytest.raises(errors.InvalidProposal, match="Why It Happens"):
			apply_workflow(doc, "Submit for Review")
		for values in (
			{"target_percent": 0},
			{"before_to": add_days(today(), 1)},
			{"before_from": add_days(today(), 1)},
		):
			with pytest.raises(errors.InvalidProposal):
				proposal(desk, **values)


days = st.dates(getdate("2020-01-01"), getdate("2030-12-31"))


@given(days, st.integers(0, 400), days)
def test_both_spans_are_equally_long(first, length, done):
	last = getdate(add_days(first, length))
	after_from, after_to = case_effect.span_after(first, last, done)
	assert after_to - after_from == last - first and after_from > done


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(1, 100))
def test_effect_grows_with_fewer_cases(before, after, target):
	if case_effect.is_reached(before, after, target):
		assert after <= before
		assert after == 0 or case_effect.is_reached(before, after - 1, target)
	assert (
		case_effect.change_percent(before, after) == -case_effect.change_percent(before, 2 * before - after)
		or after > 2 * before
		or not before
	)
