"""Duty rosters, swaps and the handover of shifts (D11)."""

from datetime import datetime, timedelta

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_to_date, getdate, now_datetime
from frappe.www.printview import get_html_and_style

from kefu_property.office import duty, jobs_desk
from kefu_property.office import exceptions_desk as errors
from kefu_property.suite.approval import SelfApproval
from tests.factories.keys import lend, make_key
from tests.factories.office_desk import (
	SIGNATURE,
	approve,
	make_pattern,
	make_people,
	make_post,
	new_roster,
)
from tests.factories.parallel import at_once
from tests.factories.registry import make_project
from tests.factories.users import as_role, as_user


@pytest.fixture
def project():
	return make_project().name


def open_sheet(project: str, post: str, **values):
	return frappe.get_doc({"doctype": "Shift Handover", "project": project, "post": post, **values}).insert()


def test_a_pattern_names_its_shifts(project):
	with pytest.raises(errors.InvalidPattern):
		make_pattern(project, cycle="D X -")
	twice = [{"shift_code": "D", "shift_name": "Day", "start_time": "08:00:00", "end_time": "20:00:00"}] * 2
	with pytest.raises(errors.InvalidPattern):
		make_pattern(project, cycle="D -", shifts=twice)


def test_a_roster_fills_its_month_and_comes_into_force_with_the_approval(project):
	people = make_people(project, 3)
	with as_role("Office Clerk", project=project):
		roster = new_roster(project, people).insert()
		assert roster.month == getdate("2031-03-01")
		assert [row.position for row in roster.staff] == [1, 2, 3]
		assert (len(roster.slots), roster.gaps) == (62, 0)
		roster.set_day(people[0], "2031-03-01", "-")
		assert roster.gaps == 1 and "D" in roster.gap_text
		apply_workflow(roster, "Submit for Approval")
		with pytest.raises(frappe.ValidationError):
			apply_workflow(frappe.get_doc("Post Roster", roster.name), "Approve")
	with as_role("Office Director", project=project):
		apply_workflow(frappe.get_doc("Post Roster", roster.name), "Approve")
	shifts = frappe.get_all(
		"Post Shift", {"roster": roster.name}, ["staff", "starts_on", "ends_on"], order_by="starts_on"
	)
	assert len(shifts) == 61
	night = next(row for row in shifts if row.starts_on.hour == 20)
	assert night.ends_on - night.starts_on == timedelta(hours=12)
	on_duty = duty.on_duty_at(project, datetime(2031, 3, 2, 9))
	assert [row.post for row in on_duty] == [roster.post]
	html = get_html_and_style("Post Roster", roster.name, print_format="Post Roster Sheet")["html"]
	assert "2031-03" in html
	with as_role("Office Director", project=project):
		apply_workflow(frappe.get_doc("Post Roster", roster.name), "Cancel")
	assert not frappe.db.exists("Post Shift", {"roster": roster.name})


def test_nobody_stands_twice_or_works_at_two_posts_at_once(project):
	one, other = make_people(project, 2)
	with pytest.raises(errors.PersonTwice):
		new_roster(project, [one, other, one]).insert()
	with as_role("Office Clerk", project=project):
		roster = new_roster(project, [one, other]).insert()
	approve(roster)
	with pytest.raises(errors.DutyClash):
		new_roster(project, [one]).insert()
	with pytest.raises(errors.RosterExists):
		new_roster(project, make_people(project, 1, "Technician"), post=roster.post).insert()
	with pytest.raises(errors.NotInRoster):
		frappe.get_doc("Post Roster", new_roster(project, [one], month="2031-05-01").insert().name).set_day(
			other, "2031-05-01", "D"
		)
	with pytest.raises(errors.WrongProject):
		new_roster(make_project().name, [one], post=roster.post).insert()


def test_a_swap_takes_effect_with_its_approval(project):
	one, other = make_people(project, 2)
	with as_role("Office Clerk", project=project):
		roster = new_roster(project, [one, other], pattern=make_pattern(project, cycle="D -").name).insert()
	approve(roster)
	first, second = frappe.get_all(
		"Post Shift", {"roster": roster.name, "day": ["<=", "2031-03-02"]}, pluck="name", order_by="starts_on"
	)
	new = {"doctype": "Duty Swap", "project": project, "duty_shift": first, "reason": "Doctor"}
	with as_user(other), pytest.raises(errors.SwapRefused):
		frappe.get_doc({**new, "with_staff": other}).insert()
	with as_user(one):
		with pytest.raises(errors.PersonTwice):
			frappe.get_doc({**new, "with_staff": one}).insert()
		swap = frappe.get_doc({**new, "with_staff": other, "with_shift": second}).insert()
		apply_workflow(swap, "Submit for Approval")
	with as_role("CS Supervisor", project=project):
		apply_workflow(frappe.get_doc("Duty Swap", swap.name), "Approve")
	assert [frappe.db.get_value("Post Shift", name, "staff") for name in (first, second)] == [other, one]
	assert frappe.db.get_value("Post Shift", first, "swapped_from") == one


