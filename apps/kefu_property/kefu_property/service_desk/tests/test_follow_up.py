"""Owners are called back by rule; who is not content gets the case opened again or an improvement proposed (D10)."""

from datetime import date, timedelta

import frappe
import pytest
from frappe.utils import add_days, getdate, now_datetime, today
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import follow_up as rules
from kefu_property.service_desk import actions, follow_up
from kefu_property.service_desk.exceptions import FollowUpRefused, ReasonMissing
from kefu_property.service_desk.report.follow_up_results.follow_up_results import execute
from tests.factories.registry import make_resident
from tests.factories.service_desk import make_case, make_desk
from tests.factories.users import as_user

DAY = date(2026, 3, 2)


@pytest.fixture
def desk():
	desk = make_desk()
	desk.today = today()
	return desk


def finished(desk, doctype="Complaint", **values):
	with as_user(desk.agent):
		case = make_case(doctype, desk, assigned_to=desk.agent, **values)
		actions.accept(doctype, case.name)
		actions.resolve(doctype, case.name, "Done")
	return case


def tasks(desk, **filters):
	return frappe.get_all("Follow Up Task", filters={"project": desk.project, **filters}, fields=["*"])


cases = st.lists(
	st.builds(
		rules.Finished,
		name=st.text("abc123", min_size=1, max_size=6),
		kind=st.sampled_from(["Complaint", "Repair Order", "Enquiry"]),
		owner=st.sampled_from(["a", "b", "c", "d"]),
		finished_on=st.integers(0, 9).map(lambda days: DAY - timedelta(days=days)),
		needed=st.booleans(),
	),
	max_size=30,
	unique_by=lambda case: case.name,
)


@given(cases, st.floats(0, 100), st.integers(0, 30), st.dictionaries(st.sampled_from("abcd"), st.integers(0, 40)))
def test_nobody_is_asked_twice_within_the_quiet_time(rows, share, quiet, ago):
	called = {owner: DAY - timedelta(days=days) for owner, days in ago.items()}
	chosen = rules.choose(rows, {"Complaint": 100, "Repair Order": share}, called, quiet, DAY)
	owners = [case.owner for case, _reason in chosen]
	if quiet:
		assert len(owners) == len(set(owners))
	assert all((DAY - called[owner]).days >= quiet for owner in owners if owner in called)
	assert chosen == rules.choose(reversed(rows), {"Complaint": 100, "Repair Order": share}, called, quiet, DAY)
	assert all(case.needed or case.kind != "Enquiry" for case, _reason in chosen)


@given(st.text(), st.floats(0, 100), st.floats(0, 100))
def test_a_larger_share_holds_the_smaller_one(name, one, other):
	assert rules.in_share(name, min(one, other)) <= rules.in_share(name, max(one, other))
	assert rules.in_share(name, 100) and not rules.in_share(name, 0)


def test_share_is_about_what_it_says():
	assert 270 < sum(rules.in_share(f"WX-2603-{number:04d}", 30) for number in range(1000)) < 330


def test_complaints_are_called_once_and_repairs_by_share(desk):
	standard = frappe.get_doc("Service Standard", desk.project)
	standard.repair_share = 0
	standard.save()
	complaint = finished(desk)
	finished(desk, "Repair Order", resident=make_resident(desk.project).name, unit=None)
	assert follow_up.make_tasks_of(desk.project, desk.today) == 1
	assert follow_up.make_tasks_of(desk.project, desk.today) == 0
	(task,) = tasks(desk)
	assert (task.case_name, task.reason, task.assigned_to) == (complaint.name, "Every Complaint", desk.agent)
	standard.repair_share = 100
	standard.save()
	assert follow_up.make_tasks_of(desk.project, desk.today) == 1


def test_second_complaint_of_an_owner_waits_for_the_quiet_time(desk):
	finished(desk)
	finished(desk, subject="Another matter")
	assert follow_up.make_tasks_of(desk.project, desk.today) == 1
	quiet = frappe.db.get_value("Service Standard", desk.project, "quiet_days")
	assert follow_up.make_tasks_of(desk.project, add_days(desk.today, quiet - 1)) == 0
	assert follow_up.make_tasks_of(desk.project, add_days(desk.today, quiet)) == 1


def test_content_owner(desk):
	case = finished(desk)
	follow_up.make_tasks_of(desk.project, desk.today)
	name = tasks(desk)[0].name
	with as_user(desk.agent):
		assert case.name in follow_up.script(name)
		with pytest.raises(ReasonMissing):
			follow_up.record(name, "Satisfied", " ")
		with pytest.raises(FollowUpRefused):
			follow_up.record(name, "Satisfied", "fine", stars=9)
		follow_up.record(name, "Satisfied", "All fine", stars=5)
		with pytest.raises(FollowUpRefused):
			follow_up.record(name, "Satisfied", "again")
	case.reload()
	assert case.followed_up_on and case.rating == 5


