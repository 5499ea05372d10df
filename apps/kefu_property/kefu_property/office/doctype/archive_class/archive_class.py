import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils.nestedset import NestedSet

from kefu_property.office.paper_reports import own_projects


class ArchiveClass(NestedSet):
	"""Class of the archive catalogue with the years its files are kept (D9, L24)."""

	nsm_parent_field = "parent_archive_class"

	def on_trash(self) -> None:
		if frappe.db.exists("Archive File", {"archive_class": self.name}):
			frappe.throw(_("There are files in this class. Disable it instead."), frappe.LinkExistsError)
		super().on_trash()


@frappe.whitelist()
def children(doctype: str, parent: str = "", is_root: bool | str = False) -> list[dict]:
	"""Classes below `parent` for the catalogue's tree: `value`, `title`, `expandable`, `note` (files, years to keep)."""
	if not frappe.has_permission("Archive Class", "read"):
		frappe.throw(_("You may not read the archive."), frappe.PermissionError)
	top = not parent or parent == doctype or str(is_root).lower() in ("true", "1")
	rows = frappe.get_list(
		"Archive Class",
		filters={"parent_archive_class": ["is", "not set"] if top else parent, "disabled": 0},
		fields=["name", "class_name", "is_group", "retention_years"],
		order_by="class_code",
	)
	files = count_files([row.name for row in rows])
	return [
		{
			"value": row.name,
			"title": f"{row.name} {_(row.class_name)}",
			"expandable": row.is_group,
			"note": "" if row.is_group else _note(files.get(row.name, 0), row.retention_years),
		}
		for row in rows
	]


def count_files(classes: list[str]) -> dict[str, int]:
	"""Files in the classes that are in the reader's projects, without those destroyed."""
	file = frappe.qb.DocType("Archive File")
	query = (
		frappe.qb.from_(file)
		.select(file.archive_class, Count(file.name))
		.where(file.archive_class.isin(classes or [""]) & (file.status != "Destroyed"))
		.groupby(file.archive_class)
	)
	return dict(own_projects(query, file.project).run())


def _note(files: int, years: int) -> str:
	kept = _("{0} years").format(years) if years else _("For Ever")
	return f"{_('{0} files').format(files)} · {kept}"
