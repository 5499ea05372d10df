import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate, now_datetime, today

from kefu_property.office.doctype.archive_file import archive_file as files
from kefu_property.office.paper_exceptions import FileNotAvailable, ReturnedBefore, WrongDates


class ArchiveLoan(Document):
	"""Loan of archive files: approved by the archive, back by a day (D9)."""

	def validate(self) -> None:
		files.check_rows(self)
		self.check_due()
		self.count()

	def check_due(self) -> None:
		if not self.due_on:
			self.due_on = add_days(today(), frappe.db.get_single_value("Paper Settings", "loan_days") or 14)
		if self.docstatus.is_draft() and getdate(self.due_on) < getdate(today()):
			frappe.throw(_("The files would be due back in the past. Correct the day."), WrongDates)

	def count(self) -> None:
		back = sum(1 for row in self.items if row.returned_on)
		if not self.docstatus.is_submitted():
			self.status = "Not Lent"
		elif not back:
			self.status = "Lent"
		else:
			self.status = "Returned" if back == len(self.items) else "Partly Returned"

	def before_submit(self) -> None:
		"""The locked rows decide: nobody lends a file twice."""
		rows = files.lock(row.archive_file for row in self.items)
		for row in rows.values():
			if row.status != files.IN_ARCHIVE:
				frappe.throw(
					_("{0} is not in the archive ({1}). Take it off the list.").format(row.file_title, _(row.status)),
					FileNotAvailable,
				)
		self.lent_on = now_datetime()
		self.count()

	def on_submit(self) -> None:
		self.move([row.archive_file for row in self.items], files.LENT)

	def before_cancel(self) -> None:
		if any(row.returned_on for row in self.items):
			frappe.throw(_("Files of this loan came back already. It cannot be cancelled."), ReturnedBefore)

	def on_cancel(self) -> None:
		self.move([row.archive_file for row in self.items], files.IN_ARCHIVE)
		self.db_set("status", "Not Lent")

	def move(self, names: list[str], status: str) -> None:
		lent = status == files.LENT
		table = frappe.qb.DocType("Archive File")
		(
			frappe.qb.update(table)
			.set(table.status, status)
			.set(table.borrower, self.borrower if lent else None)
			.set(table.due_on, self.due_on if lent else None)
			.where(table.name.isin(names))
			.run()
		)

	@frappe.whitelist(methods=["POST"])
	def take_back(self, names: list | str | None = None) -> str:
		"""Files are back: `names` of Archive File, all that are out by default. Returns the loan's status.

		Raises ReturnedBefore for files that came back before, PermissionError for anybody but the archive.
		"""
		frappe.only_for(("Office Clerk", "Office Director"))
		self.check_permission("read")
		wanted = frappe.parse_json(names) if names else None
		frappe.db.get_value("Archive Loan", self.name, "name", for_update=True)
		self.reload()
		rows = [row for row in self.items if not row.returned_on and (wanted is None or row.archive_file in wanted)]
		if not self.docstatus.is_submitted() or not rows or (wanted and len(rows) != len(wanted)):
			frappe.throw(_("These files are not out on this loan."), ReturnedBefore)
		for row in rows:
			row.returned_on, row.received_by = now_datetime(), frappe.session.user
		self.count()
		if self.status == "Returned":
			self.returned_on = now_datetime()
		self.flags.ignore_permissions = True  # the role was checked above
		self.save()
		self.move([row.archive_file for row in rows], files.IN_ARCHIVE)
		return self.status
