"""The privacy notice, and the question for consent at a resident's first visit (L22)."""

import frappe
from frappe import _

from kefu_property.suite.portal import goes_to_portal
from kefu_property.suite.portal_auth import needs_consent, notice_version
from kefu_property.suite.portal_paths import safe_next


def get_context(context):
	user = frappe.session.user
	context.version = notice_version()
	context.ask = goes_to_portal(user) and needs_consent(user)
	if context.ask:
		context.nav = None  # nothing else to go to before the answer
	context.next = safe_next(frappe.form_dict.get("next"))
	context.company = frappe.db.get_single_value("Kefu Settings", "organisation") or _("The property company")
