"""The realtime server with a Redis of its own and a stand-in for the site."""

import contextlib
import time

import pytest
import redis

from tests.engine.realtime_harness import Browser, RealtimeServer, Redis, Site, free_port

SITE = "kefu.localhost"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
	return tmp_path_factory.mktemp("realtime")


@pytest.fixture(scope="module")
def bus(folder):
	with Redis(folder) as server:
		yield server


@pytest.fixture(scope="module")
def site():
	stand_in = Site()
	stand_in.users = {
		"staff": ("agent@example.com", "System User"),
		"colleague": ("cashier@example.com", "System User"),
		"owner": ("owner@example.com", "Website User"),
	}
	stand_in.readable = {
		("agent@example.com", "ToDo"),
		("agent@example.com", "ToDo", "T1"),
		("cashier@example.com", "ToDo", "T1"),
	}
	yield stand_in
	stand_in.close()


@pytest.fixture(scope="module")
def server(folder, bus, site):
	with RealtimeServer(folder, bus.url, site.url, SITE) as process:
		deadline = time.monotonic() + 10
		while not bus.publish("warm-up", {}):
			assert time.monotonic() < deadline, "the server does not listen on the channel"
			time.sleep(0.05)
		yield process


@pytest.fixture
def connect(server):
	with contextlib.ExitStack() as stack:

		def open_browser(sid: str | None, site: str = SITE, connected: bool = True, **headers: str) -> Browser:
			headers.setdefault("Origin", f"http://127.0.0.1:{server.port}")
			browser = stack.enter_context(Browser(f"http://127.0.0.1:{server.port}/{site}", sid, headers))
			if connected:
				browser.expect("connected")
			return browser

		yield open_browser


def publish(bus, event: str, room: str | None, namespace: str = SITE) -> None:
	assert bus.publish(event, {"n": 1}, room=room, namespace=namespace) == 1


def test_rooms_follow_from_the_user(connect, bus):
	guest, owner, staff = connect(None), connect("owner"), connect("staff")
	publish(bus, "to-guests", "user:Guest")
	publish(bus, "to-owner", "user:owner@example.com")
	publish(bus, "to-staff", "user:agent@example.com")
	publish(bus, "to-desk", "all")
	publish(bus, "to-website", "website")
	publish(bus, "elsewhere", "all", namespace="other.localhost")
	assert guest.events() == ["to-website"]
	assert owner.events() == ["to-owner", "to-website"]
	assert staff.events() == ["to-staff", "to-desk", "to-website"]


def test_message_arrives_whole(connect, bus):
	staff = connect("staff")
	bus.publish("progress", {"percent": 40, "title": "导入"}, room="user:agent@example.com", namespace=SITE)
	assert staff.expect("event", "progress")[2] == {"percent": 40, "title": "导入"}


@pytest.mark.parametrize(
	("sid", "arrives"),
	[("staff", True), ("colleague", False), ("owner", False), (None, False)],
)
def test_doctype_room_only_with_permission(connect, bus, sid, arrives):
	browser = connect(sid)
	browser.emit("doctype_subscribe", "ToDo")
	time.sleep(0.5)
	publish(bus, "list_update", "doctype:ToDo")
	assert ("list_update" in browser.events()) is arrives


@pytest.mark.parametrize(
	("sid", "name", "arrives"),
	[("staff", "T1", True), ("staff", "T2", False), ("owner", "T1", False), (None, "T1", False)],
)
def test_document_room_only_with_permission(connect, bus, sid, name, arrives):
	browser = connect(sid)
	browser.emit("doc_subscribe", "ToDo", name)
	browser.emit("doc_open", "ToDo", name)
	time.sleep(0.5)
	publish(bus, "doc_update", f"doc:ToDo/{name}")
	publish(bus, "open_update", f"open_doc:ToDo/{name}")
	events = browser.events()
	assert ("doc_update" in events) is arrives
	assert ("open_update" in events) is arrives


