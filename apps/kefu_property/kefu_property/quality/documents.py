"""Controlled documents: one valid version, obsolete ones with their mark, readers and paper copies (D18)."""

# No postponed annotations here: the framework converts what a form sends by them
import io
from datetime import date

import frappe
from frappe import _
from frappe.utils import add_months, get_datetime, getdate, now_datetime, today
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from kefu_property.quality.exceptions import NotAPdf, WrongVersion
from kefu_property.suite import approval, uploads
from kefu_property.suite.notify import alert, staff_with_role

ON_THE_WAY = ("Draft", "Pending Review", "Pending Approval", "Approved")
IN_FORCE, OBSOLETE = "In Force", "Obsolete"
#: days between two reminders to those who have not read a version, or whose review is due
REMIND_EVERY = 7


def put_in_force(version) -> None:
	"""Make an approved version the valid one; the version before becomes obsolete. The caller has checked the approval."""
	document = frappe.get_doc("Controlled Document", version.document, for_update=True)
	if document.current_version and document.current_version != version.name:
		make_obsolete(document.current_version, version.name)
	approval.system_step(version, IN_FORCE)
	document.db_set(
		{
			"status": IN_FORCE,
			"current_version": version.name,
			"current_version_no": version.version_no,
			"effective_on": version.effective_on,
			"review_on": add_months(version.effective_on, document.review_months or 12),
		}
	)
	distribute(version)


def make_obsolete(name: str, replaced_by: str | None = None) -> None:
	"""Take the validity from a version and tell those who hold paper copies to give them back."""
	version = frappe.get_doc("Controlled Document Version", name)
	approval.system_step(version, OBSOLETE, obsolete_on=today(), replaced_by=replaced_by)
	alert(
		[row.user for row in version.distribution if row.copy_no and not row.returned_on],
		lambda: _("{0} is obsolete. Give your paper copy back.").format(version.label),
		version.doctype,
		version.name,
	)


def distribute(version) -> None:
	"""Note the moment of sending and tell each reader."""
	for row in version.distribution:
		row.db_set("sent_on", now_datetime())
	alert(
		[row.user for row in version.distribution],
		lambda: _("{0} is in force. Read it and confirm.").format(version.label),
		version.doctype,
		version.name,
	)


def put_due_in_force(day: date | str | None = None) -> int:
	"""Daily: approved versions whose day has come. Returns their number."""
	names = frappe.get_all(
		"Controlled Document Version",
		filters={"workflow_state": "Approved", "docstatus": 1, "effective_on": ["<=", getdate(day or today())]},
		pluck="name",
		order_by="effective_on, creation",
	)
	for name in names:
		# lint: allow query-in-loop: a few versions a day
		put_in_force(frappe.get_doc("Controlled Document Version", name))
	return len(names)


def remind(day: date | str | None = None) -> int:
	"""Daily: readers who have not confirmed, and documents to be reviewed; each once a week. Returns the number of papers told of."""
	day = getdate(day or today())
	told = 0
	for name, rows in _unread(day).items():
		alert(
			[row.user for row in rows],
			lambda label=rows[0].label: _("Please read {0} and confirm.").format(label),
			"Controlled Document Version",
			name,
		)
		told += 1
	for row in frappe.get_all(
		"Controlled Document",
		filters={"status": IN_FORCE, "review_on": ["<=", day]},
		fields=["name", "project", "doc_title", "keeper", "review_on"],
	):
		if (day - row.review_on).days % REMIND_EVERY == 0:
			# lint: allow query-in-loop: documents whose review is due today
			users = [row.keeper] if row.keeper else staff_with_role("CS Supervisor", row.project)
			alert(
				users,
				lambda title=row.doc_title: _("The document {0} has to be reviewed.").format(title),
				"Controlled Document",
				row.name,
			)
			told += 1
	return told


def _unread(day: date) -> dict[str, list]:
	version, row = frappe.qb.DocType("Controlled Document Version"), frappe.qb.DocType("Document Distribution")
	rows = (
		frappe.qb.from_(row)
		.join(version)
		.on((row.parent == version.name) & (row.parenttype == "Controlled Document Version"))
		.select(version.name, version.label, row.user, row.sent_on)
		.where((version.workflow_state == IN_FORCE) & row.confirmed_on.isnull() & row.sent_on.isnotnull())
		.run(as_dict=True)
	)
	found: dict[str, list] = {}
	for entry in rows:
		days = (day - get_datetime(entry.sent_on).date()).days
		if days and days % REMIND_EVERY == 0:
			found.setdefault(entry.name, []).append(entry)
	return found


# --- the paper -------------------------------------------------------------------------------------------------------------


def read_pdf(url: str) -> bytes:
	"""Content of an attached PDF. Raises NotAPdf."""
	name = frappe.db.get_value("File", {"file_url": url})
	content = frappe.get_doc("File", name).get_content() if name else b""
	content = content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")
	if uploads.sniff(content) != "application/pdf" or not _pages(content):
		frappe.throw(
			_("Attach the paper as a PDF that opens without a password. An obsolete version is marked in it."), NotAPdf
		)
	return content


def _pages(content: bytes) -> int:
	try:
		return len(PdfReader(io.BytesIO(content)).pages)
	except (PyPdfError, ValueError, TypeError, KeyError, OSError):
		return 0  # damaged or locked: the caller says so


def stamped(content: bytes, mark: str) -> bytes:
	"""A PDF with a mark across each page."""
	writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
	marks: dict[tuple[int, int], object] = {}
	for page in writer.pages:
		size = int(page.mediabox.width), int(page.mediabox.height)
		if size not in marks:
			marks[size] = _mark_page(mark, *size)
		page.merge_page(marks[size])
	out = io.BytesIO()
	writer.write(out)
	return out.getvalue()


def _mark_page(mark: str, width: int, height: int):
	from weasyprint import HTML  # heavy, and needed here only

	html = f"""<style>@page {{ size: {width}pt {height}pt; margin: 0 }}
		div {{ position: absolute; top: {height // 2 - 60}pt; width: {width}pt; text-align: center; transform: rotate(-35deg);
		font: 700 {min(width, height) // 6}pt "Noto Sans CJK SC", sans-serif; color: rgba(200, 30, 30, .28) }}</style>
		<div>{frappe.utils.escape_html(mark)}</div>"""
	return PdfReader(io.BytesIO(HTML(string=html).write_pdf())).pages[0]


@frappe.whitelist()
def paper(version: str) -> None:
	"""The attached PDF of a version; one that is not in force carries its mark."""
	doc = frappe.get_doc("Controlled Document Version", version)
	doc.check_permission("print")
	if not doc.attachment:
		frappe.throw(_("This version has no PDF. Print it instead."), WrongVersion)
	content, mark = read_pdf(doc.attachment), doc.mark()
	frappe.local.response.filename = f"{doc.document_code}-{doc.version_no}.pdf".replace("/", "-")
	frappe.local.response.filecontent = stamped(content, mark) if mark else content
	frappe.local.response.type = "pdf"
	frappe.local.response.display_content_as = "inline"
