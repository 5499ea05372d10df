"""Readings from the exported sheet, filled in with a spreadsheet program: all or none, and again without harm (D2)."""

from __future__ import annotations

import io
from decimal import Decimal

import frappe
import pytest
from openpyxl import Workbook, load_workbook

from kefu_property.billing import reading_import
from kefu_property.billing.exceptions import WrongReading
from kefu_property.billing.report.meter_reading_sheet.meter_reading_sheet import execute
from kefu_property.registry.exceptions import UnreadableRoster
from kefu_property.rules.money import D
from tests.factories import billing as make
from tests.factories.registry import make_home, make_project


@pytest.fixture
def sheet():
	"""A project with two metered homes: project, meters."""
	project = make_project().name
	homes = [make_home(project, f"1-1-{floor}01")[0] for floor in (1, 2)]
	return frappe._dict(project=project, meters=[make.make_meter(unit) for unit in homes])


def book(*rows, headers=("表号", "读数", "抄表日期", "备注")) -> bytes:
	workbook = Workbook()
	for row in (["抄表单"], headers, *rows):
		workbook.active.append(row)
	stream = io.BytesIO()
	workbook.save(stream)
	return stream.getvalue()


def take(sheet, content: bytes) -> dict:
	return reading_import.take_all(sheet.project, "Cold Water", content)


def readings(sheet) -> list:
	return sorted(
		D(value)
		for value in frappe.get_all("Meter Reading", filters={"project": sheet.project}, pluck="value", limit=10)
	)


def test_rows_are_written_once(sheet):
	first, second = (meter.meter_no for meter in sheet.meters)
	content = book(
		(first, 112.5, "2026-03-31", "湿"), (second, "１２０", "2026年3月30日", None), ("不读", None, None, None)
	)
	assert take(sheet, content) == {"written": 2, "unchanged": 0, "errors": [], "error_count": 0}
	assert readings(sheet) == [Decimal("112.5"), Decimal(120)]
	assert take(sheet, content)["unchanged"] == 2
	assert len(readings(sheet)) == 2


@pytest.mark.parametrize("wrong", ["约120", "-3", "1e309", "NaN", "=1+1", "90", "#REF!", "1234567"])
def test_one_wrong_row_and_nothing_is_written(sheet, wrong):
	first, second = (meter.meter_no for meter in sheet.meters)
	answer = take(sheet, book((first, 112, "2026-03-31"), (second, wrong, "2026-03-31")))
	assert (answer["written"], answer["error_count"]) == (0, 1)
	assert answer["errors"][0].startswith("Row 4")
	assert readings(sheet) == []


def test_a_meter_of_nowhere_is_named(sheet):
	assert "ZZ-9" in take(sheet, book(("ZZ-9", 112, "2026-03-31")))["errors"][0]


def test_what_is_no_reading_sheet(sheet):
	with pytest.raises(WrongReading, match="columns"):
		take(sheet, book(("a", 1), headers=("x", "y")))
	with pytest.raises(UnreadableRoster):
		take(sheet, b"PK not a workbook")


def test_the_report_lists_what_to_read_and_its_columns_are_understood(sheet):
	with make.as_role("Technician", project=sheet.project):
		columns, rows = execute({"project": sheet.project, "meter_kind": "Cold Water"})
	assert [(row.unit_code, row.counted_from) for row in rows] == [("1-1-101", "100"), ("1-1-201", "100")]
	labels = [column["label"] for column in columns]
	filled = [
		[{"reading": "101", "read_on": "2026-03-31"}.get(c["fieldname"], row.get(c["fieldname"])) for c in columns]
		for row in rows
	]
	content = book(*filled, headers=labels)
	assert load_workbook(io.BytesIO(content)).active.max_row == 4
	assert take(sheet, content)["written"] == 2
	with make.as_role("Technician", project=make_project().name):
		frappe.db.delete("User Permission", {"user": frappe.session.user, "for_value": sheet.project})
		frappe.clear_cache(user=frappe.session.user)
		assert execute({"project": sheet.project, "meter_kind": "Cold Water"})[1] == []


def test_who_may_load_a_workbook(sheet):
	content = book((sheet.meters[0].meter_no, 112, "2026-03-31"))
	with make.as_role("Technician", project=sheet.project):
		file = frappe.get_doc(
			{"doctype": "File", "file_name": "readings.xlsx", "content": content, "is_private": 1}
		).insert()
		assert reading_import.load(sheet.project, "Cold Water", file.file_url)["written"] == 1
		with pytest.raises(WrongReading, match="Attach"):
			reading_import.load(sheet.project, "Cold Water", "/private/files/somebody-else.xlsx")
	with make.as_role("CS Agent", project=sheet.project), pytest.raises(frappe.PermissionError):
		reading_import.load(sheet.project, "Cold Water", file.file_url)
