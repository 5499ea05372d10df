"""Facilities, plans, checks on the phone and rectification (D5, L23)."""

from datetime import datetime, timedelta

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, get_datetime, getdate, now_datetime, today
from frappe.www.printview import get_html_and_style

from kefu_property.inspection import exceptions as errors
from kefu_property.inspection import jobs, labels, planning, rounds
from kefu_property.inspection.page.inspection_round import inspection_round
from kefu_property.inspection.report.defect_recurrence.defect_recurrence import execute as recurrence
from kefu_property.inspection.report.fire_compliance.fire_compliance import execute as compliance
from kefu_property.inspection.report.inspection_completion.inspection_completion import execute as completion
from kefu_property.inspection.report.sanitation_ranking.sanitation_ranking import execute as ranking
from kefu_property.suite import attachments
from kefu_property.suite.approval import SelfApproval
from kefu_property.suite.uploads import NotAPicture
from tests.factories.inspection import (
	answers,
	make_defect,
	make_facility,
	make_plan,
	make_task,
	make_template,
	send,
)
from tests.factories.registry import make_building, make_project
from tests.factories.renovation import picture, upload
from tests.factories.users import as_role, as_user, make_user

TECHNICIAN, LEAD, SUPERVISOR = "Technician", "Engineering Lead", "CS Supervisor"


@pytest.fixture
def project():
	return make_project().name


@pytest.fixture
def photos(monkeypatch):
	"""Function that sets the photos of the next request."""

	def set_(*contents: bytes) -> None:
		monkeypatch.setattr(attachments, "uploads_of", lambda field, most: list(contents))

	set_()
	return set_


def tasks_of(plan: str) -> list[str]:
	return [
		str(day)
		for day in frappe.get_all("Inspection Task", {"plan": plan}, pluck="scheduled_for", order_by="scheduled_for")
	]


# --- facilities ----------------------------------------------------------------------------------------------------------


def test_a_facility_has_a_label_a_kind_and_a_life(project):
	facility = make_facility(project, installed_on="2015-03-01", purchase_cost="286000")
	assert (facility.kind, facility.life_years, str(facility.end_of_life)) == ("Common", 15, "2030-03-01")
	assert len(facility.code) == 8 and facility.label_text().endswith(f"/app/inspection-round/{facility.code}")
	with as_role(TECHNICIAN, project=project):
		labels.sheet([facility.name])
		assert frappe.local.response.filecontent[:4] == b"%PDF"
	with as_role(TECHNICIAN, project=make_project().name), pytest.raises(frappe.PermissionError):
		labels.sheet([facility.name])
	card = get_html_and_style(facility.as_json(), print_format="Facility Card")["html"]
	assert facility.code in card and "data:image/svg+xml" in card


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"installed_on": "2026-01-02", "warranty_until": "2026-01-01"}, errors.FacilityIncomplete),
		({"purchase_cost": -1}, errors.FacilityIncomplete),
		(
			{"on_portal": 1, "bookable": 1, "bookable_from": "09:00:00", "bookable_to": "09:30:00"},
			errors.FacilityIncomplete,
		),
		({"photos": [{"image": "/files/nothing.jpg"}]}, NotAPicture),
	],
)
def test_a_facility_that_does_not_fit_together_is_refused(project, values, error):
	with pytest.raises(error):
		make_facility(project, **values)
	with pytest.raises(errors.WrongProject):
		make_facility(project, building=make_building(make_project().name).name)


def test_photos_of_facilities_lose_place_and_camera_and_forged_ones_are_refused(project):
	facility = make_facility(project, photos=[{"image": upload(picture(place=True))}])
	kept = frappe.get_doc("File", {"file_url": facility.photos[0].image}).get_content()
	assert b"SecretCamera" in picture(place=True) and b"SecretCamera" not in kept
	with pytest.raises(NotAPicture):
		make_facility(project, photos=[{"image": upload(b"MZ\x90 program", "photo.png")}])


# --- plans ---------------------------------------------------------------------------------------------------------------


