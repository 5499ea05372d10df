"""Full text of archived files: read in the background, found by Chinese and other words (D9)."""

from __future__ import annotations

import io
import zipfile

import frappe
from frappe import _

from kefu_property.office.paper_attachments import content_of
from kefu_property.rules import paper_rules, text_index
from kefu_property.suite import uploads

WAITING, EXTRACTED, EMPTY, FAILED = "Waiting", "Extracted", "No Text", "Failed"
#: no more text is kept of one file, nor unpacked of one Office file
MOST_CHARACTERS = 2_000_000
MOST_UNPACKED = 100 * uploads.MEGABYTE
BATCH = 50
MOST_HITS = 100


def enlist(file, method: str | None = None) -> None:
	"""Hook `File.after_insert`: a file of the archive waits to be read; reading starts when this request is done."""
	if file.attached_to_doctype != "Archive File" or file.is_folder:
		return
	project = frappe.db.get_value("Archive File", file.attached_to_name, "project")
	frappe.get_doc(
		{
			"doctype": "Archive Text",
			"project": project,
			"archive_file": file.attached_to_name,
			"file": file.name,
			"status": WAITING,
		}
	).insert(ignore_permissions=True)  # the system keeps its index
	frappe.enqueue(read_waiting, queue="long", enqueue_after_commit=True)


def forget(file, method: str | None = None) -> None:
	"""Hook `File.on_trash`: with a file goes its text."""
	if file.attached_to_doctype == "Archive File":
		frappe.db.delete("Archive Text", {"file": file.name})


def read_waiting() -> int:
	"""Read files that wait; also runs every quarter of an hour for those whose job was lost. Returns how many were read."""
	names = frappe.get_all("Archive Text", filters={"status": WAITING}, pluck="name", order_by="creation", limit=BATCH)
	for name in names:
		read(name)
		if not frappe.flags.in_test:
			frappe.db.commit()  # what was read stays read when a later file stops the job
	return len(names)


def read(name: str) -> None:
	row = frappe.db.get_value("Archive Text", name, ["file", "archive_file"], as_dict=True)
	values = {"error": None}
	try:
		file = frappe.get_doc("File", row.file)
		text = text_of(file.file_name, content_of(file))[:MOST_CHARACTERS]
		values |= {"status": EXTRACTED if text.strip() else EMPTY, "text": text}
	except Exception as error:
		# a damaged file must not stop the others: the row says what was wrong, and the file is kept
		text = ""
		values |= {"status": FAILED, "error": f"{type(error).__name__}: {error}"[:140]}
	title = frappe.db.get_value("Archive File", row.archive_file, "file_title")
	values["tokens"] = " ".join(text_index.tokens(f"{title}\n{text}"))
	frappe.db.set_value("Archive Text", name, values)


def text_of(file_name: str, content: bytes) -> str:
	"""The words of a PDF, Word, Excel or plain text file; "" for pictures and other kinds."""
	ending = paper_rules.ending_of(file_name)
	if ending == "pdf":
		return _pdf(content)
	if ending == "docx":
		return _word(content)
	if ending == "xlsx":
		return _excel(content)
	if ending in ("txt", "csv", "md"):
		return _plain(content)
	return ""


def _pdf(content: bytes) -> str:
	from pypdf import PdfReader

	return "\n".join(page.extract_text() or "" for page in PdfReader(io.BytesIO(content)).pages)


def _word(content: bytes) -> str:
	from lxml import etree

	with zipfile.ZipFile(io.BytesIO(content)) as archive:
		_check_size(archive)
		parser = etree.XMLParser(resolve_entities=False, no_network=True)
		root = etree.fromstring(archive.read("word/document.xml"), parser)
	name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
	return "\n".join(
		"".join(run.text or "" for run in paragraph.iter(f"{name}t")) for paragraph in root.iter(f"{name}p")
	)


def _excel(content: bytes) -> str:
	from openpyxl import load_workbook

	with zipfile.ZipFile(io.BytesIO(content)) as archive:
		_check_size(archive)
	book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
	return "\n".join(
		" ".join(str(value) for value in row if value is not None)
		for sheet in book.worksheets
		for row in sheet.iter_rows(values_only=True)
	)


def _check_size(archive: zipfile.ZipFile) -> None:
	if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
		raise ValueError("unpacks to more than is read")


def _plain(content: bytes) -> str:
	for encoding in ("utf-8-sig", "gb18030"):
		try:
			return content.decode(encoding)
		except UnicodeDecodeError:
			continue
	return content.decode("utf-8", "replace")


@frappe.whitelist()
def search(text: str, project: str | None = None, archive_class: str | None = None) -> list[dict]:
	"""Archive files whose title, keywords or attached files hold the words, best first; only those the user may read.

	Rows have the columns of the file, `excerpt` and `attachment`. At most a hundred.
	"""
	if not frappe.has_permission("Archive File", "read"):
		frappe.throw(_("You may not read the archive."), frappe.PermissionError)
	filters = {}
	if project:
		filters["project"] = project
	if archive_class:
		filters["archive_class"] = ["descendants of (inclusive)", archive_class]
	found = _in_files(text_index.query(text))
	fields = [
		"name",
		"project",
		"file_title",
		"archive_class",
		"archive_class.class_name as class_name",
		"file_date",
		"status",
		"box",
		"retention_until",
	]
	rows = frappe.get_list(
		"Archive File", filters={**filters, "name": ["in", list(found) or [""]]}, fields=fields, limit=MOST_HITS
	)
	rows.sort(key=lambda row: -found[row.name].score)
	have = {row.name for row in rows}
	like = ["like", f"%{text.strip()}%"]
	if text.strip():
		rows += frappe.get_list(
			"Archive File",
			filters={**filters, "name": ["not in", list(have) or [""]]},
			or_filters={"file_title": like, "keywords": like, "responsible": like, "name": like},
			fields=fields,
			order_by="file_date desc",
			limit=MOST_HITS,
		)
	_add_excerpts(rows[:MOST_HITS], found, text)
	return rows[:MOST_HITS]


def _in_files(query: str) -> dict[str, dict]:
	"""Best hit for each archive file. The query builder has no full-text search, hence SQL."""
	if not query:
		return {}
	rows = frappe.db.sql(
		"""select name, archive_file, file, match(tokens) against (%(query)s in boolean mode) as score
		from `tabArchive Text` where match(tokens) against (%(query)s in boolean mode)
		order by score desc limit 500""",
		{"query": query},
		as_dict=True,
	)
	best: dict[str, dict] = {}
	for row in rows:
		best.setdefault(row.archive_file, row)
	return best


def _add_excerpts(rows: list[dict], found: dict[str, dict], text: str) -> None:
	hits = [found[row.name].name for row in rows if row.name in found]
	texts = {
		row.name: row
		for row in frappe.get_all(
			"Archive Text", filters={"name": ["in", hits or [""]]}, fields=["name", "text", "file"]
		)
	}
	names = dict(
		frappe.get_all(
			"File",
			filters={"name": ["in", [row.file for row in texts.values()] or [""]]},
			fields=["name", "file_name"],
			as_list=True,
		)
	)
	for row in rows:
		hit = texts.get(found[row.name].name) if row.name in found else None
		row.excerpt = text_index.excerpt(hit.text or "", text) if hit else ""
		row.attachment = names.get(hit.file, "") if hit else ""
		row.class_name = _(row.class_name)
