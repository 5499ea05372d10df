"""No bed is given out twice, also when two people approve at the same moment (D17)."""

import frappe
import pytest

from tests.factories.dormitory import make_dormitory, make_room, new_application
from tests.factories.parallel import at_once
from tests.factories.registry import make_project
from tests.factories.workforce import make_staff

pytestmark = pytest.mark.concurrency
KINDS = ("Dormitory Application", "Dormitory Bed", "Dormitory Room", "Dormitory Building", "Staff Member")


def approve(application: str) -> None:
	doc = frappe.get_doc("Dormitory Application", application)
	doc.workflow_state = "Approved"
	doc.submit()


@pytest.fixture
def project():
	name = make_project().name
	yield name
	frappe.db.rollback()
	for doctype in KINDS:
		frappe.db.delete(doctype, {"project": name})
	frappe.db.delete("Property Project", {"name": name})
	frappe.db.commit()  # the processes needed committed data


def waiting(project: str, staff: str, bed: str) -> str:
	"""An application that waits for HR; it was entered by somebody else."""
	doc = new_application(project, staff, bed).insert()
	doc.db_set({"workflow_state": "HR Approval", "owner": "Guest"})
	return doc.name


def test_of_three_approvals_one_gets_the_bed(project):
	_room, (bed, _other) = make_room(make_dormitory(project))
	names = [waiting(project, make_staff(project).name, bed) for _ in range(3)]
	frappe.db.commit()  # the other processes must see it
	assert sorted(at_once(approve, [(name,) for name in names])) == ["BedNotFree", "BedNotFree", "ok"]
	frappe.db.rollback()
	assert frappe.db.count("Dormitory Application", {"project": project, "docstatus": 1}) == 1


def test_of_two_beds_a_person_gets_one(project):
	_room, beds = make_room(make_dormitory(project))
	staff = make_staff(project).name
	first = waiting(project, staff, beds[0])
	frappe.db.set_value("Dormitory Application", first, "workflow_state", "Rejected")
	second = waiting(project, staff, beds[1])
	frappe.db.set_value("Dormitory Application", first, "workflow_state", "HR Approval")
	# both slipped past the check of the form, as two forms sent at the same moment do
	frappe.db.commit()  # the other processes must see it
	assert sorted(at_once(reserve, [(beds[0], staff, first), (beds[1], staff, second)])) == ["HasBed", "ok"]


def reserve(bed: str, staff: str, application: str) -> None:
	from kefu_property.dormitory.beds import reserve

	reserve(bed, staff, application)
