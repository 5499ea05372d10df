"""The charter's duties: who claims them, where each is done, and that what is said to show it exists.

Each module's README has a section "Where each duty is done": a table *Duty | Where | Shown by*. Its last column names
test files from the root (`path.py` or `path.py::test_name`), `make` targets or commands, in backticks.
docs/duties.md is the index of duties. Plain files, no site.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from kefu_property.suite import manifest as manifests

ROOT = Path(__file__).parents[2]
#: False while modules without the section are allowed; True: each has it and its table names every duty of its manifest
EVERY_DUTY_SHOWN = False
HEADING = "## Where each duty is done"
CHARTER = (
	[f"D{number}" for number in range(1, 32)]
	+ [f"R{number}" for number in range(1, 6)]
	+ [f"S{number}" for number in range(1, 7)]
)


def readme(key: str) -> Path:
	return ROOT / "apps/kefu_property/kefu_property" / key / "README.md"


def rows_of(text: str) -> list[list[str]]:
	"""Cells of the lines of a section's table, without its heading."""
	_, found, rest = text.partition(f"{HEADING}\n")
	section = rest.partition("\n## ")[0] if found else ""
	lines = [line.strip() for line in section.splitlines() if line.strip().startswith("|")]
	return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in lines[2:]]


def rows(key: str) -> list[list[str]]:
	return rows_of(readme(key).read_text(encoding="utf-8"))


def duties_in(text: str) -> set[str]:
	return set(re.findall(r"\b[DRS]\d+\b", text))


@cache
def names_in(path: Path) -> set[str]:
	return {
		node.name
		for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
		if isinstance(node, ast.FunctionDef | ast.ClassDef)
	}


@cache
def make_targets() -> set[str]:
	return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))


def wrong_in(cell: str) -> list[str]:
	"""What a cell of the column "Shown by" names that is not there."""
	wrong = []
	for code in re.findall(r"`([^`]+)`", cell):
		name = code.split()[0]
		if name == "make":
			wrong += [code] if code.split()[1] not in make_targets() else []
		elif "/" in name and re.match(r"(apps|tests|benchmarks|docs|tools|engine|deploy|patches)/", name):
			path, *parts = name.split("::")
			if not (ROOT / path).exists():
				wrong.append(name)
			elif parts and not {part.partition("[")[0] for part in parts} <= names_in(ROOT / path):
				wrong.append(name)
	return wrong


@pytest.mark.parametrize("key", manifests.PACKAGES)
def test_what_is_said_to_show_a_duty_exists(key):
	table = rows(key)
	if not table and not EVERY_DUTY_SHOWN:
		pytest.skip(f"the README of {key} has no section {HEADING}")
	assert table, f"the README of {key} has no section {HEADING}"
	assert not [row for row in table if len(row) != 3 or not all(row)]
	assert not [(row[0], wrong) for row in table for wrong in wrong_in(row[2])]


def test_every_duty_of_the_charter_is_shown_by_the_modules_that_claim_it():
	missing = {}
	for key in manifests.PACKAGES:
		shown = set().union(*(duties_in(row[0]) for row in rows(key)))
		missing |= {
			f"{key}: {duty}": "" for duty in manifests.load(f"kefu_property.{key}")["duties"] if duty not in shown
		}
	if missing and not EVERY_DUTY_SHOWN:
		pytest.skip(f"not named in the READMEs yet: {', '.join(missing)}")
	assert not missing


def test_the_index_of_duties_names_each_with_its_modules():
	text = (ROOT / "docs/duties.md").read_text(encoding="utf-8")
	index = {
		duty: set(re.findall(r"kefu_property/(\w+)/README\.md#where-each-duty-is-done", line))
		for duty, line in re.findall(r"^\| ([DRS]\d+) (\|.*)$", text, flags=re.MULTILINE)
	}
	claimed = {duty: set() for duty in CHARTER}
	for key in manifests.PACKAGES:
		for duty in manifests.load(f"kefu_property.{key}")["duties"]:
			claimed[duty].add(key)
	assert index == claimed


def test_what_is_not_there_is_found():
	here = "tests/suite/test_duties.py"
	assert (
		wrong_in(f"`{here}`, `{here}::test_what_is_not_there_is_found`, `make test`, `bench --site S kefu-audit`") == []
	)
	assert wrong_in(f"`tests/none.py`, `{here}::test_none`, `make nothing`") == [
		"tests/none.py",
		f"{here}::test_none",
		"make nothing",
	]
	assert rows_of(
		f"{HEADING}\n\n| Duty | Where | Shown by |\n|---|---|---|\n| D1: a | b | `c` |\n\n## More\n| x |"
	) == [["D1: a", "b", "`c`"]]
