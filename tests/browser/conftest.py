"""Chromium for the browser tests: pages of signed-in people, a watch on the console, screenshots.

The Chromium of the system is driven by Playwright. Every page is watched: an error in the console, an uncaught
exception or an answer of 500 and above fails the test that opened it.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import frappe
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import people

ROOT = Path(__file__).resolve().parents[2]
SIZES = {
	"small": {"width": 360, "height": 740},
	"phone": {"width": 390, "height": 844},
	"desktop": {"width": 1280, "height": 800},
}
LOCALES = {"zh": "zh-CN", "en": "en-US"}
#: noise that no page of ours can prevent: of Chromium, and of the chart library that redraws charts which are gone
HARMLESS = re.compile(r"net::ERR_ABORTED|ResizeObserver loop|\bboundDrawFn\b|Error: <\w+> attribute ")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
	for item in items:
		if Path(__file__).parent in Path(item.path).parents:
			item.add_marker(pytest.mark.browser)
			# a loaded machine may be too slow for a waiting browser: one more try, and the report names it (R)
			item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
	path = os.environ.get("KEFU_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
	if not path:
		pytest.fail("Chromium is missing: apt-get install chromium, or name it in KEFU_CHROMIUM")
	with sync_playwright() as playwright:
		browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
		yield browser
		browser.close()


class Watch:
	"""Collects what went wrong on the pages of a context; `allow(pattern)` names what a test provokes on purpose."""

	def __init__(self) -> None:
		self.problems: list[str] = []
		self.allowed: list[re.Pattern] = [HARMLESS]

	def allow(self, pattern: str) -> None:
		self.allowed.append(re.compile(pattern))

	def follow(self, context: BrowserContext) -> None:
		context.on("page", self.follow_page)

	def follow_page(self, page: Page) -> None:
		page.on(
			"console",
			lambda message: self.note(
				message.type == "error", f"console: {message.text} {message.location.get('url', '')}"
			),
		)
		page.on("pageerror", lambda error: self.note(True, f"exception: {error.stack or error}"))
		page.on("response", lambda answer: self.note(answer.status >= 500, f"{answer.status} {answer.url}"))

	def note(self, wrong: bool, text: str) -> None:
		if wrong:
			self.problems.append(text)

	def check(self) -> None:
		left = [text for text in self.problems if not any(pattern.search(text) for pattern in self.allowed)]
		assert not left, "the browser reported:\n" + "\n".join(left)


@pytest.fixture
def watch() -> Iterator[Watch]:
	watch = Watch()
	yield watch
	watch.check()


@pytest.fixture
def open_context(chromium: Browser, base_url: str, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
	"""Function that opens a watched browser context: `open_context(size="phone", language="zh")`."""
	opened = []

	def open_(size: str = "phone", language: str = "zh") -> BrowserContext:
		context = chromium.new_context(
			base_url=base_url,
			viewport=SIZES[size],
			locale=LOCALES[language],
			timezone_id="Asia/Shanghai",
			has_touch=size != "desktop",
			device_scale_factor=2 if size != "desktop" else 1,
		)
		context.set_default_timeout(15_000)
		watch.follow(context)
		opened.append(context)
		return context

	yield open_
	for context in opened:
		context.close()


@pytest.fixture
def portal_page(open_context, site) -> Callable[..., Page]:
	"""Function that opens the portal as a resident: `portal_page(people.resident(), size="small", language="en")`.

	Without a resident it is a guest's page.
	"""

	def open_(resident=None, size: str = "phone", language: str = "zh", path: str = "/portal") -> Page:
		context = open_context(size, language)
		if resident:
			set_user_language(resident.user, language)
			answer = context.request.post(
				"/api/method/kefu_property.suite.portal_auth.sign_in_with_password",
				data={"login": resident.user, "password": resident.password},
			)
			assert answer.ok, answer.text()
		page = context.new_page()
		page.goto(path)
		return page

	return open_


@pytest.fixture
def desk_page(open_context, site) -> Callable[..., Page]:
	"""Function that opens the desk as a staff member with just one role: `desk_page("Cashier", path="/app/...")`."""

	def open_(role: str, size: str = "desktop", language: str = "zh", path: str = "/app") -> Page:
		user, password = people.staff(role)
		set_user_language(user, language)
		context = open_context(size, language)
		answer = context.request.post("/api/method/login", form={"usr": user, "pwd": password})
		assert answer.ok, answer.text()
		page = context.new_page()
		page.goto(path)
		page.wait_for_selector("body[data-ajax-state='complete'], .layout-main")
		return page

	return open_


def set_user_language(user: str, language: str) -> None:
	frappe.db.set_value("User", user, "language", language)
	frappe.clear_cache(user=user)
	frappe.db.commit()  # the served site is another process


@pytest.fixture
def picture(request) -> Callable[..., Path]:
	"""Function that saves a screenshot to tests/output/, and to docs/screenshots/ when `docs=True` and KEFU_DOCS is set."""

	def save(page: Page, name: str, full: bool = False, docs: bool = False) -> Path:
		page.evaluate("document.fonts.ready")
		seen = page.viewport_size
		if full:
			# a window as tall as the page: bars fixed to its edge stay at the edge
			tall = page.evaluate("document.documentElement.scrollHeight")
			page.set_viewport_size({"width": seen["width"], "height": max(seen["height"], tall)})
		target = ROOT / "tests" / "output" / f"{name}.png"
		target.parent.mkdir(parents=True, exist_ok=True)
		page.screenshot(path=target, animations="disabled")
		page.set_viewport_size(seen)
		if docs and os.environ.get("KEFU_DOCS"):
			shown = ROOT / "docs" / "screenshots" / target.name
			shown.parent.mkdir(parents=True, exist_ok=True)
			shutil.copy(target, shown)
		return target

	return save


def assert_no_sideways_scroll(page: Page) -> None:
	"""The page is no wider than the screen."""
	wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
	assert wide[0] <= wide[1], f"{page.url} is {wide[0]} px wide on a screen of {wide[1]} px"
