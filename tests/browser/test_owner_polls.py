"""An owner votes on a phone and replies to a forum; staff read the turnout (S4, L27)."""

import frappe
from frappe.utils import add_days, now_datetime
from playwright.sync_api import expect

from kefu_property.service_desk import polls
from tests.browser import people


def make_poll(project: str) -> str:
	doc = frappe.get_doc(
		{
			"doctype": "Opinion Poll",
			"project": project,
			"subject": "公共收益用于更换单元门禁",
			"matter": "Ordinary Matter",
			"question": "是否同意使用公共收益更换各单元门禁系统？",
			"opens_on": add_days(now_datetime(), -1),
			"closes_on": add_days(now_datetime(), 7),
		}
	).insert()
	doc.db_set("status", "Approved")
	polls.open_voting(doc.name)
	frappe.db.commit()  # the served site is another process
	return doc.name


def test_owner_votes_on_a_phone_and_staff_see_the_turnout(portal_page, desk_page, picture, watch):
	# the framework's date picker fails while a form with moments opens; the form works
	watch.allow(r"reading 'parent'")
	owner = people.resident()
	name = make_poll(frappe.db.get_value("Resident", owner.name, "project"))
	page = portal_page(owner, "small", path="/portal/polls")
	page.locator(f"a[href='/portal/polls/{name}']").click()
	expect(page.locator("form[data-call$='polls.vote']")).to_be_visible()
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
	picture(page, "portal-poll-phone-zh", full=True)
	page.locator("label.choice", has_text="同意").first.click()
	page.locator("form[data-call$='polls.vote'] .btn").click()
	expect(page.locator(".alert.tone-good")).to_be_visible()
	frappe.db.rollback()  # a new snapshot: the server is another process
	assert polls.turnout(name)["voted"] == 1
	desk = desk_page("CS Supervisor", path=f"/app/opinion-poll/{name}")
	expect(desk.locator(".form-message, .form-dashboard-section .form-headline").first).to_contain_text("户投票")
	picture(desk, "desk-opinion-poll-zh")


def test_owner_replies_to_a_forum_on_a_phone(portal_page, picture):
	owner = people.resident()
	doc = frappe.get_doc(
		{
			"doctype": "Owner Forum",
			"project": frappe.db.get_value("Resident", owner.name, "project"),
			"subject": "公共收益使用方案座谈会",
			"held_on": add_days(now_datetime(), 5),
			"place": "小区会所",
			"topics": [{"topic": "单元门禁更换方案"}],
		}
	).insert()
	doc.db_set("status", "Invited")
	frappe.db.commit()  # the served site is another process
	page = portal_page(owner, "small", path=f"/portal/forums/{doc.name}")
	page.locator("form[data-call$='forums.reply'] .btn-primary").click()
	expect(page.locator("main .badge", has_text="参加")).to_be_visible()
	picture(page, "portal-forum-phone-zh", full=True)
