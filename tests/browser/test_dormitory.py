"""The dormitory's picture plan: the warden sees who lives where, and a click opens it (D17)."""

import frappe
from playwright.sync_api import expect

from tests.browser import people
from tests.browser.conftest import assert_no_sideways_scroll
from tests.factories.dormitory import make_dormitory, make_room, make_stay
from tests.factories.registry import make_project
from tests.factories.users import MAIL, assign
from tests.factories.workforce import make_staff

WARDEN = "Dormitory Warden"


def test_plan_opens_what_is_clicked(desk_page, picture):
	project = make_project(project_name="云溪苑").name
	people.staff(WARDEN)
	assign(f"browse.{frappe.scrub(WARDEN)}@{MAIL}", project)
	house = make_dormitory(project, building_name="员工宿舍 2 号楼")
	_room, (taken, vacant, repair) = make_room(house, 3, room_code="201", floor=2)
	make_room(house, 4, room_code="101", gender="Male", lowest_rank="Team Lead")
	stay = make_stay(project, taken, make_staff(project, "唐晓燕").name)
	frappe.get_doc("Dormitory Bed", repair).set_repair("床架松动")
	frappe.db.commit()  # the served site is another process
	page = desk_page(WARDEN, path="/app/dormitory-plan")
	page.wait_for_function(f"[...document.querySelectorAll('select option')].some(o => o.value === '{house.name}')")
	page.select_option("[data-fieldname=building] select", house.name)
	bed = page.locator(f".kefu-dorm-bed[data-bed='{taken}']")
	expect(bed).to_contain_text("唐晓燕")
	expect(page.locator(".kefu-dorm-floor h5").first).to_have_text("2 层")
	expect(page.locator(f".kefu-dorm-bed[data-bed='{repair}']")).to_have_class("kefu-dorm-bed kefu-dorm-red")
	picture(page, "dormitory-plan-zh")
	page.set_viewport_size({"width": 390, "height": 844})
	assert_no_sideways_scroll(page)
	picture(page, "dormitory-plan-phone-zh")
	page.set_viewport_size({"width": 1280, "height": 800})
	bed.click()
	page.wait_for_function(f"window.cur_frm && cur_frm.docname === '{stay.name}'")
	expect(page.get_by_role("button", name="办理退宿")).to_be_visible()
	picture(page, "dormitory-stay-zh")
	page.goto(f"/app/dormitory-bed/{vacant}")
	page.get_by_role("button", name="申请此床位").click()
	page.wait_for_function("window.cur_frm && cur_frm.doctype === 'Dormitory Application' && cur_frm.doc.bed")
	expect(page.locator(".page-head .title-text").last).to_be_visible()
	picture(page, "dormitory-application-zh")
