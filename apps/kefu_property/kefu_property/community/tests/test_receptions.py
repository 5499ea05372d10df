"""Receptions: plan, approval, rooms, costs and record (D21)."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow

from kefu_property.community import meeting_exceptions as errors
from kefu_property.community.report.receptions_and_costs.receptions_and_costs import execute as report
from kefu_property.suite.uploads import NotAPicture
from tests.factories.arrears import printed
from tests.factories.meetings import DAY, make_meeting, make_meeting_room, new_meeting, new_reception
from tests.factories.registry import make_project
from tests.factories.renovation import picture, upload
from tests.factories.users import as_role


@pytest.fixture
def project():
	return make_project().name


def step(doc, role: str, action: str):
	with as_role(role, project=doc.project):
		return apply_workflow(frappe.get_doc(doc.doctype, doc.name), action)


def test_from_the_plan_to_the_record(project):
	room = make_meeting_room(project).name
	rooms = [{"room": room, "starts_on": f"{DAY} 10:00:00", "ends_on": f"{DAY} 11:00:00"}]
	with as_role("Office Clerk", project=project):
		plan = new_reception(project, rooms=rooms).insert()
	assert (plan.guest_count, plan.planned_total) == (2, "420.50")
	step(plan, "Office Clerk", "Submit for Approval")
	plan = step(plan, "Office Director", "Approve")
	with pytest.raises(errors.RoomTaken, match="City Office"):
		new_meeting(project, room, "10:30", "11:30").insert()
	with pytest.raises(errors.ReceptionIncomplete, match="not begun"):
		step(plan, "Office Clerk", "Complete")
	begun = {"starts_on": "2026-03-10 09:00:00", "ends_on": "2026-03-10 17:00:00"}
	frappe.db.set_value(plan.doctype, plan.name, begun)
	frappe.db.set_value("Reception Programme", {"parent": plan.name}, "begins", "2026-03-10 09:30:00")
	with pytest.raises(errors.ReceptionIncomplete, match="record"):
		step(plan, "Office Clerk", "Complete")
	with as_role("Office Clerk", project=project):
		plan.reload()
		plan.append("photos", {"image": upload(picture(place=True)), "caption": "Tour"})
		plan.costs[0].actual = "110.30"
		plan.costs[1].actual = "310"
		plan.record = "<p>Went well</p>"
		plan.save()
		assert plan.actual_total == "420.30"
		content = frappe.get_doc("File", {"file_url": plan.photos[0].image}).get_content()
		assert b"SecretCamera" not in content
		plan.append("photos", {"image": upload(b"text", "a.txt")})
		with pytest.raises(NotAPicture):
			plan.save()
	plan = step(plan, "Office Clerk", "Complete")
	assert "Went well" in printed(plan, "Reception Plan Sheet")
	with as_role("CS Supervisor", project=project), pytest.raises(errors.MeetingState):
		frappe.get_doc(plan.doctype, plan.name).cancel()
	_columns, rows, _none, chart, summary = report({"project": project})
	assert float(rows[0].difference) == pytest.approx(-0.20) and chart and summary[1]["value"] == 2
	with as_role("CS Agent", project=make_project().name):
		assert not report({})[1]


def test_a_cancelled_visit_gives_its_rooms_back(project):
	room = make_meeting_room(project).name
	rooms = [{"room": room, "starts_on": f"{DAY} 10:00:00", "ends_on": f"{DAY} 11:00:00"}]
	plan = new_reception(project, rooms=rooms).insert()
	plan.db_set("owner", "Guest")
	step(plan, "Office Clerk", "Submit for Approval")
	plan = step(plan, "Office Director", "Approve")
	step(plan, "CS Supervisor", "Cancel")
	make_meeting(project, room, "10:00", "11:00")
	with pytest.raises(errors.RoomTaken):
		new_reception(project, rooms=rooms).insert()


@pytest.mark.parametrize(
	"values",
	[
		{"ends_on": f"{DAY} 08:00:00"},
		{"programme": [{"begins": f"{DAY} 18:00:00", "activity": "x"}]},
	],
)
def test_a_plan_does_not_contradict_itself(project, values):
	with pytest.raises(errors.ReceptionIncomplete):
		new_reception(project, **values).insert()
