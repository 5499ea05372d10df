import re

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_months, today

from kefu_property.quality import checks, documents
from kefu_property.quality.exceptions import WrongVersion
from kefu_property.rules import quality_rules

CODE = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*")


class ControlledDocument(Document):
	"""A paper of the management systems; what it says stands in its versions, of which one is valid (D18)."""

	def validate(self) -> None:
		self.check_code()
		checks.same_project(self, "area")
		checks.title_clauses(self)

	def check_code(self) -> None:
		if not CODE.fullmatch(self.document_code or ""):
			frappe.throw(_("A document code has letters, digits, dots and hyphens, such as QP-01."), WrongVersion)

	def on_update(self) -> None:
		if self.has_value_changed("doc_title") and not self.is_new():
			version = frappe.qb.DocType("Controlled Document Version")
			frappe.qb.update(version).set(version.doc_title, self.doc_title).where(
				(version.document == self.name) & (version.docstatus == 0)
			).run()

	def on_trash(self) -> None:
		if frappe.db.exists("Controlled Document Version", {"document": self.name, "docstatus": ["!=", 0]}):
			frappe.throw(_("A document that was in force is withdrawn, not deleted."), WrongVersion)

	@frappe.whitelist()
	def following_version(self) -> str:
		"""Proposal for the number of the next version."""
		self.check_permission("read")
		last = frappe.get_all(
			"Controlled Document Version",
			filters={"document": self.name},
			pluck="version_no",
			order_by="creation desc",
			limit=1,
		)
		return quality_rules.next_version(last[0] if last else None)

	@frappe.whitelist(methods=["POST"])
	def confirm_review(self, note: str) -> None:
		"""Note that the document was reviewed and stays as it is; the next review is set."""
		self.check_permission("write")
		if self.status != documents.IN_FORCE:
			frappe.throw(_("The document has no valid version to review."), WrongVersion)
		if not note.strip():
			frappe.throw(_("Write what was looked at."), WrongVersion)
		self.db_set("review_on", add_months(today(), self.review_months or 12))
		self.add_comment("Info", _("Reviewed, stays valid: {0}").format(frappe.utils.escape_html(note)))

	@frappe.whitelist(methods=["POST"])
	def withdraw(self, reason: str) -> None:
		"""Take the document out of force without another version (Office Director)."""
		self.check_permission("write")
		frappe.only_for(("Office Director", "Kefu Administrator"))
		if self.status != documents.IN_FORCE:
			frappe.throw(_("Only a document in force is withdrawn."), WrongVersion)
		if not reason.strip():
			frappe.throw(_("Write why it is withdrawn."), WrongVersion)
		documents.make_obsolete(self.current_version)
		self.db_set(
			{
				"status": "Withdrawn",
				"current_version": None,
				"current_version_no": None,
				"review_on": None,
				"withdrawn_on": today(),
				"withdrawn_reason": reason.strip(),
			}
		)
