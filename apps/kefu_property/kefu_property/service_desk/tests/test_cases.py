"""Complaints, repair orders and enquiries from intake to closing, with users of the lowest role that should do it (D3)."""

import frappe
import pytest
from frappe.model.workflow import WorkflowPermissionError, apply_workflow
from frappe.utils import add_to_date, get_datetime, now_datetime

from kefu_property.service_desk import actions, jobs, photos
from kefu_property.service_desk.doctype.complaint.complaint import mark_as_major
from kefu_property.service_desk.doctype.service_incident.service_incident import add_cases, answer_all, find_cases
from kefu_property.service_desk.exceptions import (
	DepartmentWithoutPeople,
	DirectorCloses,
	FollowUpMissing,
	InvalidContactPhone,
	InvalidStandard,
	MajorNotFinished,
	MergeRefused,
	NotOfProject,
	ReasonMissing,
	ReporterMissing,
	ResultMissing,
	SelfVerification,
	StepRefused,
	TransferRefused,
	UnsuitablePhoto,
	WrongCategory,
	WrongHome,
)
from kefu_property.suite import state
from kefu_property.suite.row_rules import ModuleDisabled
from tests.factories.registry import make_home, make_resident
from tests.factories.service_desk import make_case, make_desk, picture, set_people, staff
from tests.factories.users import as_user


@pytest.fixture
def desk():
	return make_desk()


def step(doc, action: str):
	return apply_workflow(frappe.get_doc(doc.doctype, doc.name).as_json(), action)


def read(doc):
	return frappe.get_doc(doc.doctype, doc.name)


def test_a_new_project_gets_departments_and_a_standard(desk):
	assert frappe.db.exists("Service Standard", desk.project)
	assert frappe.db.count("Service Department", {"project": desk.project}) == 4


def test_repair_goes_to_the_department_of_its_category_in_turns(desk):
	with as_user(desk.agent):
		first, second, third = (make_case("Repair Order", desk) for _ in range(3))
	assert first.department == desk.engineering
	assert [first.assigned_to, second.assigned_to, third.assigned_to] == [*desk.technicians, desk.technicians[0]]
	assert first.status == "Assigned"
	assert frappe.db.exists(
		"ToDo", {"reference_name": first.name, "allocated_to": desk.technicians[0], "status": "Open"}
	)


def test_nobody_in_the_department_leaves_the_case_new(desk):
	set_people(desk.engineering)
	with as_user(desk.agent):
		order = make_case("Repair Order", desk)
	assert (order.status, order.assigned_to) == ("New", None)


def test_deadlines_follow_the_matrix_of_the_project(desk):
	with as_user(desk.agent):
		case = make_case("Complaint", desk, received_on="2026-03-02 09:00:00")
	assert get_datetime(case.first_answer_due) == get_datetime("2026-03-02 09:15:00")
	assert get_datetime(case.feedback_due) == get_datetime("2026-03-03 09:00:00")
	assert get_datetime(case.close_due) == get_datetime("2026-03-05 09:00:00")
	assert case.deadline_state == "Overdue"


def test_whole_way_of_a_complaint(desk):
	with as_user(desk.agent):
		case = make_case("Complaint", desk)
		step(case, "Take Up")
		actions.reply("Complaint", case.name, "We are looking into it", "Feedback", "Phone")
		with pytest.raises(ResultMissing):
			step(case, "Resolve")
		actions.resolve("Complaint", case.name, "Spoke with the neighbour", "Neighbour")
		with pytest.raises(Exception, match="Not a valid Workflow Action"):
			step(case, "Verify")
	with as_user(desk.supervisor):
		step(case, "Verify")
	with as_user(desk.agent):
		with pytest.raises(FollowUpMissing):
			step(case, "Close")
		frappe.db.set_value("Complaint", case.name, "followed_up_on", now_datetime())
		step(case, "Close")
	case = read(case)
	assert (case.status, case.deadline_state, case.closed_by) == ("Closed", "Met", desk.agent)
	assert case.first_answered_on and case.feedback_on
	assert not frappe.db.exists("ToDo", {"reference_name": case.name, "status": "Open"})
	states = frappe.get_all("Approval Record", {"reference_name": case.name}, pluck="to_state", order_by="creation")
	assert states == ["In Progress", "Resolved", "Verified", "Closed"]


def test_whoever_resolved_does_not_verify(desk):
	with as_user(desk.supervisor):
		case = make_case("Complaint", desk)
		actions.accept("Complaint", case.name)
		actions.resolve("Complaint", case.name, "Done")
		with pytest.raises(SelfVerification):
			step(case, "Verify")


