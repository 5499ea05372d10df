"""Stock: receive, ask, approve, issue, return, transfer, count, report (D15)."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, today
from frappe.www.printview import get_html_and_style

from kefu_property.stores import exceptions as errors
from kefu_property.stores import ledger, material
from kefu_property.stores.doctype.store_movement import store_movement
from kefu_property.stores.doctype.store_purchase_request import store_purchase_request
from kefu_property.stores.report.material_cost_by_department import material_cost_by_department
from kefu_property.stores.report.store_balance import store_balance
from kefu_property.stores.report.store_count_differences import store_count_differences
from kefu_property.stores.report.store_movements_by_item import store_movements_by_item
from kefu_property.stores.report.store_reorder_list import store_reorder_list
from kefu_property.suite.approval import SelfApproval
from tests.factories.registry import make_project
from tests.factories.stores import (
	make_department,
	make_item,
	make_requisition,
	make_store,
	move,
	new_movement,
	receive,
)
from tests.factories.users import as_role, as_user, make_user

KEEPER = "Store Keeper"


@pytest.fixture
def place():
	project = make_project().name
	return frappe._dict(
		project=project,
		store=make_store(project, is_default=1),
		department=make_department(project, monthly_budget=1000),
		item=make_item(),
	)


def stock(place, store=None) -> tuple[str, str]:
	quantity, value = frappe.db.get_value(
		"Store Stock", {"store": (store or place.store).name, "item": place.item.name}, ["quantity", "value"]
	)
	return f"{quantity:g}", f"{value:.2f}"


def test_goods_come_at_their_price_and_leave_at_the_average(place):
	with as_role(KEEPER, project=place.project):
		receive(place.store, place.item, 10, 10)
		receive(place.store, place.item, 5, 13)
		issue = move("Goods Issue", place.store, (place.item.name, 3), department=place.department.name)
	assert (str(issue.total), stock(place)) == ("33.00", ("12", "132.00"))


def test_more_than_lies_there_is_not_issued(place):
	with as_role(KEEPER, project=place.project):
		receive(place.store, place.item, 2, 10)
		issue = new_movement(
			"Goods Issue", place.store, (place.item.name, 3), department=place.department.name
		).insert()
		with pytest.raises(errors.InsufficientStock, match="Only 2 pc"):
			issue.submit()
	assert stock(place) == ("2", "20.00")


def test_cancelling_posts_the_reversal_and_the_ledger_only_grows(place):
	with as_role(KEEPER, project=place.project):
		receive(place.store, place.item, 10, 10)
		issue = move("Goods Issue", place.store, (place.item.name, 4), department=place.department.name)
		issue.cancel()
	assert stock(place) == ("10", "100.00")
	rows = frappe.get_all("Store Ledger Row", {"store": place.store.name}, ["quantity", "reversal"], order_by="number")
	assert [(row.quantity, row.reversal) for row in rows] == [(10, 0), (-4, 0), (4, 1)]
	row = frappe.get_last_doc("Store Ledger Row", {"store": place.store.name})
	with pytest.raises(errors.LedgerIsAppendOnly):
		row.save()
	with pytest.raises(errors.LedgerIsAppendOnly):
		row.delete()


def test_a_transfer_carries_the_value_and_back(place):
	other = make_store(place.project, "SUB")
	with as_role(KEEPER, project=place.project):
		receive(place.store, place.item, 3, "3.33")
		transfer = move("Stock Transfer", place.store, (place.item.name, 2), to_store=other.name)
		assert (stock(place), stock(place, other)) == (("1", "3.33"), ("2", "6.66"))
		transfer.cancel()
		assert (stock(place), stock(place, other)) == (("3", "9.99"), ("0", "0.00"))
		with pytest.raises(errors.SameStore):
			new_movement("Stock Transfer", place.store, (place.item.name, 1), to_store=place.store.name).insert()


def test_goods_come_back_at_the_cost_at_which_they_left(place):
	with as_role(KEEPER, project=place.project):
		receive(place.store, place.item, 3, "3.33")
		issue = move("Goods Issue", place.store, (place.item.name, 3), department=place.department.name)
		receive(place.store, place.item, 10, 100)
		assert store_movement.items_to_return(issue.name) == [{"item": place.item.name, "quantity": 3.0}]
		back = move("Goods Return", place.store, (place.item.name, 1), return_of=issue.name)
		assert (str(back.total), back.department) == ("3.33", place.department.name)
		with pytest.raises(errors.MoreThanAsked):
			move("Goods Return", place.store, (place.item.name, 3), return_of=issue.name)
		with pytest.raises(errors.MovementUsed):
			frappe.get_doc("Store Movement", issue.name).cancel()
		with pytest.raises(errors.ReturnInvalid):
			new_movement("Goods Return", place.store, (place.item.name, 1), return_of=back.name).insert()


@pytest.mark.parametrize(
	("row", "error"),
	[((0,), errors.QuantityInvalid), ((-1,), errors.QuantityInvalid), ((1.5,), errors.QuantityInvalid)],
)
def test_a_quantity_can_be_counted(place, row, error):
	with pytest.raises(error):
		new_movement("Goods Receipt", place.store, (place.item.name, *row)).insert()


def test_bad_papers_are_refused(place):
	foreign = make_store(make_project().name)
	with pytest.raises(errors.DepartmentMissing):
		new_movement("Goods Issue", place.store, (place.item.name, 1)).insert()
	with pytest.raises(errors.ItemTwice):
		new_movement("Goods Receipt", place.store, (place.item.name, 1), (place.item.name, 1)).insert()
	with pytest.raises(errors.WrongProject):
		new_movement("Stock Transfer", place.store, (place.item.name, 1), to_store=foreign.name).insert()
	with pytest.raises(errors.PostingDate):
		new_movement("Goods Receipt", place.store, (place.item.name, 1), posting_date=add_days(today(), 1)).insert()
	receive(place.store, place.item, 1, 1)
	with pytest.raises(errors.PostingDate):
		receive(place.store, place.item, 1, 1, posting_date=add_days(today(), -1))
	place.item.unit = "kg"
	with pytest.raises(errors.StockInUse):
		place.item.save()


def test_stock_of_an_earlier_day(place):
	for days, quantity in ((40, 10), (20, 5)):
		receive(place.store, place.item, quantity, 2, posting_date=add_days(today(), -days))
	move(
		"Goods Issue",
		place.store,
		(place.item.name, 15),
		department=place.department.name,
		posting_date=add_days(today(), -10),
	)

	def on(days):
		return [str(row["value"]) for row in ledger.balance(place.project, add_days(today(), -days))]

	assert [on(50), on(40), on(15), on(10)] == [[], ["20.00"], ["30.00"], []]


def approve(doc, *steps):
	for role, action in steps:
		user = make_user(role, email=f"{frappe.scrub(role)}-approver@test.kefu.example", projects=(doc.project,))
		with as_user(user):
			doc = apply_workflow(frappe.get_doc(doc.doctype, doc.name), action)
	return doc


@pytest.mark.parametrize(
	("price", "level", "steps"),
	[
		(100, "Supervisor", [("CS Supervisor", "Approve")]),
		(600, "Director", [("CS Supervisor", "Approve"), ("Office Director", "Approve")]),
	],
)
def test_the_value_decides_who_approves(place, price, level, steps):
	receive(place.store, place.item, 5, price)
	with as_role("Technician", project=place.project):
		doc = make_requisition(place.department, (place.item.name, 2))
		assert doc.approval_level == level
		doc = apply_workflow(doc, "Submit for Approval")
	assert doc.status == "Pending Approval"
	assert approve(doc, *steps).status == "Approved"


def test_small_things_need_no_approval_where_the_office_says_so(place):
	receive(place.store, place.item, 5, 3)
	frappe.db.set_single_value("Store Settings", "free_limit", 50)
	frappe.clear_document_cache("Store Settings", "Store Settings")
	try:
		with as_role("Technician", project=place.project):
			doc = apply_workflow(make_requisition(place.department, (place.item.name, 2)), "Submit")
	finally:
		frappe.db.set_single_value("Store Settings", "free_limit", 0)
		frappe.clear_document_cache("Store Settings", "Store Settings")
	assert doc.status == "Approved"


def test_nobody_approves_what_they_asked_for_and_it_does_not_change_afterwards(place):
	with as_role("CS Supervisor", project=place.project):
		doc = apply_workflow(make_requisition(place.department, (place.item.name, 2)), "Submit for Approval")
		with pytest.raises(SelfApproval):
			doc.status = "Approved"
			doc.save()
		doc.reload()
		doc.items[0].quantity = 200
		with pytest.raises(errors.NotApproved):
			doc.save()


def approved_requisition(place, quantity):
	with as_role("Technician", project=place.project):
		doc = apply_workflow(make_requisition(place.department, (place.item.name, quantity)), "Submit for Approval")
	return approve(doc, ("CS Supervisor", "Approve"))


def test_what_is_short_stays_open_and_is_issued_later(place):
	receive(place.store, place.item, 3, 10)
	doc = approved_requisition(place, 5)
	with as_role(KEEPER, project=place.project):
		doc = frappe.get_doc(doc.doctype, doc.name)
		assert doc.open_items()[0] | {"item": ""} == {
			"item": "",
			"item_name": place.item.item_name,
			"unit": "pc",
			"open": 5.0,
			"available": 3.0,
			"store": place.store.name,
		}
		with pytest.raises(errors.MoreThanAsked):
			doc.issue({place.item.name: 6})
		slip = doc.issue({place.item.name: 3})
		doc.reload()
		assert (doc.status, doc.items[0].issued) == ("Partly Issued", 3)
		receive(place.store, place.item, 10, 10)
		doc.issue({place.item.name: 2})
		doc.reload()
		assert doc.status == "Issued"
		with pytest.raises(errors.NotApproved):
			doc.issue({place.item.name: 1})
		frappe.get_doc("Store Movement", slip).cancel()
		doc.reload()
		assert (doc.status, doc.items[0].issued) == ("Partly Issued", 2)
		assert apply_workflow(doc, "Close").status == "Closed"
	with as_role("Technician", project=place.project), pytest.raises(frappe.PermissionError):
		frappe.get_doc(doc.doctype, doc.name).issue({place.item.name: 1})


def test_what_is_short_is_bought_and_received(place):
	place.item.update({"min_quantity": 10, "reorder_quantity": 20, "list_price": 4}).save()
	with as_role(KEEPER, project=place.project):
		receive(place.store, place.item, 3, 10)
		name = store_purchase_request.order_what_is_short(place.store.name)
		doc = frappe.get_doc("Store Purchase Request", name)
		assert (doc.items[0].quantity, doc.total) == (20, 80)
		with pytest.raises(errors.NoItems):
			store_purchase_request.order_what_is_short(place.store.name)
		doc = apply_workflow(doc, "Submit for Approval")
	approve(doc, ("Office Director", "Approve"))
	with as_role(KEEPER, project=place.project):
		receipt = store_purchase_request.make_receipt(name)
		receipt.items[0].quantity = 15
		receipt.insert().submit()
		assert frappe.db.get_value("Store Purchase Request", name, "status") == "Partly Received"
		store_purchase_request.make_receipt(name).insert().submit()
		assert frappe.db.get_value("Store Purchase Request", name, "status") == "Received"
		assert store_reorder_list.get_rows(frappe._dict(store=place.store.name)) == []


def test_a_count_posts_its_differences_with_approval(place):
	receive(place.store, place.item, 10, 3)
	with as_role(KEEPER, project=place.project):
		count = frappe.get_doc(
			{"doctype": "Store Count", "project": place.project, "store": place.store.name, "counted_on": today()}
		).insert()
		assert count.items[0].book_quantity == 10
		with pytest.raises(errors.CountIncomplete):
			apply_workflow(count, "Submit for Approval")
		count.reload()
		count.items[0].counted = "seven"
		with pytest.raises(errors.QuantityInvalid):
			count.save()
		count.reload()
		count.items[0].counted, count.remarks = "7", "Broken"
		count.save()
		assert (count.differences, str(count.difference_value)) == (1, "-9.00")
		count = apply_workflow(count, "Submit for Approval")
	# goods that leave before the approval do not disturb it
	move("Goods Issue", place.store, (place.item.name, 2), department=place.department.name)
	count = approve(count, ("CS Supervisor", "Approve"))
	assert (count.docstatus, stock(place)) == (1, ("5", "15.00"))
	rows = store_count_differences.execute({"store": place.store.name})[1]
	assert [(row.difference, row.difference_value) for row in rows] == [(-3, -9)]
	count.cancel()
	assert stock(place) == ("8", "24.00")


def test_cost_by_department_and_month_against_the_budget(place):
	receive(place.store, place.item, 100, 5)
	issue = move("Goods Issue", place.store, (place.item.name, 60), department=place.department.name)
	move("Goods Return", place.store, (place.item.name, 10), return_of=issue.name)
	with as_role("Accountant", project=place.project):
		row = material_cost_by_department.execute({"project": place.project, "from_date": today(), "to_date": today()})[
			1
		][0]
		assert (row.department, str(row.total), row.used) == (place.department.name, "250.00", 25)
		lines = store_movements_by_item.execute({"project": place.project})[1]
		assert [line.quantity for line in lines] == [100, -60, 10]
		balance = store_balance.execute({"project": place.project})
		assert [str(line["value"]) for line in balance[1]] == ["250.00"]
	with as_role("Accountant", project=make_project().name):
		assert store_balance.execute({"project": place.project})[1] == []
		assert store_movements_by_item.execute({"project": place.project})[1] == []


def test_a_repair_draws_its_material_from_the_store(place):
	receive(place.store, place.item, 2, 10)
	request = {
		"project": place.project,
		"reference_doctype": "Property Project",
		"reference_name": place.project,
		"rows": [{"item_code": place.item.name, "quantity": "2"}],
	}
	with as_role("Technician", project=place.project):
		slip = material.issue_for(request)
		assert frappe.db.get_value("Store Movement", slip, ["docstatus", "total"]) == (1, 20)
		assert material.issue_for(request) is None
		assert material.issue_for(request | {"rows": [{"item_code": "unknown", "quantity": "1"}]}) is None


def test_the_scanner_finds_an_item_by_barcode_or_code(place):
	place.item.barcode = f"69{frappe.generate_hash(length=8)}"
	place.item.save()
	with as_role(KEEPER, project=place.project):
		assert store_movement.item_of_code(place.item.barcode) == place.item.name
		assert store_movement.item_of_code(place.item.name) == place.item.name
		assert store_movement.item_of_code("nothing") is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_papers_print(place, language):
	frappe.local.lang = language
	receive(place.store, place.item, 10, 3)
	issue = move("Goods Issue", place.store, (place.item.name, 2), department=place.department.name)
	count = frappe.get_doc(
		{"doctype": "Store Count", "project": place.project, "store": place.store.name, "counted_on": today()}
	).insert()
	requisition = make_requisition(place.department, (place.item.name, 2))
	purchase = frappe.get_doc(
		{
			"doctype": "Store Purchase Request",
			"project": place.project,
			"store": place.store.name,
			"needed_on": today(),
			"items": [{"item": place.item.name, "quantity": 1}],
		}
	).insert()
	for doc, paper in (
		(issue, "Store Movement Slip"),
		(count, "Store Count Sheet"),
		(requisition, "Store Requisition Form"),
		(purchase, "Store Purchase Request Form"),
	):
		html = get_html_and_style(doc.as_json(), print_format=paper)["html"]
		assert doc.name in html
		assert place.item.item_name in html
	frappe.local.lang = "en"


def test_who_has_no_part_in_the_store_posts_nothing(place):
	with as_role("CS Agent", project=place.project), pytest.raises(frappe.PermissionError):
		receive(place.store, place.item, 1, 1)
	with as_role(KEEPER, project=make_project().name), pytest.raises(frappe.PermissionError):
		receive(place.store, place.item, 1, 1)
