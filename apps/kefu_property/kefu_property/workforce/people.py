"""Who is who: the staff file of a user, whose rows somebody may see (D29, DESIGN invariant 5)."""

from __future__ import annotations

import frappe
from frappe import _

from kefu_property.rules import hierarchy
from kefu_property.suite import row_rules
from kefu_property.workforce.exceptions import CircularHierarchy, NotStaff, OwnPaper, WrongProject

JOINING, PROBATION, ACTIVE, SUSPENDED, LEFT = "Joining", "Probation", "At Work", "Suspended", "Departed"
IN_SERVICE = (PROBATION, ACTIVE)
#: roles that see all files and papers of their projects; everybody else sees what is theirs
PERSONNEL_ROLES = {"HR Clerk", "CS Supervisor", "Office Director"}
#: roles that also see those who report to them
LEAD_ROLES = {"Engineering Lead", "Order and Cleaning Lead"}


def staff_of_user(user: str) -> str | None:
	"""Name of the Staff Member with this login, whatever the status."""
	return frappe.db.get_value("Staff Member", {"user": user}) if user else None


def find_me() -> frappe._dict | None:
	"""The signed-in user's staff file: `name`, `staff_no`, `staff_name`, `project`, `department`, `post`, `status`, `user`; None without one."""
	row = frappe.db.get_value(
		"Staff Member",
		{"user": frappe.session.user},
		["name", "staff_no", "staff_name", "project", "department", "post", "status", "user"],
		as_dict=True,
	)
	return row if row and row.status != LEFT else None


def without_file() -> str:
	return _("Your login has no staff file. Ask the personnel clerk to enter your login in your staff file.")


def me() -> frappe._dict:
	"""The signed-in user's staff file, see `find_me`. Raises NotStaff."""
	row = find_me()
	if not row:
		frappe.throw(without_file(), NotStaff)
	return row


def visible(user: str) -> list[str] | None:
	"""Names of the staff whose rows the user may see, None for all of the user's projects."""
	roles = set(frappe.get_roles(user))
	if user == "Administrator" or roles & (PERSONNEL_ROLES | row_rules.UNRESTRICTED_ROLES):
		return None
	own = staff_of_user(user)
	if not own:
		return []
	return sorted(hierarchy.below(managers(), [own])) if roles & LEAD_ROLES else [own]


def rows_by_staff(user: str) -> tuple[str, list[str]] | None:
	"""Row rule of papers that name one person in the column `staff`."""
	names = visible(user)
	return None if names is None else ("staff", names)


def files(user: str) -> tuple[str, list[str]] | None:
	"""Row rule of the staff files."""
	names = visible(user)
	return None if names is None else ("name", names)


def managers() -> dict[str, str]:
	return dict(
		frappe.get_all("Staff Member", filters={"manager": ["is", "set"]}, fields=["name", "manager"], as_list=True)
	)


def check_circle(doc, fieldname: str) -> None:
	"""Nobody and nothing stands above itself, also not through others. Raises CircularHierarchy."""
	parent = doc.get(fieldname)
	if not parent:
		return
	parents = dict(
		frappe.get_all(doc.doctype, filters={fieldname: ["is", "set"]}, fields=["name", fieldname], as_list=True)
	)
	trail = hierarchy.circle(parents, doc.name, parent)
	if trail:
		title = doc.meta.get_title_field()
		names = {doc.name: doc.get(title) or doc.name} | dict(
			frappe.get_all(doc.doctype, filters={"name": ["in", trail]}, fields=["name", title], as_list=True)
		)
		frappe.throw(
			_("This would be a circle: {0}. Choose another one for {1}.").format(
				" → ".join(names.get(name, name) for name in trail), _(doc.meta.get_label(fieldname))
			),
			CircularHierarchy,
		)


def check_same_project(doc, *links: tuple[str, str]) -> None:
	"""Linked records (fieldname, DocType) must be of the document's project. Raises WrongProject."""
	for fieldname, doctype in links:
		name = doc.get(fieldname)
		# lint: allow query-in-loop: two or three links
		if name and frappe.db.get_value(doctype, name, "project") != doc.project:
			frappe.throw(
				_("{0} {1} belongs to another project. Choose one of {2}.").format(
					_(doc.meta.get_label(fieldname)), name, doc.project
				),
				WrongProject,
			)


def take_project(doc) -> None:
	"""A paper about somebody belongs to the project of the person."""
	row = frappe.db.get_value("Staff Member", doc.staff, ["project", "staff_name"])
	if row:
		doc.project, doc.staff_name = row


def check_not_own(doc) -> None:
	"""Nobody approves a paper about himself, also not one that somebody else wrote. Raises OwnPaper."""
	if frappe.db.get_value("Staff Member", doc.staff, "user") == frappe.session.user:
		frappe.throw(
			_("{0} {1} is about you. Somebody else has to approve it.").format(_(doc.doctype), doc.name), OwnPaper
		)


def lock(staff: str) -> None:
	"""Hold the file of a person until the end of the transaction: papers about one person are checked one after another."""
	table = frappe.qb.DocType("Staff Member")
	frappe.qb.from_(table).select(table.name).where(table.name == staff).for_update().run()
