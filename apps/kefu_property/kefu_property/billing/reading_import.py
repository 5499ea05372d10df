"""Readings from a workbook: the printed list as Excel, filled in. All rows are taken or none, and taking them again changes nothing."""

# No postponed annotations here: the framework converts what a request sends by them
import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.billing import meters
from kefu_property.billing.exceptions import BillingError, WrongReading
from kefu_property.registry import api as registry
from kefu_property.rules.money import D
from kefu_property.rules.roster import CellError, date_of, text_of

#: headers that people use, by column
HEADERS = {
	"meter_no": ("meter no", "meter", "表号", "表编号", "水表号", "电表号"),
	"value": ("reading", "new reading", "读数", "本次读数", "本期读数", "止码"),
	"read_on": ("read on", "date", "抄表日期", "日期"),
	"remark": ("remark", "备注"),
}
MOST_ERRORS = 50
HEADER_WITHIN = 10


@frappe.whitelist(methods=["POST"])
def load(project: str, meter_kind: str, file_url: str) -> dict:
	"""Take the readings of a workbook: returns `written`, `unchanged`, `errors` (texts by row). With errors nothing is written."""
	meters.need_reader()
	frappe.get_doc("Property Project", project).check_permission("read")
	found = frappe.db.exists("File", {"file_url": file_url, "owner": frappe.session.user})
	if not found:
		frappe.throw(_("Attach the workbook first."), WrongReading)
	return take_all(project, meter_kind, frappe.get_doc("File", found).get_content())


def take_all(project: str, meter_kind: str, content: bytes) -> dict:
	rows = list(rows_of(content))
	if len(rows) > meters.LONGEST_SHEET:
		frappe.throw(
			_("The workbook holds more than {0} readings. Split it by building.").format(meters.LONGEST_SHEET),
			WrongReading,
		)
	by_number = dict(
		frappe.get_all(
			"Utility Meter",
			filters={"project": project, "meter_kind": meter_kind, "status": "In Use"},
			fields=["meter_no", "name"],
			as_list=True,
		)
	)
	there = existing(set(by_number.values()), [row for row in rows if not row.get("error")])
	errors, written, unchanged = [], 0, 0
	frappe.db.savepoint("readings")
	for row in rows:
		if row.get("error"):
			errors.append(row)
			continue
		meter = by_number.get(row["meter_no"])
		if not meter:
			row["error"] = _("There is no meter {0} of this kind in use.").format(row["meter_no"])
			errors.append(row)
			continue
		if there.get((meter, str(row["read_on"]))) == D(row["value"]):
			unchanged += 1
			continue
		try:
			write(meter, row)
			written += 1
		except BillingError as error:
			frappe.clear_last_message()
			row["error"] = str(error)
			errors.append(row)
	if errors:
		frappe.db.rollback(save_point="readings")
		written = 0
	return {
		"written": written,
		"unchanged": unchanged,
		"errors": [_("Row {0}: {1}").format(row["number"], row["error"]) for row in errors[:MOST_ERRORS]],
		"error_count": len(errors),
	}


def write(meter: str, row: dict) -> None:
	frappe.get_doc(
		{
			"doctype": "Meter Reading",
			"meter": meter,
			"read_on": row["read_on"],
			"value": row["value"],
			"reading_type": "Actual",
			"remark": row["remark"],
		}
	).insert()


def existing(names: set[str], rows: list[dict]) -> dict[tuple[str, str], object]:
	"""Readings that are written already: (meter, day) → value."""
	days = {str(row["read_on"]) for row in rows}
	return {
		(row.meter, str(row.read_on)): D(row.value)
		for row in frappe.get_all(
			"Meter Reading",
			filters={"meter": ["in", list(names) or [""]], "read_on": ["in", list(days) or ["1900-01-01"]]},
			fields=["meter", "read_on", "value"],
		)
	}


def rows_of(content: bytes):
	"""Rows with a reading: `number`, `meter_no`, `value`, `read_on`, `remark`, or `number` and `error`. Raises WrongReading."""
	columns: dict[int, str] | None = None
	known = {word: column for column, words in HEADERS.items() for word in words}
	for column, label in (("meter_no", _("Meter No")), ("value", _("Reading")), ("read_on", _("Read On"))):
		known[label.casefold()] = column
	for _sheet, number, cells in registry.workbook_rows(content):
		if columns is None:
			named = {i: known.get(str(cell or "").strip().casefold()) for i, cell in enumerate(cells)}
			if {"meter_no", "value"} <= set(named.values()):
				columns = {i: column for i, column in named.items() if column}
			elif number >= HEADER_WITHIN:
				break
			continue
		row = {column: cells[i] for i, column in columns.items() if i < len(cells)}
		if row.get("value") in (None, ""):
			continue
		yield one_row(number, row)
	if columns is None:
		frappe.throw(
			_("No sheet has the columns {0} and {1}. Export the reading sheet and fill it in.").format(
				_("Meter No"), _("Reading")
			),
			WrongReading,
		)


def one_row(number: int, row: dict) -> dict:
	try:
		return {
			"number": number,
			"meter_no": text_of(row.get("meter_no")),
			"value": meters.digits_of(text_of(row["value"])),
			"read_on": getdate(date_of(row.get("read_on")) or today()),
			"remark": text_of(row.get("remark"))[:140] or None,
		}
	except CellError:
		return {"number": number, "error": _("This row cannot be read. Type digits and a date such as 2026-03-31.")}
	except WrongReading as error:
		frappe.clear_last_message()
		return {"number": number, "error": str(error)}
