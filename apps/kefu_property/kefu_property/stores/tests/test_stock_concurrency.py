"""The last piece leaves the store once, also when two desks issue it at the same moment (D15)."""

import frappe
import pytest

from tests.factories.parallel import at_once
from tests.factories.registry import make_project
from tests.factories.stores import make_department, make_item, make_store, new_movement, receive

pytestmark = pytest.mark.concurrency


def submit(movement: str) -> None:
	frappe.get_doc("Store Movement", movement).submit()


@pytest.fixture
def store():
	doc = make_store(make_project().name)
	yield doc
	frappe.db.rollback()
	for name in frappe.get_all("Store Movement", filters={"project": doc.project}, pluck="name"):
		frappe.db.delete("Store Movement Item", {"parent": name})
	for doctype in ("Store Movement", "Store Ledger Row", "Store Stock", "Material Store", "Cost Department"):
		frappe.db.delete(doctype, {"project": doc.project})
	frappe.db.delete("Property Project", {"name": doc.project})
	frappe.db.commit()  # the processes needed committed data


def test_of_four_desks_one_issues_the_last_piece(store):
	item, department = make_item(), make_department(store.project)
	receive(store, item, 1, 10)
	issues = [
		new_movement("Goods Issue", store, (item.name, 1), department=department.name).insert().name for _ in range(4)
	]
	frappe.db.commit()  # the other processes must see it
	assert sorted(at_once(submit, [(name,) for name in issues])) == ["InsufficientStock"] * 3 + ["ok"]
	frappe.db.rollback()
	assert frappe.db.get_value("Store Stock", {"store": store.name}, "quantity") == 0


def test_first_receipts_of_an_item_at_the_same_moment_all_count(store):
	item = make_item()
	receipts = [new_movement("Goods Receipt", store, (item.name, 1, 10)).insert().name for _ in range(4)]
	frappe.db.commit()  # the other processes must see it
	assert at_once(submit, [(name,) for name in receipts]) == ["ok"] * 4
	frappe.db.rollback()
	assert frappe.db.get_value("Store Stock", {"store": store.name}, ["quantity", "value"]) == (4, 40)