def test_state_cannot_be_written_past_the_workflow(desk):
	with as_user(desk.agent):
		case = make_case("Complaint", desk, status="Closed")
		assert case.status == "New"
		case.status = "Closed"
		with pytest.raises(WorkflowPermissionError):
			case.save()


def test_waiting_for_the_owner_stops_the_clock(desk):
	with as_user(desk.agent):
		case = make_case("Complaint", desk)
		actions.accept("Complaint", case.name)
		before = read(case).close_due
		with pytest.raises(ReasonMissing):
			actions.wait_for_owner("Complaint", case.name, "  ")
		actions.wait_for_owner("Complaint", case.name, "Owner is travelling")
		waiting = read(case)
		assert (waiting.status, waiting.deadline_state, waiting.close_due, waiting.next_due) == (
			"Waiting for Owner",
			"Waiting",
			None,
			None,
		)
		frappe.db.set_value("Case Pause", waiting.pauses[0].name, "from_time", add_to_date(now_datetime(), hours=-5))
		frappe.db.set_value("Complaint", case.name, "received_on", add_to_date(now_datetime(), hours=-6))
		actions.carry_on("Complaint", case.name)
	case = read(case)
	moved = get_datetime(case.close_due) - (get_datetime(before) - (now_datetime() - get_datetime(case.received_on)))
	assert abs(moved.total_seconds() - 5 * 3600) < 60
	assert case.pauses[0].to_time


def test_transfer_needs_the_other_departments_answer(desk):
	with as_user(desk.agent):
		case = make_case("Complaint", desk)
		assert case.department != desk.engineering
		with pytest.raises(DepartmentWithoutPeople):
			actions.request_transfer("Complaint", case.name, f"{desk.project}-秩序维护部", "Theirs")
		with pytest.raises(TransferRefused):
			actions.request_transfer("Complaint", case.name, case.department, "Same")
		with pytest.raises(TransferRefused):
			actions.request_transfer("Complaint", case.name, "No such department", "x")
		with pytest.raises(ReasonMissing):
			actions.request_transfer("Complaint", case.name, desk.engineering, "")
		actions.request_transfer("Complaint", case.name, desk.engineering, "A pump makes the noise")
		with pytest.raises(TransferRefused):
			actions.answer_transfer("Complaint", case.name, True)
	with as_user(desk.technicians[0]):
		with pytest.raises(ReasonMissing):
			actions.answer_transfer("Complaint", case.name, False)
		actions.answer_transfer("Complaint", case.name, True)
	case = read(case)
	assert (case.department, case.status) == (desk.engineering, "Assigned")
	assert case.assigned_to in desk.technicians
	assert case.transfers[0].answer == "Accepted"


def test_reopening_counts_and_clears_the_result(desk):
	with as_user(desk.agent):
		case = make_case("Enquiry", desk)
		actions.accept("Enquiry", case.name)
		actions.resolve("Enquiry", case.name, "Answered")
		step(case, "Close")
		actions.reopen("Enquiry", case.name, "Not understood")
	case = read(case)
	assert (case.status, case.reopen_count, case.closed_on, case.resolved_on) == ("In Progress", 1, None, None)


def test_merged_case_gets_the_answer_of_the_other(desk):
	with as_user(desk.agent):
		first = make_case("Complaint", desk)
		second = make_case("Complaint", desk)
		second.append("photos", {"image": upload(picture())})
		second.save()
		with pytest.raises(MergeRefused):
			actions.merge("Complaint", first.name, first.name)
		actions.merge("Complaint", second.name, first.name)
		actions.reply("Complaint", first.name, "Solved tonight", "Feedback", "Phone")
	first, second = read(first), read(second)
	assert (second.status, second.duplicate_of) == ("Merged", first.name)
	assert [row.text for row in second.replies] == ["Solved tonight"]
	assert len(first.photos) == 1


def test_answer_by_message_is_sent_and_kept(desk):
	resident = make_resident(desk.project, "王芳", phone="13800001234")
	with as_user(desk.agent):
		case = make_case("Complaint", desk, resident=resident.name, reply_channel="Message")
		delivery = actions.reply("Complaint", case.name, "On our way")
	assert delivery
	message = frappe.get_last_doc("Outgoing Message", {"resident": resident.name})
	assert case.name in message.text and "On our way" in message.text