def test_tasks_are_made_ahead_once_and_follow_the_plan(project):
	template = make_template()
	lift, other = make_facility(project), make_facility(project, name="客梯 2 号")
	plan = make_plan(project, template.name, (lift.name,), category="Lift")
	days = [add_days(today(), number) for number in range(4)]
	assert tasks_of(plan.name) == sorted(days * 2)
	assert planning.generate(plans=[plan.name]) == 0
	assert planning.generate(add_days(today(), 1), [plan.name]) == 2
	assert str(frappe.db.get_value("Facility", other.name, "next_check_on")) == today()
	plan.reload()
	plan.update({"frequency": "Weekly", "days_ahead": 8, "category": None})
	plan.save()
	assert tasks_of(plan.name) == [days[0], add_days(today(), 7)]
	new = make_facility(project, name="客梯 3 号")
	plan.append("facilities", {"facility": new.name})
	plan.save()
	assert len(tasks_of(plan.name)) == 4
	new.reload()
	new.status = "Out of Use"
	new.save()
	assert len(tasks_of(plan.name)) == 2
	plan.reload()
	plan.enabled = 0
	plan.save()
	assert tasks_of(plan.name) == []


def test_days_on_which_the_job_did_not_run_are_made_up_for(project):
	template, lift = make_template(), make_facility(project)
	plan = make_plan(project, template.name, (lift.name,), days_ahead=0)
	day = getdate(today())
	planning.generate(day + timedelta(days=3), [plan.name])
	assert tasks_of(plan.name) == [str(day + timedelta(days=number)) for number in range(4)]


def test_holidays_move_the_tasks_of_a_plan(project):
	template, lift = make_template(), make_facility(project)
	settings = frappe.get_doc("Inspection Settings")
	settings.weekends_off = 0
	settings.days = []
	settings.append("days", {"day": today(), "is_working": 0})
	settings.save()
	plan = make_plan(project, template.name, (lift.name,), frequency="Monthly", calendar_rule="Next Working Day")
	assert tasks_of(plan.name) == [add_days(today(), 1)]
	settings.append("days", {"day": add_days(today(), 1), "is_working": 0})
	settings.save()
	assert tasks_of(plan.name) == [add_days(today(), 2)]
	settings.append("days", {"day": today(), "is_working": 1})
	with pytest.raises(errors.PlanInvalid):
		settings.save()


def test_plans_that_say_nothing_clear_are_refused(project):
	template = make_template()
	with pytest.raises(errors.PlanInvalid):
		make_plan(project, template.name)
	with pytest.raises(errors.PlanInvalid):
		make_plan(project, template.name, category="Fire Facilities")
	with pytest.raises(errors.WrongProject):
		make_plan(project, template.name, (make_facility(make_project().name).name,))
	with pytest.raises(errors.PlanInvalid):
		make_plan(project, template.name, (make_facility(project).name,), every=0)
	with pytest.raises(errors.PlanInvalid):
		make_template(items=[{"item_text": "Lamp", "answer_type": "Choice", "choices": "Green"}])
	with pytest.raises(errors.PlanInvalid):
		make_template(items=[{"item_text": "A", "answer_type": "Score"}] * 2, purpose="Scoring")


def test_the_first_fire_facility_brings_the_plans_of_the_law(project):
	site = make_facility(project, "Key Fire Sites", "消防控制室")
	plans = frappe.get_all("Inspection Plan", {"project": project}, ["name", "template", "purpose", "frequency"])
	assert {(row.purpose, row.frequency) for row in plans} == {
		("Patrol", "Daily"),
		("Routine Check", "Monthly"),
		("Full Test", "Yearly"),
	}
	extinguisher = make_facility(project, "Fire Extinguisher", "灭火器")
	assert frappe.db.count("Inspection Plan", {"project": project}) == 3
	daily = next(row.name for row in plans if row.purpose == "Patrol")
	assert len(tasks_of(daily)) == 8
	assert frappe.db.exists("Inspection Task", {"facility": extinguisher.name, "purpose": "Full Test"})
	assert not frappe.db.exists("Inspection Task", {"facility": extinguisher.name, "plan": daily})
	lead = make_user(LEAD, projects=(project,), email=f"lead-{project.lower()}@test.kefu.example")
	yearly = next(row.name for row in plans if row.purpose == "Full Test")
	jobs.remind_full_tests()
	assert frappe.db.exists("Notification Log", {"for_user": lead, "document_name": yearly})
	frappe.db.delete("Notification Log", {"for_user": lead})
	jobs.remind_full_tests()
	assert not frappe.db.exists("Notification Log", {"for_user": lead})
	rows = [row for row in compliance({"project": project})[1] if row.facility in (site.name, extinguisher.name)]
	assert {row.state for row in rows} == {"In Order"}
	extinguisher.db_set("installed_on", add_days(today(), -700))
	rows = compliance({"project": project, "only_overdue": 1})[1]
	assert [(row.facility, row.state) for row in rows] == [(extinguisher.name, "Full Test Overdue")]


