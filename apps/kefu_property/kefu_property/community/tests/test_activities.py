"""Activities: plan, approval, places, waiting list, fee, safety, check-in, cost and review (D16, D6)."""

import json

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime
from frappe.www.printview import get_html_and_style

from kefu_property.community import exceptions as errors
from kefu_property.community import registrations
from kefu_property.community.page.activity_check_in import activity_check_in as phone
from kefu_property.community.page.event_supervision import event_supervision as supervision
from kefu_property.community.portal import activities as portal
from kefu_property.community.report.activity_participation_and_cost.activity_participation_and_cost import (
	execute as cost_report,
)
from tests.factories.billing import pay
from tests.factories.community import fill_safety_sheet, make_activity, make_owner, register, start_today, step
from tests.factories.registry import make_project
from tests.factories.renovation import picture, upload
from tests.factories.users import as_role, as_user


@pytest.fixture
def project():
	return make_project().name


def page(user: str, rest: str = ""):
	context = frappe._dict(rest=rest)
	with as_user(user):
		portal.get_context(context)
	return context


def counts(activity) -> tuple[int, int]:
	return frappe.db.get_value("Community Activity", activity.name, ["registered_count", "waiting_count"])


def test_small_budgets_end_with_the_supervisor_large_ones_with_the_director(project):
	for planned, roles in ((1000, ["CS Supervisor"]), (8000, ["CS Supervisor", "Office Director"])):
		doc = make_activity(project, approved=False, costs=[{"cost_item": "Stage", "planned": planned}])
		doc.db_set("owner", "somebody@test.kefu.example")
		with as_role("CS Agent", project=project):
			step(doc, "Submit for Approval")
		for role in roles:
			with as_role(role, project=project):
				action = "Approve" if role == roles[-1] else "Forward to the Director"
				doc = step(doc, action)
		assert (doc.workflow_state, doc.docstatus, doc.budget_total) == ("Approved", 1, planned)


@pytest.mark.parametrize(
	"values",
	[
		{"ends_on": "2020-01-01 10:00:00"},
		{"registration_until": "2099-01-01 10:00:00"},
		{"registration_from": "2099-01-01 10:00:00"},
		{"max_people": 9},
	],
)
def test_plans_that_contradict_themselves(project, values):
	with pytest.raises(errors.ActivityPlan):
		make_activity(project, approved=False, **values)


def test_places_waiting_list_and_moving_up(project):
	activity = make_activity(project)
	people = [make_owner(project) for _ in range(4)]
	with as_user(people[0][2]):
		assert "registered" in portal.register(activity.name, 2)["toast"]
		with pytest.raises(errors.AlreadyRegistered):
			portal.register(activity.name, 1)
	with as_user(people[1][2]):
		assert "waiting list" in portal.register(activity.name, 2)["toast"]
	with as_user(people[2][2]):  # one place is free, but nobody overtakes
		portal.register(activity.name, 1)
	assert counts(activity) == (2, 3)
	assert page(people[2][2], activity.name).mine.status == "Waiting"
	with as_user(people[0][2]):
		portal.cancel(activity.name)
	assert counts(activity) == (3, 0)
	assert [page(owner[2], activity.name).mine.status for owner in people[1:3]] == ["Has a Place", "Has a Place"]
	with as_user(people[0][2]):
		portal.register(activity.name, 1)  # who cancelled may come again, at the end
	assert counts(activity) == (3, 1)
	doc = frappe.get_doc("Community Activity", activity.name)
	doc.quota = 2
	with pytest.raises(errors.QuotaBelowRegistered):
		doc.save(ignore_permissions=True)
	doc.reload()
	doc.quota = 4
	doc.save(ignore_permissions=True)
	assert counts(activity) == (4, 0)


def test_refused_registrations(project):
	activity = make_activity(project, owners_only=1)
	_home, resident, user = make_owner(project)
	_h, _r, stranger = make_owner(make_project().name)
	with as_user(stranger), pytest.raises(frappe.DoesNotExistError):
		portal.register(activity.name, 1)
	with as_user(user):
		for people in (0, 4):
			with pytest.raises(errors.TooManyPeople):
				portal.register(activity.name, people)
		activity.db_set("registration_until", add_to_date(now_datetime(), hours=-1))
		with pytest.raises(errors.RegistrationClosed):
			portal.register(activity.name, 1)
	with as_role("CS Agent", project=project):  # the office may still add somebody
		row = register(activity.name, resident)
		assert row.status == "Has a Place"
		row.people = 3
		with pytest.raises((errors.ChangedByHand, frappe.ValidationError)):
			row.save()
		row.reload()
	frappe.db.set_value("Unit Occupancy", {"resident": resident.name}, "relation", "Tenant")
	row.cancel_registration()
	activity.db_set("registration_until", None)
	with as_user(user), pytest.raises(errors.RegistrationClosed, match="owners"):
		portal.register(activity.name, 1)


