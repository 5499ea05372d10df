"""Portal logins of residents: invited and withdrawn by the front desk (D1)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.sessions import clear_sessions
from frappe.utils import now_datetime, validate_email_address

from kefu_property import compat
from kefu_property.registry import personal_data, private_values
from kefu_property.registry.exceptions import InvitationImpossible
from kefu_property.rules.personal_data import MOBILE
from kefu_property.suite.setup import PORTAL_ROLE

#: domain of logins without an e-mail address; reserved, so that no message ever leaves for it (RFC 2606)
NO_MAIL = "portal.invalid"


@frappe.whitelist(methods=["POST"])
def invite(resident: str) -> str:
	"""Give a resident a portal login, or a new password link to the login there is. Returns the link, to be handed over.

	Raises InvitationImpossible when the record is disabled, has neither mobile nor e-mail, or when its mobile or e-mail is the
	login of somebody else.
	"""
	doc = frappe.get_doc("Resident", resident)
	doc.check_permission("write")
	if frappe.session.user != "Administrator" and not personal_data.REVEAL_ROLES & set(frappe.get_roles()):
		frappe.throw(_("Your role may not invite residents to the portal."), frappe.PermissionError)
	if doc.disabled:
		frappe.throw(
			_("{0} is disabled. Choose the record that it was merged into.").format(doc.resident_name),
			InvitationImpossible,
		)
	user = login_of(doc)
	if doc.user != user.name:
		doc.db_set({"user": user.name, "invited_on": now_datetime()}, notify=True)
	personal_data.log(doc.project, "Portal Invitation", "Portal", resident=doc.name)
	return compat.password_link(user)


@frappe.whitelist(methods=["POST"])
def withdraw(resident: str) -> None:
	"""Take a resident's portal login away; the login itself is disabled when nobody else uses it."""
	doc = frappe.get_doc("Resident", resident)
	doc.check_permission("write")
	if not doc.user:
		return
	user = frappe.get_doc("User", doc.user)
	doc.db_set("user", None, notify=True)
	if not frappe.db.exists("Resident", {"user": user.name}) and user.user_type == "Website User":
		set_enabled(user.name, False)


def login_of(doc):
	"""The User of a resident, made when missing."""
	if doc.user:
		user = frappe.get_doc("User", doc.user)
		_enable(user)
		return user
	phone = private_values.get(doc.name, private_values.PHONE) or ""
	mobile = phone if MOBILE.fullmatch(phone) else None
	email = validate_email_address(doc.email or "") or None
	if not mobile and not email:
		frappe.throw(
			_("{0} needs a mobile number or an e-mail address for the portal.").format(doc.resident_name),
			InvitationImpossible,
		)
	name = (email and frappe.db.exists("User", email)) or (
		mobile and frappe.db.get_value("User", {"mobile_no": mobile})
	)
	if name:
		user = frappe.get_doc("User", name)
		_check_same_person(doc, user)
		_enable(user)
		return user
	user = frappe.get_doc(
		{
			"doctype": "User",
			"email": email or f"{doc.name}@{NO_MAIL}",
			"first_name": doc.resident_name,
			"mobile_no": mobile,
			"language": "en" if doc.preferred_language == "English" else "zh",
			"send_welcome_email": 0,
			# said before the roles are looked at: the framework makes the first System User of a site its System Manager
			"user_type": "Website User",
			"roles": [{"role": PORTAL_ROLE}],
		}
	)
	user.flags.no_welcome_mail = True
	return user.insert(ignore_permissions=True)  # the right to change the resident was checked


def _check_same_person(doc, user) -> None:
	"""Families share phones: a login is reused only for the same name, and never a staff login."""
	others = frappe.get_all("Resident", filters={"user": user.name}, pluck="name_key")
	if user.user_type != "Website User" or not others or set(others) != {doc.name_key}:
		frappe.throw(
			_("The mobile or e-mail of {0} is the login of somebody else. Enter an own e-mail address.").format(
				doc.resident_name
			),
			InvitationImpossible,
		)


def _enable(user) -> None:
	if not user.enabled:
		set_enabled(user.name, True)
		user.reload()


def set_enabled(user: str, enabled: bool) -> None:
	"""Switch a portal login on or off; the caller has checked the right to do so.

	Not by saving the User: upstream changes its notification settings along with it, for which the desk's roles have no right.
	"""
	frappe.db.set_value("User", user, "enabled", int(enabled))
	frappe.clear_cache(user=user)
	if not enabled:
		clear_sessions(user, force=True)
