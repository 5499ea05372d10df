import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_url, getdate

from kefu_property.office.paper_exceptions import FileNotAvailable, WrongProject
from kefu_property.rules import paper_rules
from kefu_property.suite import qr

IN_ARCHIVE, LENT, DESTROYED = "In the Archive", "Lent", "Destroyed"


class ArchiveFile(Document):
	"""A paper or file kept in the archive: class, place, retention, where it came from (D9)."""

	def validate(self) -> None:
		self.check_class()
		self.check_box()
		self.set_retention()

	def check_class(self) -> None:
		if frappe.get_cached_value("Archive Class", self.archive_class, "is_group"):
			frappe.throw(
				_("{0} is a group of classes. Choose a class below it.").format(self.archive_class), WrongProject
			)

	def check_box(self) -> None:
		if self.box and frappe.get_cached_value("Archive Box", self.box, "project") != self.project:
			frappe.throw(_("The box is of another project. Choose one of this project."), WrongProject)

	def set_retention(self) -> None:
		self.retention_years = frappe.get_cached_value("Archive Class", self.archive_class, "retention_years")
		end = paper_rules.retention_end(getdate(self.file_date), self.retention_years or 0)
		longer = getdate(self.kept_longer_until) if self.kept_longer_until else None
		self.retention_until = max(end, longer) if end and longer else end

	def on_trash(self) -> None:
		frappe.throw(_("Archive files are disposed of with approval, not deleted."), FileNotAvailable)

	def qr(self) -> str:
		return qr.data_uri(get_url(f"/app/archive-file/{self.name}"), scale=3)


def lock(names) -> dict[str, dict]:
	"""Rows of archive files by name, locked until the end of the transaction."""
	table = frappe.qb.DocType("Archive File")
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.project, table.status, table.file_title, table.retention_until, table.retention_years)
		.where(table.name.isin(sorted(names) or [""]))
		.orderby(table.name)
		.for_update()
		.run(as_dict=True)
	)
	return {row.name: row for row in rows}


def check_rows(doc) -> None:
	"""Files of a paper's table stand there once and belong to its project."""
	names = [row.archive_file for row in doc.items]
	if len(names) != len(set(names)):
		frappe.throw(_("A file stands twice in the table. Remove one line."), FileNotAvailable)
	projects = frappe.get_all("Archive File", filters={"name": ["in", names]}, pluck="project")
	if any(project != doc.project for project in projects):
		frappe.throw(_("A file is of another project. Choose files of this project."), WrongProject)
