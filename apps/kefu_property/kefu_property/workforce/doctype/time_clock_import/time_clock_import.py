import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.workforce import clock_files
from kefu_property.workforce.exceptions import ImportedBefore, InUse, RowsRefused

SHOWN = 500


class TimeClockImport(Document):
	"""Import of a time clock's file: read and checked first, then written at once or not at all (S6)."""

	def validate(self) -> None:
		before = self.get_doc_before_save()
		if before and before.status == "Imported" and not self.flags.importing:
			frappe.throw(_("{0} is imported and stays as it is.").format(self.name), InUse)
		if not before or before.file != self.file or before.project != self.project:
			self.check_file()

	def check_file(self) -> None:
		content = clock_files.content_of(self.file)
		self.file_hash = clock_files.file_hash(content)
		checked = clock_files.Checked(self.project, content)
		self.take(checked)
		self.status = "Checked"

	def take(self, checked: clock_files.Checked) -> None:
		self.rows_read, self.rows_good, self.rows_refused = checked.read, len(checked.good), len(checked.refused)
		self.set("refusals", [])
		for number, content, text in checked.refused[:SHOWN]:
			self.append("refusals", {"row_no": number, "content": content, "problem": text})

	@frappe.whitelist(methods=["POST"])
	def import_rows(self) -> dict:
		"""Write the rows. Raises RowsRefused when rows are refused and the whole file was asked for, ImportedBefore."""
		self.check_permission("write")
		if self.status == "Imported":
			frappe.throw(_("{0} is imported and stays as it is.").format(self.name), ImportedBefore)
		other = frappe.db.get_value(
			"Time Clock Import",
			{"project": self.project, "file_hash": self.file_hash, "status": "Imported", "name": ["!=", self.name]},
		)
		if other:
			frappe.throw(_("This file was imported with {0}.").format(other), ImportedBefore)
		# the staff may have changed since the check
		checked = clock_files.Checked(self.project, clock_files.content_of(self.file))
		if checked.refused and not self.good_rows_only:
			frappe.throw(
				_("{0} rows are refused. Correct the file, or choose to import the good rows only.").format(
					len(checked.refused)
				),
				RowsRefused,
			)
		self.take(checked)
		self.rows_new = clock_files.write(self.project, checked, (self.doctype, self.name))
		self.status = "Imported"
		self.flags.importing = True
		self.save()
		self.flags.importing = False
		return {"read": self.rows_read, "new": self.rows_new, "refused": self.rows_refused}
