"""Realtime through the gateway of a running site: what staff see arrives, nothing else does."""

import http.cookiejar
import json
import os
import time
import urllib.parse
import urllib.request

import pytest

from tests.engine.realtime_harness import Browser
from tests.engine.site_code import in_site

PASSWORD = "only-in-the-test-instance-7"
STAFF, COLLEAGUE, RESIDENT = "rt-staff@kefu.example", "rt-colleague@kefu.example", "rt-resident@kefu.example"
PREPARE = f"""
for email, user_type, roles in (
	({STAFF!r}, "System User", ["System Manager"]),
	({COLLEAGUE!r}, "System User", ["Desk User"] if frappe.db.exists("Role", "Desk User") else ["Blogger"]),
	({RESIDENT!r}, "Website User", []),
):
	if not frappe.db.exists("User", email):
		frappe.get_doc(
			doctype="User", email=email, first_name="Realtime", user_type=user_type, send_welcome_email=0,
			new_password={PASSWORD!r}, roles=[dict(role=role) for role in roles],
		).insert(ignore_permissions=True)
frappe.db.commit()
"""


class Session:
	"""A signed-in user: the framework's REST interface and a realtime connection, both through the gateway."""

	def __init__(self, user: str | None):
		self.base_url = os.environ["KEFU_BASE_URL"]
		self.cookies = http.cookiejar.CookieJar()
		self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
		if user:
			self.post("/api/method/login", {"usr": user, "pwd": PASSWORD})

	def post(self, path: str, values: dict) -> dict:
		data = urllib.parse.urlencode(values).encode()
		with self.opener.open(self.base_url + path, data, timeout=30) as answer:
			return json.load(answer)

	def browser(self) -> Browser:
		sid = next((cookie.value for cookie in self.cookies if cookie.name == "sid"), None)
		browser = Browser(f"{self.base_url}/{os.environ['KEFU_SITE']}", sid, {"Origin": self.base_url})
		browser.expect("connected")
		return browser


@pytest.fixture(scope="module")
def sessions():
	in_site(PREPARE)
	return {"guest": Session(None), **{user: Session(user) for user in (STAFF, COLLEAGUE, RESIDENT)}}


@pytest.fixture
def browsers(sessions):
	opened = {name: session.browser() for name, session in sessions.items()}
	yield opened
	for browser in opened.values():
		browser.kill()


def events(browsers: dict[str, Browser]) -> dict[str, list[str]]:
	"""Names of our events by browser; the site's own traffic, such as a notice of a signed-in user, is passed over."""
	return {
		name: [event for event in browser.events() if event.startswith("test_")] for name, browser in browsers.items()
	}


def test_list_refreshes_for_readers_only(browsers):
	for browser in browsers.values():
		browser.emit("doctype_subscribe", "Error Log")
	time.sleep(1)
	in_site("frappe.log_error('realtime test'); frappe.db.commit()")
	assert browsers[STAFF].expect("event", "list_update")[2]["doctype"] == "Error Log"
	for name in ("guest", RESIDENT, COLLEAGUE):
		assert "list_update" not in browsers[name].events()


def test_progress_and_message_reach_their_user_only(browsers):
	in_site(f"""
frappe.set_user({STAFF!r})
frappe.publish_progress(40, title="Import")
frappe.publish_realtime("msgprint", "done", user={STAFF!r})
frappe.publish_realtime("test_resident", {{}}, user={RESIDENT!r})
frappe.publish_realtime("test_guest", {{}}, user="Guest")
frappe.publish_realtime("test_desk", {{}})
frappe.publish_realtime("test_website", {{}}, room="website")
frappe.publish_realtime("test_after_commit", {{}}, user={STAFF!r}, after_commit=True)
frappe.db.commit()
""")
	assert browsers[STAFF].expect("event", "progress")[2]["percent"] == 40
	assert browsers[STAFF].expect("event", "msgprint")[2] == "done"
	assert events(browsers) == {
		"guest": ["test_website"],
		STAFF: ["test_desk", "test_website", "test_after_commit"],
		COLLEAGUE: ["test_desk", "test_website"],
		RESIDENT: ["test_resident", "test_website"],
	}


def test_document_room_follows_permission(browsers):
	for browser in browsers.values():
		browser.emit("doc_subscribe", "User", COLLEAGUE)
	time.sleep(1)
	in_site(f"frappe.publish_realtime('test_doc', {{}}, doctype='User', docname={COLLEAGUE!r})")
	arrived = events(browsers)
	assert arrived[STAFF] == ["test_doc"]
	assert arrived["guest"] == arrived[RESIDENT] == []


def test_a_cookie_that_is_no_session_is_a_guest(sessions):
	session = Session(None)
	with Browser(f"{session.base_url}/{os.environ['KEFU_SITE']}", "0" * 40, {"Origin": session.base_url}) as browser:
		browser.expect("connected")
		in_site(
			f"frappe.publish_realtime('test_staff', {{}}, user={STAFF!r}); frappe.publish_realtime('test_all', {{}})"
		)
		assert events({"nobody": browser}) == {"nobody": []}


def test_another_site_s_namespace_is_refused():
	base_url = os.environ["KEFU_BASE_URL"]
	with Browser(f"{base_url}/other.localhost", headers={"Origin": base_url}) as browser:
		assert browser.expect("refused")[1] == "Invalid namespace"


def test_foreign_page_is_refused():
	base_url = os.environ["KEFU_BASE_URL"]
	with Browser(f"{base_url}/{os.environ['KEFU_SITE']}", headers={"Origin": "http://evil.example"}) as browser:
		browser.expect("refused")
