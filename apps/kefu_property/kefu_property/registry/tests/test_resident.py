"""Owners with their numbers: entered, masked, revealed, found (D1, L22)."""

import json

import frappe
import pytest

from kefu_property.registry import api, private_values
from kefu_property.registry.exceptions import InvalidIdNumber, InvalidPhone, NothingStored, RevealRefused
from kefu_property.registry.personal_data import reveal
from tests.data.make_roster import citizen_number
from tests.factories.registry import make_home, make_occupancy, make_project, make_resident, make_unit
from tests.factories.users import as_role

PHONE = "19900001234"


@pytest.fixture
def project():
	return make_project().name


def an_id(number=1):
	from datetime import date

	return citizen_number(date(1990, 1, 1), number)


def test_an_agent_registers_an_owner_and_sees_masked_numbers_only(project):
	with as_role("CS Agent", project=project):
		doc = frappe.get_doc(
			{
				"doctype": "Resident",
				"project": project,
				"resident_name": " 王　甲子 ",
				"new_phone": "１９９ 0000 1234",
				"new_id_number": an_id(),
				"contacts": [{"contact_name": "王乙丑", "relation": "Spouse", "new_phone": "19900005678"}],
			}
		).insert()
	assert doc.resident_name == "王 甲子"
	assert (doc.phone_masked, doc.id_masked) == ("199****1234", an_id()[:3] + "*" * 12 + an_id()[-3:])
	assert doc.contacts[0].phone_masked == "199****5678"
	stored = json.dumps(frappe.get_doc("Resident", doc.name).as_dict(), default=str)
	for secret in (PHONE, an_id(), "19900005678"):
		assert secret not in stored
	assert private_values.get(doc.name, private_values.PHONE) == PHONE
	assert private_values.get(doc.name, private_values.CONTACT_PHONE, doc.contacts[0].name) == "19900005678"


def test_the_history_of_changes_keeps_no_number(project):
	doc = make_resident(project, phone=PHONE)
	doc.new_phone, doc.remarks = "19900009999", "moved"
	doc.save(ignore_version=False)  # tests keep no history unless asked to
	versions = frappe.get_all("Version", filters={"ref_doctype": "Resident", "docname": doc.name}, pluck="data")
	assert versions
	assert not [data for data in versions if PHONE in data or "19900009999" in data]


@pytest.mark.parametrize("role", ["CS Agent", "Office Director", "HQ Quality Auditor", "Kefu Administrator"])
def test_no_role_reads_the_stored_numbers(project, role):
	make_resident(project, phone=PHONE)
	with as_role(role, project=project):
		with pytest.raises(frappe.PermissionError):
			frappe.get_list("Resident Private Value", filters={"value": ["like", "199%"]})
		name = frappe.get_all("Resident Private Value", pluck="name", limit=1)[0]
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("Resident Private Value", name).check_permission("read")


@pytest.mark.parametrize("phone", ["12345", "1380000123", "88001234"])
def test_a_wrong_phone_is_refused(project, phone):
	with pytest.raises(InvalidPhone):
		make_resident(project, phone=phone)


def test_a_wrong_id_is_refused_and_the_kind_of_paper_counts(project):
	with pytest.raises(InvalidIdNumber):
		make_resident(project, id_number="330199199001010010")
	passport = make_resident(project, id_number="E12345678", id_type="Passport")
	passport.id_type = "Resident ID Card"
	with pytest.raises(InvalidIdNumber):
		passport.save()


def test_a_dash_removes_a_number(project):
	doc = make_resident(project, phone=PHONE)
	doc.new_phone = "-"
	doc.save()
	assert not doc.phone_masked
	assert private_values.get(doc.name, private_values.PHONE) is None
	assert api.search_residents(PHONE, project) == []


def test_an_erased_contact_takes_its_number_along(project):
	doc = make_resident(project, contacts=[{"contact_name": "乙", "new_phone": PHONE}])
	doc.contacts = []
	doc.save()
	assert not frappe.db.count("Resident Private Value", {"resident": doc.name})


def test_a_reveal_is_logged(project):
	resident = make_resident(project, phone=PHONE, id_number=an_id())
	with as_role("CS Agent", project=project) as agent:
		assert reveal(resident.name, "phone", "Contact about fees") == PHONE
		with pytest.raises(RevealRefused):
			reveal(resident.name, "id_number", "Contact about fees")
		with pytest.raises(RevealRefused):
			reveal(resident.name, "phone", "Curiosity")
	with as_role("CS Supervisor", project=project):
		assert reveal(resident.name, "id_number", "Check of identity") == an_id()
	logged = frappe.get_all(
		"Personal Data Access Log",
		filters={"resident": resident.name},
		fields=["user", "field", "purpose", "project"],
		order_by="creation",
	)
	assert [(row.field, row.purpose, row.project) for row in logged] == [
		("Phone", "Contact about fees", project),
		("ID Number", "Check of identity", project),
	]
	assert logged[0].user == agent


