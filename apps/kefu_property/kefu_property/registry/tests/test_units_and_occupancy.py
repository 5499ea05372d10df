"""Homes and who holds them (D1, D19, L9)."""

from datetime import date

import frappe
import pytest

from kefu_property.registry import api, exceptions, occupancies
from tests.factories.registry import make_building, make_home, make_occupancy, make_project, make_resident, make_unit
from tests.factories.users import as_role


@pytest.fixture
def project():
	return make_project().name


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"building_area": -1}, frappe.ValidationError),
		({"building_area": 80, "inner_area": 81}, exceptions.ImplausibleArea),
		({"building_area": 60000}, exceptions.ImplausibleArea),
		({"code": "1/2"}, exceptions.InvalidCode),
		({"code": "1 OR 1"}, exceptions.InvalidCode),
	],
)
def test_implausible_units_are_refused(project, values, error):
	with pytest.raises(error):
		make_unit(project, **values)


def test_a_building_of_another_project_is_refused(project):
	with pytest.raises(exceptions.WrongProject):
		make_unit(project, "1-1-1", building=make_building(make_project().name).name)


def test_a_code_is_unique_in_a_project_only(project):
	make_unit(project, "1-1-101")
	make_unit(make_project().name, "1-1-101")
	with pytest.raises(frappe.DuplicateEntryError):
		make_unit(project, "1-1-101")


def test_the_unit_shows_owner_and_payer_of_the_day(project):
	unit, owner, occupancy = make_home(project)
	tenant = make_resident(project)
	unit.reload()
	assert (unit.current_owner, unit.current_payer, unit.residents_count) == (owner.name, owner.name, 1)
	occupancy.is_payer = 0
	occupancy.save()
	make_occupancy(unit, tenant, "Tenant", from_date="2024-06-01")
	unit.reload()
	assert (unit.current_owner, unit.current_payer, unit.residents_count) == (owner.name, tenant.name, 2)
	owner.resident_name = "改名"
	owner.save()
	unit.reload()
	assert unit.current_owner_name == "改名"


def test_a_deleted_occupancy_leaves_the_unit(project):
	unit, _owner, occupancy = make_home(project)
	occupancy.delete()
	unit.reload()
	assert (unit.current_owner, unit.current_payer, unit.residents_count) == (None, None, 0)


@pytest.mark.parametrize(
	("relation", "values", "error"),
	[
		("Tenant", {"is_payer": 1}, exceptions.TwoPayers),
		("Owner", {"is_payer": 0, "share": 0}, exceptions.TwoOwners),
		("Developer", {"is_payer": 0}, exceptions.TwoOwners),
		("Co-owner", {"is_payer": 0, "share": 1}, exceptions.SharesExceedWhole),
		("Tenant", {"is_payer": 0, "to_date": "2023-01-01"}, exceptions.OccupancyDates),
	],
)
def test_contradictions_are_refused(project, relation, values, error):
	unit, _owner, _row = make_home(project)
	with pytest.raises(error) as found:
		make_occupancy(unit, make_resident(project), relation, **values)
	assert unit.name in str(found.value)


def test_the_same_person_twice_is_refused(project):
	unit, owner, _row = make_home(project)
	make_occupancy(unit, owner, "Family", is_payer=0)
	with pytest.raises(exceptions.OccupancyTwice):
		make_occupancy(unit, owner, "Family", is_payer=0)


def test_a_second_payer_may_follow_the_day_after(project):
	unit, _owner, row = make_home(project)
	row.to_date = "2024-03-31"
	row.save()
	second = make_resident(project)
	make_occupancy(unit, second, from_date="2024-04-01")
	assert api.payer_of(unit.name, "2024-03-31") == row.resident
	assert api.payer_of(unit.name, "2024-04-01") == second.name
	periods = [
		(entry.resident, entry.from_date, entry.to_date) for entry in api.payers(project, "2024-03-15", "2024-04-15")
	]
	assert periods == [
		(row.resident, date(2024, 3, 15), date(2024, 3, 31)),
		(second.name, date(2024, 4, 1), date(2024, 4, 15)),
	]


def test_people_of_another_project_are_refused(project):
	unit = make_unit(project)
	with pytest.raises(exceptions.WrongProject):
		make_occupancy(unit, make_resident(make_project().name))


def test_the_daily_job_turns_future_into_current_and_ended(project):
	unit, owner, row = make_home(project)
	row.to_date = "2999-12-31"
	row.save()
	future = make_resident(project)
	coming = make_occupancy(unit, future, from_date="3000-01-01")
	assert coming.status == "Future"
	occupancies.refresh_day(date(3000, 1, 2))
	assert frappe.db.get_value("Unit Occupancy", coming.name, "status") == "Current"
	assert frappe.db.get_value("Unit Occupancy", row.name, "status") == "Ended"
	assert frappe.db.get_value("Property Unit", unit.name, "current_owner") == future.name
	assert owner.name != future.name


def test_vacancy_keeps_its_first_day(project):
	unit = make_unit(project, state="Occupied")
	unit.state = "Vacant"
	unit.save()
	assert unit.vacant_since
	unit.vacant_since = "2024-01-01"
	unit.remarks = "keys in the office"
	unit.save()
	assert str(unit.vacant_since) == "2024-01-01"
	unit.state = "Let"
	unit.save()
	assert unit.vacant_since is None


SCOPED = ["Property Project", "Property Building", "Property Unit", "Resident", "Unit Occupancy", "Resident Vehicle"]


@pytest.mark.parametrize("doctype", SCOPED)
def test_an_agent_of_one_project_sees_nothing_of_another(project, doctype):
	from frappe.desk.reportview import export_query
	from frappe.desk.search import search_link

	_unit, resident, _row = make_home(project)
	frappe.get_doc(
		{"doctype": "Resident Vehicle", "project": project, "resident": resident.name, "plate_number": "浙A54321"}
	).insert()
	names = frappe.get_all(
		doctype, filters={"name" if doctype == "Property Project" else "project": project}, pluck="name"
	)
	assert names
	with as_role("CS Agent", project=make_project().name):
		assert not set(frappe.get_list(doctype, pluck="name", limit=0)) & set(names)
		doc = frappe.get_doc(doctype, names[0])
		for permission in ("read", "write", "export"):
			assert not doc.has_permission(permission)
		found = search_link(doctype, names[0]) or frappe.response.pop("results", [])
		assert not {row["value"] for row in found} & set(names)
	with as_role("CS Supervisor", project=make_project().name):
		frappe.local.form_dict = frappe._dict(
			doctype=doctype, fields=json_fields(doctype), file_format_type="CSV", title=doctype, filters="[]"
		)
		frappe.local.flags.in_test = True  # outside of tests the framework commits the log of an export
		export_query()
		content = frappe.response.get("result") or frappe.response.get("filecontent") or ""
		content = content.decode() if isinstance(content, bytes) else content
		assert not [name for name in names if name in content]
	with as_role("CS Agent", project=project):
		assert set(names) <= set(frappe.get_list(doctype, pluck="name", limit=0))


def json_fields(doctype):
	return frappe.as_json([f"`tab{doctype}`.`name`"])


def test_nobody_without_a_project_sees_anything(project):
	make_home(project)
	with as_role("CS Agent"):
		for doctype in SCOPED:
			assert frappe.get_list(doctype, limit=1) == []
