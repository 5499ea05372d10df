"""The front desk without a mouse, a request on the portal, the technician's list on a phone (D3, D7)."""

import frappe

from kefu_property.service_desk import actions, hotline
from tests.browser import people
from tests.factories.service_desk import picture


def test_agent_finds_a_home_and_starts_a_repair_by_keyboard(desk_page):
	people.resident()
	page = desk_page("CS Agent", path="/app/front-desk")
	page.wait_for_selector(".kefu-desk-search input")
	page.keyboard.type("6-1-1802")
	page.wait_for_selector(".kefu-desk-list li.chosen")
	page.keyboard.press("Enter")
	page.wait_for_selector(".kefu-desk-card[data-key=people] .kefu-desk-item")
	assert people.NAME in page.inner_text(".kefu-desk-card[data-key=people]")
	page.keyboard.press("Alt+r")
	page.wait_for_url("**/app/repair-order/new**")
	page.wait_for_function("cur_frm && cur_frm.doctype === 'Repair Order' && cur_frm.doc.unit")
	assert page.evaluate("cur_frm.doc.unit").endswith("6-1-1802")


def test_a_call_shows_itself_and_becomes_a_repair(desk_page):
	caller = people.resident()
	page = desk_page("CS Agent", path="/app/front-desk")
	page.wait_for_selector(".kefu-desk-search input")
	page.wait_for_function("frappe.realtime.socket?.connected")
	# the telephone system reports the call; the token is tested over HTTP elsewhere
	call = hotline.receive(
		people.PROJECT,
		frappe.generate_hash(length=10),
		phone=caller.phone,
		direction="Incoming",
		started_on="2026-03-02T09:00:00",
	)
	frappe.db.commit()  # the message leaves with the commit
	alert = page.locator(".kefu-call", has_text=people.NAME).last
	alert.locator(".kefu-call-open").click()
	page.wait_for_url(f"**/app/call-record/{call.name}")
	page.wait_for_function("cur_frm && cur_frm.doctype === 'Call Record' && !cur_frm.is_new()")
	page.keyboard.press("Alt+r")
	page.wait_for_url("**/app/repair-order/new**")
	page.wait_for_function("cur_frm && cur_frm.doctype === 'Repair Order' && cur_frm.doc.resident")
	assert page.evaluate("cur_frm.doc.resident") == caller.name


def test_owner_reports_with_a_photo_and_rates(portal_page):
	page = portal_page(people.resident(), path="/portal/requests/new")
	page.fill("[name=description]", "厨房水管漏水")
	page.set_input_files(
		"input[name=photos]", {"name": "leak.jpg", "mimeType": "image/jpeg", "buffer": picture(place=True)}
	)
	page.click("form button[type=submit], form .btn-primary")
	page.wait_for_url("**/portal/requests/WX-*")
	name = page.url.rsplit("/", 1)[1]
	frappe.db.rollback()  # a new snapshot: the server is another process
	doc = frappe.get_doc("Repair Order", name)
	assert (doc.category, len(doc.photos)) == ("Pipe Leak", 1)
	actions.accept("Repair Order", name)
	actions.resolve("Repair Order", name, "已更换水管")
	frappe.db.commit()  # the server has to see it
	page.reload()
	page.click("label[for=f-stars-5]")
	page.click("form[data-call$='.rate'] .btn")
	page.wait_for_selector("text=5 / 5")


def test_technicians_list_fits_a_phone(desk_page):
	page = desk_page("Technician", size="phone", path="/app/repair-work")
	page.wait_for_selector(".kefu-work-empty, .kefu-work-card")
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
