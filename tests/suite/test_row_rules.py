"""List rule and record rule are one pair, for every DocType that belongs to a project (invariant 5)."""

from __future__ import annotations

import frappe
import pytest

from kefu_property.suite import manifest as manifests
from kefu_property.suite import row_rules
from tests.factories.registry import make_project
from tests.factories.users import as_user, make_user

SCOPED = [
	name
	for key in manifests.PACKAGES
	for name, facts in manifests.doctypes(f"kefu_property.{key}").items()
	if facts["scoped"] and not facts["istable"] and not facts["issingle"]
]


@pytest.fixture
def projects(site):
	return make_project().name, make_project().name


def raw(doctype: str, project: str) -> str:
	"""A bare row: the rule is about rows, not about what a form demands."""
	doc = frappe.new_doc(doctype)
	if doc.meta.get_field("project").unique and (made := frappe.db.get_value(doctype, {"project": project})):
		return made  # one row per project, made together with it
	doc.update({"project": project, "name": frappe.generate_hash(length=10), "docstatus": 0})
	doc.flags.name_set = True
	for field in doc.meta.fields:
		if field.reqd and field.fieldtype == "Data" and not doc.get(field.fieldname):
			doc.set(field.fieldname, frappe.generate_hash(length=8)[: field.length or None])
	doc.db_insert()
	return doc.name


@pytest.mark.parametrize("doctype", SCOPED)
def test_list_and_record_agree(projects, doctype):
	mine, other = projects
	role = next(
		row.role
		for row in frappe.get_meta(doctype).permissions
		if row.read and not row.permlevel and not row.if_owner and row.role not in row_rules.UNRESTRICTED_ROLES
	)
	own, foreign = raw(doctype, mine), raw(doctype, other)
	assigned = make_user(role, projects=(mine,), email=f"scoped-{frappe.scrub(role)}-{mine.lower()}@test.kefu.example")
	nowhere = make_user(role, email=f"unassigned-{frappe.scrub(role)}@test.kefu.example")
	auditor = make_user("HQ Quality Auditor")
	wanted = {assigned: {own}, nowhere: set(), auditor: {own, foreign}}
	for user, names in wanted.items():
		if user == auditor and not any(
			row.role == "HQ Quality Auditor" and row.read for row in frappe.get_meta(doctype).permissions
		):
			continue
		with as_user(user):
			listed = set(frappe.get_list(doctype, filters={"name": ["in", [own, foreign]]}, pluck="name", limit=0))
			single = {
				name
				for name in (own, foreign)
				if frappe.has_permission(doctype, "read", doc=frappe.get_doc(doctype, name))
			}
		assert listed == single == names, (doctype, user)


def test_nobody_without_the_role_creates_a_project(projects):
	project = frappe.get_doc({"doctype": "Property Project", "project_code": "NEW", "project_name": "New"})
	with as_user(make_user("CS Agent", projects=projects)), pytest.raises(frappe.PermissionError):
		project.insert()
