"""A list leaves out every field that its reader may not see, also where two of them stand side by side (patch 082)."""

from __future__ import annotations

import frappe
import pytest
from frappe.model import db_query

pytestmark = pytest.mark.framework_patch


def test_neighbouring_forbidden_fields_are_all_left_out(monkeypatch):
	monkeypatch.setattr(db_query, "get_permitted_fields", lambda **_kw: ["name", "title"])
	for as_list in (False, True):
		query = db_query.DatabaseQuery("Module")
		query.fields = ["name", "category", "version", "app", "title", "enabled", "duties"]
		query.as_list, query.parent_doctype, query.permission_map = as_list, None, {}
		query.apply_fieldlevel_read_permissions()
		assert [field for field in query.fields if field] == ["name", "title"]
		assert as_list == (None in query.fields)


def test_all_fields_means_all_permitted_ones(monkeypatch):
	monkeypatch.setattr(db_query, "get_permitted_fields", lambda **_kw: ["name", "title"])
	query = db_query.DatabaseQuery("Module")
	query.fields, query.as_list = ["category", "*", "version"], False
	query.parent_doctype, query.permission_map = None, {}
	query.apply_fieldlevel_read_permissions()
	assert query.fields == ["name", "title"]
	assert frappe.get_list("Module", fields=["*"], limit=1)
