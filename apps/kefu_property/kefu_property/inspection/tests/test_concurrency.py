"""Two phones, two residents, two jobs at the same moment (D5, D26)."""

import frappe
import pytest
from frappe.utils import add_days, today

from kefu_property.inspection import planning
from tests.factories.inspection import make_facility, make_plan, make_task, make_template, send
from tests.factories.parallel import at_once
from tests.factories.registry import make_home, make_project

pytestmark = pytest.mark.concurrency


def finish(task: str, number: int) -> None:
	send(frappe.get_doc("Inspection Task", task), request_id=f"{task}-phone-{number}")


def book(facility: str, unit: str, resident: str) -> None:
	frappe.get_doc(
		{
			"doctype": "Facility Booking",
			"project": frappe.db.get_value("Facility", facility, "project"),
			"facility": facility,
			"unit": unit,
			"resident": resident,
			"booked_for": add_days(today(), 1),
			"from_time": "09:00:00",
			"to_time": "10:00:00",
		}
	).insert()


def generate(plan: str) -> None:
	planning.generate(add_days(today(), 3), [plan])


@pytest.fixture
def project():
	name = make_project().name
	templates = []
	yield frappe._dict(name=name, templates=templates)
	frappe.db.rollback()
	for task in frappe.get_all("Inspection Task", {"project": name}, pluck="name"):
		frappe.db.delete("Inspection Task Line", {"parent": task})
	for plan in frappe.get_all("Inspection Plan", {"project": name}, pluck="name"):
		frappe.db.delete("Inspection Plan Facility", {"parent": plan})
	for template in templates:
		frappe.db.delete("Inspection Template Item", {"parent": template})
		frappe.db.delete("Inspection Template", {"name": template})
	for doctype in ("Inspection Task", "Inspection Plan", "Facility Booking", "Facility", "Unit Occupancy", "Resident"):
		frappe.db.delete(doctype, {"project": name})
	for doctype in ("Property Unit", "Property Building"):
		frappe.db.delete(doctype, {"project": name})
	frappe.db.delete("Property Project", {"name": name})
	frappe.db.commit()  # the processes needed committed data


def test_of_two_phones_one_finishes_the_task(project):
	template = make_template()
	project.templates.append(template.name)
	task = make_task(make_facility(project.name), template.name)
	frappe.db.commit()  # the other processes must see it
	assert sorted(at_once(finish, [(task.name, 1), (task.name, 2)])) == ["TaskDone", "ok"]


def test_of_two_residents_one_gets_the_slot(project):
	court = make_facility(
		project.name, on_portal=1, bookable=1, bookable_from="09:00:00", bookable_to="12:00:00", slot_minutes=60
	)
	homes = [make_home(project.name) for _ in range(3)]
	frappe.db.commit()  # as above
	calls = [(court.name, unit.name, resident.name) for unit, resident, _occupancy in homes]
	assert sorted(at_once(book, calls)) == ["SlotTaken", "SlotTaken", "ok"]


def test_two_runs_of_the_job_make_each_task_once(project):
	template = make_template()
	project.templates.append(template.name)
	lifts = [make_facility(project.name, name=f"客梯 {number}").name for number in range(3)]
	plan = make_plan(project.name, template.name, tuple(lifts))
	frappe.db.commit()  # as above
	assert at_once(generate, [(plan.name,), (plan.name,)]) == ["ok", "ok"]
	frappe.db.rollback()
	assert frappe.db.count("Inspection Task", {"plan": plan.name}) == 3 * 7
