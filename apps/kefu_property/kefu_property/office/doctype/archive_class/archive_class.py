from frappe.utils.nestedset import NestedSet


class ArchiveClass(NestedSet):
	"""Class of the archive catalogue with the years its files are kept (D9, L24)."""

	nsm_parent_field = "parent_archive_class"
