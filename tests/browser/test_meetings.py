"""Meetings at the desk: the form with its room, and signing in on a phone (D31)."""

from datetime import timedelta

import frappe
from frappe.utils import now_datetime
from playwright.sync_api import expect

from tests.browser import people
from tests.factories.meetings import make_meeting, make_meeting_room
from tests.factories.registry import make_project
from tests.factories.users import MAIL, assign

ROLE = "Office Clerk"


def test_signing_in_on_a_phone(desk_page, picture):
	project = make_project(project_name="望江府").name
	people.staff(ROLE)
	user = f"browse.{frappe.scrub(ROLE)}@{MAIL}"
	assign(user, project)
	room = make_meeting_room(project, room_name="第一会议室")
	begin = now_datetime().replace(microsecond=0) + timedelta(minutes=10)
	meeting = make_meeting(
		project,
		room.name,
		subject="客服例会",
		starts_on=begin,
		ends_on=begin + timedelta(hours=1),
		attendees=[{"user": user}],
	)
	frappe.db.commit()  # the served site is another process
	page = desk_page(ROLE, size="phone", path=f"/app/meeting-sign-in/{meeting.code}")
	page.get_by_role("button", name="我已到场").click()
	expect(page.locator(".kefu-patrol-done")).to_contain_text("客服例会")
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
	picture(page, "meeting-sign-in-phone-zh")
	page.set_viewport_size({"width": 1280, "height": 900})
	page.goto(f"/app/office-meeting/{meeting.name}")
	expect(page.get_by_role("button", name="写纪要")).to_be_visible()
	picture(page, "meeting-form-zh", full=True)
	frappe.db.rollback()  # a new snapshot
	assert frappe.db.get_value("Meeting Attendee", {"parent": meeting.name, "user": user}, "attendance") == "Present"
