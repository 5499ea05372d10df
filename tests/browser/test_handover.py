"""Handover: a buyer chooses a time on the portal, the desk calls, the home is handed over on a phone; the unit grid (D24)."""

import frappe
from frappe.utils import add_days, today
from playwright.sync_api import expect

from kefu_property.handover import booking, visits
from tests.browser import people
from tests.browser.conftest import assert_no_sideways_scroll
from tests.factories.handover import make_batch, make_developer_home
from tests.factories.keys import make_cabinet, make_key
from tests.factories.registry import make_home, make_project, make_resident
from tests.factories.renovation import picture as photo
from tests.factories.renovation import upload
from tests.factories.users import MAIL, assign, make_user


def own_project(role: str) -> str:
	"""A project of this test alone, to which the staff member of the browser tests is assigned."""
	project = make_project(project_name="云栖里").name
	people.staff(role)
	assign(f"browse.{frappe.scrub(role)}@{MAIL}", project)
	frappe.db.commit()  # the served site is another process
	return project


def test_buyer_chooses_and_changes_a_time(portal_page, picture):
	project = make_project().name
	home = make_developer_home(project, "6-1-602")
	buyer = make_resident(project, "顾清禾", phone="13800009991")
	user = f"handover-buyer-{project.lower()}@{MAIL}"
	make_user("Property Resident", email=user, user_type="Website User")
	people.give_account(buyer.name, user)
	batch = make_batch(project, [home], [buyer], from_date=add_days(today(), 3), to_date=add_days(today(), 4))
	frappe.db.commit()  # as above
	page = portal_page(frappe._dict(user=user, password=people.PASSWORD), path="/portal/handover")
	expect(page.locator("form[data-call$='.book']")).to_be_visible()
	picture(page, "handover-portal-choose-phone-zh", full=True)
	assert_no_sideways_scroll(page)
	page.locator("label.choice").nth(1).click()
	page.locator("form[data-call$='.book'] button[type=submit]").click()
	expect(page.locator(".badge", has_text="已预约")).to_be_visible()
	picture(page, "handover-portal-booked-phone-zh", full=True)
	frappe.db.rollback()  # a new snapshot: the server is another process
	booked = frappe.get_all("Handover Slot", {"batch": batch.name, "booked": 1}, pluck="slot_date")
	assert [str(day) for day in booked] == [add_days(today(), 3)]