# --- checks on a phone ---------------------------------------------------------------------------------------------------


def test_a_check_from_the_list_to_the_defect(project, photos):
	items = [
		{"item_text": "Door closes", "answer_type": "Yes or No"},
		{
			"item_text": "Pressure",
			"answer_type": "Measured Value",
			"min_value": 0.3,
			"max_value": 0.8,
			"measure": "MPa",
		},
		{"item_text": "Plate", "answer_type": "Yes or No", "photo_required": 1},
	]
	template, lift = make_template(items=items), make_facility(project)
	task = make_task(lift, template.name)
	with as_role(TECHNICIAN, project=project) as user:
		due = inspection_round.due()
		assert [row.name for row in due["tasks"]] == [task.name]
		assert [row.item_text for row in due["templates"][template.name]["items"]] == [
			"Door closes",
			"Pressure",
			"Plate",
		]
		photos(picture(place=True), picture())
		given = {
			"Door closes": {"answer": "No", "remark": "The door scrapes.", "photos": 1},
			"Pressure": {"answer": "0.5"},
			"Plate": {"answer": "Yes", "photos": 1},
		}
		sent = send(task, given, code=lift.label_text(), note="see to it")
		assert sent["result"] == "Problems" and inspection_round.due()["tasks"] == []
	task.reload()
	assert (task.status, task.done_by, task.late, len(task.lines)) == ("Done", user, 0, 3)
	assert [row.caption for row in task.photos] == ["Door closes", "Plate"]
	kept = frappe.get_doc("File", {"file_url": task.photos[0].image}).get_content()
	assert b"SecretCamera" not in kept
	defect = frappe.get_doc("Rectification", {"task": task.name})
	assert (defect.item_text, defect.description, len(defect.photos)) == ("Door closes", "The door scrapes.", 1)
	assert str(defect.due_date) == add_days(today(), 5)
	lift.reload()
	assert lift.open_rectifications == 1 and lift.last_checked_on == task.done_on
	html = get_html_and_style(task.as_json(), print_format="Inspection Check Sheet")["html"]
	assert "The door scrapes." in html and "MPa" in html
	with pytest.raises(errors.TaskNotOpen):
		task.save()
	# the same problem at the next check is noted on the open defect
	photos()
	with as_role(TECHNICIAN, project=project):
		send(make_task(lift, make_template().name), {"Door closes": {"answer": "No", "remark": "still"}})
	assert frappe.db.count("Rectification", {"facility": lift.name}) == 1
	assert frappe.db.exists("Comment", {"reference_name": defect.name, "content": ["like", "%still%"]})


def test_a_task_finished_on_two_phones_is_a_conflict_and_sent_twice_is_not(project, photos):
	template, lift = make_template(), make_facility(project)
	task = make_task(lift, template.name)
	with as_role(TECHNICIAN, project=project):
		first = send(task, request_id="phone-1-check-1")
		assert send(task, request_id="phone-1-check-1") == first
	with as_role(LEAD, project=project):
		with pytest.raises(errors.TaskDone, match="finished this check"):
			send(task, request_id="phone-2-check-1")
		extra = send(
			request_id="phone-2-check-1",
			facility=lift.name,
			template=template.name,
			performed_on=str(now_datetime() - timedelta(hours=2)),
		)
	assert frappe.db.count("Inspection Task", {"facility": lift.name}) == 2
	kept = frappe.get_doc("Inspection Task", extra["name"])
	assert kept.received_on - kept.done_on > timedelta(hours=1)


