"""Staff files: who sees whom, masked numbers, no circles (D29)."""

import frappe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import hierarchy
from kefu_property.workforce import api, personal_data
from kefu_property.workforce import exceptions as errors
from tests.factories.registry import make_project
from tests.factories.users import as_role, as_user, make_user
from tests.factories.workforce import make_department, make_post, make_staff


@pytest.fixture
def project():
	return make_project().name


def login(project: str, label: str, *roles: str) -> str:
	return make_user(
		*(roles or ("Technician",)), projects=(project,), email=f"{label}-{project.lower()}@test.kefu.example"
	)


@pytest.mark.parametrize("make", [make_staff, make_department, make_post])
def test_nobody_and_nothing_stands_above_itself(project, make):
	field = {make_staff: "manager", make_department: "parent_department", make_post: "manager_post"}[make]
	args = () if make is make_post else (project,)
	codes = ("A", "B", "C") if make is make_department else (None, None, None)
	one = make(*args, codes[0])
	two = make(*args, codes[1], **{field: one.name})
	three = make(*args, codes[2], **{field: two.name})
	for parent in (one, two, three):
		one.reload()
		one.set(field, parent.name)
		with pytest.raises(errors.CircularHierarchy, match="circle"):
			one.save(ignore_permissions=True)
	one.reload()
	one.set(field, None)
	one.save(ignore_permissions=True)


@given(st.dictionaries(st.integers(1, 9), st.integers(1, 9), max_size=9))
def test_what_is_accepted_step_by_step_never_closes_a_circle(wanted):
	parents: dict = {}
	for child, parent in wanted.items():
		trail = hierarchy.circle(parents, child, parent)
		assert bool(trail) == (child == parent or child in ancestors(parents, parent))
		if not trail:
			parents[child] = parent
	for name in range(1, 10):
		assert name not in ancestors(parents, name)
		assert hierarchy.below(parents, [name]) == {
			other for other in range(1, 10) if other == name or name in ancestors(parents, other)
		} & ({name} | set(parents))


def ancestors(parents: dict, name) -> list:
	found = []
	while (name := parents.get(name)) is not None and name not in found:
		found.append(name)
	return found


def test_numbers_are_masked_and_shown_only_with_a_purpose_and_a_trace(project):
	staff = make_staff(
		project, new_mobile="138 0000 1234", new_id_number="110101199003078136", new_bank_account="6222020200112233445"
	)
	staff.reload()
	assert (staff.mobile, staff.new_mobile, staff.id_number) == ("138****1234", None, "110************136")
	assert str(staff.birth_date) == "1990-03-07" and staff.gender == "Male"
	stored = frappe.db.sql("select * from `tabStaff Member` where name = %s", staff.name)[0]
	assert not any("13800001234" in str(value) or "199003078" in str(value) for value in stored)
	with as_role("HR Clerk", project=project) as clerk:
		assert personal_data.reveal(staff.name, "mobile", "Payroll") == "13800001234"
		with pytest.raises(errors.RevealRefused, match="purposes"):
			personal_data.reveal(staff.name, "mobile", "Curiosity")
		with pytest.raises(errors.NothingStored):
			personal_data.reveal(staff.name, "emergency_phone", "Emergency")
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("Staff Private Value", {"staff": staff.name}).check_permission("read")
	log = frappe.get_all("Staff Data Access Log", {"staff": staff.name}, ["user", "field", "purpose"])
	assert log == [{"user": clerk, "field": "Phone", "purpose": "Payroll"}]
	with as_role("CS Supervisor", project=project), pytest.raises(errors.RevealRefused, match="personnel clerk"):
		personal_data.reveal(staff.name, "mobile", "Payroll")


@pytest.mark.parametrize(
	("field", "value"),
	[
		("new_mobile", "12"),
		("new_id_number", "110101199013078130"),
		("new_bank_account", "62x"),
		("new_emergency_phone", "abc"),
	],
)
def test_numbers_of_a_wrong_form_are_refused(project, field, value):
	with pytest.raises(errors.InvalidPersonalData):
		make_staff(project, **{field: value})


def test_staff_see_themselves_leads_their_people_personnel_the_project(project):
	tech, lead = login(project, "tech"), login(project, "lead", "Engineering Lead")
	boss = make_staff(project, user=lead)
	mine = make_staff(project, user=tech, manager=boss.name)
	other = make_staff(project)
	elsewhere = make_staff(make_project().name)

	def seen(user) -> set[str]:
		with as_user(user):
			listed = set(frappe.get_list("Staff Member", pluck="name", limit=0))
			opened = {
				doc.name
				for doc in (boss, mine, other, elsewhere)
				if frappe.has_permission("Staff Member", "read", doc=doc)
			}
		assert listed & {boss.name, mine.name, other.name, elsewhere.name} == opened
		return opened

	assert seen(tech) == {mine.name}
	assert seen(lead) == {boss.name, mine.name}
	assert seen(login(project, "agent", "CS Agent")) == set()
	assert seen(login(project, "clerk", "HR Clerk")) == {boss.name, mine.name, other.name}
	assert api.staff_of_user(tech) == mine.name
	assert api.staff([mine.name])[mine.name].manager == boss.name
	assert {row.name for row in api.in_service(project)} == {boss.name, mine.name, other.name}


def test_a_login_belongs_to_one_person_and_the_department_to_the_project(project):
	user = login(project, "one")
	make_staff(project, user=user)
	with pytest.raises(errors.LoginTaken):
		make_staff(project, user=user)
	with pytest.raises(errors.WrongProject):
		make_staff(project, department=make_department(make_project().name).name)
	staff = make_staff(project)
	staff.status = "Departed"
	with pytest.raises(errors.StatusByHand):
		staff.save(ignore_permissions=True)
