"""The picture of a project's homes: order of floors, layers of the modules, rights, number of queries (D1)."""

import frappe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.registry.page.unit_grid import unit_grid
from kefu_property.rules import unit_grid as rules
from kefu_property.suite import state
from tests.factories.billing import make_billed_home
from tests.factories.handover import make_batch, make_developer_home
from tests.factories.registry import make_project, make_unit
from tests.factories.users import as_role


@pytest.mark.parametrize(
	("text", "level"),
	[
		("3", 3),
		("12F", 12),
		("3层", 3),
		("12A", 12.5),
		("B1", -1),
		("-2", -2),
		("地下1层", -1),
		("", None),
		(None, None),
	],
)
def test_floors_are_read_as_people_write_them(text, level):
	assert rules.floor_level(text) == level


COLOURS = {"gray", "blue", "green", "yellow", "orange", "red", "purple", "cyan"}
words = st.sampled_from(["", "1", "2", "10", "B1", "-1", "3A", "x"])


@given(st.lists(st.builds(dict, building=words, entrance=words, floor=words), max_size=30))
def test_every_home_stands_once(units):
	units = [{**unit, "name": str(number), "unit_code": str(number)} for number, unit in enumerate(units)]
	arranged = rules.arrange(units)
	names = [
		unit["name"]
		for building in arranged
		for floor in building["floors"]
		for cell in floor["cells"]
		for unit in cell
	]
	assert sorted(names) == sorted(unit["name"] for unit in units)
	for building in arranged:
		levels = [rules.floor_level(floor["floor"]) for floor in building["floors"]]
		known = [level for level in levels if level is not None]
		assert known == sorted(known, reverse=True) and levels[: len(known)] == known
		assert all(len(floor["cells"]) == len(building["entrances"]) for floor in building["floors"])


def test_layers_of_the_modules_that_are_on():
	project, home, _resident, _bills = make_billed_home()
	free = make_unit(project, "1-1-2001", floor="20", room="2001", state="Vacant")
	batch_home = make_developer_home(project, "1-2-301", floor="3", room="301", entrance="2")
	make_batch(project, [batch_home])
	with as_role("CS Agent", project=project):
		grid = unit_grid.get_grid(project)
	floors = grid["buildings"][0]["floors"]
	assert [floor["floor"] for floor in floors] == ["20", "3", ""]
	assert grid["buildings"][0]["entrances"] == ["", "2"] and floors[1]["cells"][1] == [
		[batch_home.name, "1-2-301", "301"]
	]
	layers = {layer["key"]: layer for layer in grid["layers"]}
	assert set(layers) >= {"occupancy", "arrears", "renovation", "handover"}
	assert layers["occupancy"]["units"][free.name] == "Vacant"
	assert home.name in layers["arrears"]["units"] and layers["arrears"]["default"] == "No Arrears"
	assert layers["handover"]["units"] == {batch_home.name: "To Be Booked"}
	for layer in layers.values():
		keys = {row["key"] for row in layer["states"]}
		assert set(layer["units"].values()) <= keys and {row["colour"] for row in layer["states"]} <= COLOURS
	with as_role("Technician", project=project):
		assert not {"arrears"} & {layer["key"] for layer in unit_grid.get_grid(project)["layers"]}
	state.disable("handover")
	try:
		assert "handover" not in {layer["key"] for layer in unit_grid.get_grid(project)["layers"]}
	finally:
		state.enable("handover")


def test_rights_and_queries():
	project = make_project().name
	for number in range(1, 4):
		make_unit(project, f"1-1-{number}01", floor=str(number))
	with as_role("CS Agent", project=project):
		assert [row.name for row in unit_grid.get_projects()] == [project]
		with pytest.raises(frappe.PermissionError):
			unit_grid.get_grid(make_project().name)
		unit_grid.get_grid(project)  # what is cached now is not counted below
		counted = frappe.db.sql("show session status like 'Questions'")[0][1]
		unit_grid.get_grid(project)
		spent = int(frappe.db.sql("show session status like 'Questions'")[0][1]) - int(counted)
	assert spent <= 12, "one query for homes, buildings and each layer, whatever the number of homes"
	with as_role("Property Resident", project=project), pytest.raises(frappe.PermissionError):
		unit_grid.get_projects()