def test_a_reveal_needs_role_project_and_number(project):
	resident = make_resident(project, phone=PHONE)
	with as_role("Technician", project=project), pytest.raises(RevealRefused):
		reveal(resident.name, "phone", "Emergency")
	with as_role("CS Agent", project=make_project().name), pytest.raises(frappe.PermissionError):
		reveal(resident.name, "phone", "Emergency")
	with as_role("CS Supervisor", project=project), pytest.raises(NothingStored):
		reveal(resident.name, "id_number", "Emergency")
	assert not frappe.db.count("Personal Data Access Log", {"resident": resident.name})


def test_the_log_cannot_be_written_or_changed_by_hand(project):
	resident = make_resident(project, phone=PHONE)
	with as_role("Office Director", project=project):
		reveal(resident.name, "phone", "Emergency")
		entry = frappe.get_last_doc("Personal Data Access Log", {"resident": resident.name})
		entry.purpose = "Nothing"
		with pytest.raises(frappe.PermissionError):
			entry.save()
		with pytest.raises(frappe.PermissionError):
			entry.delete()


class TestSearch:
	def test_every_way_finds_the_owner(self, project):
		unit, _resident, _occupancy = make_home(project, "7-2-1101")
		owner = make_resident(project, "欧阳甲子", phone="19900004321", id_number=an_id(7))
		make_occupancy(unit, owner, "Co-owner", is_payer=0)
		frappe.get_doc(
			{"doctype": "Resident Vehicle", "project": project, "resident": owner.name, "plate_number": "浙AD12345"}
		).insert()
		with as_role("CS Agent", project=project):
			for text in ("19900004321", "+86 199-0000-4321", "4321", "欧阳", "欧阳 甲子", an_id(7), "浙A·D12345"):
				rows = api.search_residents(text)
				assert [row["resident"] for row in rows] == [owner.name], text
				assert rows[0]["unit_code"] == "7-2-1101"
			assert owner.name in {row["resident"] for row in api.search_residents("7-2-11")}
			assert owner.name in {row["resident"] for row in api.search_residents(f"{project}-7-2-1101")}

	def test_it_stays_in_the_projects_of_the_user(self, project):
		make_resident(project, "独孤甲子", phone=PHONE)
		with as_role("CS Agent", project=make_project().name):
			assert api.search_residents("独孤") == []
			assert api.search_residents(PHONE) == []
			assert api.search_residents("独孤", project) == []
		with as_role("HQ Quality Auditor"):
			assert len(api.search_residents("独孤", project)) == 1

	@pytest.mark.parametrize("text", ["", "  ", "%", "_", "\\", "' or 1=1 --", "😀"])
	def test_wildcards_find_nothing(self, project, text):
		make_home(project)
		assert api.search_residents(text, project) == []

	def test_the_answer_is_masked(self, project):
		make_resident(project, "公孙甲子", phone=PHONE)
		assert PHONE not in json.dumps(api.search_residents("公孙", project))

	def test_a_resident_without_a_home_is_found_too(self, project):
		resident = make_resident(project, "司马甲子")
		(row,) = api.search_residents("司马", project)
		assert (row["resident"], row["unit"], row["relation"], row["is_payer"]) == (resident.name, None, None, None)


def test_portal_login_reaches_homes_of_the_day(project):
	from tests.factories.users import make_user

	unit, resident, occupancy = make_home(project)
	resident.db_set("user", make_user("Property Resident", email="portal@test.kefu.example", user_type="Website User"))
	occupancy.to_date = "2024-12-31"
	occupancy.save()
	assert api.unit_names_of_user(resident.user, "2024-12-31") == [unit.name]
	assert api.unit_names_of_user(resident.user, "2025-01-01") == []
	assert api.residents_of_user("Guest") == []


@pytest.mark.parametrize(
	("plate", "error"), [("浙A12345", None), ("A12345", "InvalidPlate"), ("浙Ａ·１２３４５", None)]
)
def test_plates(project, plate, error):
	resident = make_resident(project)
	doc = frappe.get_doc(
		{"doctype": "Resident Vehicle", "project": project, "resident": resident.name, "plate_number": plate}
	)
	if error:
		with pytest.raises(frappe.ValidationError) as found:
			doc.insert()
		assert type(found.value).__name__ == error
	else:
		assert doc.insert().plate_number == "浙A12345"
		with pytest.raises(frappe.ValidationError) as found:
			frappe.copy_doc(doc).insert()
		assert type(found.value).__name__ == "DuplicatePlate"


def test_units_are_found_by_prefix(project):
	make_unit(project, "12-1-101")
	_unit, resident, _row = make_home(project, "12-1-102")
	assert [row["resident"] for row in api.search_residents("12-1", project)] == [resident.name]
