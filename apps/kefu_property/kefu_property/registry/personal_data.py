"""Full numbers of residents: revealed to whom the work needs it, each time with an entry in the log (D1, L22)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import now_datetime

from kefu_property.registry import private_values
from kefu_property.registry.exceptions import NothingStored, RevealRefused

REVEAL_ROLES = {"CS Agent", "CS Supervisor", "Office Director", "Kefu Administrator"}
ID_ROLES = {"CS Supervisor", "Office Director", "Kefu Administrator"}
STANDARD_PURPOSES = ("Contact about fees", "Contact about a case", "Check of identity", "Move or transfer", "Emergency")


def purposes(project: str) -> list[str]:
	"""Purposes that the project allows for seeing full numbers."""
	own = frappe.get_all(
		"Personal Data Purpose",
		filters={"parent": project, "parenttype": "Property Project"},
		pluck="purpose",
		order_by="idx",
	)
	return own or list(STANDARD_PURPOSES)


@frappe.whitelist()
def purposes_of(resident: str) -> list[dict]:
	"""Choices of the reveal dialog."""
	doc = frappe.get_doc("Resident", resident)
	doc.check_permission("read")
	return [{"value": purpose, "label": _(purpose)} for purpose in purposes(doc.project)]


@frappe.whitelist(methods=["POST"])
def reveal(resident: str, fieldname: str, purpose: str, contact: str | None = None) -> str:
	"""The full number of a resident, after writing the access log.

	`fieldname` is `phone`, `id_number` or `contact_phone` (then `contact` names the row). Raises RevealRefused without
	the role or a purpose of the project, NothingStored when there is no number.
	"""
	doc = frappe.get_doc("Resident", resident)
	doc.check_permission("read")
	kind = {
		"phone": private_values.PHONE,
		"id_number": private_values.ID_NUMBER,
		"contact_phone": private_values.CONTACT_PHONE,
	}.get(fieldname)
	if not kind:
		frappe.throw(_("There is no personal field {0}.").format(fieldname), RevealRefused)
	needed = ID_ROLES if kind == private_values.ID_NUMBER else REVEAL_ROLES
	if frappe.session.user != "Administrator" and not needed & set(frappe.get_roles()):
		frappe.throw(_("Your role may not see the full {0}. Ask a supervisor.").format(_(kind)), RevealRefused)
	if purpose not in purposes(doc.project):
		frappe.throw(_("Name one of the project's purposes for seeing personal data."), RevealRefused)
	value = private_values.get(resident, kind, contact or "")
	if not value:
		frappe.throw(_("No {0} is stored for {1}.").format(_(kind), doc.resident_name), NothingStored)
	log(doc.project, kind, purpose, resident=resident)
	return value


def log(project: str, field: str, purpose: str, resident: str | None = None, rows: int = 1) -> None:
	"""Write one entry of the access log."""
	frappe.get_doc(
		{
			"doctype": "Personal Data Access Log",
			"project": project,
			"resident": resident,
			"field": field,
			"purpose": purpose,
			"user": frappe.session.user,
			"accessed_on": now_datetime(),
			"ip_address": getattr(frappe.local, "request_ip", None),
			"row_count": rows,
		}
	).insert(ignore_permissions=True)  # the log is written by the system, nobody may write it by hand