def test_a_queue_is_sent_by_its_author_alone(project, photos):
	template, lift = make_template(), make_facility(project)
	task = make_task(lift, template.name)
	with as_role(TECHNICIAN, project=project) as author:
		kept = answers(template.name)
	with as_role(LEAD, project=project), pytest.raises(errors.NotTheSender, match=author):
		send(task, rows=kept, user=author)
	with as_role(TECHNICIAN, project=project):
		assert send(task, rows=kept, user=author)["status"] == "Done"
	with as_role(TECHNICIAN, project=make_project().name), pytest.raises(frappe.PermissionError):
		inspection_round.find(lift.code)
	with as_role("Cashier", project=project), pytest.raises(frappe.PermissionError):
		inspection_round.due()


def test_labels_that_are_wrong_or_not_scanned(project, photos):
	template = make_template(scan_required=1)
	lift, other = make_facility(project), make_facility(project, name="客梯 2 号")
	task = make_task(lift, template.name)
	with as_role(TECHNICIAN, project=project):
		with pytest.raises(errors.UnknownFacility):
			inspection_round.find("NOSUCH00")
		for code, error in (
			(None, errors.WrongFacility),
			(other.code, errors.WrongFacility),
			("X", errors.UnknownFacility),
		):
			with pytest.raises(error):
				send(task, code=code)
		found = inspection_round.find(lift.code.lower())
		assert [row.name for row in found["tasks"]] == [task.name] and template.name in found["extra"]
		assert send(task, code=lift.code)["result"] == "In Order"


def test_a_counter_does_not_run_backwards(project, photos):
	items = [{"item_text": "Meter", "answer_type": "Meter Reading"}]
	template, pump = make_template(items=items), make_facility(project, "Water Supply Pump", "泵房")
	with as_role(TECHNICIAN, project=project):
		send(make_task(pump, template.name), {"Meter": "120.5"})
		task = make_task(pump, template.name)
		assert inspection_round.due()["readings"] == {pump.name: {"Meter": "120.5"}}
		with pytest.raises(errors.ReadingBelowPrevious, match=r"120\.5"):
			send(task, {"Meter": "119"})
		send(task, {"Meter": {"answer": "3", "counter_replaced": True}})
		assert rounds.last_readings([pump.name])[pump.name]["Meter"] == 3


@pytest.mark.parametrize(
	("given", "error"),
	[
		({"A": ""}, errors.CheckIncomplete),
		({"A": "perhaps"}, errors.CheckIncomplete),
		({"A": "No"}, errors.CheckIncomplete),
		({"B": "warm"}, errors.CheckIncomplete),
		({"C": {"answer": "Yes"}}, errors.CheckIncomplete),
		({"C": {"answer": "Yes", "photos": 2}}, errors.CheckIncomplete),
	],
)
def test_sheets_that_lack_something_are_refused(project, photos, given, error):
	items = [
		{"item_text": "A", "answer_type": "Yes or No"},
		{"item_text": "B", "answer_type": "Measured Value"},
		{"item_text": "C", "answer_type": "Yes or No", "photo_required": 1},
	]
	template = make_template(items=items)
	task = make_task(make_facility(project), template.name)
	photos(picture())
	with as_role(TECHNICIAN, project=project):
		with pytest.raises(error):
			send(task, {"C": {"answer": "Yes", "photos": 1}} | given)
		assert frappe.db.get_value("Inspection Task", task.name, "status") == "Planned"
		assert send(task, {"C": {"not_applicable": True}})["result"] == "In Order"


def test_forged_photos_clocks_and_hands_are_refused(project, photos):
	template, lift = make_template(), make_facility(project)
	task = make_task(lift, template.name)
	with as_role(TECHNICIAN, project=project):
		photos(b"GIF89a no picture at all")
		with pytest.raises(NotAPicture):
			send(task)
		photos()
		with pytest.raises(errors.CheckIncomplete, match="clock"):
			send(task, performed_on=str(now_datetime() + timedelta(days=1)))
		with pytest.raises(errors.CheckIncomplete):
			inspection_round.send("no json", "request-id-1", frappe.session.user, task.name)
		with pytest.raises(errors.CheckIncomplete):
			send(request_id="request-id-2", template=template.name)
		task.reload()
		task.status = "Done"
		with pytest.raises(errors.CheckIncomplete):
			task.save()


