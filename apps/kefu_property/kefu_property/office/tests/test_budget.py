"""Budget: commitments, spending, warning, block, and papers of the stores (S1)."""

from decimal import Decimal

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate, today
from frappe.www.printview import get_html_and_style

from kefu_property.office import api, budget
from kefu_property.office import exceptions_desk as errors
from kefu_property.office.report.budget_and_spending import budget_and_spending
from kefu_property.suite import state
from tests.factories.office_desk import approve, make_budget, make_budget_item
from tests.factories.parallel import at_once
from tests.factories.registry import make_project
from tests.factories.stores import make_department, make_item, make_store, move, receive
from tests.factories.users import as_role

PAPER = ("User", "Administrator")


@pytest.fixture
def project():
	return make_project().name


@pytest.fixture
def switch_off():
	"""Function that switches a module off for this test; the switch is cached beyond a rollback."""
	yield state.disable
	frappe.db.rollback()
	state.forget()


def this_year() -> int:
	return getdate(today()).year


def left(project: str, item: str) -> dict:
	line = api.line_state(project, item, this_year())
	return {key: line[key] for key in ("committed", "spent", "available")}


def row_of(project: str, item: str) -> dict:
	return next(row for row in budget_and_spending.rows_of(project, this_year()) if row["budget_item"] == item)


def test_spending_is_reserved_when_asked_for_and_spent_when_approved(project):
	item = make_budget_item()
	make_budget(project, (item, 1000))
	with as_role("Office Director", project=project):
		pass
	values = {"doctype": "Budget Spending", "project": project, "budget_item": item, "purpose": "Chairs"}
	with as_role("Office Clerk", project=project):
		spending = frappe.get_doc({**values, "amount": 850, "spent_on": today()}).insert()
		assert spending.available == 1000
		apply_workflow(spending, "Submit for Approval")
		assert left(project, item) == {"committed": 850, "spent": 0, "available": 150}
		other = frappe.get_doc({**values, "amount": 200, "spent_on": today()}).insert()
		with pytest.raises(errors.BudgetExceeded):
			apply_workflow(other, "Submit for Approval")
		with pytest.raises(errors.InvalidAmount):
			frappe.get_doc({**values, "amount": 0, "spent_on": today()}).insert()
		with pytest.raises(errors.BudgetMissing):
			frappe.get_doc({**values, "amount": 5, "spent_on": "2035-01-01"}).insert()
	assert frappe.db.count("Notification Log", {"document_type": "Yearly Budget"}) >= 1, "the director hears of 85 %"
	with as_role("Office Director", project=project):
		apply_workflow(frappe.get_doc("Budget Spending", spending.name), "Approve")
	assert left(project, item) == {"committed": 0, "spent": 850, "available": 150}
	assert row_of(project, item)["level"] == "warn"
	html = get_html_and_style("Budget Spending", spending.name, print_format="Budget Spending Slip")["html"]
	assert "Chairs" in html
	with as_role("Office Director", project=project):
		apply_workflow(frappe.get_doc("Budget Spending", spending.name), "Cancel")
	assert left(project, item) == {"committed": 0, "spent": 0, "available": 1000}


def test_a_rejected_request_gives_its_money_back(project):
	item = make_budget_item()
	make_budget(project, (item, 1000))
	with as_role("Office Clerk", project=project):
		spending = frappe.get_doc(
			{"doctype": "Budget Spending", "project": project, "budget_item": item, "purpose": "Pens", "amount": 300}
		).insert()
		apply_workflow(spending, "Submit for Approval")
	with as_role("Office Director", project=project):
		apply_workflow(frappe.get_doc("Budget Spending", spending.name), "Reject")
	assert left(project, item)["available"] == 1000


def test_one_budget_for_a_year_and_each_item_once(project):
	item = make_budget_item()
	first = make_budget(project, (item, 500))
	assert "500" in get_html_and_style("Yearly Budget", first.name, print_format="Yearly Budget Sheet")["html"]
	with pytest.raises(errors.BudgetExists):
		make_budget(project, (item, 700))
	with pytest.raises(errors.ItemTwice):
		make_budget(make_project().name, (item, 1), (item, 2))
	with pytest.raises(errors.InvalidAmount):
		make_budget(make_project().name, (item, 10), warn_percent=120, block_percent=100)


