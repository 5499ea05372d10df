"""What other modules may use of the workforce; nothing else of this package is theirs."""

from __future__ import annotations

from collections.abc import Iterable

import frappe

from kefu_property.suite import state
from kefu_property.workforce import people

FIELDS = [
	"name",
	"staff_no",
	"staff_name",
	"user",
	"project",
	"department",
	"post",
	"gender",
	"rank",
	"mobile",
	"status",
	"date_of_joining",
	"leaving_date",
	"manager",
]


def staff_of_user(user: str) -> str | None:
	"""Name of the Staff Member with this login, None for users without a staff file."""
	return people.staff_of_user(user)


def staff(names: Iterable[str]) -> dict[str, frappe._dict]:
	"""Staff files by name: staff_no, staff_name, user, project, department, post, gender (`Male`, `Female`), rank, mobile (masked), status
	(`Joining`, `Probation`, `At Work`, `Suspended`, `Departed`), date_of_joining, leaving_date, manager."""
	names = list(names)
	rows = frappe.get_all("Staff Member", filters={"name": ["in", names]}, fields=FIELDS) if names else []
	return {row.name: row for row in rows}


def in_service(project: str) -> list[frappe._dict]:
	"""Files of those who work in a project now (probation or active), by number; fields as `staff`."""
	return frappe.get_all(
		"Staff Member",
		filters={"project": project, "status": ["in", people.IN_SERVICE]},
		fields=FIELDS,
		order_by="staff_no",
	)


def leaving_checks(name: str) -> list[dict]:
	"""What all modules say about somebody who wants to leave (D29): rows `check`, `label`, `status` (`ok`, `blocked`), `detail`.

	Extension point `leaving_checks`: a function `(staff) -> list[dict]` that gets the file (fields as `staff`) and returns such rows.
	A row that is `blocked` keeps the leaving from being completed.
	"""
	file = staff([name])[name]
	return [row for check in state.contributions("leaving_checks") for row in check(file)]
