"""What is attached to papers and archive files: it has to be what its name says (D9)."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.office.paper_exceptions import AttachmentTooLarge, NotWhatItSays
from kefu_property.rules import paper_rules
from kefu_property.suite import uploads

#: documents whose attachments are checked
CHECKED = {
	"Issued Document",
	"Incoming Letter",
	"Seal Request",
	"Archive File",
	"Rule Version",
	"Rule Breach",
	"External Organisation",
	"External Visit",
	"External Commitment",
}


def content_of(file) -> bytes:
	content = file.get_content()
	return content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")


def check(file, method: str | None = None) -> None:
	"""Hook `File.before_insert`: refuse what is too large, of an unknown kind, or not what its name says."""
	if file.attached_to_doctype not in CHECKED or file.is_folder or file.flags.copied_to_archive:
		return
	if file.is_remote_file:
		frappe.throw(_("Upload the file instead of entering an address."), NotWhatItSays)
	content = content_of(file)
	limit = frappe.db.get_single_value("Paper Settings", "file_megabytes") or 50
	if len(content) > limit * uploads.MEGABYTE:
		frappe.throw(
			_("This file has more than {0} MB. Please choose a smaller one.").format(limit), AttachmentTooLarge
		)
	head = content[:8192]
	if not paper_rules.is_what_it_says(file.file_name or file.file_url or "", head, uploads.sniff(content)):
		frappe.throw(
			_(
				"{0} is not what its name says, or a kind of file that is not kept. Choose a PDF, Office file, picture or text."
			).format(frappe.utils.escape_html(file.file_name or "")),
			NotWhatItSays,
		)


def keep_private(file, method: str | None = None) -> None:
	"""Hook `File.after_insert`: papers are not for everybody who knows an address."""
	if file.attached_to_doctype in CHECKED and not file.is_private and not file.is_folder:
		file.is_private = 1
		file.save(ignore_permissions=True)  # the uploader's own file, just made
