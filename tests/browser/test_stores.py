"""The stores in the browser: issue of a requisition, my assets and counting on the phone (D15)."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import today

from tests.browser import people
from tests.browser.conftest import assert_no_sideways_scroll
from tests.factories.registry import make_project
from tests.factories.stores import (
	make_asset,
	make_class,
	make_department,
	make_item,
	make_requisition,
	make_store,
	receive,
)
from tests.factories.users import as_user, assign, make_user


@pytest.fixture
def office(site):
	"""A project of its own with a store, and the staff of the browser tests assigned to it."""
	project = make_project(project_name="云栖花园").name
	staff = {role: people.staff(role)[0] for role in ("Store Keeper", "Technician")}
	for user in staff.values():
		assign(user, project)
	store = make_store(project, store_name="物料仓库", is_default=1)
	department = make_department(project, department_name="工程部")
	kind = make_class(class_name=f"电子设备 {frappe.generate_hash(length=4)}").name
	frappe.db.commit()  # the served site is another process
	return frappe._dict(project=project, store=store, department=department, kind=kind, staff=staff)


def test_the_keeper_issues_a_requisition_in_part(desk_page, picture, office):
	item = make_item(item_name="LED灯管", unit="支")
	receive(office.store, item, 3, 18)
	doc = apply_workflow(make_requisition(office.department, (item.name, 5)), "Submit for Approval")
	approver = make_user("CS Supervisor", projects=(office.project,), email="approver@browser.kefu.example")
	with as_user(approver):
		apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Approve")
	frappe.db.commit()  # the served site is another process
	page = desk_page("Store Keeper", path=f"/app/store-requisition/{doc.name}")
	page.click(".page-actions .btn:has-text('发料')")
	page.wait_for_selector(".modal.show [data-fieldname='quantity_0'] input")
	picture(page, "stores-issue")
	page.click(".modal.show .btn-primary:visible")
	page.wait_for_selector(".indicator-pill:has-text('部分发料')")
	frappe.db.rollback()
	assert frappe.db.get_value("Store Stock", {"store": office.store.name}, "quantity") == 0
	picture(page, "stores-requisition")


def test_a_technician_accepts_an_asset_on_the_phone(desk_page, picture, office):
	asset = make_asset(office.project, office.kind, office.staff["Store Keeper"], asset_name="台式电脑")
	transfer = frappe.get_doc(
		{
			"doctype": "Fixed Asset Transfer",
			"project": office.project,
			"to_custodian": office.staff["Technician"],
			"to_place": "工具房",
			"items": [{"asset": asset.name}],
		}
	).insert()
	transfer.submit()
	frappe.db.commit()  # the served site is another process
	page = desk_page("Technician", path="/app/my-assets", size="phone")
	box = page.locator(f".kefu-asset:has-text('{asset.name}')")
	box.locator(".btn-primary").wait_for()
	picture(page, "my-assets-phone")
	assert_no_sideways_scroll(page)
	box.locator(".btn-primary").click()
	page.wait_for_selector(".kefu-asset-actions", state="detached")
	frappe.db.rollback()
	assert frappe.db.get_value("Fixed Asset Card", asset.name, "custodian") == office.staff["Technician"]


def test_assets_are_counted_with_the_phone(desk_page, picture, office):
	here, elsewhere = (
		make_asset(office.project, office.kind, office.staff["Store Keeper"], asset_name=name, place=place)
		for name, place in (("台式电脑", "前台"), ("打印机", "档案室"))
	)
	count = frappe.get_doc({"doctype": "Fixed Asset Count", "project": office.project, "counted_on": today()}).insert()
	frappe.db.commit()  # the served site is another process
	page = desk_page("Store Keeper", path=f"/app/asset-scan/{count.name}", size="phone")
	page.locator(f".kefu-asset:has-text('{here.name}')").wait_for()
	page.fill(".kefu-scan-bar input >> nth=0", "前台")
	page.fill(".kefu-scan-code", here.name)
	page.press(".kefu-scan-code", "Enter")
	page.wait_for_selector(".kefu-scan-result[data-outcome='Found']")
	page.fill(".kefu-scan-code", elsewhere.name)
	page.press(".kefu-scan-code", "Enter")
	page.wait_for_selector(".kefu-scan-result[data-outcome='Misplaced']")
	picture(page, "asset-scan-phone")
	assert_no_sideways_scroll(page)
	page.wait_for_selector("h5:has-text('2 / 2')")
	frappe.db.rollback()
	assert frappe.db.get_value("Fixed Asset Count", count.name, ["found", "misplaced"]) == (1, 1)