def test_missed_checks_are_told_of_once_and_can_be_made_up_for(project, photos):
	template, lift = make_template(), make_facility(project)
	boss = make_user(SUPERVISOR, projects=(project,), email=f"boss-{project.lower()}@test.kefu.example")
	plan = make_plan(project, template.name, (lift.name,), days_ahead=0)
	task = frappe.get_doc("Inspection Task", {"plan": plan.name})
	later = datetime.combine(getdate(add_days(today(), 1)), datetime.min.time())
	assert jobs.miss_tasks(later) >= 1
	task.reload()
	assert task.status == "Missed Check"
	assert frappe.db.count("Notification Log", {"for_user": boss, "document_name": task.name}) == 1
	jobs.miss_tasks(later)
	assert frappe.db.count("Notification Log", {"for_user": boss, "document_name": task.name}) == 1
	task.db_set("due_on", get_datetime(add_days(now_datetime(), -1)))
	with as_role(TECHNICIAN, project=project):
		send(task)
	task.reload()
	assert (task.status, task.late) == ("Done", 1)
	columns, rows, _none, chart, summary = completion({"project": project})
	assert [(row.label, row.late, row.completion) for row in rows] == [("Round", 1, 100)]
	assert chart["data"]["labels"] == ["Round"] and summary[0]["value"] == 1
	assert all(column["fieldname"] in rows[0] for column in columns)
	for group in ("Facility", "Carried Out By", "Facility Kind"):
		assert completion({"project": project, "group_by": group})[1][0].planned == 1


def test_a_check_is_skipped_with_a_reason_by_who_answers_for_it(project):
	task = make_task(make_facility(project), make_template().name)
	with as_role(TECHNICIAN, project=project), pytest.raises(frappe.PermissionError):
		frappe.get_doc(task.doctype, task.name).skip("no time")
	with as_role(LEAD, project=project):
		doc = frappe.get_doc(task.doctype, task.name)
		with pytest.raises(errors.CheckIncomplete):
			doc.skip(" ")
		doc.skip("The lift is being replaced.")
	with as_role(TECHNICIAN, project=project), pytest.raises(errors.TaskNotOpen, match="replaced"):
		send(task)


def test_areas_are_ranked_by_their_points(project, photos):
	items = [{"item_text": "Floor", "answer_type": "Score", "max_value": 30, "min_value": 18}]
	template = make_template("Sanitation Area", items, purpose="Scoring")
	areas = [make_facility(project, "Building Interior", f"{number} 幢", cleaner="周") for number in (1, 2, 3)]
	with as_role("Order and Cleaning Lead", project=project):
		for area, points in zip(areas, ("27", "30", "27"), strict=True):
			send(make_task(area, template.name), {"Floor": points})
		with pytest.raises(errors.CheckIncomplete):
			send(make_task(areas[0], template.name), {"Floor": "31"})
		rows = ranking({"project": project})[1]
	assert [(row.facility, row["rank"], row.average) for row in rows] == [
		(areas[1].name, 1, 100),
		(areas[0].name, 2, 90),
		(areas[2].name, 2, 90),
	]


# --- rectification -------------------------------------------------------------------------------------------------------


def step(doc, role: str, action: str, project: str, **values):
	with as_role(role, project=project):
		doc = frappe.get_doc(doc.doctype, doc.name)
		if values:
			doc.update(values)
			doc.save()
		return apply_workflow(doc, action)


