"""Full numbers of the staff: revealed to whom the work needs it, each time with an entry in the log (D29, L22)."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from kefu_property.workforce import private_values
from kefu_property.workforce.exceptions import NothingStored, RevealRefused

REVEAL_ROLES = {"HR Clerk", "Office Director"}
KINDS = {
	"mobile": private_values.PHONE,
	"id_number": private_values.ID_NUMBER,
	"bank_account": private_values.BANK_ACCOUNT,
	"emergency_phone": private_values.EMERGENCY_PHONE,
}
PURPOSES = ("Contract and Insurance", "Payroll", "Contact about Work", "Check of Identity", "Emergency")


@frappe.whitelist(methods=["POST"])
def reveal(staff: str, fieldname: str, purpose: str) -> str:
	"""The full number of a member of staff, after writing the access log.

	`fieldname` is `mobile`, `id_number`, `bank_account` or `emergency_phone`. One's own numbers are shown to everybody. Raises
	RevealRefused without the role or a purpose, NothingStored when there is no number.
	"""
	doc = frappe.get_doc("Staff Member", staff)
	doc.check_permission("read")
	kind = KINDS.get(fieldname)
	if not kind:
		frappe.throw(_("There is no personal field {0}.").format(fieldname), RevealRefused)
	own = doc.user == frappe.session.user
	if not own and frappe.session.user != "Administrator" and not REVEAL_ROLES & set(frappe.get_roles()):
		frappe.throw(_("Your role may not see the full {0}. Ask the personnel clerk.").format(_(kind)), RevealRefused)
	if purpose not in PURPOSES:
		frappe.throw(_("Name one of the purposes for seeing personal data."), RevealRefused)
	value = private_values.get(staff, kind)
	if not value:
		frappe.throw(_("No {0} is stored for {1}.").format(_(kind), doc.staff_name), NothingStored)
	frappe.get_doc(
		{
			"doctype": "Staff Data Access Log",
			"project": doc.project,
			"staff": staff,
			"field": kind,
			"purpose": purpose,
			"user": frappe.session.user,
			"accessed_on": now_datetime(),
			"ip_address": getattr(frappe.local, "request_ip", None),
		}
	).insert(ignore_permissions=True)  # the log is written by the system, nobody may write it by hand
	return value
