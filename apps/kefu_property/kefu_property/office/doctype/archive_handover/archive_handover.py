import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.office.paper_exceptions import NotFinal, WrongDates

QUEUED, RUNNING, FINISHED, FAILED = "Queued", "Running", "Package Ready", "Failed"
MAY_HAND_OVER = ("Office Director", "Office Clerk", "Kefu Administrator")


class ArchiveHandover(Document):
	"""Handover of a project's papers at the end of a contract: one package with an index (D9, L25)."""

	def validate(self) -> None:
		if self.from_date and getdate(self.from_date) > getdate(self.to_date):
			frappe.throw(_("The first day lies after the last. Correct one of them."), WrongDates)

	def on_submit(self) -> None:
		self.queue()

	def queue(self) -> None:
		self.db_set({"status": QUEUED, "progress": 0, "error": None})
		frappe.enqueue(
			"kefu_property.office.archive_package.build",
			queue="long",
			timeout=3600,
			enqueue_after_commit=True,
			handover=self.name,
		)

	@frappe.whitelist(methods=["POST"])
	def build_again(self) -> None:
		"""Build the package anew: the last attempt failed or stands still, or files came later. Raises NotFinal before approval."""
		frappe.only_for(MAY_HAND_OVER)
		self.check_permission("read")
		if not self.docstatus.is_submitted():
			frappe.throw(_("The package is built after the approval."), NotFinal)
		self.queue()