def test_unsubscribed_room_is_silent(connect, bus):
	staff = connect("staff")
	staff.emit("doctype_subscribe", "ToDo")
	time.sleep(0.5)
	publish(bus, "list_update", "doctype:ToDo")
	staff.expect("event", "list_update")
	staff.emit("doctype_unsubscribe", "ToDo")
	time.sleep(0.2)
	publish(bus, "list_update", "doctype:ToDo")
	assert staff.events() == []


def test_viewers_see_each_other(connect):
	first, second = connect("staff"), connect("colleague")
	first.emit("doc_open", "ToDo", "T1")
	assert first.expect("event", "doc_viewers")[2]["users"] == ["agent@example.com"]
	second.emit("doc_open", "ToDo", "T1")
	assert set(first.expect("event", "doc_viewers")[2]["users"]) == {"agent@example.com", "cashier@example.com"}
	second.kill()
	assert first.expect("event", "doc_viewers")[2] == {
		"doctype": "ToDo",
		"docname": "T1",
		"users": ["agent@example.com"],
	}


def test_task_room_is_for_desk_users(connect, bus):
	staff, owner, guest = connect("staff"), connect("owner"), connect(None)
	for browser in (staff, owner, guest):
		browser.emit("task_subscribe", "d41d8cd98f")
	time.sleep(0.3)
	publish(bus, "task_progress", "task_progress:d41d8cd98f")
	assert staff.events() == ["task_progress"]
	assert owner.events() == guest.events() == []


def test_names_of_rooms_cannot_be_asked_for_directly(connect, bus):
	owner = connect("owner")
	for event in ("join", "subscribe", "room"):
		owner.emit(event, "user:agent@example.com")
	owner.emit("doctype_subscribe", ["ToDo"])
	owner.emit("doc_subscribe", "ToDo")
	owner.emit("doc_subscribe", "x" * 300, "T1")
	publish(bus, "secret", "user:agent@example.com")
	assert owner.events() == []


def test_page_of_another_origin_is_refused(connect):
	browser = connect("staff", connected=False, Origin="http://evil.example")
	browser.expect("refused")
	assert "connected" not in [line[0] for line in list(browser.lines.queue)]


def test_namespace_of_another_site_is_refused(connect):
	assert connect("staff", site="other.localhost", connected=False).expect("refused")[1] == "Invalid namespace"


def test_the_gateway_names_the_site(connect, site):
	browser = connect(
		"staff",
		site="named.localhost",
		connected=False,
		**{"X-Frappe-Site-Name": "named.localhost", "X-Forwarded-For": "192.0.2.7"},
	)
	browser.expect("connected")
	asked = site.requests[-1]["headers"]
	assert asked["X-Frappe-Site-Name"] == "named.localhost"
	assert asked["X-Forwarded-For"] == "192.0.2.7"


def test_build_event_reaches_desk_users_only(connect, bus):
	staff, owner = connect("staff"), connect("owner")
	bus.publish("build_event", {"success": True})
	assert staff.events() == ["build_event"]
	assert owner.events() == []


def test_garbage_on_the_channel_does_no_harm(connect, bus):
	staff = connect("staff")
	with redis.Redis.from_url(bus.url) as client:
		client.publish("events", "{not json")
	publish(bus, "after", "all")
	assert staff.events() == ["after"]


def test_redis_restart_is_survived(connect, bus):
	staff = connect("staff")
	bus.kill()
	bus.start()
	deadline = time.monotonic() + 15
	while not bus.publish("again", {"n": 2}, room="all", namespace=SITE):
		assert time.monotonic() < deadline, "the server did not subscribe again"
		time.sleep(0.1)
	assert staff.expect("event", "again")[2] == {"n": 2}


def test_connection_waits_for_a_restarting_site(folder, bus):
	port = free_port()
	with RealtimeServer(folder, bus.url, f"http://127.0.0.1:{port}", SITE) as server:
		with Browser(f"http://127.0.0.1:{server.port}/{SITE}", "staff") as browser:
			time.sleep(1)
			assert browser.lines.empty()
			late = Site(port)
			try:
				browser.expect("connected")
			finally:
				late.close()


def test_client_returns_after_server_restart(connect, server):
	staff = connect("staff")
	server.kill()
	staff.expect("disconnected")
	server.start()
	staff.expect("connected")
