"""Photos and papers of documents: the content decides what a file is, and a photo is kept without place and camera (L22)."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.suite import uploads

PDF = "application/pdf"
#: a drawing or contract as PDF; larger ones are not for a form
PDF_LIMIT = 20 * uploads.MEGABYTE


def keep(url: str | None, doctype: str, name: str, pdf: bool = False) -> str:
	"""Check an uploaded file and return the address to keep: a picture is stored anew without its hidden data.

	Raises NotAPicture or FileTooLarge.
	"""
	found = frappe.db.get_value("File", {"file_url": url}) if url else None
	if not found:
		frappe.throw(_("Upload the file instead of entering an address."), uploads.NotAPicture)
	file = frappe.get_doc("File", found)
	content = file.get_content()
	content = content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")
	if pdf and uploads.sniff(content) == PDF:
		return _kept_pdf(url, content)
	kept = store(content, doctype, name)
	if file.owner == frappe.session.user:
		file.delete(ignore_permissions=True)  # the original with its place and time; the user's own upload
	return kept


def store(content: bytes, doctype: str, name: str, pdf: bool = False) -> str:
	"""Keep bytes as a private file of a document and return its address. The caller has checked the right to it."""
	if pdf and uploads.sniff(content) == PDF:
		_kept_pdf("", content)
		suffix = "pdf"
	else:
		uploads.check_picture(content)
		content, suffix = uploads.without_metadata(content), "jpg"
	return (
		frappe.get_doc(
			{
				"doctype": "File",
				"file_name": f"{name}-{frappe.generate_hash(length=6)}.{suffix}",
				"attached_to_doctype": doctype,
				"attached_to_name": name,
				"is_private": 1,
				"content": content,
			}
		)
		.insert(ignore_permissions=True)  # see above
		.file_url
	)


def _kept_pdf(url: str, content: bytes) -> str:
	if len(content) > PDF_LIMIT:
		frappe.throw(
			_("This file has more than {0} MB. Please choose a smaller one.").format(PDF_LIMIT // uploads.MEGABYTE),
			uploads.FileTooLarge,
		)
	return url


def clean_rows(doc, table: str, fieldname: str, pdf: bool = False) -> None:
	"""Check the files of a child table that are new or changed; rows keep the cleaned file."""
	before = doc.get_doc_before_save()
	known = {row.get(fieldname) for row in before.get(table)} if before else set()
	for row in doc.get(table):
		if row.get(fieldname) and row.get(fieldname) not in known and not doc.flags.files_checked:
			row.set(fieldname, keep(row.get(fieldname), doc.doctype, doc.name, pdf))


def uploads_of(field: str, most: int) -> list[bytes]:
	"""Contents of the files of a multipart request; at most one byte more than allowed is read of each."""
	request = getattr(frappe.local, "request", None)
	files = [file for file in (request.files.getlist(field) if request else []) if file and file.filename]
	return [file.stream.read(PDF_LIMIT + 1) for file in files[:most]]
