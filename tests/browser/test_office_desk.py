"""Duty roster and handover, operations board, data quality and help in the browser (D8, D11)."""

import frappe
from playwright.sync_api import expect

from tests.browser import people
from tests.browser.conftest import assert_no_sideways_scroll
from tests.factories.office_desk import make_budget, make_budget_item, make_pattern, make_people, make_post, new_roster
from tests.factories.registry import make_project
from tests.factories.users import MAIL, as_user, assign


def own_project(*roles: str) -> str:
	"""A project of this test alone, to which the staff of the browser tests are assigned."""
	project = make_project(project_name="湖畔名邸").name
	for role in roles:
		people.staff(role)
		assign(f"browse.{frappe.scrub(role)}@{MAIL}", project)
	frappe.db.commit()  # the served site is another process
	return project


def test_a_day_of_the_roster_is_changed_by_a_click(desk_page, picture):
	project = own_project("Office Clerk")
	staff = make_people(project, 3)
	for user, name in zip(staff, ("王丽娟", "陈建国", "刘思远"), strict=True):
		frappe.db.set_value("User", user, "full_name", name)
	pattern = make_pattern(
		project,
		cycle="早 夜 -",
		shifts=[
			{"shift_code": "早", "shift_name": "早班", "start_time": "08:00:00", "end_time": "20:00:00"},
			{"shift_code": "夜", "shift_name": "夜班", "start_time": "20:00:00", "end_time": "08:00:00"},
		],
	)
	roster = new_roster(project, staff, post=make_post(project, post_name="前台").name, pattern=pattern.name).insert()
	frappe.db.commit()  # as above
	page = desk_page("Office Clerk", path=f"/app/post-roster/{roster.name}")
	cell = page.locator(".kefu-roster tbody tr").first.locator("button").first
	expect(cell).to_have_text("早")
	picture(page, "office-roster-zh", full=True)
	cell.click()
	expect(page.locator(".kefu-roster tbody tr").first.locator("button").first).to_have_text("夜")
	expect(page.locator(".form-message")).to_contain_text("1 个班次人手不足")
	page.locator(".kefu-help-button").click()
	expect(page.locator(".kefu-help")).to_contain_text("提交审批")
	picture(page, "office-help-zh")


def test_the_board_leads_to_what_lies_behind(desk_page, picture):
	project = own_project("Office Director")
	make_budget(project, (make_budget_item(item_name="办公用品"), 1000))
	with as_user(f"browse.office_director@{MAIL}"):
		frappe.get_doc(
			{
				"doctype": "Shift Handover",
				"project": project,
				"post": make_post(project, post_name="北门岗").name,
				"due_on": "2026-01-05 20:00:00",
			}
		).insert()
	frappe.db.commit()  # as above
	page = desk_page("Office Director", path="/app/operations-board")
	page.locator("[data-fieldname=project] select").wait_for()
	page.wait_for_selector(".kefu-ops-section")
	page.select_option("[data-fieldname=project] select", project)
	late = page.locator("[data-section=staffing] .kefu-ops-card", has_text="逾期交接班")
	expect(late).to_have_attribute("data-tone", "red")
	expect(page.locator(".kefu-ops-table")).to_have_count(0)
	picture(page, "office-operations-zh", full=True)
	page.set_viewport_size({"width": 390, "height": 844})
	assert_no_sideways_scroll(page)
	picture(page, "office-operations-phone-zh", full=True)
	page.set_viewport_size({"width": 1280, "height": 800})
	late.click()
	page.wait_for_url("**/app/shift-handover**")
	page.goto("/app/data-quality")
	page.select_option("[data-fieldname=project] select", project)
	page.locator(".kefu-quality-check summary", has_text="未办结的班次").click()
	expect(page.locator(".kefu-quality-row")).to_have_count(1)
	picture(page, "office-data-quality-zh", full=True)
