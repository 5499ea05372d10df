import re

import frappe
from frappe import _
from frappe.utils.nestedset import NestedSet

from kefu_property.quality import checks, clauses
from kefu_property.quality.exceptions import WrongClause

NUMBER = re.compile(r"[1-9]\d?(\.[1-9]\d?){0,3}")


class SystemClause(NestedSet):
	"""A clause of ISO 9001, 14001 or 45001: number, a short title of our own, questions for audits (D18)."""

	nsm_parent_field = "parent_system_clause"

	def validate(self) -> None:
		self.check_number()
		self.check_parent()

	def check_number(self) -> None:
		if not self.clause_number and self.name == self.standard:
			return
		if not NUMBER.fullmatch(self.clause_number or ""):
			frappe.throw(_("A clause number has up to four groups, such as 8.5.1."), WrongClause)

	def check_parent(self) -> None:
		if not self.clause_number:
			return
		if not self.parent_system_clause:
			frappe.throw(_("Choose the clause above."), WrongClause)
		above = frappe.db.get_value(
			"System Clause", self.parent_system_clause, ["standard", "clause_number"], as_dict=True
		)
		expected = self.clause_number.rpartition(".")[0]
		if above.standard != self.standard or (above.clause_number or "") != expected:
			frappe.throw(
				_("Clause {0} stands under {1}.").format(self.clause_number, f"{self.standard} {expected}".strip()),
				WrongClause,
			)


@frappe.whitelist()
def get_children(
	doctype: str, parent: str = "", is_root: bool | str = False, include_disabled: bool | str = False
) -> list[dict]:
	"""Children of a clause for the tree, in the order of their numbers, each with its short title."""
	if not frappe.has_permission("System Clause", "read"):
		frappe.throw(_("You may not read the clauses."), frappe.PermissionError)
	rows = frappe.get_list(
		"System Clause",
		filters={"parent_system_clause": parent if parent and parent != "System Clause" else ["is", "not set"]},
		fields=["name", "standard", "clause_number", "title", "title_zh", "is_group", "disabled"],
	)
	standards = list(clauses.STANDARDS)
	rows.sort(key=lambda row: (standards.index(row.standard), clauses.order(row.clause_number or "0")))
	return [
		{
			"value": row.name,
			"expandable": row.is_group,
			"title": checks.clause_title(row),
			"disabled": row.disabled,
		}
		for row in rows
	]
