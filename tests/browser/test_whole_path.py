"""The main job on real input, by the people who do it: a roster of 1,264 homes from Excel, a month's run previewed, approved and
published, the money taken at the till, the owner's receipt on the phone (D1, D2, D19)."""

import re

import frappe
import pytest
from playwright.sync_api import Page, expect

from kefu_property.billing import audit
from kefu_property.rules.money import D
from tests.browser import people
from tests.browser.test_roster import DATA, start
from tests.factories import billing, registry
from tests.factories.users import MAIL, assign, make_user

HOMES = 1264


@pytest.fixture
def project(site) -> str:
	"""A project without homes for a supervisor, an accountant, a director and a cashier. Stays on the site: a ledger forgets nothing."""
	name = registry.make_project(project_name="翠园二期").name
	for role in ("CS Supervisor", "Accountant", "Office Director", "Cashier"):
		user, _password = people.staff(role)
		assign(user, name)
		frappe.clear_cache(user=user)
	frappe.db.commit()  # the served site is another process
	return name


def act(page: Page, action: str) -> None:
	"""One action of the workflow, from the menu of the form."""
	page.locator(".page-head .actions-btn-group:visible > button").click()
	page.locator(
		".page-head .actions-btn-group .dropdown-menu:visible a", has_text=re.compile(rf"^\s*{action}\s*$")
	).click()


def state(page: Page):
	return page.locator("#page-Billing\\ Run .page-head .indicator-pill")


def test_from_the_roster_to_the_receipt(project, desk_page, portal_page, picture):
	# the supervisor brings the homes in
	supervisor = desk_page("CS Supervisor", path=f"/app/roster-import/new?project={project}")
	start(supervisor, DATA / "roster_cuiyuan.xlsx")
	supervisor.get_by_role("button", name="检查文件").click()
	expect(supervisor.get_by_role("button", name="确认并导入")).to_be_visible(timeout=60_000)
	supervisor.get_by_role("button", name="确认并导入").click()
	supervisor.locator(".modal.show .btn-primary:visible").click()
	done = supervisor.locator("#page-Roster\\ Import .page-head .indicator-pill")
	expect(done).to_have_text("已完成", timeout=120_000)

	# a tariff that was announced and approved long ago
	frappe.db.rollback()  # a new snapshot: the worker has written since
	billing.make_tariff(project, "2.35")
	frappe.db.commit()  # as above

	# the accountant previews May and asks for approval
	page = desk_page("Accountant", path=f"/app/billing-run/new?project={project}")
	begin = page.locator("[data-fieldname=period_start] input:visible")
	begin.fill("2026-05-01")
	begin.press("Tab")
	expect(page.locator("[data-fieldname=period_end] input:visible")).to_have_value("2026-05-31")
	page.locator(".page-head .primary-action:visible").click()
	page.get_by_role("button", name="预览").click()
	expect(state(page)).to_have_text("已预览", timeout=60_000)
	run = page.evaluate("cur_frm.doc.name")
	picture(page, "desk-run-previewed-zh", full=True)
	act(page, "提交审批")
	expect(state(page)).to_have_text("待批准")

	# the director approves, the accountant publishes
	director = desk_page("Office Director", path=f"/app/billing-run/{run}")
	expect(state(director)).to_have_text("待批准")
	act(director, "批准")
	expect(state(director)).to_have_text("已批准")
	page.reload()
	page.get_by_role("button", name="发布账单").click()
	page.locator(".modal.show .btn-primary:visible").click()
	expect(state(page)).to_have_text("已发布", timeout=120_000)

	frappe.db.rollback()  # a new snapshot
	doc = frappe.get_doc("Billing Run", run)
	total = frappe.db.sql("select sum(total) from `tabFee Invoice` where billing_run = %s and docstatus = 1", run)[0][0]
	assert D(doc.total) == D(total) > 0
	assert doc.unit_count + doc.skip_count == HOMES
	assert doc.bill_count == frappe.db.count("Fee Invoice", {"billing_run": run, "docstatus": 1})
	assert (doc.prepared_by, doc.approved_by) == (people.staff("Accountant")[0], people.staff("Office Director")[0])

	# an owner of several homes pays all that is open at the till
	owner = frappe.db.sql(
		"""select resident from `tabFee Invoice` where billing_run = %s
		group by resident having count(*) > 1 order by count(*), resident limit 1""",
		run,
	)[0][0]
	bills, due = frappe.db.sql(
		"select count(*), sum(outstanding) from `tabFee Invoice` where resident = %s and docstatus = 1 and outstanding > 0",
		owner,
	)[0]
	due = D(due)
	till = desk_page("Cashier", path="/app/collect-payment")
	unit = frappe.db.get_value("Fee Invoice", {"billing_run": run, "resident": owner}, "unit")
	# a namesake in another project of this cashier: the list has to tell them apart
	namesake = registry.make_project().name
	assign(people.staff("Cashier")[0], namesake)
	other = registry.make_unit(namesake, unit.partition("-")[2])
	registry.make_occupancy(
		other, registry.make_resident(namesake, frappe.db.get_value("Resident", owner, "resident_name"))
	)
	frappe.db.commit()  # the served site is another process
	till.locator(".kefu-till-search").fill(unit.partition("-")[2])
	name = frappe.db.get_value("Resident", owner, "resident_name")
	till.locator(".kefu-till-person", has_text=name).filter(has_text=project).click()
	expect(till.locator(".kefu-till-bills tbody tr")).to_have_count(bills)
	till.locator(".kefu-till-given").fill(str(due))
	till.locator(".kefu-till-given").press("Enter")
	expect(till.locator(".kefu-till-done")).to_contain_text(f"{due:.2f}")
	printed = till.context.request.get(till.locator(".kefu-till-done a").get_attribute("href"))
	assert printed.body().startswith(b"%PDF-")

	# the owner finds nothing open and one receipt on the phone
	user = make_user("Property Resident", email=f"whole-path-{project.lower()}@{MAIL}", user_type="Website User")
	people.give_account(owner, user)
	phone = portal_page(frappe._dict(user=user, password=people.PASSWORD), size="small", path="/portal/bills")
	expect(phone.locator("main")).to_contain_text("没有未缴账单")
	phone.goto("/portal/receipts")
	expect(phone.locator("main")).to_contain_text(f"{due:,.2f}")

	frappe.db.rollback()  # a new snapshot
	# what owners had paid ahead settled bills of the run by itself; the till took one payment
	taken = frappe.get_all("Fee Payment", {"project": project, "method": ["!=", "Prepayment"]}, ["resident", "amount"])
	assert [(row.resident, D(row.amount)) for row in taken] == [(owner, due)]
	left = frappe.db.sql("select sum(outstanding) from `tabFee Invoice` where resident = %s", owner)[0][0]
	assert D(left) == 0
	assert audit.run(project) == []