def test_a_defect_is_mended_and_verified_by_somebody_else(project):
	lift = make_facility(project)
	with as_role(SUPERVISOR, project=project) as finder:
		defect = make_defect(lift, severity="Serious")
	assert defect.found_by == finder
	with pytest.raises(errors.RectificationIncomplete, match="what was done"):
		step(defect, TECHNICIAN, "Report Rectification", project)
	with pytest.raises(errors.RectificationIncomplete, match="photo"):
		step(defect, TECHNICIAN, "Report Rectification", project, rectification="New hinge")
	with as_role(TECHNICIAN, project=project):
		photo = {"image": upload(picture(place=True))}
		doc = frappe.get_doc(defect.doctype, defect.name)
		doc.update({"rectification": "New hinge", "cost": 120, "rectified_photos": [photo]})
		doc.save()
		doc = apply_workflow(doc, "Report Rectification")
		assert doc.rectified_by == frappe.session.user
		with pytest.raises(frappe.ValidationError):
			apply_workflow(doc, "Confirm")
	defect.reload()
	lead = make_user(LEAD, projects=(project,), email=f"mender-{project.lower()}@test.kefu.example")
	defect.db_set("rectified_by", lead)
	with as_user(lead), pytest.raises(errors.VerifiedByMender):
		apply_workflow(frappe.get_doc(defect.doctype, defect.name), "Confirm")
	done = step(defect, SUPERVISOR, "Confirm", project, verification="Closes well")
	assert done.status == "Closed" and done.approved_by
	assert frappe.db.get_value("Facility", lift.name, ["open_rectifications", "maintenance_cost"]) == (0, 120)
	html = get_html_and_style(done.as_json(), print_format="Rectification Order")["html"]
	assert "New hinge" in html and "Closes well" in html
	done.description = "changed"
	with pytest.raises(errors.RectificationIncomplete):
		done.save()
	again = make_defect(lift)
	assert again.repeated == 1
	rows = recurrence({"project": project, "only_repeated": 1})[1]
	assert [(row.facility, row.found, row.open) for row in rows] == [(lift.name, 2, 1)]


def test_the_reporter_does_not_verify(project):
	both = make_user(TECHNICIAN, LEAD, projects=(project,), email=f"both-{project.lower()}@test.kefu.example")
	defect = make_defect(make_facility(project))
	with as_user(both):
		doc = frappe.get_doc(defect.doctype, defect.name)
		doc.update({"rectification": "done", "rectified_by": make_user(TECHNICIAN)})
		doc.save()
		doc = apply_workflow(doc, "Report Rectification")
		doc.status = "Closed"
		with pytest.raises(SelfApproval):
			doc.save()


def test_more_time_needs_an_approval(project):
	defect = make_defect(make_facility(project))
	day = add_days(today(), 12)
	defect.due_date = day
	with pytest.raises(errors.RectificationIncomplete, match="extension"):
		defect.save()
	with as_role(TECHNICIAN, project=project):
		values = {
			"doctype": "Rectification Extension",
			"project": project,
			"rectification": defect.name,
			"reason": "Part on order",
		}
		with pytest.raises(errors.ExtensionInvalid):
			frappe.get_doc(values | {"new_due_date": today()}).insert()
		asked = apply_workflow(frappe.get_doc(values | {"new_due_date": day}).insert(), "Submit for Approval")
		with pytest.raises(errors.ExtensionInvalid, match="Another"):
			frappe.get_doc(values | {"new_due_date": day}).insert()
	with as_role(SUPERVISOR, project=project):
		apply_workflow(frappe.get_doc(asked.doctype, asked.name), "Approve")
	defect.reload()
	assert (str(defect.due_date), defect.extensions) == (day, 1)
	assert str(defect.first_due_date) == add_days(today(), 5)


def test_alerts_of_defects_come_before_and_after_the_day(project):
	worker = make_user(TECHNICIAN, projects=(project,), email=f"worker-{project.lower()}@test.kefu.example")
	boss = make_user(SUPERVISOR, projects=(project,), email=f"boss-{project.lower()}@test.kefu.example")
	defect = make_defect(make_facility(project), responsible=worker)

	def alerts(user: str) -> int:
		return frappe.db.count("Notification Log", {"for_user": user, "document_name": defect.name})

	assert (alerts(worker), alerts(boss)) == (1, 0)
	for day, told in ((2, (1, 0)), (3, (2, 0)), (4, (2, 0)), (6, (3, 1)), (7, (3, 1))):
		jobs.watch_rectifications(add_days(today(), day))
		assert (alerts(worker), alerts(boss)) == told, day
	with pytest.raises(errors.RectificationIncomplete):
		defect.delete()