def test_nobody_approves_their_own_roster(project):
	with as_role("CS Supervisor", project=project):
		roster = new_roster(project, make_people(project, 1)).insert()
		apply_workflow(roster, "Submit for Approval")
		with pytest.raises((SelfApproval, frappe.ValidationError)):
			apply_workflow(frappe.get_doc("Post Roster", roster.name), "Approve")


def test_one_shift_hands_over_and_the_next_takes_over(project):
	leaver, comer = make_people(project, 2)
	post = make_post(project, sections="keys\ncases").name
	key = make_key(project)
	with as_user(leaver):
		lend(project, key.name)
		sheet = open_sheet(
			project,
			post,
			notes=[{"kind": "Follow-up", "text": "Call 3-1-802 back"}, {"kind": "Note", "text": "Gate slow"}],
		)
		assert sheet.workflow_state == "On Duty" and sheet.on_duty == leaver
		with pytest.raises(errors.ShiftNotTakenOver):
			open_sheet(project, post)
		with pytest.raises(errors.SignatureMissing):
			sheet.sign_over("")
		sheet.reload()
		assert sheet.sign_over(SIGNATURE) == "Waiting for Takeover"
	sheet.reload()
	assert {row.section for row in sheet.lines} == {"Keys Out", "Open Cases"}
	line = next(row for row in sheet.lines if row.reference_doctype == "Key Loan")
	assert key.key_code in line.subject
	with as_user(leaver), pytest.raises(errors.NotOnDuty):
		frappe.get_doc("Shift Handover", sheet.name).take_over(SIGNATURE, [line.name])
	changed = frappe.get_doc("Shift Handover", sheet.name)
	changed.notes[0].text = "Nothing"
	with pytest.raises(errors.NotOnDuty):
		changed.save()
	with as_user(comer):
		with pytest.raises(errors.ShiftNotTakenOver):
			open_sheet(project, post)
		with pytest.raises(errors.LinesUnchecked):
			frappe.get_doc("Shift Handover", sheet.name).take_over(SIGNATURE)
		with pytest.raises(errors.SignatureMissing):
			frappe.get_doc("Shift Handover", sheet.name).take_over("", [line.name])
		following = frappe.get_doc("Shift Handover", sheet.name).take_over(SIGNATURE, [line.name], "Key box checked")
	sheet.reload()
	assert (sheet.docstatus, sheet.workflow_state, sheet.taken_by) == (1, "Taken Over", comer)
	following = frappe.get_doc("Shift Handover", following)
	assert (following.on_duty, following.previous, following.workflow_state) == (comer, sheet.name, "On Duty")
	assert [row.text for row in following.notes] == ["Call 3-1-802 back"], "what is open goes on"
	html = get_html_and_style("Shift Handover", sheet.name, print_format="Shift Handover Sheet")["html"]
	assert key.key_code in html and "Key box checked" in html


def test_a_signed_sheet_is_not_filled_again(project):
	(leaver,) = make_people(project, 1)
	with as_user(leaver):
		sheet = open_sheet(project, make_post(project).name)
		assert sheet.refresh_lines() >= 4
		sheet.sign_over(SIGNATURE)
		with pytest.raises(errors.NotOnDuty):
			frappe.get_doc("Shift Handover", sheet.name).refresh_lines()


def test_a_post_asks_for_sections_that_exist(project):
	with pytest.raises(errors.UnknownSection):
		make_post(project, sections="no_such_section")


def test_a_late_handover_is_told_once_at_each_level(project):
	(leaver,) = make_people(project, 1)
	with as_role("CS Supervisor", project=project), as_role("Office Director", project=project):
		pass
	with as_user(leaver):
		sheet = open_sheet(project, make_post(project).name, due_on=add_to_date(now_datetime(), minutes=-30))

	def told() -> int:
		return frappe.db.count("Notification Log", {"document_name": sheet.name})

	assert jobs_desk.remind_late_handovers() >= 1
	assert told() == 2, "the one on duty and the supervisor"
	jobs_desk.remind_late_handovers()
	assert told() == 2
	jobs_desk.remind_late_handovers(add_to_date(now_datetime(), hours=2))
	assert told() == 3, "the director"


def open_as_post(project: str, post: str) -> None:
	open_sheet(project, post)


@pytest.mark.concurrency
def test_of_two_who_begin_duty_at_once_one_has_the_post():
	project = make_project().name
	post = make_post(project).name
	frappe.db.commit()  # the other processes must see it
	try:
		assert sorted(at_once(open_as_post, [(project, post)] * 3)) == ["ShiftNotTakenOver"] * 2 + ["ok"]
	finally:
		frappe.db.rollback()
		for doctype in ("Shift Handover", "Duty Post"):
			frappe.db.delete(doctype, {"project": project})
		frappe.db.delete("Property Project", {"name": project})
		frappe.db.commit()  # the processes needed committed data
