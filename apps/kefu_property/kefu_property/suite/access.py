"""The gate in front of every request (DESIGN invariant 7).

Guests and residents reach an explicit list of methods and pages; everything else answers 403, whatever the framework
would offer. A module that is off answers nobody. Staff requests for enabled modules pass untouched.
"""

from __future__ import annotations

import json

import frappe
from frappe import _

from kefu_property import compat
from kefu_property.suite import manifest as manifests
from kefu_property.suite import row_rules, state

#: what the framework itself needs for signing in and out, for its realtime server and for health checks
GUEST_METHODS = frozenset(
	{
		"login",
		"logout",
		"ping",
		"frappe.ping",
		"frappe.auth.get_logged_user",
		"frappe.realtime.get_user_info",
		"frappe.core.doctype.user.user.reset_password",
		"frappe.core.doctype.user.user.update_password",
		"frappe.core.doctype.user.user.test_password_strength",
	}
)
PAGES = frozenset(
	{
		"",
		"index",
		"login",
		"update-password",
		"portal",
		"me",
		"robots.txt",
		"favicon.ico",
		"website_script.js",
		"404",
		"403",
	}
)
#: request parameters that may carry the name of a DocType, and those that carry a document as JSON
DOCTYPE_KEYS = ("doctype", "dt", "ref_doctype", "reference_doctype", "parent_doctype")
DOCUMENT_KEYS = ("doc", "docs")


class NotOnAllowList(frappe.PermissionError):
	"""A guest or resident asked for something that no module offers them."""


def check_request() -> None:
	"""Hook `before_request`. Raises NotOnAllowList or ModuleDisabled, which answer 403."""
	request = frappe.local.request
	if request.method == "OPTIONS":
		return
	if request.headers.get("Authorization"):
		# the framework looks at tokens only after this hook: whoever it is has to be known here
		compat.validate_auth()
	methods = requested_methods(request)
	if is_outsider(frappe.session.user):
		_check_allow_list(request, methods)
	if len(state.enabled_keys()) < len(state.all_modules()):
		_check_modules(request, methods)


def is_outsider(user: str) -> bool:
	"""True for guests and for portal users."""
	return user == "Guest" or frappe.get_cached_value("User", user, "user_type") != "System User"


def requested_methods(request) -> set[str]:
	"""Names of the whitelisted methods that this request calls, by path or by parameter."""
	methods = {frappe.form_dict.cmd} if frappe.form_dict.get("cmd") else set()
	parts = request.path.strip("/").split("/")
	if parts[0] == "api" and "method" in parts[1:3]:
		rest = parts[parts.index("method") + 1 :]
		methods.add("/".join(rest))
	return methods


def allowed_methods(user: str) -> set[str]:
	"""Methods that a guest or resident may call, from the manifests of enabled modules."""
	kinds = ("guest_methods",) if user == "Guest" else ("guest_methods", "methods")
	return GUEST_METHODS | {
		manifests.absolute(entry, name)
		for entry in state.enabled_modules()
		for kind in kinds
		for name in entry.get("portal", {}).get(kind, ())
	}


def _check_allow_list(request, methods: set[str]) -> None:
	user = frappe.session.user
	path = request.path.strip("/")
	if methods:
		if methods <= allowed_methods(user):
			return
	elif path in PAGES or path.startswith("portal/"):
		return
	elif user == "Guest" and path.split("/")[0] == "app":
		return  # the framework sends them to the sign-in page
	elif any(path == route or path.startswith(f"{route}/") for route in _guest_routes()):
		return
	frappe.flags.kefu_refused = True  # a browser gets the portal's page for this, with the right status
	frappe.throw(
		_("This is not open to you. Sign in with another account or go back to the start page."), NotOnAllowList
	)


def _guest_routes() -> set[str]:
	return {route for entry in state.enabled_modules() for route in entry.get("portal", {}).get("guest_routes", ())}


def _check_modules(request, methods: set[str]) -> None:
	"""Refuse what names a DocType, report, page or method of a module that is off."""
	owners, enabled = state.owners(), state.enabled_keys()
	keys = {owners["doctype"].get(name) for name in _named_doctypes(request)}
	keys.add(owners["report"].get(frappe.form_dict.get("report_name")))
	if "frappe.desk.desk_page.getpage" in methods:
		keys.add(owners["page"].get(frappe.form_dict.get("name")))
	for method in methods:
		keys.update(key for package, key in owners["package"].items() if method.startswith(f"{package}."))
	for key in keys - {None} - enabled:
		row_rules.refuse(key)


def _named_doctypes(request) -> set[str]:
	names = {frappe.form_dict.get(key) for key in DOCTYPE_KEYS}
	parts = request.path.strip("/").split("/")
	for collection in ("resource", "document", "doctype"):
		if parts[0] == "api" and collection in parts[1:3]:
			names.update(parts[parts.index(collection) + 1 :][:1])
	for key in DOCUMENT_KEYS:
		value = frappe.form_dict.get(key)
		if isinstance(value, str) and value.startswith("{"):
			try:
				value = json.loads(value)
			except ValueError:
				continue
		if isinstance(value, dict):
			names.add(value.get("doctype"))
	return {name for name in names if isinstance(name, str)}
