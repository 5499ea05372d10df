"""Portal logins given and taken by the front desk (D1)."""

import frappe
import pytest

from kefu_property.registry import api
from kefu_property.registry.exceptions import InvitationImpossible
from kefu_property.registry.portal_access import invite, withdraw
from tests.factories.registry import make_home, make_project, make_resident
from tests.factories.users import as_role, make_user

PHONE = "19900003456"


@pytest.fixture
def project():
	return make_project().name


def test_an_agent_invites_an_owner_who_then_reaches_only_the_portal(project):
	unit, owner, _row = make_home(project)
	owner.new_phone = PHONE
	owner.save()
	with as_role("CS Agent", project=project):
		link = invite(owner.name)
	assert "/update-password?key=" in link
	owner.reload()
	user = frappe.get_doc("User", owner.user)
	assert (user.user_type, user.mobile_no, [row.role for row in user.roles]) == (
		"Website User",
		PHONE,
		["Property Resident"],
	)
	assert api.unit_names_of_user(user.name) == [unit.name]
	assert frappe.db.count("Personal Data Access Log", {"resident": owner.name, "field": "Portal Invitation"}) == 1
	with as_role("CS Agent", project=project):
		assert invite(owner.name) != link
		withdraw(owner.name)
	owner.reload()
	assert not owner.user
	assert frappe.db.get_value("User", user.name, "enabled") == 0
	assert api.unit_names_of_user(user.name) == []


def test_one_person_in_two_projects_has_one_login(project):
	second = make_project().name
	residents = [make_resident(name, "欧阳甲子", phone=PHONE) for name in (project, second)]
	for resident in residents:
		with as_role("CS Agent", project=resident.project):
			invite(resident.name)
	users = {frappe.db.get_value("Resident", resident.name, "user") for resident in residents}
	assert len(users) == 1
	assert set(api.residents_of_user(users.pop())) == {resident.name for resident in residents}


def test_a_shared_phone_is_not_a_shared_login(project):
	with as_role("CS Agent", project=project):
		invite(make_resident(project, "王甲子", phone=PHONE).name)
		with pytest.raises(InvitationImpossible):
			invite(make_resident(project, "李乙丑", phone=PHONE).name)


def test_a_staff_login_is_never_given_to_a_resident(project):
	staff = make_user("Cashier", email="staff-as-owner@test.kefu.example")
	resident = make_resident(project, email=staff)
	with as_role("CS Agent", project=project), pytest.raises(InvitationImpossible):
		invite(resident.name)


@pytest.mark.parametrize("phone", [None, "0571-88001234"])
def test_without_mobile_and_mail_there_is_no_login(project, phone):
	with as_role("CS Agent", project=project), pytest.raises(InvitationImpossible):
		invite(make_resident(project, phone=phone).name)


def test_roles_and_projects_are_asked(project):
	resident = make_resident(project, phone=PHONE)
	for role, where in (("Technician", project), ("HQ Quality Auditor", project), ("CS Agent", make_project().name)):
		with as_role(role, project=where):
			for call in (invite, withdraw):
				with pytest.raises(frappe.PermissionError):
					call(resident.name)