def test_the_day_of_the_handover(desk_page, picture):
	project = own_project("CS Agent")
	home = make_developer_home(project, "6-1-1201", layout="三室两厅")
	other = make_developer_home(project, "6-1-1202")
	late = make_developer_home(project, "6-1-1203")
	make_cabinet(project)
	make_key(project, "N061", unit=home.name, key_name="入户门", kind="Dwelling", cabinet=f"{project}-A")
	buyers = [
		make_resident(project, name, phone=f"1380000998{n}") for n, name in enumerate(("沈知远", "陆景行", "许南枝"))
	]
	rooms = [{"room_name": "客厅", "room_kind": "Living Room"}, {"room_name": "卫生间", "room_kind": "Bathroom"}]
	plan = upload(photo(), "plan.jpg")
	frappe.get_doc(
		{"doctype": "Home Layout", "project": project, "layout": "三室两厅", "plan": plan, "rooms": rooms}
	).insert()
	batch = make_batch(project, [home, other, late], buyers)
	name = f"HH-{home.name}"
	visits.check_in(f"HH-{other.name}")
	later = booking.free_slots(batch.name)[-1].name
	booking.book(f"HH-{late.name}", later, "Desk")
	frappe.db.set_value("Home Handover", f"HH-{late.name}", "appointment", f"{today()} 23:30:00")
	frappe.db.commit()  # the served site is another process
	page = desk_page("CS Agent", path="/app/handover-desk")
	page.wait_for_selector("[data-fieldname=project] select")
	page.wait_for_function(
		f"[...document.querySelectorAll('[data-fieldname=project] option')].some(o => o.value === '{project}')"
	)
	page.select_option("[data-fieldname=project] select", project)
	page.wait_for_selector(f".kefu-handover-card[data-name='HH-{other.name}']")
	page.fill(".kefu-handover-search input", "1201")
	page.click(".kefu-handover-search button")
	page.locator(f".kefu-handover-card[data-name='{name}']").get_by_role("button", name="签到").click()
	waiting = page.locator(".kefu-handover-column").nth(1).locator(f"[data-name='{name}']")
	expect(waiting).to_be_visible()
	page.fill("[data-fieldname=counter] input", "2")
	waiting.get_by_role("button", name="叫号").click()
	expect(page.locator(".kefu-handover-column").nth(2).locator(f"[data-name='{name}']")).to_contain_text("2 号窗口")
	picture(page, "handover-desk-zh")
	page.set_viewport_size({"width": 390, "height": 844})
	page.goto(page.url.split("/app/")[0] + f"/app/home-check/{name}")
	page.get_by_role("button", name="开始交房").click()
	page.wait_for_selector(".kefu-home-sign")
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
	page.locator("details[data-room='客厅'] summary").click()
	page.locator("details[data-room='客厅'] [data-result=OK]").first.click()
	picture(page, "handover-rooms-phone-zh", full=True)
	page.locator("details[data-room='客厅']").get_by_role("button", name="其余均合格").click()
	page.locator("details[data-room='卫生间']").get_by_role("button", name="其余均合格").click()
	expect(page.locator(".kefu-home-section").first).to_contain_text("已全部填写")
	page.locator(".kefu-home-plan").click(position={"x": 120, "y": 60})
	dialog = page.locator(".modal.show")
	dialog.locator("select[data-fieldname=room]").select_option("卫生间")
	dialog.locator("select[data-fieldname=defect_kind]").select_option("Water Leak")
	dialog.locator("textarea[data-fieldname=description]").fill("地漏渗水")
	with page.expect_file_chooser() as chooser:
		dialog.get_by_role("button", name="照片").click()
	chooser.value.set_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo(place=True)})
	picture(page, "handover-defect-phone-zh")
	dialog.get_by_role("button", name="保存").click()
	expect(page.locator(".kefu-home-defect")).to_contain_text("地漏渗水")
	for tick in page.locator(".kefu-home-tick input").all():
		tick.check()
	page.locator(".kefu-home-field", has_text="后四").locator("input").fill("123X")
	pad = page.locator(".kefu-home-sign")
	pad.scroll_into_view_if_needed()
	box = pad.bounding_box()
	page.mouse.move(box["x"] + 40, box["y"] + 40)
	page.mouse.down()
	page.mouse.move(box["x"] + 200, box["y"] + 90, steps=5)
	page.mouse.up()
	picture(page, "handover-finish-phone-zh", full=True)
	page.get_by_role("button", name="办理交房").click()
	expect(page.locator(".kefu-home-good")).to_contain_text("6-1-1201")
	picture(page, "handover-done-phone-zh")
	frappe.db.rollback()  # a new snapshot
	doc = frappe.get_doc("Home Handover", name)
	assert (doc.status, doc.docstatus, len(doc.home_keys)) == ("Handed Over with Defects", 1, 1)
	assert frappe.db.get_value("Property Unit", home.name, "current_owner") == buyers[0].name
	assert frappe.db.get_value("Handover Defect", {"home_handover": name}, "plan_x") > 0


def test_unit_grid_of_a_thousand_homes(desk_page, picture):
	project = own_project("CS Supervisor")
	building = frappe.db.get_value(
		"Property Unit", make_home(project, "1-1-101", floor="1", room="101")[0].name, "building"
	)
	states = ("Developer-held", "Vacant", "Occupied", "Renovating", "Let")
	rows = [
		(
			f"{project}-1-{e}-{f}{r:02d}",
			project,
			building,
			f"1-{e}-{f}{r:02d}",
			"Dwelling",
			states[(e * f + r) % 5],
			str(e),
			str(f),
			f"{f}{r:02d}",
		)
		for e in range(1, 6)
		for f in range(2, 27)
		for r in range(1, 9)
	]
	fields = ["name", "project", "building", "unit_code", "unit_type", "state", "entrance", "floor", "room"]
	frappe.db.bulk_insert("Property Unit", fields, rows)
	frappe.db.commit()  # as above
	page = desk_page("CS Supervisor", path=f"/app/unit-grid/{project}")
	page.wait_for_function("document.querySelectorAll('.kefu-grid a').length === 1001")
	page.select_option("[data-fieldname=layer] select", "occupancy")
	expect(page.locator(".kefu-grid-legend")).to_contain_text("空置")
	picture(page, "unit-grid-zh")
	slow = page.evaluate(
		"""() => { const select = document.querySelector('[data-fieldname=layer] select'); const start = performance.now();
		select.value = 'arrears'; select.dispatchEvent(new Event('change', {bubbles: true})); $(select).trigger('change');
		return performance.now() - start; }"""
	)
	assert slow < 1500, "a thousand homes are painted within a blink, even on a busy machine"
	page.select_option("[data-fieldname=layer] select", "occupancy")
	page.locator(".kefu-grid a").first.focus()
	page.keyboard.press("ArrowDown")
	page.keyboard.press("ArrowRight")
	assert page.evaluate("document.activeElement.code") == "1-1-2502"
	page.keyboard.press("Enter")
	page.wait_for_function(f"window.cur_frm && cur_frm.docname === '{project}-1-1-2502'")
