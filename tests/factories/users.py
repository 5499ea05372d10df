"""Users of the tests: always with the lowest role that should work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import frappe

MAIL = "test.kefu.example"


def make_user(
	*roles: str, projects: tuple[str, ...] = (), email: str | None = None, user_type: str = "System User"
) -> str:
	"""Return the name of a user with just these roles, assigned to these projects."""
	email = email or f"{'-'.join(frappe.scrub(role) for role in roles) or 'nobody'}@{MAIL}"
	if not frappe.db.exists("User", email):
		# the bare rows: a test of rules needs no welcome mail, contact or settings, and there are many tests
		user = frappe.get_doc(
			{
				"doctype": "User",
				"name": email,
				"email": email,
				"first_name": email.partition("@")[0],
				"full_name": email.partition("@")[0],
				"user_type": user_type,
				"enabled": 1,
				"language": "en",
				"roles": [{"role": role} for role in roles],
			}
		)
		user.db_insert()
		for position, row in enumerate(user.roles, start=1):
			row.update({"parent": email, "parenttype": "User", "parentfield": "roles", "idx": position})
			row.db_insert()
		frappe.get_doc({"doctype": "Notification Settings", "name": email, "enabled": 1}).db_insert()
		frappe.clear_cache(user=email)
	assign(email, *projects)
	return email


def assign(user: str, *projects: str) -> None:
	"""Assign a user to projects, as User Permissions do on a site."""
	for project in projects:
		if not frappe.db.exists("User Permission", {"user": user, "allow": "Property Project", "for_value": project}):
			frappe.get_doc(
				{
					"doctype": "User Permission",
					"user": user,
					"allow": "Property Project",
					"for_value": project,
					"apply_to_all_doctypes": 1,
				}
			).db_insert()
	frappe.cache.hdel("user_permissions", user)


@contextmanager
def as_user(user: str) -> Iterator[str]:
	"""Run the block as `user`, then as whoever it was before.

	Inside, the framework does not know of the test: `frappe.only_for` lets everybody pass in one.
	"""
	before, flag = frappe.session.user, frappe.local.flags.in_test
	frappe.set_user(user)
	frappe.local.flags.in_test = False
	try:
		yield user
	finally:
		frappe.set_user(before)
		frappe.local.flags.in_test = flag


@contextmanager
def as_role(*roles: str, project: str | None = None) -> Iterator[str]:
	"""Run the block as a user with just these roles in `project`.

	The user is made for the combination of roles and project, so that a test cannot see more than it names.
	"""
	label = "-".join(frappe.scrub(role) for role in roles)
	email = f"{label}-{frappe.scrub(project).replace(' ', '_')}@{MAIL}" if project else f"{label}@{MAIL}"
	user = make_user(*roles, projects=(project,) if project else (), email=email)
	with as_user(user):
		yield user
