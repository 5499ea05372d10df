"""Filing a paper of any module in the archive: its print and its attachments, with one click (D9)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.office.paper_exceptions import AlreadyFiled, NotFinal
from kefu_property.rules import paper_rules
from kefu_property.suite import state

NOT_FILED = {"Archive File", "Archive Text", "Archive Box", "Archive Class", "Archive Handover", "Property Project"}


@frappe.whitelist()
def filing(doctype: str, name: str) -> dict:
	"""What the desk needs to file a document: whether it is filed (`filed`), and what to propose."""
	if not frappe.has_permission("Archive File", "create"):
		frappe.throw(_("You may not file papers."), frappe.PermissionError)
	doc = _document(doctype, name)
	return {
		"filed": frappe.db.get_value("Archive File", {"reference_key": _key(doc)}),
		"title": _title(doc),
		"archive_class": proposed_class(doc),
		"project": doc.get("project"),
	}


@frappe.whitelist(methods=["POST"])
def file_document(
	doctype: str, name: str, archive_class: str, title: str | None = None, project: str | None = None
) -> str:
	"""File a document of the suite: an Archive File with its print as PDF and copies of its attachments. Returns its name.

	Raises NotFinal for a draft, AlreadyFiled for a document that is in the archive.
	"""
	doc = _document(doctype, name)
	if not frappe.has_permission("Archive File", "create"):
		frappe.throw(_("You may not file papers."), frappe.PermissionError)
	if doc.meta.is_submittable and doc.docstatus.is_draft():
		frappe.throw(_("{0} is a draft. Finish it first, then file it.").format(name), NotFinal)
	filed = frappe.db.get_value("Archive File", {"reference_key": _key(doc)})
	if filed:
		frappe.throw(_("{0} is in the archive already: {1}").format(name, filed), AlreadyFiled)
	file = frappe.get_doc(
		{
			"doctype": "Archive File",
			"project": doc.get("project") or project,
			"archive_class": archive_class,
			"file_title": (title or _title(doc))[:140],
			"file_date": _date(doc),
			"medium": "Electronic",
			"responsible": frappe.utils.get_fullname(doc.get("prepared_by") or doc.owner),
			"reference_doctype": doctype,
			"reference_name": name,
			"reference_key": _key(doc),
		}
	).insert()
	_keep_print(doc, file)
	_keep_attachments(doc, file)
	doc.add_comment("Info", _("Filed in the archive as {0}").format(file.name))
	return file.name


def _document(doctype: str, name: str):
	"""A document of the suite that the user may read. Raises PermissionError, also for DocTypes that are not filed."""
	if doctype not in state.owners()["doctype"] or doctype in NOT_FILED:
		frappe.throw(_("Papers of this kind are not filed."), frappe.PermissionError)
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	return doc


def _key(doc) -> str:
	return f"{doc.doctype}|{doc.name}"[:140]


def _title(doc) -> str:
	title = doc.get_title() or doc.name
	number = doc.get("document_number")
	return f"{number} {title}" if number else title if title == doc.name else f"{_(doc.doctype)} {title}"


def _date(doc):
	return getdate(doc.get("issued_on") or doc.get("received_on") or doc.get("approved_on") or doc.creation or today())


def proposed_class(doc) -> str | None:
	"""The class where papers like this one were filed before, or that the kind of document names."""
	if doc.doctype == "Issued Document":
		return frappe.get_cached_value("Document Kind", doc.kind, "archive_class")
	if doc.doctype == "Incoming Letter":
		return "A.02" if frappe.db.exists("Archive Class", "A.02") else None
	return frappe.db.get_value(
		"Archive File", {"reference_doctype": doc.doctype}, "archive_class", order_by="creation desc"
	)


def print_format_of(doctype: str) -> str | None:
	"""The DocType's own print format: its default, else the first one that is shipped for it."""
	return frappe.get_meta(doctype).default_print_format or frappe.db.get_value(
		"Print Format", {"doc_type": doctype, "disabled": 0, "raw_printing": 0}, order_by="standard desc, creation"
	)


def _keep_print(doc, file) -> None:
	content = frappe.get_print(
		doc.doctype, doc.name, print_format_of(doc.doctype), doc=doc, as_pdf=True, no_letterhead=1
	)
	_add(file, f"{paper_rules.safe_name(doc.name)}.pdf", content=content)


def _keep_attachments(doc, file) -> None:
	for row in frappe.get_all(
		"File",
		filters={"attached_to_doctype": doc.doctype, "attached_to_name": doc.name, "is_folder": 0},
		fields=["file_name", "file_url"],
		order_by="creation",
	):
		_add(file, row.file_name, file_url=row.file_url)


def _add(file, file_name: str, **values) -> None:
	copy = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": file_name,
			"attached_to_doctype": file.doctype,
			"attached_to_name": file.name,
			"is_private": 1,
			**values,
		}
	)
	copy.flags.copied_to_archive = True  # what other modules accepted is kept as it is
	copy.insert(ignore_permissions=True)  # the user may read the document and file it


def attached(names: list[str]) -> dict[str, list[dict]]:
	"""Attached files of archive files, by archive file: `name`, `file_name`, `file_url`, `file_size`."""
	found: dict[str, list[dict]] = {}
	for row in frappe.get_all(
		"File",
		filters={"attached_to_doctype": "Archive File", "attached_to_name": ["in", names or [""]], "is_folder": 0},
		fields=["name", "file_name", "file_url", "file_size", "attached_to_name"],
		order_by="attached_to_name, creation",
	):
		found.setdefault(row.attached_to_name, []).append(row)
	return found