def test_unknown_caller_and_matched_caller(desk):
	known = make_resident(desk.project, "李雷", phone="13911112222")
	with as_user(desk.agent):
		matched = make_case("Complaint", desk, resident=None, contact_phone="139 1111 2222")
		assert (matched.resident, matched.contact_phone, matched.reporter_name) == (known.name, None, "李雷")
		stranger = make_case("Complaint", desk, resident=None, unit=None, contact_phone="+86 13700001111")
		assert (stranger.resident, stranger.contact_phone, stranger.phone_masked) == (
			None,
			"13700001111",
			"137****1111",
		)
		with pytest.raises(ReporterMissing):
			make_case("Complaint", desk, resident=None)
		with pytest.raises(InvalidContactPhone):
			make_case("Complaint", desk, resident=None, contact_phone="12345")


def test_wrong_home_category_and_assignee(desk):
	other = make_desk()
	with as_user("Administrator"):
		with pytest.raises(WrongHome):
			make_case("Complaint", desk, unit=other.unit)
		with pytest.raises(WrongHome):
			make_case("Complaint", desk, department=other.service)
		with pytest.raises(WrongCategory):
			make_case("Complaint", desk, category="Pipe Leak")
		with pytest.raises(WrongCategory):
			make_case("Complaint", desk, category="Living Environment")
		with pytest.raises(NotOfProject):
			make_case("Complaint", desk, assigned_to=other.agent)
		with pytest.raises(frappe.LinkValidationError):
			make_case("Complaint", desk, unit="no such home")


def test_other_projects_cases_are_out_of_reach(desk):
	other = make_desk()
	with as_user(other.agent):
		case = make_case("Complaint", other)
	with as_user(desk.agent):
		assert case.name not in frappe.get_list("Complaint", pluck="name")
		with pytest.raises(frappe.PermissionError):
			actions.reply("Complaint", case.name, "hello")
		with pytest.raises(frappe.PermissionError):
			make_case("Complaint", other)
		with pytest.raises(StepRefused):
			actions.reply("User", desk.agent, "hello")


def test_a_resident_of_the_portal_has_no_access_to_the_actions(desk):
	with as_user(desk.agent):
		case = make_case("Complaint", desk)
	resident = staff(f"resident-{desk.project}", None, "Property Resident", user_type="Website User")
	with as_user(resident), pytest.raises(frappe.PermissionError):
		actions.reply("Complaint", case.name, "hello")


def test_incident_answers_everybody_at_once(desk):
	unit, resident, _ = make_home(desk.project, "1-1-102")
	with as_user(desk.agent):
		first = make_case("Repair Order", desk, category="No Water")
		second = make_case("Repair Order", desk, category="No Water", unit=unit.name, resident=resident.name)
		incident = frappe.get_doc(
			{
				"doctype": "Service Incident",
				"title": "Main broken",
				"project": desk.project,
				"category": "No Water",
				"buildings": "1",
			}
		).insert()
		found = find_cases(incident.name)
		assert {row["name"] for row in found} == {first.name, second.name}
		assert add_cases(incident.name, [["Repair Order", row["name"]] for row in found]) == 2
		assert answer_all(incident.name, "Water is back at noon") == 2
		assert answer_all(incident.name, "Water is back", resolve=True) == 2
	assert [read(case).status for case in (first, second)] == ["Resolved", "Resolved"]
	assert len(read(second).replies) == 2
	assert frappe.db.get_value("Service Incident", incident.name, "status") == "Resolved"


def test_major_complaint_tells_at_once_and_only_the_director_closes(desk):
	director = staff(f"director-{desk.project}", desk.project, "Office Director", "CS Supervisor", "CS Agent")
	auditor = staff(f"auditor-{desk.project}", None, "HQ Quality Auditor")
	with as_user(desk.agent):
		case = make_case("Complaint", desk)
		mark_as_major(case.name, "Reporters in front of the gate")
		told = set(frappe.get_all("Notification Log", {"document_name": case.name}, pluck="for_user"))
		assert {director, auditor, desk.supervisor} <= told
		case = read(case)
		assert case.is_major and get_datetime(case.major_report_due) > now_datetime()
		case.append("tasks", {"task": "Talk to the owner", "responsible": desk.supervisor, "due_on": now_datetime()})
		case.save()
		actions.accept("Complaint", case.name)
		actions.resolve("Complaint", case.name, "Explained")
	with as_user(desk.supervisor):
		step(case, "Verify")
	case.db_set("followed_up_on", now_datetime())
	with as_user(director), pytest.raises(MajorNotFinished):
		step(case, "Close")
	case = read(case)
	case.tasks[0].done, case.major_report, case.flags.system_step = 1, "What happened and why", True
	case.save()
	with as_user(desk.agent), pytest.raises(DirectorCloses):
		step(case, "Close")
	with as_user(director):
		step(case, "Close")
	assert read(case).status == "Closed"


