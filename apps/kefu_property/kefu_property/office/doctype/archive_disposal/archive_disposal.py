import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.office.doctype.archive_file import archive_file as files
from kefu_property.office.paper_exceptions import FileNotAvailable, StillToBeKept, WrongDates


class ArchiveDisposal(Document):
	"""Files whose retention has ended: destroyed, or kept longer, with approval and two witnesses (D9)."""

	def validate(self) -> None:
		files.check_rows(self)
		self.check_retention()
		self.files_count = len(self.items)

	def check_retention(self) -> None:
		rows = {
			row.name: row
			for row in frappe.get_all(
				"Archive File",
				filters={"name": ["in", [row.archive_file for row in self.items]]},
				fields=["name", "retention_until", "status", "file_title"],
			)
		}
		for row in self.items:
			file = rows[row.archive_file]
			row.retention_until, row.file_title = file.retention_until, file.file_title
			if self.docstatus.is_draft() or row.decision == "Destroy":
				check_ended(file)
			if row.decision == "Keep Longer":
				if not row.keep_until or getdate(row.keep_until) <= getdate(today()):
					frappe.throw(_("Enter until when {0} is kept.").format(file.file_title), WrongDates)
			else:
				row.keep_until = None

	def before_submit(self) -> None:
		rows = files.lock(row.archive_file for row in self.items)
		for row in rows.values():
			if row.status != files.IN_ARCHIVE:
				frappe.throw(
					_("{0} is not in the archive ({1}). Take it off the list.").format(row.file_title, _(row.status)),
					FileNotAvailable,
				)
		self.disposed_on = today()

	def on_submit(self) -> None:
		gone = [row.archive_file for row in self.items if row.decision == "Destroy"]
		self.destroy(gone)
		for row in self.items:
			if row.decision == "Keep Longer":
				frappe.db.set_value(  # lint: allow query-in-loop: each file has its own day
					"Archive File",
					row.archive_file,
					{"kept_longer_until": row.keep_until, "retention_until": row.keep_until, "disposal": self.name},
				)

	def destroy(self, names: list[str]) -> None:
		"""The catalogue keeps its line; the files and their texts go."""
		table = frappe.qb.DocType("Archive File")
		(
			frappe.qb.update(table)
			.set(table.status, files.DESTROYED)
			.set(table.destroyed_on, self.disposed_on)
			.set(table.disposal, self.name)
			.set(table.box, None)
			.where(table.name.isin(names or [""]))
			.run()
		)
		attached = {"attached_to_doctype": "Archive File", "attached_to_name": ["in", names or [""]]}
		for file in frappe.get_all("File", filters=attached, pluck="name"):
			# lint: allow query-in-loop: each file is removed from the disk, unless another document holds it, too
			frappe.delete_doc("File", file, ignore_permissions=True)  # approved by somebody else

	@frappe.whitelist()
	def files_due(self) -> list[dict]:
		"""Files of the project in the archive whose retention has ended, oldest first."""
		self.check_permission("read")
		return frappe.get_list(
			"Archive File",
			filters=[
				["project", "=", self.project],
				["status", "=", files.IN_ARCHIVE],
				["retention_until", "is", "set"],
				["retention_until", "<", today()],
			],
			fields=["name as archive_file", "file_title", "retention_until"],
			order_by="retention_until",
			limit=500,
		)


def check_ended(file: dict) -> None:
	if not file.retention_until or getdate(file.retention_until) >= getdate(today()):
		until = frappe.utils.format_date(file.retention_until) if file.retention_until else _("for ever")
		frappe.throw(_("{0} is to be kept until {1}.").format(file.file_title, until), StillToBeKept)
