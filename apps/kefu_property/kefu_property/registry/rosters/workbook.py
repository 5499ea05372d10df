"""Workbooks read with suspicion and written without surprises."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import frappe
from frappe import _

from kefu_property.registry.exceptions import UnreadableRoster
from kefu_property.rules import roster

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
LARGEST_UNPACKED = 300 * MEGABYTE
LARGEST_RATIO = 250
MOST_PARTS = 300
MOST_ROWS = 60_000
MOST_COLUMNS = 60
MOST_SHEETS = 10
HEADER_WITHIN = 10


def check_package(content: bytes) -> None:
	"""Refuse what is no plain xlsx or would fill the memory when unpacked. Raises UnreadableRoster."""
	if len(content) > LARGEST_FILE:
		refuse(_("The file is larger than {0} MB. Split it by building.").format(LARGEST_FILE // MEGABYTE))
	try:
		with zipfile.ZipFile(io.BytesIO(content)) as package:
			parts = package.infolist()
			names = {part.filename for part in parts}
			unpacked = sum(part.file_size for part in parts)
			if "xl/workbook.xml" not in names or any("vbaProject" in name for name in names):
				refuse(_("This is no Excel workbook without macros. Save it as .xlsx and attach it again."))
			if (
				len(parts) > MOST_PARTS
				or unpacked > LARGEST_UNPACKED
				or unpacked > max(len(content), MEGABYTE) * LARGEST_RATIO
			):
				refuse(_("The workbook unpacks to more than a roster can hold. Copy the rows into the template."))
			for part in parts:
				_check_part(package, part)
	except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
		# in this order: no zip, unknown packing, encrypted, cut short
		refuse(
			_(
				"This is no Excel workbook (.xlsx), or it is protected by a password. Save it as .xlsx and attach it again."
			)
		)


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
	"""Document type declarations serve attacks by entities; no spreadsheet program writes them."""
	if part.filename.endswith((".xml", ".rels")):
		with package.open(part) as stream:
			start = stream.read(2048)
		if b"<!DOCTYPE" in start.upper() or b"<!ENTITY" in start.upper():
			refuse(
				_(
					"The workbook holds declarations that no spreadsheet program writes. Copy the rows into the template."
				)
			)


def refuse(message: str) -> None:
	frappe.throw(message, UnreadableRoster)


def opened(content: bytes):
	"""The workbook of checked content, to be read row by row. Raises UnreadableRoster."""
	from openpyxl import load_workbook

	check_package(content)
	try:
		return load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
	except Exception as error:  # whatever a broken workbook makes the reader raise
		refuse(_("The workbook cannot be read: {0}. Save it again as .xlsx.").format(type(error).__name__))


def plain_rows(content: bytes) -> Iterator[tuple[str, int, tuple]]:
	"""All rows `(sheet, row number, cells)`, whatever their headers are."""
	book = opened(content)
	for sheet in book.worksheets[:MOST_SHEETS]:
		sheet.reset_dimensions()
		for number, cells in enumerate(_cells(sheet), start=1):
			yield sheet.title, number, cells
	book.close()


def read(content: bytes) -> Iterator[tuple[str, int, dict[str, Any]]]:
	"""Rows `(sheet, row number, {column: cell})` of all sheets that have the headers of a roster.

	Sheets without such headers are skipped. Raises UnreadableRoster when no sheet has them, or there is too much.
	"""
	book = opened(content)
	with_headers = 0
	total = 0
	for sheet in book.worksheets[:MOST_SHEETS]:
		sheet.reset_dimensions()
		columns: dict[int, str] | None = None
		for number, cells in enumerate(_cells(sheet), start=1):
			if columns is None:
				columns = roster.header_row(cells)
				if columns:
					with_headers += 1
					_check_columns(sheet.title, columns)
				elif number >= HEADER_WITHIN:
					break
				continue
			row = {column: cells[position] for position, column in columns.items() if position < len(cells)}
			if all(cell is None or not str(cell).strip() for cell in row.values()):
				continue
			total += 1
			if total > MOST_ROWS or number > MOST_ROWS * 2:
				refuse(_("The workbook holds more than {0} rows. Split it by building.").format(MOST_ROWS))
			yield sheet.title, number, row
	book.close()
	if not with_headers:
		refuse(
			_("No sheet has the headers of the template (at least {0} and one more). Download the template.").format(
				"房号 / 楼栋"
			)
		)


def _cells(sheet) -> Iterator[tuple]:
	rows = sheet.iter_rows(max_row=MOST_ROWS * 2 + 1, max_col=MOST_COLUMNS, values_only=True)
	while True:
		try:
			yield next(rows)
		except StopIteration:
			return
		except Exception as error:  # broken XML shows only while the rows are read
			refuse(_("The workbook cannot be read: {0}. Save it again as .xlsx.").format(type(error).__name__))


def _check_columns(sheet: str, columns: dict[int, str]) -> None:
	names = list(columns.values())
	for name in names:
		if names.count(name) > 1:
			refuse(_("Sheet {0} has two columns for {1}. Remove one.").format(sheet, roster.HEADERS[name][0]))


def write(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]], widths: int = 14) -> bytes:
	"""Workbook of sheets `(title, headers, rows)`. Text stays text: nothing that begins with = becomes a formula."""
	from openpyxl import Workbook
	from openpyxl.cell import WriteOnlyCell
	from openpyxl.styles import Font, PatternFill
	from openpyxl.utils import get_column_letter

	book = Workbook(write_only=True)
	bold, fill = Font(bold=True), PatternFill("solid", fgColor="FFE8EEF4")

	def cell(sheet, value: Any) -> Any:
		if isinstance(value, str):
			made = WriteOnlyCell(sheet, value=_printable(value))
			made.data_type = "s"
			if value[:1] in ("=", "+", "-", "@"):
				made.style = "Normal"
				made.quotePrefix = True
			return made
		return value

	for title, headers, rows in sheets:
		sheet = book.create_sheet(title)
		sheet.freeze_panes = "A2"
		for position in range(1, len(headers) + 1):
			sheet.column_dimensions[get_column_letter(position)].width = widths
		head = [cell(sheet, header) for header in headers]
		for made in head:
			made.font, made.fill = bold, fill
		sheet.append(head)
		for row in rows:
			sheet.append([cell(sheet, value) for value in row])
	stream = io.BytesIO()
	book.save(stream)
	return stream.getvalue()


def _printable(value: str) -> str:
	"""Text without characters that XML cannot carry."""
	return "".join(char for char in value if char >= " " or char in "\t\n")
