"""Scans that belong to staff files: a PDF or a picture by its content, kept private (D29, L22)."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.suite import attachments, uploads
from kefu_property.workforce.exceptions import WrongFileType


def check_file(doc, fieldname: str) -> None:
	"""Check a file that is new in an Attach field and keep it as a private file of the document. Raises WrongFileType."""
	url = doc.get(fieldname)
	before = doc.get_doc_before_save()
	if not url or (before and before.get(fieldname) == url):
		return
	found = frappe.db.get_value("File", {"file_url": url})
	if not found:
		frappe.throw(_("Upload the file instead of entering an address."), WrongFileType)
	file = frappe.get_doc("File", found)
	content = file.get_content()
	content = content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")
	kind = uploads.sniff(content)
	if kind != attachments.PDF and kind not in uploads.PICTURES:
		frappe.throw(
			_("{0} is neither a PDF nor a picture. Scan or photograph the paper and attach that file.").format(
				file.file_name
			),
			WrongFileType,
		)
	url = attachments.keep(url, doc.doctype, doc.name, pdf=True)
	if kind == attachments.PDF and not file.is_private:
		file.is_private = 1
		file.save(ignore_permissions=True)  # the user's own upload for this paper
		url = file.file_url
	doc.set(fieldname, url)
