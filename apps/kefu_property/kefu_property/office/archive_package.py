"""The package of a project's papers: files by class, registers of the modules, an index to read and one to sort (D9, L25).

Modules add registers at the extension point `handover_sheets`: functions `(project, from_date, to_date) -> list[dict]`, each dict with `title`,
`columns` and `rows` (lists of values), in the reader's language.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import format_date, format_datetime, get_files_path, now_datetime

from kefu_property.office import archive
from kefu_property.rules import paper_rules
from kefu_property.suite import state

CHUNK = 50
BLOCK = 1024 * 1024


def build(handover: str) -> None:
	"""Background job: write the ZIP of an Archive Handover. A second run replaces the package of the first."""
	doc = frappe.get_doc("Archive Handover", handover)
	doc.db_set({"status": "Running", "progress": 0}, notify=True, commit=not frappe.flags.in_test)
	frappe.local.lang = frappe.db.get_value("User", doc.owner, "language") or frappe.local.lang
	path = Path(get_files_path(f"{doc.name}-{frappe.generate_hash(length=8)}.zip", is_private=1))
	try:
		values = write(doc, path)
		url = attach(doc, path, values)
		old = frappe.get_all(
			"File", filters={"file_url": doc.package or "", "attached_to_name": doc.name}, pluck="name"
		)
		doc.db_set(
			{"status": "Package Ready", "progress": 100, "package": url, "finished_on": now_datetime(), **values},
			notify=True,
		)
		for name in old:
			frappe.delete_doc("File", name, ignore_permissions=True)  # lint: allow query-in-loop: one old package
	except Exception as error:
		path.unlink(missing_ok=True)
		frappe.db.rollback()
		frappe.log_error(title=f"Archive Handover {handover}")
		doc.db_set({"status": "Failed", "error": f"{type(error).__name__}: {error}"[:500]}, notify=True)


def attach(doc, path: Path, facts: dict) -> str:
	"""The package as a private file of the handover; only those who may read the handover reach it. Returns its address."""
	file = frappe.get_doc(
		{
			"doctype": "File",
			"name": frappe.generate_hash(length=10),
			"file_name": path.name,
			"file_url": f"/private/files/{path.name}",
			"file_size": path.stat().st_size,
			"content_hash": facts["checksum"],
			"folder": "Home/Attachments",
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
			"attached_to_field": "package",
			"is_private": 1,
		}
	)
	file.db_insert()  # an insert by the framework would read the whole package into memory and write it again
	return file.file_url


def write(doc, path: Path) -> dict:
	"""Write the package to `path`. Returns `files_count`, `missing_count`, `size_mb` and `checksum`."""
	files = files_of(doc)
	index, missing = [], 0
	with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
		for position, (row, attachment, inside) in enumerate(entries(files), 1):
			source = _on_disk(attachment) if attachment else None
			if source:
				package.write(source, inside)
			elif attachment:
				missing += 1
			index.append((row, inside if source else "", bool(attachment) and not source))
			if position % CHUNK == 0:
				doc.db_set("progress", min(95, 100 * position // max(1, len(files))), notify=True)
		sheets = list(registers(doc))
		package.writestr("index.html", index_page(doc, index, sheets))
		package.writestr("index.xlsx", workbook([(_("Index"), index_columns(), index_rows(index)), *sheets]))
	return {
		"files_count": len(files),
		"missing_count": missing,
		"size_mb": round(path.stat().st_size / BLOCK, 1),
		"checksum": checksum(path),
	}


def files_of(doc) -> list[dict]:
	"""Archive files of the handover, by class and date; destroyed ones stay in the index without content."""
	filters = [["project", "=", doc.project], ["file_date", "<=", doc.to_date]]
	if doc.from_date:
		filters.append(["file_date", ">=", doc.from_date])
	if doc.archive_class:
		filters.append(["archive_class", "descendants of (inclusive)", doc.archive_class])
	return frappe.get_all(
		"Archive File",
		filters=filters,
		fields=[
			"name",
			"archive_class",
			"archive_class.class_name as class_name",
			"file_title",
			"file_date",
			"medium",
			"pages",
			"box",
			"status",
			"retention_until",
		],
		order_by="archive_class, file_date, `tabArchive File`.name",
		limit=0,
	)


def entries(files: list[dict]) -> Iterator[tuple[dict, dict | None, str]]:
	"""(archive file, attached file or None, path in the package), attached files in chunks; no path twice."""
	taken: set[str] = set()
	for start in range(0, len(files), CHUNK):
		part = files[start : start + CHUNK]
		attached = archive.attached([row.name for row in part])  # lint: allow query-in-loop: one query for fifty files
		for row in part:
			folder = f"{row.archive_class} {paper_rules.safe_name(_(row.class_name))}"
			folder = f"files/{folder}/{row.name} {paper_rules.safe_name(row.file_title, 50)}"
			for attachment in attached.get(row.name) or [None]:
				yield row, attachment, _unique(folder, attachment, taken)


def _unique(folder: str, attachment: dict | None, taken: set[str]) -> str:
	if not attachment:
		return ""
	stem, dot, ending = paper_rules.safe_name(attachment.file_name, 120).rpartition(".")
	path, number = f"{folder}/{stem}{dot}{ending}", 1
	while path in taken:
		number += 1
		path = f"{folder}/{stem or ending}-{number}{dot}{ending if stem else ''}"
	taken.add(path)
	return path


def _on_disk(attachment: dict) -> str | None:
	"""Path of an attached file of this site, or None when it is not there."""
	url = attachment.file_url or ""
	if not url.startswith(("/private/files/", "/files/")):
		return None
	private = url.startswith("/private/")
	root = os.path.realpath(get_files_path(is_private=private))
	path = os.path.realpath(os.path.join(root, url.rpartition("/files/")[2]))
	return path if path.startswith(root + os.sep) and os.path.isfile(path) else None


def index_columns() -> list[str]:
	return [
		_("Archive Class"),
		_("Archive File"),
		_("File Title"),
		_("Date of the Paper"),
		_("Kept As"),
		_("Number of Pages"),
		_("Box"),
		_("Status"),
		_("Keep Until"),
		_("File in the Package"),
	]


def index_rows(index: list[tuple]) -> list[list]:
	return [
		[
			f"{row.archive_class} {_(row.class_name)}",
			row.name,
			row.file_title,
			format_date(row.file_date),
			_(row.medium),
			row.pages or None,
			row.box or "",
			_(row.status),
			format_date(row.retention_until) if row.retention_until else _("For Ever"),
			_("Missing") if lost else inside,
		]
		for row, inside, lost in index
	]


def registers(doc) -> Iterator[tuple[str, list[str], list[list]]]:
	"""Registers of the enabled modules: title, columns, rows."""
	for function in state.contributions("handover_sheets"):
		for sheet in function(doc.project, doc.from_date, doc.to_date):
			yield sheet["title"], sheet["columns"], sheet["rows"]


def index_page(doc, index: list[tuple], sheets: list[tuple]) -> str:
	"""The index for a browser, with links to the files of the package."""
	return frappe.render_template(
		"kefu_property/templates/print/handover_index.html",
		{
			"doc": doc,
			"project": frappe.get_cached_value("Property Project", doc.project, "project_name"),
			"columns": index_columns(),
			"rows": [(row, inside) for row, (_entry, inside, _lost) in zip(index_rows(index), index, strict=True)],
			"sheets": sheets,
			"made": format_datetime(now_datetime()),
			"lang": frappe.local.lang,
		},
	)


def workbook(sheets: list[tuple[str, list[str], list[list]]]) -> bytes:
	"""An Excel file with one sheet for each (title, columns, rows)."""
	from openpyxl import Workbook
	from openpyxl.cell import WriteOnlyCell
	from openpyxl.styles import Font

	book = Workbook(write_only=True)
	for number, (title, columns, rows) in enumerate(sheets, 1):
		sheet = book.create_sheet(f"{number} {paper_rules.safe_name(title, 24).replace('[', ' ').replace(']', ' ')}")
		sheet.freeze_panes = "A2"
		head = [WriteOnlyCell(sheet, value=column) for column in columns]
		for cell in head:
			cell.font = Font(bold=True)
		sheet.append(head)
		for row in rows:
			sheet.append([_plain(value) for value in row])
	out = io.BytesIO()
	book.save(out)
	return out.getvalue()


def _plain(value):
	"""A cell's value: text that would be read as a formula stays text."""
	if isinstance(value, str):
		return f"'{value}" if value[:1] in "=+-@" and value[:1] else value
	return value if value is None or isinstance(value, (int, float)) else str(value)


def checksum(path: Path) -> str:
	total = hashlib.sha256()
	with path.open("rb") as stream:
		while block := stream.read(BLOCK):
			total.update(block)
	return total.hexdigest()
