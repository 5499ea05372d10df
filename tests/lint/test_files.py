"""Hygiene, records and patches."""

import json

import pytest

from tests.lint.conftest import APP
from tools.lint.__main__ import main

HOST = "py" + "pi.org"
UNIT = {
	"doctype": "DocType",
	"name": "Property Unit",
	"field_order": ["area", "project"],
	"fields": [
		{"fieldname": "area", "fieldtype": "Float"},
		{"fieldname": "project", "fieldtype": "Link", "options": "User"},
	],
}
FOLDER = "registry/doctype/property_unit"


@pytest.mark.parametrize(
	("text", "part"),
	[
		("a\r\nb\n", "CRLF"),
		("a\n" + "<" * 7 + " HEAD\nb\n", "unfinished merge"),
		("path = '" + "/ro" + "ot/bench'\n", "machine-path"),
		("path = '" + "/ho" + "me/anna/bench'\n", "machine-path"),
		(f"index = 'https://{HOST}/simple'\n", "registry-host"),
		("x" * (1024 * 1024 + 1), "large-file"),
	],
)
def test_hygiene_finds(bench, text: str, part: str):
	bench.write("docs/a.txt", text)
	assert any(part in line for line in bench.problems("hygiene"))


@pytest.mark.parametrize(
	"text",
	["a\nb\n", "== Title ==\n", "url = '/app/work-order' + '/homework'\n", "a picture of /home/frappe/frappe-bench\n"],
)
def test_hygiene_passes(bench, text: str):
	bench.write("docs/a.txt", text)
	assert bench.problems("hygiene") == []


def test_hygiene_allows_with_a_reason(bench):
	bench.write("docs/a.txt", f"# lint: allow registry-host: says what is reached\n{HOST}\n")
	assert bench.problems("hygiene") == []


def test_binary_files_are_not_read_as_text(bench):
	(bench.root / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
	assert bench.problems("hygiene") == []


def doctype(bench, controller: str = "class PropertyUnit:\n\tpass\n", **changes) -> None:
	bench.record(f"{FOLDER}/property_unit.json", UNIT | changes)
	bench.app(f"{FOLDER}/__init__.py", "")
	bench.app(f"{FOLDER}/property_unit.py", controller)


def test_good_record_passes(bench):
	doctype(bench)
	assert bench.problems("json") == []


@pytest.mark.parametrize(
	("changes", "part"),
	[
		({"field_order": ["area"]}, "field_order and fields differ: project"),
		({"field_order": ["area", "area", "project"]}, "a name is repeated"),
		({"fields": [*UNIT["fields"], UNIT["fields"][0]]}, "'area' is there twice"),
		({"fields": [UNIT["fields"][0], {"fieldname": "project", "fieldtype": "Link"}]}, "has no options"),
		(
			{"fields": [UNIT["fields"][0], {"fieldname": "project", "fieldtype": "Link", "options": "Estate"}]},
			"refers to the DocType 'Estate'",
		),
		({"fields": [*UNIT["fields"], {"fieldname": "owner"}], "field_order": ["area", "project", "owner"]}, "own"),
		({"name": "Home"}, "belongs in doctype/home/home.json"),
	],
)
def test_bad_doctypes(bench, changes: dict, part: str):
	doctype(bench, **changes)
	assert any(part in line for line in bench.problems("json"))


def test_controller_is_missing(bench):
	doctype(bench, controller="class Unit:\n\tpass\n")
	assert "no class PropertyUnit" in bench.problems("json")[0]
	(bench.root / APP / FOLDER / "property_unit.py").unlink()
	assert "is missing" in bench.problems("json")[0]
	(bench.root / APP / FOLDER / "__init__.py").unlink()
	assert "no __init__.py" in bench.problems("json")[0]


def test_form_of_json_and_its_fix(bench):
	doctype(bench)
	name = bench.app(f"{FOLDER}/property_unit.json", json.dumps(UNIT, indent=2))
	settings = bench.app("public/settings.json", '{"b": 1,\n"a": 2}')
	assert "json --fix" in bench.problems("json")[0]
	assert main(["json", "--fix", "--root", str(bench.root)]) == 0
	assert bench.problems("json") == []
	assert json.loads((bench.root / name).read_text()) == UNIT
	# only records of the framework have its form
	assert (bench.root / settings).read_text() == '{"b": 1,\n"a": 2}'


def test_broken_json(bench):
	bench.app(f"{FOLDER}/property_unit.json", '{"doctype": \n}')
	assert "property_unit.json:2: is not JSON" in bench.problems("json")[0]


def test_patches(bench):
	assert bench.problems("patches") == [f"{APP}/patches.txt: is missing"]
	bench.app("patches/v1_0/good.py", "def execute():\n\tpass\n")
	bench.app("patches/v1_0/empty.py", "x = 1\n")
	bench.app(
		"patches.txt",
		"[pre_model_sync]\nkefu_property.patches.v1_0.good #2\nexecute:frappe.reload_doctype('User')\n",
	)
	assert bench.problems("patches") == []
	bench.app(
		"patches.txt",
		"kefu_property.patches.v1_0.gone\nkefu_property.patches.v1_0.empty\nexecute:1 +\n"
		"kefu_property.patches.v1_0.good\nkefu_property.patches.v1_0.good\n",
	)
	assert [line.split(": ", 1)[1][:20] for line in bench.problems("patches")] == [
		"no such module: kefu",
		"kefu_property.patche",
		"does not parse: inva",
		"is listed twice: kef",
	]
