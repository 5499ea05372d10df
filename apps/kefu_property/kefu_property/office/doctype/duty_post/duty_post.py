import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.office import duty
from kefu_property.office.exceptions_desk import UnknownSection


class DutyPost(Document):
	"""A place of work that is staffed in shifts (D11)."""

	def validate(self) -> None:
		self.check_sections()

	def check_sections(self) -> None:
		known = duty.section_titles()
		keys = self.wanted_sections()
		unknown = [key for key in keys if key not in known]
		if unknown:
			frappe.throw(
				_("No module fills the section {0}. Sections: {1}").format(
					unknown[0], ", ".join(f"{key} ({title})" for key, title in known.items())
				),
				UnknownSection,
			)
		self.sections = "\n".join(dict.fromkeys(keys))

	def wanted_sections(self) -> list[str]:
		return [line.strip() for line in (self.sections or "").splitlines() if line.strip()]


@frappe.whitelist()
def sections() -> dict[str, str]:
	"""Sections that a handover sheet can have: key → title."""
	if not frappe.has_permission("Duty Post"):
		frappe.throw(_("You may not read duty posts."), frappe.PermissionError)
	return duty.section_titles()
