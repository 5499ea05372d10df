"""The counter in the browser: cabinet, scanner, parcel intake, the resident's parcels (D14, D20)."""

import frappe
import pytest

from tests.browser import people
from tests.browser.conftest import assert_no_sideways_scroll
from tests.factories.custody import make_item, make_shelf
from tests.factories.keys import lend, make_cabinet, make_key
from tests.factories.users import assign

PROJECT = people.PROJECT


@pytest.fixture
def counter(site):
	"""Cabinet with three keys, one of them lent, and a shelf with a parcel for the resident."""
	owner = people.resident()
	clean()
	cabinet = make_cabinet(PROJECT, "A", cabinet_name="A柜", hook_rows=3, hooks_per_row=8)
	keys = [
		make_key(PROJECT, code, key_name=name, cabinet=cabinet.name, hook=hook)
		for code, name, hook in (("PUMP", "水泵房", "A01"), ("ROOF", "屋面", "A02"), ("CLUB", "会所", "B03"))
	]
	lend(PROJECT, keys[1].name)
	shelf = make_shelf(PROJECT, "S1", shelf_name="1号货架")
	item = make_item(PROJECT, resident=owner.name, shelf=shelf.name, tracking_number="SF1234567890001")
	frappe.db.commit()  # the served site is another process
	yield frappe._dict(owner=owner, item=item)
	clean()


def clean() -> None:
	frappe.db.rollback()
	for doctype in ("Key Loan", "Property Key", "Key Cabinet", "Custody Item", "Custody Shelf"):
		for name in frappe.get_all(doctype, filters={"project": PROJECT}, pluck="name"):
			frappe.db.delete("Key Loan Item", {"parent": name})
		frappe.db.delete(doctype, {"project": PROJECT})
	frappe.db.commit()  # the served site is another process


def as_agent(desk_page, path, **kw):
	user, _password = people.staff("CS Agent")
	assign(user, PROJECT)
	frappe.db.commit()  # the served site is another process
	return desk_page("CS Agent", path=path, **kw)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_scanner_takes_a_key_back(desk_page, picture, counter, language):
	page = as_agent(desk_page, "/app/key-board", language=language)
	page.wait_for_selector(".kefu-hook.kefu-key-out")
	picture(page, f"key-board-{language}", docs=True)
	page.fill(".kefu-keys-scan", "ROOF")
	page.press(".kefu-keys-scan", "Enter")
	page.wait_for_selector(".kefu-hook.kefu-key-out", state="detached")
	page.fill(".kefu-keys-scan", "PUMP")
	page.press(".kefu-keys-scan", "Enter")
	page.click(".kefu-keys-basket .btn-primary")
	page.wait_for_url("**/app/key-loan/new*")
	page.wait_for_selector("[data-fieldname=items] .grid-row:has-text('PUMP')")
	picture(page, f"key-loan-{language}")


def test_parcels_come_in_by_keyboard_alone(desk_page, picture, counter):
	page = as_agent(desk_page, "/app/parcel-intake")
	page.wait_for_selector(".kefu-intake option", state="attached")
	for number in range(3):
		page.keyboard.type(f"SF12345678910{number:02d}")
		page.keyboard.press("Enter")
		page.keyboard.type("6-1-1802")
		page.keyboard.press("Enter")
		page.wait_for_function(f"document.querySelectorAll('.kefu-intake tbody tr').length === {number + 1}")
	picture(page, "parcel-intake", docs=True)
	frappe.db.rollback()
	assert frappe.db.count("Custody Item", {"project": PROJECT, "unit": f"{PROJECT}-6-1-1802"}) == 3


@pytest.mark.parametrize(("size", "language"), [("small", "zh"), ("desktop", "en")])
def test_the_resident_gets_a_code(portal_page, picture, counter, size, language):
	page = portal_page(counter.owner, size=size, language=language, path="/portal/parcels")
	picture(page, f"parcels-{size}-{language}")
	page.click(f"a[href='/portal/parcels/{counter.item.name}']")
	page.click("button[data-call$='get_code']")
	page.wait_for_selector(".pickup-code")
	assert_no_sideways_scroll(page)
	picture(page, f"parcel-{size}-{language}", full=True, docs=True)


def test_the_resident_sees_the_keys_page(portal_page, picture, counter):
	page = portal_page(counter.owner, size="phone", path="/portal/keys")
	page.wait_for_selector("h1")
	picture(page, "portal-keys")


@pytest.mark.parametrize("workspace", ["keys", "custody"])
def test_workspaces_open_with_numbers(desk_page, picture, counter, workspace):
	page = as_agent(desk_page, f"/app/{workspace}")
	page.wait_for_selector(".number-widget-box .widget-content .number")
	picture(page, f"workspace-{workspace}")
