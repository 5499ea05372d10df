"""Inspection: a check on a phone whose network comes and goes, the desk, facilities on the portal (D5, D26)."""

import re

import frappe
from frappe.utils import add_days, today
from playwright.sync_api import expect

from tests.browser import people
from tests.browser.conftest import assert_no_sideways_scroll
from tests.factories.inspection import make_contract, make_defect, make_facility, make_task, send
from tests.factories.registry import make_home, make_project
from tests.factories.renovation import picture as photo
from tests.factories.renovation import upload
from tests.factories.users import MAIL, as_user, assign, make_user


def own_project(role: str) -> str:
	"""A project of this test alone, to which the staff member of the browser tests is assigned."""
	project = make_project(project_name="观澜府").name
	people.staff(role)
	assign(f"browse.{frappe.scrub(role)}@{MAIL}", project)
	frappe.db.commit()  # the served site is another process
	return project


def answer_all(page) -> None:
	for line in page.locator(".kefu-patrol-check").all():
		good = line.locator("[data-result=Yes], [data-result='Green zone']")
		if good.count():
			good.first.click()


def take_photo(page, item: str) -> None:
	with page.expect_file_chooser() as chooser:
		page.locator(f".kefu-patrol-check[data-item='{item}'] .kefu-round-photo button").click()
	chooser.value.set_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo(place=True)})
	expect(page.locator(f".kefu-patrol-check[data-item='{item}'] img")).to_be_visible()


def test_a_check_waits_on_the_phone_and_survives_signing_out(desk_page, open_context, picture, watch):
	watch.allow(r"ERR_INTERNET_DISCONNECTED|40[13]|417|Failed to load resource")
	project = own_project("Technician")
	extinguisher = make_facility(project, "Fire Extinguisher", "1 幢 5 层灭火器箱", location="1 幢 5 层前室")
	mine = make_task(extinguisher, "Monthly Check of Fire Equipment")
	other = make_task(extinguisher, "Monthly Check of Fire Equipment")
	frappe.db.delete("Inspection Task", {"facility": extinguisher.name, "plan": ["is", "set"]})
	frappe.db.commit()  # as above
	page = desk_page("Technician", size="phone", path="/app/inspection-round")
	page.locator(".kefu-patrol-card", has_text="1 幢 5 层灭火器箱").first.wait_for()
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
	picture(page, "inspection-round-phone-zh")
	page.evaluate(f"frappe.set_route('inspection-round', 'task', '{mine.name}')")
	page.wait_for_selector(".kefu-patrol-check")
	page.fill(".kefu-round-label input[type=text]", "WRONG123")
	page.click(".kefu-round-label button[type=submit]")
	expect(page.locator(".msgprint")).to_contain_text("其他设施")
	page.locator(".modal.show .btn-modal-close").click()
	expect(page.locator(".modal.show")).to_have_count(0)
	page.fill(".kefu-round-label input[type=text]", extinguisher.code.lower())
	page.click(".kefu-round-label button[type=submit]")
	expect(page.locator(".kefu-patrol-facts .indicator-pill")).to_have_text("已扫标签")
	answer_all(page)
	page.locator("[data-result='Red zone']").click()
	page.locator(".kefu-patrol-check input:visible").fill("指针在红区")
	take_photo(page, "Accessible and marked")
	picture(page, "inspection-sheet-phone-zh", full=True)
	page.context.set_offline(True)
	page.get_by_role("button", name="提交检查").click()
	expect(page.locator(".kefu-patrol-done")).to_contain_text("没有网络")
	expect(page.locator(".kefu-round-waiting")).to_contain_text("本机待上传：1 条")
	picture(page, "inspection-kept-phone-zh")
	# the second task is done while somebody else finishes it on another phone
	page.evaluate(f"frappe.set_route('inspection-round', 'task', '{other.name}')")
	page.wait_for_selector(".kefu-patrol-check")
	answer_all(page)
	take_photo(page, "Accessible and marked")
	page.get_by_role("button", name="提交检查").click()
	expect(page.locator(".kefu-round-waiting")).to_contain_text("本机待上传：2 条")
	lead = make_user("Engineering Lead", projects=(project,), email=f"lead-{project.lower()}@{MAIL}")
	with as_user(lead):
		rows = [{"item": row["item"], "not_applicable": True} for row in sheet_of(other)]
		send(other, rows=rows)
	frappe.db.commit()  # as above
	# the session ends before the network is back
	page.context.clear_cookies()
	page.context.set_offline(False)
	page.get_by_role("button", name="立即发送").click()
	expect(page.locator(".kefu-round-waiting")).to_contain_text("本机待上传：2 条")
	frappe.db.rollback()  # a new snapshot
	assert frappe.db.get_value("Inspection Task", mine.name, "status") == "Planned"
	user, password = people.staff("Technician")
	answer = page.context.request.post("/api/method/login", form={"usr": user, "pwd": password})
	assert answer.ok, answer.text()
	page.goto("/app/inspection-round")
	waiting = page.locator(".kefu-round-waiting")
	expect(waiting).to_contain_text("本机待上传：1 条")
	expect(waiting).to_contain_text("留作计划外检查")
	picture(page, "inspection-conflict-phone-zh")
	frappe.db.rollback()  # a new snapshot
	done = frappe.get_doc("Inspection Task", mine.name)
	assert (done.status, done.result, done.done_by, len(done.photos)) == ("Done", "Problems", user, 1)
	assert frappe.db.count("Rectification", {"task": mine.name}) == 1
	page.get_by_role("button", name="留作计划外检查").click()
	expect(waiting).to_be_hidden()
	frappe.db.rollback()  # a new snapshot
	assert frappe.db.count("Inspection Task", {"facility": extinguisher.name, "status": "Done"}) == 3