def test_what_was_spent_before_the_approval_counts_and_without_budget_nothing_blocks(project):
	item = make_budget_item()
	api.spend(PAPER, project, {item: Decimal(120)}, today())
	assert row_of(project, item)["level_text"] == "Not Budgeted"
	make_budget(project, (item, 200))
	assert left(project, item) == {"committed": 0, "spent": 120, "available": 80}
	with pytest.raises(errors.BudgetExceeded):
		api.commit(PAPER, project, {item: Decimal("80.01")}, today())
	api.commit(PAPER, project, {item: Decimal(80)}, today())
	api.reverse(PAPER)
	assert left(project, item) == {"committed": 0, "spent": 0, "available": 200}
	entry = frappe.get_last_doc("Budget Entry", {"project": project})
	with pytest.raises(errors.InvalidAmount):
		entry.save()
	with pytest.raises(errors.InvalidAmount):
		entry.delete()


def test_budget_moves_between_items_with_approval(project):
	rich, poor = make_budget_item(), make_budget_item()
	make_budget(project, (rich, 100), (poor, 50))
	new = {"doctype": "Budget Transfer", "project": project, "year": this_year(), "reason": "Storm", "to_item": poor}
	with as_role("Office Clerk", project=project):
		with pytest.raises(errors.BudgetExceeded):
			frappe.get_doc({**new, "from_item": rich, "amount": 101}).insert()
		with pytest.raises(errors.ItemTwice):
			frappe.get_doc({**new, "from_item": poor, "amount": 1}).insert()
		transfer = frappe.get_doc({**new, "from_item": rich, "amount": 40}).insert()
	approve(transfer)
	assert (left(project, rich)["available"], left(project, poor)["available"]) == (60, 90)
	assert frappe.db.get_value("Yearly Budget", {"project": project}, "total") == 150


def test_purchases_of_the_stores_are_reserved_and_spent(project):
	item = make_budget_item(sources=[{"source": "Store Purchase Request"}])
	make_budget(project, (item, 1000))
	goods, store = make_item(), make_store(project)
	with as_role("Store Keeper", project=project):
		request = frappe.get_doc(
			{
				"doctype": "Store Purchase Request",
				"project": project,
				"store": store.name,
				"needed_on": today(),
				"items": [{"item": goods.name, "quantity": 10, "rate": 30}],
			}
		).insert()
		apply_workflow(request, "Submit for Approval")
	with as_role("Office Director", project=project):
		apply_workflow(frappe.get_doc("Store Purchase Request", request.name), "Approve")
	assert left(project, item)["committed"] == 300
	receipt = receive(store, goods, 4, 35, purchase_request=request.name)
	assert left(project, item) == {"committed": 160, "spent": 140, "available": 700}
	receipt.cancel()
	assert left(project, item)["spent"] == 0
	with as_role("Store Keeper", project=project):
		apply_workflow(frappe.get_doc("Store Purchase Request", request.name), "Close")
	assert left(project, item) == {"committed": 0, "spent": 0, "available": 1000}


def test_a_blocked_item_stops_the_issue_unless_the_office_is_off(project, switch_off):
	item = make_budget_item(sources=[{"source": "Goods Issue", "department": "Green"}])
	make_budget(project, (item, 50))
	goods, store = make_item(), make_store(project)
	department = make_department(project, department_name="Green").name
	receive(store, goods, 10, 10)
	move("Goods Issue", store, (goods.name, 4), department=department)
	assert left(project, item)["spent"] == 40
	with pytest.raises(errors.BudgetExceeded):
		move("Goods Issue", store, (goods.name, 2), department=department)
	switch_off("office")
	move("Goods Issue", store, (goods.name, 2), department=department)


def spend_last(project: str, item: str) -> None:
	api.spend(PAPER, project, {item: Decimal(60)}, today())


@pytest.mark.concurrency
def test_of_many_who_spend_the_last_money_one_gets_it():
	project, item = make_project().name, make_budget_item()
	make_budget(project, (item, 100))
	frappe.db.commit()  # the other processes must see it
	try:
		answers = at_once(spend_last, [(project, item)] * 4)
		assert sorted(answers) == ["BudgetExceeded"] * 3 + ["ok"]
		frappe.db.rollback()
		assert budget.totals(project, this_year()) == {(item, "Spending"): Decimal(60)}
	finally:
		frappe.db.rollback()
		for doctype in ("Yearly Budget", "Budget Entry"):
			frappe.db.delete("Yearly Budget Line", {"budget_item": item})
			frappe.db.delete(doctype, {"project": project})
		frappe.db.delete("Budget Item", {"name": item})
		frappe.db.delete("Property Project", {"name": project})
		frappe.db.commit()  # the processes needed committed data
