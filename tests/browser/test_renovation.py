"""Renovation: the owner applies on the portal, the patrol on a phone, the board of running works (D25)."""

import frappe
from frappe.utils import add_days, today
from playwright.sync_api import expect

from tests.browser import people
from tests.browser.conftest import assert_no_sideways_scroll
from tests.factories.registry import make_home, make_project
from tests.factories.renovation import make_permit
from tests.factories.renovation import picture as photo
from tests.factories.users import MAIL, assign, make_user


def own_project(role: str) -> str:
	"""A project of this test alone, to which the staff member of the browser tests is assigned."""
	project = make_project(project_name="观澜府").name
	people.staff(role)
	assign(f"browse.{frappe.scrub(role)}@{MAIL}", project)
	frappe.db.commit()  # the served site is another process
	return project


def test_owner_applies_and_hands_in_a_drawing(portal_page, picture):
	project = make_project().name
	_unit, resident, _occupancy = make_home(project, "8-1-901", "林若溪")
	user = f"reno-owner-{project.lower()}@{MAIL}"
	make_user("Property Resident", email=user, user_type="Website User")
	people.give_account(resident.name, user)
	page = portal_page(frappe._dict(user=user, password=people.PASSWORD), path="/portal/renovation/new")
	expect(page.locator("form[data-call$='.apply']")).to_be_visible()
	assert_no_sideways_scroll(page)
	picture(page, "renovation-portal-new-phone-zh", full=True)
	page.locator("label.choice", has_text="防水").first.click()
	page.fill("[name=start_date]", add_days(today(), 3))
	page.fill("[name=end_date]", add_days(today(), 40))
	page.fill("[name=contractor]", "安居装饰")
	page.fill("[name=manager_name]", "王建国")
	page.fill("[name=manager_phone]", "13900001111")
	page.locator("label.choice", has_text="遵守装修管理规定").click()
	page.locator("label.choice", has_text="承诺不实施").click()
	page.locator("form[data-call$='.apply'] button[type=submit]").click()
	page.wait_for_url("**/portal/renovation/RA-*")
	name = page.url.rsplit("/", 1)[1]
	page.set_input_files(
		"input[name=pictures]", {"name": "plan.jpg", "mimeType": "image/jpeg", "buffer": photo(place=True)}
	)
	page.locator("form[data-call$='.add_drawings'] button[type=submit]").click()
	expect(page.locator("main")).to_contain_text("已提交 1 份图纸")
	picture(page, "renovation-portal-one-phone-zh", full=True)
	assert_no_sideways_scroll(page)
	frappe.db.rollback()  # a new snapshot: the server is another process
	doc = frappe.get_doc("Renovation Application", name)
	assert (doc.risk, doc.source, len(doc.drawings)) == ("Medium", "Portal", 1)


def test_patrol_on_a_phone(desk_page, picture):
	project = own_project("Technician")
	permit = make_permit(project, *make_home(project, "3-1-1201", "周明远")[:2])
	frappe.db.commit()  # as above
	page = desk_page("Technician", size="phone", path="/app/patrol-round")
	page.wait_for_selector(".kefu-patrol-bar input")
	page.fill(".kefu-patrol-bar input[type=text]", permit.code.lower())
	page.click(".kefu-patrol-bar button[type=submit]")
	page.wait_for_selector(".kefu-patrol-check")
	expect(page.locator(".kefu-patrol-facts")).to_contain_text("3-1-1201")
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
	picture(page, "renovation-patrol-phone-zh", full=True)
	for button in page.locator(".kefu-patrol-choice [data-result=OK]").all():
		button.click()
	page.locator(".kefu-patrol-choice [data-result=Problem]").nth(5).click()
	page.locator(".kefu-patrol-check input:visible").fill("无灭火器")
	with page.expect_file_chooser() as chooser:
		page.get_by_role("button", name="照片").click()
	chooser.value.set_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo(place=True)})
	page.get_by_role("button", name="提交巡查").click()
	expect(page.locator(".kefu-patrol-done")).to_contain_text("3-1-1201")
	picture(page, "renovation-patrol-sent-phone-zh")
	frappe.db.rollback()  # a new snapshot
	patrol = frappe.get_last_doc("Renovation Patrol", {"permit": permit.name})
	assert (patrol.result, len(patrol.photos)) == ("Problems", 1)


def test_board_and_form_of_running_works(desk_page, picture):
	project = own_project("CS Supervisor")
	permit = make_permit(project, *make_home(project, "5-2-602", "赵思琪")[:2])
	make_permit(
		project,
		*make_home(project, "7-1-101", "孙立")[:2],
		start_date=add_days(today(), -9),
		end_date=add_days(today(), -1),
	)
	frappe.db.commit()  # as above
	page = desk_page("CS Supervisor", path="/app/renovation-board")
	page.wait_for_selector(".frappe-control[data-fieldname=project] select")
	page.wait_for_function(
		f"[...document.querySelectorAll('[data-fieldname=project] option')].some(o => o.value === '{project}')"
	)
	page.select_option("[data-fieldname=project] select", project)
	page.wait_for_selector(f".kefu-works-card[href$='{permit.name}']")
	picture(page, "renovation-board-zh")
	page.click(f".kefu-works-card[href$='{permit.name}']")
	page.wait_for_function(f"window.cur_frm && cur_frm.docname === '{permit.name}'")
	expect(page.get_by_role("button", name="告知邻居")).to_be_visible()
	picture(page, "renovation-permit-form-zh")