def test_the_fee_is_billed_taken_back_and_kept_when_late(project):
	activity = make_activity(project, fee="30", quota=2, max_people=2)
	_h, first, user = make_owner(project)
	_h, second, _user = make_owner(project)
	with as_user(user):
		portal.register(activity.name, 2)
	waiting = register(activity.name, second)
	row = registrations.mine(activity.name, [first.name])
	assert (row.amount, waiting.status, waiting.bill) == (60, "Waiting", None)
	bill = frappe.get_doc("Fee Invoice", row.bill)
	assert (bill.resident, bill.total, bill.lines[0].fee_item) == (first.name, 60, "Activity Fee")
	pay(first, "60", [(bill.name, "60")], posting_date=frappe.utils.today())
	with as_user(user):
		portal.cancel(activity.name)
	row.reload()
	assert row.status == "Cancelled" and "60.00" in row.refund_note
	assert frappe.db.get_value("Fee Invoice", bill.name, "docstatus") == 2
	waiting.reload()
	assert waiting.status == "Has a Place" and frappe.db.get_value("Fee Invoice", waiting.bill, "total") == 30
	activity.db_set("starts_on", add_to_date(now_datetime(), hours=2))
	registrations.cancel(waiting.name)
	waiting.reload()
	assert frappe.db.get_value("Fee Invoice", waiting.bill, "docstatus") == 1 and "too late" in waiting.refund_note
	assert frappe.db.get_value("Community Activity", activity.name, "income_total") == 30


def test_a_cancelled_activity_frees_everybody(project):
	activity = make_activity(project, fee="30")
	_h, resident, _user = make_owner(project)
	row = register(activity.name, resident)
	with as_role("CS Supervisor", project=project):
		with pytest.raises(errors.ActivityNotReady, match="reason"):
			step(activity, "Cancel")
		doc = frappe.get_doc("Community Activity", activity.name)
		doc.cancel_reason = "Rain"
		doc.save()
		doc = step(doc, "Cancel")
	row.reload()
	assert (doc.docstatus, row.status) == (2, "Cancelled")
	assert frappe.db.get_value("Fee Invoice", row.bill, "docstatus") == 2


def test_no_risk_starts_without_a_signature(project):
	activity = make_activity(project, risk="High", expected_people=80)
	with as_role("CS Agent", project=project):
		with pytest.raises(errors.ActivityNotReady):
			step(activity, "Start")
		start_today(activity)
		with pytest.raises(errors.SafetyNotSigned):
			step(activity, "Start")
		doc = frappe.get_doc("Community Activity", activity.name)
		sheet = frappe.get_doc("Event Safety Sheet", doc.make_safety_sheet())
		assert doc.make_safety_sheet() == sheet.name and len(sheet.checks) >= 8
		with pytest.raises(errors.SafetySheetIncomplete):
			step(sheet, "Submit for Approval")
		fill_safety_sheet(sheet.name)
		step(sheet, "Submit for Approval")
		with pytest.raises(errors.SafetyNotSigned):
			step(activity, "Start")
	with as_role("CS Supervisor", project=project):
		sheet = step(sheet, "Sign Off")
	assert sheet.approved_by
	with as_role("Order and Cleaning Lead", project=project):
		sheet.reload()
		sheet.staff[0].post = "West gate"
		with pytest.raises(errors.SafetySheetFixed):
			sheet.save()
		sheet.reload()
		incident = {"kind": "Injury", "details": "A child fell", "action_taken": "First aid", "injured": 1}
		sheet.append("incidents", {"happened_on": now_datetime(), **incident})
		sheet.save()
		assert sheet.incident_count == 1
	with as_role("CS Agent", project=project):
		step(activity, "Start")
		doc = frappe.get_doc("Community Activity", activity.name)
		doc.review = "Fine"
		doc.save()
		with pytest.raises(errors.ActivityNotReady, match="safety sheet"):
			step(activity, "Finish Activity")
		with pytest.raises(errors.SafetySheetIncomplete):
			step(sheet, "Close")
		sheet.reload()
		sheet.closing_note = "Site left clean."
		sheet.save()
		step(sheet, "Close")
		step(activity, "Finish Activity")
	html = get_html_and_style(
		frappe.get_doc("Event Safety Sheet", sheet.name).as_json(), print_format="Event Safety Paper"
	)["html"]
	assert "A child fell" in html and "2026-118" in html


