"""Every role's desk: the home page, the sidebar, each workspace and what it leads to; all in Chinese, without errors."""

import re

import pytest
from playwright.sync_api import Page, expect

from kefu_property.suite import demo, state
from tests.browser import people

#: visible texts of Latin letters only that are right in Chinese: codes that an office gave, formats, units
LATIN = re.compile(
	r"^([A-Z]{3,8}|PDF|CSV|Excel|HTML|JSON|URL|Ctrl \+ \w|m²|km²|OK|ID|SMS|BROWSE.*|[\w.+-]+@[\w.-]+|[\d\W]*|[A-Za-z0-9-]*\d[A-Za-z0-9-]*)$"
)
#: text of what can be seen, without the hints for administrators that appear on pointing at a label
VISIBLE_TEXTS = """() => {
	const found = new Set();
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) {
		const text = walk.currentNode.textContent.trim(), parent = walk.currentNode.parentElement;
		if (text && !parent.closest("script, style, svg, .tooltip-content") && parent.checkVisibility()) found.add(text);
	}
	document.querySelectorAll("[placeholder]").forEach((e) => e.checkVisibility() && found.add(e.getAttribute("placeholder").trim()));
	return [...found];
}"""


def english_texts(page: Page) -> list[str]:
	"""Visible texts with a Latin word and no Chinese that are not in the list of exceptions."""
	return sorted(
		text
		for text in page.evaluate(VISIBLE_TEXTS)
		if re.search(r"[A-Za-z]{2,}", text) and not re.search(r"[\u4e00-\u9fff]", text) and not LATIN.match(text)
	)


def home_of(role: str) -> str:
	for entry in state.enabled_modules():
		facts = entry.get("roles", {}).get(role, {})
		if facts.get("home"):
			return facts["home"]
	return "my-day"


def settle(page: Page) -> None:
	page.wait_for_load_state("networkidle")
	# a workspace draws its blocks one after another, and the framework does not like to leave it before
	page.wait_for_function(
		"!window.frappe?.request?.ajax_count && !document.querySelector('#freeze, .workspace-skeleton:not(.hidden)')"
	)
	page.wait_for_timeout(400)


def check(page: Page, where: str) -> None:
	"""No message box, no refusal, no missing page, nothing untranslated."""
	settle(page)
	dialogs = page.locator(".modal.show")
	assert dialogs.count() == 0, f"{where}: {dialogs.first.inner_text()}"
	text = page.locator("body").inner_text()
	refused = re.search(r"Not Permitted|Not permitted|没有权限|您无权|页面不存在|出现错误", text)
	assert not refused, f"{where}: {refused[0]}"
	left = english_texts(page)
	assert not left, f"{where}: not Chinese: {left}"


def go(page: Page, route: str) -> None:
	page.evaluate("(route) => frappe.set_route(route)", route.removeprefix("/app/"))
	page.wait_for_function(
		"(route) => decodeURI(location.pathname).startsWith('/app/' + route)",
		arg=route.removeprefix("/app/").split("?")[0],
	)


@pytest.fixture(scope="module")
def opened() -> set[str]:
	"""What an earlier role has opened already: lists are the framework's own and need no second look."""
	return set()


@pytest.mark.parametrize("role", ["HR Clerk", "Dormitory Warden", "Store Keeper", "Technician", "Cashier", "CS Agent",
	"Accountant", "Office Clerk", "Order and Cleaning Lead", "Engineering Lead", "CS Supervisor", "Office Director",
	"HQ Quality Auditor", "Kefu Administrator"])  # fmt: skip
def test_the_desk_of_a_role(desk_page, opened, picture, site, role):
	people.resident()
	home = home_of(role)
	page = desk_page(role)
	page.wait_for_url(f"**/app/{home}*")
	check(page, f"{role}: {home}")
	picture(
		page,
		"desk-modules-zh" if home == "suite" else f"home-{role.lower().replace(' ', '-')}-zh",
		docs=home == "suite",
	)

	if home != "my-day":
		go(page, "my-day")
	expect(page.locator(".kefu-my-day-head")).to_be_visible()
	check(page, f"{role}: my-day")
	# the way back to where the day begins
	way = page.locator(f".kefu-my-day-head a[href='/app/{home}']")
	expect(way).to_have_count(0 if home == "my-day" else 1)
	places = page.evaluate("() => frappe.xcall('kefu_property.suite.start.my_day').then((day) => day.places)")
	sidebar = page.locator(".desk-sidebar .sidebar-item-label:visible").all_inner_texts()
	assert len({text.strip() for text in sidebar} - {"工作台"}) >= len(places)

	for place in places:
		go(page, place["route"])
		check(page, f"{role}: {place['title']}")
		expect(page.locator(".number-card-loading:visible")).to_have_count(0)
		picture(page, f"workspace-{place['route'].rsplit('/', 1)[1]}-{role.lower().replace(' ', '-')}-zh")
		for shortcut in place["shortcuts"]:
			key = f"{shortcut['kind']}: {shortcut['link_to']}"
			if key in opened or shortcut["kind"] not in ("DocType", "Page", "Report"):
				continue
			opened.add(key)
			page.evaluate(
				"""({ kind, link_to }) => frappe.set_route(...{
					DocType: ["List", link_to], Page: [link_to], Report: ["query-report", link_to] }[kind])""",
				shortcut,
			)
			page.wait_for_function("() => frappe.get_route()[0] !== 'Workspaces'")
			check(page, f"{role}: {key}")


def test_every_role_has_its_desk_tested():
	parameters = test_the_desk_of_a_role.pytestmark[0].args[1]
	assert set(demo.desk_roles()) == set(parameters)


def test_the_start_page_lists_what_waits(desk_page, picture, site):
	import frappe

	user, _password = people.staff("Dormitory Warden")
	frappe.db.delete("ToDo", {"allocated_to": user})
	for text, date in (("给 3 号楼宿舍换锁", "2026-01-20"), ("清点床位", None), ("核对入住名单", "2026-01-10")):
		frappe.get_doc(
			{"doctype": "ToDo", "description": text, "date": date, "allocated_to": user, "assigned_by": "Administrator"}
		).insert(ignore_permissions=True)
	frappe.db.commit()  # the served site is another process
	page = desk_page("Dormitory Warden")
	tasks = page.locator(".kefu-my-day-card").filter(has_text="我的待办")
	expect(tasks.locator(".kefu-my-day-row")).to_have_count(3)
	assert [text.split("\n")[0] for text in tasks.locator(".kefu-my-day-row").all_inner_texts()] == [
		"核对入住名单",
		"给 3 号楼宿舍换锁",
		"清点床位",
	]
	picture(page, "desk-my-day-zh", docs=True)