def test_discontent_opens_the_case_again_and_calls_anew(desk):
	case = finished(desk)
	follow_up.make_tasks_of(desk.project, desk.today)
	name = tasks(desk)[0].name
	with as_user(desk.agent):
		with pytest.raises(FollowUpRefused):
			follow_up.record(name, "Partly Satisfied", "Still loud", stars=2)
		assert follow_up.record(name, "Dissatisfied", "Still loud", 1, "Reopened") == "Reopened"
	case.reload()
	assert (case.status, case.reopen_count, case.followed_up_on, case.rating) == ("In Progress", 1, None, 0)
	with as_user(desk.agent):
		actions.resolve("Complaint", case.name, "Done better")
	assert follow_up.make_tasks_of(desk.project, add_days(desk.today, 30)) == 1


def test_discontent_becomes_a_proposal(desk):
	case = finished(desk)
	follow_up.make_tasks_of(desk.project, desk.today)
	name = tasks(desk)[0].name
	with as_user(desk.agent):
		follow_up.record(name, "Dissatisfied", "Always late", 1, "Improvement Proposed")
	(task,) = tasks(desk)
	proposal = frappe.get_doc("Improvement Proposal", task.proposal)
	assert (proposal.source, proposal.category, proposal.cases_before) == ("Follow-up", "Noise", 1)
	assert "Always late" in proposal.problem and proposal.source_name == name
	case.reload()
	assert case.followed_up_on and case.status == "Resolved"


def test_not_reached_three_times(desk):
	case = finished(desk)
	follow_up.make_tasks_of(desk.project, desk.today)
	name = tasks(desk)[0].name
	with as_user(desk.agent):
		assert follow_up.not_reached(name) == "Open"
		assert getdate(tasks(desk)[0].due_on) == getdate(add_days(desk.today, 1))
		assert [follow_up.not_reached(name) for _try in range(2)] == ["Open", "Not Reached"]
	case.reload()
	assert case.followed_up_on


def test_phone_is_given_to_the_caller_and_logged(desk):
	owner = make_resident(desk.project, phone="13812345678")
	finished(desk, resident=owner.name, unit=None)
	follow_up.make_tasks_of(desk.project, desk.today)
	name = tasks(desk)[0].name
	with as_user(desk.agent):
		assert follow_up.phone(name) == "13812345678"
	assert frappe.db.exists("Personal Data Access Log", {"resident": owner.name})
	with as_user(make_desk().agent), pytest.raises(frappe.PermissionError):
		follow_up.phone(name)


def test_follow_up_on_the_case_withdraws_the_call(desk):
	case = finished(desk)
	follow_up.make_tasks_of(desk.project, desk.today)
	with as_user(desk.agent):
		actions.record_follow_up("Complaint", case.name, True, "Met the owner in the lobby")
	assert tasks(desk)[0].status == "Withdrawn"


def test_task_by_hand_only_for_finished_cases(desk):
	with as_user(desk.agent):
		case = make_case("Complaint", desk)
	values = {"doctype": "Follow Up Task", "case_doctype": "Complaint", "case_name": case.name, "project": desk.project}
	with as_user(desk.supervisor), pytest.raises(FollowUpRefused):
		frappe.get_doc(values).insert()
	values["case_name"] = finished(desk).name
	with as_user(desk.supervisor):
		frappe.get_doc(values).insert()
		with pytest.raises(FollowUpRefused):
			frappe.get_doc(values).insert()
	with as_user(desk.agent), pytest.raises(frappe.PermissionError):
		frappe.get_doc(values).insert()


def test_report_keeps_the_offices_own_check_apart(desk):
	case = finished(desk)
	follow_up.make_tasks_of(desk.project, desk.today)
	with as_user(desk.agent):
		follow_up.record(tasks(desk)[0].name, "Satisfied", "Fine", stars=4)
	frappe.db.set_value(
		"Complaint", case.name, {"quality_score": 70, "quality_by": desk.supervisor, "quality_note": now_datetime()}
	)
	with as_user(desk.agent):
		_columns, (row,), _message, _chart, _summary = execute({"project": desk.project, "group_by": "Kind"})
		assert (row["tasks"], row["reached_share"], row["satisfied_share"]) == (1, 100, 100)
		assert (row["stars"], row["quality"]) == (4, 70)
	with as_user(make_desk().agent):
		assert execute({"project": desk.project})[1] == []