def sheet_of(task) -> list[dict]:
	return [
		{"item": name}
		for name in frappe.get_all("Inspection Template Item", {"parent": task.template}, pluck="name", order_by="idx")
	]


def test_the_desk_of_facilities(desk_page, picture):
	project = own_project("CS Supervisor")
	lift = make_facility(project, name="3 幢客梯", installed_on="2012-05-01", purchase_cost=260000, brand="通力 KONE")
	defect = make_defect(lift, description="平层误差约 2 厘米", item_text="Stops level with the floor")
	contract = make_contract(make_facility(project, "Lift Advertising", "3 幢轿厢框架"), advertiser="杭州分众楼宇传媒")
	frappe.db.commit()  # as above
	page = desk_page("CS Supervisor", path="/app/inspection")
	expect(page.locator(".number-widget-box").first).to_be_visible()
	expect(page.locator(".number-widget-box .number").first).to_have_text(re.compile(r"\d"))
	page.wait_for_selector(".frappe-chart, .chart-empty-state, .chart-loading-state.hide", state="attached")
	picture(page, "inspection-workspace-zh", full=True)
	for doctype, name in (
		("facility", lift.name),
		("rectification", defect.name),
		("advertising-contract", contract.name),
	):
		page.goto(f"/app/{doctype}/{name}")
		page.wait_for_function(f"window.cur_frm && cur_frm.docname === '{name}'")
		expect(page.locator(".form-page:visible")).to_be_visible()
		picture(page, f"inspection-{doctype}-zh", full=True)
	page.goto(f"/app/facility?project={project}")
	expect(page.locator(".list-row", has_text="3 幢客梯")).to_contain_text("有隐患")
	picture(page, "inspection-facilities-zh")
	page.goto(f"/app/query-report/Facility Life and Cost?project={project}")
	expect(page.locator(".dt-scrollable")).to_contain_text("3 幢客梯")
	picture(page, "inspection-life-zh")


def test_a_resident_books_a_court(portal_page, picture):
	project = make_project().name
	_unit, resident, _occupancy = make_home(project, "6-1-602", "周清扬")
	make_facility(
		project,
		"Sports Ground",
		"网球场",
		location="小区西北角",
		on_portal=1,
		opening_hours="每日 7:00–21:00",
		portal_intro="标准硬地单片，夜间有灯光。",
		portal_rules="1. 请穿运动鞋入场。\n2. 雨天不开放。",
		bookable=1,
		bookable_from="07:00:00",
		bookable_to="21:00:00",
		slot_minutes=60,
		photos=[{"image": upload(photo())}],
	)
	user = f"court-owner-{project.lower()}@{MAIL}"
	make_user("Property Resident", email=user, user_type="Website User")
	people.give_account(resident.name, user)
	page = portal_page(frappe._dict(user=user, password=people.PASSWORD), path="/portal/facilities")
	page.locator(".facility-card", has_text="网球场").wait_for()
	expect(page.locator(".facility-photo")).to_have_js_property("naturalWidth", 60)
	assert_no_sideways_scroll(page)
	picture(page, "facilities-portal-phone-zh")
	page.locator(".facility-card", has_text="网球场").click()
	tomorrow = add_days(today(), 1)
	page.locator(f".tabs a[href$='/{tomorrow}']").click()
	page.wait_for_url(f"**/{tomorrow}")
	assert_no_sideways_scroll(page)
	picture(page, "facility-portal-phone-zh", full=True)
	page.locator("label.choice", has_text="09:00–10:00").first.click()
	page.locator("form[data-call$='.book'] button[type=submit]").click()
	page.wait_for_url("**/portal/facilities/bookings")
	expect(page.locator("main")).to_contain_text("已确认")
	picture(page, "facility-bookings-phone-zh")
