"""The front desk finds people and homes, shows what belongs to them, and nothing of other projects (D3, D7)."""

import frappe
import pytest

from kefu_property.service_desk import front_desk
from tests.factories.registry import make_unit
from tests.factories.service_desk import make_case, make_desk
from tests.factories.users import as_user


@pytest.fixture
def desk():
	return make_desk()


def test_home_shows_people_and_cases(desk):
	with as_user(desk.agent):
		case = make_case("Complaint", desk)
		found = front_desk.search("1-1-101")
		assert [row["unit"] for row in found] == [desk.unit]
		page = front_desk.overview(resident=found[0]["resident"], unit=found[0]["unit"])
	assert [row["name"] for row in page["people"]] == [desk.resident]
	sections = {section["key"]: section for section in page["sections"]}
	assert sections["open-cases"]["items"][0]["route"] == ["Form", "Complaint", case.name]
	assert page["project"] == desk.project


def test_an_old_open_case_is_not_hidden_by_newer_finished_ones(desk):
	with as_user(desk.agent):
		old = make_case("Complaint", desk)
		newer = [make_case("Complaint", desk).name for _number in range(front_desk.RECENT + 2)]
		for number, name in enumerate(newer):
			day = f"2026-04-{number + 1:02d} 09:00:00"
			frappe.db.set_value("Complaint", name, {"status": "Closed", "received_on": day}, update_modified=False)
		frappe.db.set_value("Complaint", old.name, "received_on", "2026-01-05 09:00:00", update_modified=False)
		page = front_desk.overview(unit=desk.unit)
	shown = {section["key"]: [item["route"][2] for item in section["items"]] for section in page["sections"]}
	assert shown["open-cases"] == [old.name]
	assert shown["finished-cases"] == newer[::-1][: front_desk.RECENT]


def test_home_without_people_is_found(desk):
	unit = make_unit(desk.project, "1-1-909")
	with as_user(desk.agent):
		found = front_desk.search("1-1-909")
		assert [row["unit"] for row in found] == [unit.name]
		assert front_desk.overview(unit=unit.name)["people"] == []


def test_nothing_of_other_projects(desk):
	other = make_desk()
	with as_user(other.agent):
		make_case("Complaint", other)
	with as_user(desk.agent):
		assert {row["project"] for row in front_desk.search("1-1-101")} == {desk.project}
		assert front_desk.search("  ") == []
		with pytest.raises(frappe.PermissionError):
			front_desk.overview(unit=other.unit)
		with pytest.raises(frappe.PermissionError):
			front_desk.overview(resident=other.resident)