def test_a_category_can_make_a_complaint_major(desk):
	with as_user(desk.agent):
		assert make_case("Complaint", desk, category="Fire Safety Hazard").is_major
		assert not make_case("Complaint", desk).is_major


def test_job_colours_deadlines_and_tells_the_supervisor(desk):
	with as_user(desk.agent):
		case = make_case("Complaint", desk)
	assert case.deadline_state == "On Time"
	past = add_to_date(now_datetime(), minutes=-1)
	case.db_set({"next_due": past, "warn_on": past})
	jobs.watch_deadlines()
	assert frappe.db.get_value("Complaint", case.name, "deadline_state") == "Overdue"
	assert frappe.db.exists("Notification Log", {"document_name": case.name, "for_user": desk.supervisor})
	told = frappe.db.count("Notification Log", {"document_name": case.name})
	jobs.watch_deadlines()
	assert frappe.db.count("Notification Log", {"document_name": case.name}) == told


def test_standard_refuses_contradictions(desk):
	standard = frappe.get_doc("Service Standard", desk.project)
	standard.append("hours", {"weekday": "Monday", "from_time": "09:00:00", "to_time": "10:00:00"})
	with pytest.raises(InvalidStandard):
		standard.save()
	standard.reload()
	standard.append("deadlines", standard.deadlines[0].as_dict(no_default_fields=True))
	with pytest.raises(InvalidStandard):
		standard.save()
	standard.reload()
	standard.hotline_token = "short"
	with pytest.raises(InvalidStandard):
		standard.save()


def test_suggestion_from_the_text(desk):
	with as_user(desk.agent):
		found = actions.suggest_category("厨房水管漏水", "Repair Order", desk.project)
		assert found[0]["category"] == "Pipe Leak"
		assert actions.suggest_category("", "Repair Order") == []


def test_assignment_with_the_desks_own_button(desk):
	set_people(desk.engineering)
	with as_user(desk.agent):
		order = make_case("Repair Order", desk)
	frappe.get_doc(
		{
			"doctype": "ToDo",
			"allocated_to": desk.technicians[1],
			"reference_type": "Repair Order",
			"reference_name": order.name,
			"description": "x",
		}
	).insert()
	order = read(order)
	assert (order.status, order.assigned_to) == ("Assigned", desk.technicians[1])


def test_disabled_module_takes_no_case(desk):
	state.disable("service_desk")
	try:
		with as_user(desk.agent):
			with pytest.raises(frappe.PermissionError):
				make_case("Complaint", desk)
			with pytest.raises(ModuleDisabled):
				frappe.get_list("Complaint")
	finally:
		state.enable("service_desk")


# --- photos ----------------------------------------------------------------------------------------------------------


def upload(content: bytes, name: str = "photo.jpg") -> str:
	file = frappe.get_doc({"doctype": "File", "file_name": name, "is_private": 1, "content": content})
	return file.insert(ignore_permissions=True).file_url


def test_place_is_removed_from_photos(desk):
	with as_user(desk.agent):
		case = make_case("Complaint", desk)
		case.append("photos", {"image": upload(picture(place=True))})
		case.save()
	kept = frappe.get_doc("File", {"file_url": read(case).photos[0].image})
	assert kept.attached_to_name == case.name and kept.is_private
	content = kept.get_content()
	assert b"SecretCamera" not in content and b"Exif" not in content


@pytest.mark.parametrize(
	("content", "words"),
	[
		(b"%PDF-1.4 not a picture", "no picture"),
		(b"GIF89a" + b"0" * 50, "no picture"),
		(b"<svg onload='alert(1)'/>", "no picture"),
		(b"\xff\xd8\xff\xe0" + b"broken" * 30, "damaged"),
		(b"\xff\xd8\xff" + b"0" * (50 * 1024 * 1024), "larger than 10 MB"),
	],
)
def test_what_is_no_picture_is_refused(content, words):
	with pytest.raises(UnsuitablePhoto, match=words):
		photos.clean(content)


def test_kind_is_sniffed_and_the_suffix_follows(desk):
	content, suffix = photos.clean(picture("PNG"))
	assert suffix == ".png" and content.startswith(b"\x89PNG")
	assert photos.clean(picture("WEBP"))[1] == ".webp"


def test_an_older_site_gets_the_indexes_of_cases_once():
	from kefu_property.patches import index_cases

	index = "project_resolved_on_index"
	frappe.db.sql_ddl(f"alter table `tabComplaint` drop index `{index}`")
	assert not frappe.db.has_index("tabComplaint", index)
	for _run in range(2):
		index_cases.execute()
		assert frappe.db.has_index("tabComplaint", index)
