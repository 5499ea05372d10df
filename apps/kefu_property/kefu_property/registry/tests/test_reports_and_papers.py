"""Reports keep to the user's projects and show no number; papers print (D1, L22)."""

import json

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.www.printview import get_html_and_style

from kefu_property.registry.personal_data import reveal
from tests.factories.registry import make_home, make_occupancy, make_project, make_resident, make_unit
from tests.factories.users import as_role

PHONE = "19900007777"


@pytest.fixture
def project():
	return make_project().name


def report(name: str, **filters) -> list[dict]:
	return [row for row in run(name, filters=filters)["result"] if isinstance(row, dict)]


class TestCompleteness:
	def test_it_counts_what_homes_lack_and_drills_down(self, project):
		make_unit(project, "1-1-101", state="Developer-held")
		make_home(project, "1-1-102")
		make_unit(project, "2-1-101", state="Vacant", building_area=0)
		with as_role("CS Agent", project=project):
			rows = {row["building"]: row for row in report("Registry Completeness", project=project)}
			first, second = rows[f"{project}-1"], rows[f"{project}-2"]
			assert (first["units"], first["no_phone"], first["no_id"], first["no_payer"], first["incomplete"]) == (
				2,
				1,
				1,
				0,
				1,
			)
			assert (second["no_area"], second["no_occupancy"], second["no_payer"]) == (1, 1, 1)
			assert (first["percent"], second["percent"]) == (80.0, 40.0)
			drilled = report("Registry Completeness", project=project, building=f"{project}-1")
		assert [(row["unit"], row["missing"]) for row in drilled] == [(f"{project}-1-1-102", "Phone, ID Number")]

	def test_a_project_of_others_is_refused(self, project):
		with as_role("CS Agent", project=make_project().name), pytest.raises(frappe.PermissionError):
			report("Registry Completeness", project=project)


class TestDuplicates:
	def test_phone_id_and_name_in_one_home(self, project):
		one, other = make_resident(project, "王甲子", phone=PHONE), make_resident(project, "王乙丑", phone=PHONE)
		unit, owner, _row = make_home(project, owner="欧阳 甲子")
		twin = make_resident(project, "欧阳甲子")
		make_occupancy(unit, twin, "Family", is_payer=0)
		make_resident(project, "欧阳甲子")
		with as_role("CS Agent", project=project):
			rows = report("Duplicate Residents", project=project)
		groups: dict[int, set] = {}
		for row in rows:
			groups.setdefault(row["group"], set()).add(row["resident"])
		assert list(groups.values()) == [{one.name, other.name}, {owner.name, twin.name}]
		assert PHONE not in json.dumps(rows, default=str)
		with as_role("CS Agent", project=make_project().name):
			assert not {row["resident"] for row in report("Duplicate Residents")} & {one.name, owner.name}

	def test_a_merged_record_is_no_duplicate(self, project):
		make_resident(project, phone=PHONE)
		make_resident(project, phone=PHONE).db_set("disabled", 1)
		assert report("Duplicate Residents", project=project) == []


def test_owners_with_several_homes_are_one_row(project):
	_unit, owner, _row = make_home(project, "1-1-101", owner="王甲子")
	shop = make_unit(project, "S-01", unit_type="Shop", building_area=17.38)
	make_occupancy(shop, owner, "Co-owner", share=50, is_payer=0)
	make_home(project, "1-1-102")
	with as_role("CS Agent", project=project):
		(row,) = report("Property Owners", project=project, on_date="2024-06-01", several=1)
	assert (row["resident"], row["homes"], row["home_count"], row["pays"]) == (owner.name, "1-1-101, S-01 (50 %)", 2, 1)
	assert float(row["area"]) == 106.91
	assert len(report("Property Owners", project=project, on_date="2024-06-01")) == 2
	assert report("Property Owners", project=project, on_date="2023-12-31") == []


def test_the_access_report_counts_by_person_and_purpose(project):
	resident = make_resident(project, phone=PHONE)
	with as_role("CS Agent", project=project) as agent:
		reveal(resident.name, "phone", "Emergency")
		reveal(resident.name, "phone", "Emergency")
		with pytest.raises(frappe.PermissionError):
			report("Personal Data Access", from_date="2000-01-01", to_date="2100-01-01")
	with as_role("CS Supervisor", project=project):
		(row,) = report("Personal Data Access", from_date="2000-01-01", to_date="2100-01-01", project=project)
	assert (row["user"], row["accesses"], row["residents"]) == (agent, 2, 1)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_papers_print_in_both_languages_and_masked(project, language):
	unit, owner, _row = make_home(project, "1-1-101", owner="王甲子")
	owner.new_phone = PHONE
	owner.append("contacts", {"contact_name": "联系人", "relation": "Spouse", "new_phone": "19900006666"})
	owner.save()
	frappe.get_doc(
		{"doctype": "Resident Vehicle", "project": project, "resident": owner.name, "plate_number": "浙A11111"}
	).insert()
	tenant = make_resident(project, "租客", phone="19900005555")
	move = frappe.get_doc(
		{
			"doctype": "Move Request",
			"project": project,
			"unit": unit.name,
			"move_type": "New Tenant",
			"effective_date": "2025-01-01",
			"incoming": [{"resident": tenant.name, "relation": "Tenant"}],
		}
	).insert()
	with as_role("CS Agent", project=project):
		frappe.local.lang = language
		card = get_html_and_style("Resident", owner.name, print_format="Resident Card")["html"]
		form = get_html_and_style("Move Request", move.name, print_format="Move Request Form")["html"]
	words = ("住户卡", "迁移申请") if language == "zh" else ("Resident Card", "Move Request")
	assert words[0] in card and words[1] in form
	assert "199****7777" in card and "浙A11111" in card and "租客" in form
	for secret in (PHONE, "19900006666", "19900005555"):
		assert secret not in card + form


def test_the_workspace_shows_what_exists():
	workspace = frappe.get_doc("Workspace", "Registry")
	for row in workspace.links:
		assert row.type == "Card Break" or frappe.db.exists(row.link_type, row.link_to), row.label
	for row in workspace.shortcuts:
		assert frappe.db.exists(row.type, row.link_to), row.label
	blocks = json.loads(workspace.content)
	for kind, key in (("number_card", "number_card_name"), ("chart", "chart_name")):
		names = [block["data"][key] for block in blocks if block["type"] == kind]
		assert names
		doctype = "Number Card" if kind == "number_card" else "Dashboard Chart"
		assert all(frappe.db.exists(doctype, name) for name in names)


def test_number_cards_count_the_projects_of_the_user(project):
	from frappe.desk.doctype.number_card.number_card import get_result

	make_home(project)
	make_unit(project, state="Vacant")
	with as_role("CS Agent", project=project):
		for name, expected in (("Homes in Use", 2), ("Residents Registered", 1), ("Homes without a Payer", 1)):
			card = frappe.get_doc("Number Card", name)
			assert get_result(card.as_json(), card.filters_json) == expected, name
