"""Reading meters from door to door on a phone (D2)."""

import frappe
import pytest
from playwright.sync_api import expect

from tests.browser import people
from tests.factories import billing, registry
from tests.factories.users import assign


@pytest.fixture
def homes(site) -> frappe._dict:
	"""Three homes with a water meter each, for a technician of this project alone."""
	project = registry.make_project(project_name="听雨轩").name
	technician, _password = people.staff("Technician")
	frappe.db.delete("User Permission", {"user": technician})
	assign(technician, project)
	frappe.clear_cache(user=technician)
	units = [registry.make_unit(project, f"1-1-{floor}01") for floor in (1, 2, 3)]
	meters = [billing.make_meter(unit, installed_on="2026-01-01") for unit in units]
	frappe.db.commit()  # the served site is another process
	return frappe._dict(project=project, meters=meters)


def test_a_technician_reads_the_meters_of_a_building(homes, desk_page, picture, watch):
	watch.allow("status of 417")  # the refused reading
	page = desk_page("Technician", size="phone", path=f"/app/meter-reading-sheet?project={homes.project}")
	cards = page.locator(".kefu-meter")
	expect(cards).to_have_count(3)
	first, second = (page.locator(f".kefu-meter[data-name='{meter.name}']") for meter in homes.meters[:2])
	first.locator("input").first.fill("90")
	first.get_by_role("button").click()
	expect(first.locator(".kefu-meter-note")).to_contain_text("请重新抄读")
	first.locator("input").first.fill("112.5")
	first.locator("input").first.press("Enter")
	expect(first.locator(".kefu-meter-note")).to_have_text("用量 12.5")
	expect(second.locator("input").first).to_be_focused()
	second.locator("input").first.fill("104")
	second.get_by_text("估抄").click()
	second.get_by_role("button").click()
	expect(page.locator(".kefu-meters-count")).to_have_text("今日已抄 2 / 3")
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
	picture(page, "desk-meter-sheet-phone-zh", docs=True)
	frappe.db.rollback()  # a new snapshot: the server is another process
	rows = frappe.get_all("Meter Reading", {"project": homes.project}, ["value", "reading_type"], order_by="value")
	assert [(row.value, row.reading_type) for row in rows] == [(104, "Estimated"), (112.5, "Actual")]
