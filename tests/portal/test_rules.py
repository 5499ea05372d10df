"""Rules of the portal frame that need no site: where one may be sent, which page a path means, how amounts look."""

import frappe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.suite import portal
from kefu_property.suite.portal_format import amount, number
from kefu_property.suite.portal_paths import safe_next


@pytest.mark.parametrize("path", ["/portal", "/portal/bills", "/portal/bills/2026-05?page=2", "/portal/a%20b"])
def test_paths_of_the_portal_are_kept(path):
	assert safe_next(path) == path


@pytest.mark.parametrize(
	"target",
	[
		"",
		None,
		"https://evil.example/portal",
		"//evil.example/portal",
		"/\\evil.example",
		"/portal\\..\\app",
		"/portal/../app",
		"/portal//evil.example",
		"/portalx",
		"/app",
		"javascript:alert(1)",
		"/portal/login?next=/portal/login",
		"/portal\r\nSet-Cookie: a=b",
		" /portal",
	],
)
def test_everything_else_leads_home(target):
	assert safe_next(target) == "/portal"


@given(st.text())
def test_no_text_leads_away(target):
	assert safe_next(target).startswith("/portal")
	assert not safe_next(target).startswith("/portalx")


def page(route: str) -> frappe._dict:
	return frappe._dict(route=route)


PAGES = [page(""), page("bills"), page("bills/receipts"), page("me")]


@pytest.mark.parametrize(
	("path", "route", "rest"),
	[
		("", "", ""),
		("bills", "bills", ""),
		("bills/2026-05", "bills", "2026-05"),
		("bills/receipts", "bills/receipts", ""),
		("bills/receipts/7/pdf", "bills/receipts", "7/pdf"),
		("me", "me", ""),
	],
)
def test_the_longest_route_wins(path, route, rest):
	entry, left = portal.find_entry(path, PAGES)
	assert (entry.route, left) == (route, rest)


@pytest.mark.parametrize("path", ["billsx", "nothing", "x/bills"])
def test_an_unknown_path_has_no_page(path):
	assert portal.find_entry(path, PAGES) == (None, "")


@pytest.mark.parametrize(
	("value", "text"),
	[("1234.5", "¥1,234.50"), ("-0.05", "-¥0.05"), (None, "¥0.00"), (0.1 + 0.2, "¥0.30"), ("1000000", "¥1,000,000.00")],
)
def test_amounts(value, text):
	assert amount(value) == text


@pytest.mark.parametrize(("value", "text"), [("88.60", "88.6"), ("100", "100"), ("12.00", "12"), (None, "0")])
def test_numbers(value, text):
	assert number(value) == text
