"""The only place that knows differences between the framework versions the app runs on."""

import frappe


def validate_auth() -> None:
	"""Sign in the caller of a token or key in the Authorization header; no effect without one."""
	try:
		from frappe.auth import validate_auth as validate  # 15.0 and later
	except ImportError:
		from frappe.api import validate_auth as validate
	validate()


def is_test() -> bool:
	"""True inside a test run."""
	return bool(getattr(frappe, "in_test", False) or frappe.flags.in_test)


def password_link(user) -> str:
	"""A link with which the user (a User document) sets a new password once."""
	make = getattr(user, "_reset_password", None) or user.reset_password  # renamed in 16
	return make(send_email=False)


def site_time_zone() -> str:
	"""Time zone in which the database keeps its moments."""
	return frappe.db.get_system_setting("time_zone") or "Asia/Shanghai"


def workspace_pages() -> list[dict]:
	"""Workspaces that the signed-in user may see, in the order of the sidebar."""
	from frappe.desk import desktop

	# 16 has the first name, 15 the second
	names = ("get_workspaces", "get_workspace_sidebar_items")
	read = next(getattr(desktop, name) for name in names if hasattr(desktop, name))
	return read()["pages"]


def allowed_pages() -> dict:
	"""Desk pages that the signed-in user may open, by name."""
	return _desk_views().get_allowed_pages(cache=True)


def allowed_reports() -> dict:
	"""Reports that the signed-in user may open, by name."""
	return _desk_views().get_allowed_reports(cache=True)


def _desk_views():
	try:
		from frappe.desk.desk_views import DeskViews  # 16
	except ImportError:
		from frappe import boot as DeskViews
	return DeskViews
