import frappe
from frappe import _
from frappe.model.document import Document


class ApprovalRecordIsPermanent(frappe.ValidationError):
	"""Somebody tried to change or delete the trail of an approval."""


class ApprovalRecord(Document):
	"""Who moved a document along its workflow, when and from where. Append-only (DESIGN invariant 6)."""

	def validate(self) -> None:
		if not self.is_new():
			frappe.throw(_("The trail of approvals cannot be changed."), ApprovalRecordIsPermanent)

	def on_trash(self) -> None:
		frappe.throw(_("The trail of approvals cannot be deleted."), ApprovalRecordIsPermanent)


def on_doctype_update() -> None:
	frappe.db.add_index("Approval Record", ["reference_doctype", "reference_name"])
