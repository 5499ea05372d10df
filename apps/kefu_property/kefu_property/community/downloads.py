"""Files for residents: a method that has checked the right to the paper hands out what is attached to it."""

from __future__ import annotations

import mimetypes

import frappe


def hand_out(url: str) -> None:
	"""Answer the request with a file of this site. The caller has checked that the reader may have it.

	Raises DoesNotExistError.
	"""
	found = frappe.db.get_value("File", {"file_url": url})
	if not found:
		raise frappe.DoesNotExistError
	file = frappe.get_doc("File", found)
	content = file.get_content()
	frappe.local.response.filename = file.file_name
	frappe.local.response.filecontent = content if isinstance(content, bytes) else content.encode()
	frappe.local.response.type = "download"
	kind = mimetypes.guess_type(file.file_name)[0] or ""
	if kind.startswith("image/") or kind == "application/pdf":
		frappe.local.response.display_content_as = "inline"
