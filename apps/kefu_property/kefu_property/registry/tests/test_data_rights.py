"""A copy for the person who asks, deletion on request and after the retention (L22)."""

import io

import frappe
import pytest
from openpyxl import load_workbook

from kefu_property.registry import data_rights, private_values
from kefu_property.registry.exceptions import ErasureRefused
from tests.factories import billing
from tests.factories.registry import make_home, make_occupancy, make_project, make_resident, make_unit
from tests.factories.users import as_user, make_user

PHONE = "13800007788"


@pytest.fixture
def supervisor(site):
	return make_user("CS Supervisor", email="data-rights-supervisor@test.kefu.example")


def left(project: str, until: str, name: str = "钱前任", phone: str = PHONE):
	"""A former tenant with a phone, a contact and a car."""
	resident = make_resident(project, name, phone)
	resident.append("contacts", {"contact_name": "钱母", "relation": "Parent", "new_phone": "13800007799"})
	resident.email, resident.postal_address = "qian@example.com", "杭州"
	resident.save(ignore_permissions=True)
	make_occupancy(make_unit(project), resident, relation="Tenant", from_date="2015-01-01", to_date=until, is_payer=0)
	return resident


def request(resident, kind: str):
	return frappe.get_doc(
		{
			"doctype": "Personal Data Request",
			"project": resident.project,
			"resident": resident.name,
			"resident_name": resident.resident_name,
			"request_type": kind,
			"status": "Received",
			"message": "请按规定办理",
			"asked_on": "2026-01-05 09:00:00",
		}
	).insert(ignore_permissions=True)


def of_project(user: str, project: str) -> str:
	from tests.factories.users import assign

	assign(user, project)
	frappe.clear_cache(user=user)
	return user


def test_a_copy_holds_what_is_kept_and_is_logged(supervisor):
	project, _unit, resident, bills = billing.make_billed_home("2.00", building_area=50)
	private_values.put(resident.name, private_values.PHONE, PHONE)
	doc = request(resident, "Copy")
	with as_user(of_project(supervisor, project)):
		url = data_rights.prepare_copy(doc.name)
	file = frappe.get_doc("File", {"file_url": url})
	assert (file.is_private, file.attached_to_name) == (1, doc.name)
	book = load_workbook(io.BytesIO(file.get_content()))
	text = "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
	for part in (PHONE, resident.resident_name, bills[0].name):
		assert part in text
	entry = frappe.get_last_doc("Personal Data Access Log", {"resident": resident.name})
	assert (entry.field, entry.user) == ("Personal Copy", supervisor)


def test_erasing_takes_what_reaches_the_person_and_leaves_the_books(supervisor):
	project = make_project().name
	resident = left(project, "2025-12-31")
	user = make_user("Property Resident", email=f"former-{project.lower()}@test.kefu.example", user_type="Website User")
	frappe.db.set_value("Resident", resident.name, "user", user)
	doc = request(resident, "Delete")
	with as_user(of_project(supervisor, project)):
		data_rights.erase_for_request(doc.name)
	after = frappe.get_doc("Resident", resident.name)
	assert after.disabled and after.erased_on
	assert not any(after.get(field) for field in data_rights.CLEARED)
	assert "钱前任" not in after.as_json() and not after.contacts
	assert not frappe.db.exists("Resident Private Value", {"resident": resident.name})
	assert not frappe.db.exists("Version", {"ref_doctype": "Resident", "docname": resident.name})
	assert frappe.db.get_value("Unit Occupancy", {"resident": resident.name}, "resident_name") == after.resident_name
	assert not frappe.db.get_value("User", user, "enabled")
	doc.reload()
	assert (doc.status, doc.resident_name) == ("Done", after.resident_name)


def test_whoever_lives_here_or_owes_is_not_erased(supervisor):
	project, _unit, resident, _bills = billing.make_billed_home("2.00", building_area=50)
	doc = request(resident, "Delete")
	with as_user(of_project(supervisor, project)), pytest.raises(ErasureRefused) as refused:
		data_rights.erase_for_request(doc.name)
	assert "Still registered" in str(refused.value) and "yuan are open" in str(refused.value)
	assert not frappe.db.get_value("Resident", resident.name, "erased_on")


def test_who_may_not_is_refused(supervisor):
	project = make_project().name
	resident = left(project, "2025-12-31")
	agent = of_project(make_user("CS Agent", email="data-rights-agent@test.kefu.example"), project)
	for kind, act in (("Copy", data_rights.prepare_copy), ("Delete", data_rights.erase_for_request)):
		doc = request(resident, kind)
		with as_user(agent), pytest.raises(frappe.PermissionError):
			act(doc.name)
	copy = request(resident, "Copy")
	with as_user(of_project(supervisor, project)), pytest.raises(ErasureRefused, match="did not ask"):
		data_rights.erase_for_request(copy.name)


def test_the_retention_ends_by_the_project_s_months(site):
	project = make_project(retention_months=36).name
	old, recent = left(project, "2022-12-31", "孙旧", "13800001001"), left(project, "2025-12-31", "李新", "13800001002")
	_unit, owner, _occupancy = make_home(project)
	came_back = left(project, "2020-12-31", "周回", "13800001003")
	make_occupancy(make_unit(project), came_back, from_date="2024-01-01")
	assert data_rights.due_for_erasure(project, "2023-06-30") == [old.name]
	assert data_rights.reasons_to_keep(old.name) == []
	data_rights.erase(old.name)
	assert data_rights.due_for_erasure(project, "2023-06-30") == []
	names = (recent.name, owner.name, came_back.name)
	assert not frappe.db.exists("Resident", {"name": ["in", names], "erased_on": ["is", "set"]})