@pytest.mark.parametrize(
	"values",
	[
		{"risk": "High", "permit_no": None},
		{"staff": []},
		{"permit_until": "2020-01-01"},
		{"emergency_plan": " ", "risk": "High"},
	],
)
def test_what_a_signature_needs(project, values):
	activity = make_activity(project, risk="Medium")
	sheet = fill_safety_sheet(activity.make_safety_sheet())
	sheet.update(values)
	sheet.workflow_state = "Pending Approval"
	with pytest.raises(errors.SafetySheetIncomplete):
		sheet.save(ignore_permissions=True)


def test_the_sheet_on_a_phone(project):
	activity = make_activity(project, risk="Low", expected_people=80)
	sheet = activity.make_safety_sheet()
	with as_role("Order and Cleaning Lead", project=project):
		assert sheet in [row.name for row in supervision.coming()]
		data = supervision.show(sheet)
		assert (data["may_check"], data["may_report"]) == (True, False)
		lines = [{"name": row["name"], "result": "OK"} for row in data["checks"]]
		lines[0] |= {"result": "Problem", "remark": "Blocked by a van"}
		supervision.save_checks(sheet, json.dumps(lines))
		assert [row["result"] for row in supervision.show(sheet)["checks"]][:2] == ["Problem", "OK"]
		with pytest.raises(errors.SafetySheetIncomplete):
			supervision.save_checks(sheet, json.dumps([{**lines[1], "result": "Perhaps"}]))
		with pytest.raises(errors.SafetySheetIncomplete, match="sign-off"):
			supervision.report_incident(sheet, "Injury", "A fall", "First aid", 1)
		fill_safety_sheet(sheet).db_set("workflow_state", "Signed Off")
		supervision.report_incident(sheet, "Injury", "A fall", "First aid", 1)
		assert supervision.show(sheet)["incidents"][0]["details"] == "A fall"
		with pytest.raises(errors.SafetySheetFixed):
			supervision.save_checks(sheet, json.dumps([{**lines[1], "result": "Problem"}]))
	with as_role("Cashier", project=project):
		for call in (supervision.coming, lambda: supervision.show(sheet)):
			with pytest.raises(frappe.PermissionError):
				call()


def test_check_in_cost_review_and_stars(project):
	activity = make_activity(project)
	_h, first, user = make_owner(project)
	_h, second, _user = make_owner(project)
	row, absent = register(activity.name, first, 2), register(activity.name, second)
	start_today(activity)
	with as_role("CS Agent", project=project):
		with pytest.raises(errors.NotCheckedIn, match="under way"):
			phone.check_in(activity.name, row.code)
		step(activity, "Start")
		assert activity.name in [line.name for line in phone.today()]
		with pytest.raises(errors.NotCheckedIn):
			phone.check_in(activity.name, row.code, 3)
		answer = phone.check_in(activity.name, f"https://x/{row.code.lower()}", 2)
		assert (answer["people"], answer["again"]) == (2, False)
		assert phone.check_in(activity.name, row.code)["again"]
		with pytest.raises(errors.NotCheckedIn, match="NOCODE"):
			phone.check_in(activity.name, "nocode")
		absent.reload()
		absent.cancel_registration()
		with pytest.raises(errors.NotCheckedIn):
			phone.check_in(activity.name, absent.code)
		data = phone.show(activity.name)
		assert (data["attended"], len(data["people"])) == (2, 1)
		doc = frappe.get_doc("Community Activity", activity.name)
		doc.costs[0].actual = 1200
		doc.append("photos", {"image": upload(picture(place=True)), "caption": "Lanterns"})
		doc.save()
		with pytest.raises(errors.ActivityNotReady, match="review"):
			step(activity, "Finish Activity")
		doc.review = "Bright."
		doc.save()
		with pytest.raises(errors.ActivityNotReady, match="budget"):
			step(activity, "Finish Activity")
		doc.overrun_reason = "More lanterns"
		doc.save()
		step(activity, "Finish Activity")
		[line] = cost_report({"project": project, "to_date": "2099-01-01"})[1]
		assert (line.attended_count, line.actual_total, line.per_head) == (2, 1200, 600)
	with as_role("Cashier", project=project), pytest.raises(frappe.PermissionError):
		phone.check_in(activity.name, row.code)
	with as_user(user):
		portal.rate(activity.name, 4, "Nice")
		with pytest.raises(errors.RatingNotOpen):
			portal.rate(activity.name, 5)
		photo = frappe.get_doc("Community Activity", activity.name).photos[0]
		portal.photo(activity.name, photo.name)
		assert b"SecretCamera" not in frappe.local.response.filecontent
	assert frappe.db.get_value("Community Activity", activity.name, "rating") == 4
	html = get_html_and_style(doc.as_json(), print_format="Activity Attendance Sheet")["html"]
	assert first.resident_name in html and second.resident_name not in html
	assert "data:image/svg" in get_html_and_style(doc.as_json(), print_format="Activity Poster")["html"]
