"""Sign-in page of the portal."""

import frappe

from kefu_property.suite import messages
from kefu_property.suite.portal import goes_to_portal
from kefu_property.suite.portal_paths import safe_next


def get_context(context):
	target = safe_next(frappe.form_dict.get("next"))
	if goes_to_portal(frappe.session.user):
		frappe.flags.redirect_location = target
		raise frappe.Redirect
	context.next = target
	context.code_offered = messages.can_deliver_codes()
	context.by = "password" if not context.code_offered or frappe.form_dict.get("by") == "password" else "code"
