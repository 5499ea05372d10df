"""What a guest or resident gets from the served site, over HTTP: the portal, and nothing else (invariant 7)."""

from __future__ import annotations

import json
import re

import frappe
import pytest
import requests

from tests.browser import people

STRANGER = "13900000002"


@pytest.fixture
def guest(base_url) -> Session:
	return Session(base_url)


@pytest.fixture
def owner(base_url, site) -> Session:
	person = people.resident()
	session = Session(base_url)
	answer = session.call(
		"kefu_property.suite.portal_auth.sign_in_with_password", login=person.user, password=person.password
	)
	assert answer.status_code == 200, answer.text
	session.take_token()
	return session


class Session(requests.Session):
	"""A browser without a window."""

	def __init__(self, base: str):
		super().__init__()
		self.base = base
		self.token = ""

	def request(self, method, path, **kwargs):
		kwargs.setdefault("allow_redirects", False)
		kwargs.setdefault("timeout", 30)
		return super().request(method, self.base + path, **kwargs)

	def get(self, path, **kwargs):
		return self.request("GET", path, **kwargs)

	def take_token(self) -> None:
		self.token = re.search(r'name="csrf-token" content="(\w+)"', self.get("/portal").text)[1]

	def call(self, method: str, **args) -> requests.Response:
		headers = {"Accept": "application/json", "X-Frappe-CSRF-Token": self.token}
		return self.post(f"/api/method/{method}", json=args, headers=headers)


CLOSED = [
	("GET", "/api/resource/Resident"),
	("GET", "/api/resource/User"),
	("GET", "/api/resource/Outgoing Message"),
	("GET", "/api/v2/document/Resident"),
	("GET", "/api/method/frappe.client.get_list?doctype=Resident"),
	("GET", "/api/method/frappe.client.get?doctype=Resident"),
	("GET", "/api/method/frappe.desk.reportview.get?doctype=Resident"),
	("GET", "/api/method/frappe.utils.print_format.download_pdf?doctype=Resident&name=x"),
	("GET", "/?cmd=frappe.client.get_list&doctype=Resident"),
	("GET", "/printview?doctype=Resident&name=x"),
	("GET", "/private/files/anything.pdf"),
	("POST", "/api/method/run_doc_method"),
	("POST", "/api/method/frappe.client.insert"),
	("POST", "/api/method/upload_file"),
	("POST", "/api/method/frappe.client.set_value"),
]


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_a_guest_gets_403(guest, method, path):
	assert guest.request(method, path).status_code == 403


@pytest.mark.parametrize(("method", "path"), [*CLOSED, ("GET", "/app"), ("GET", "/app/resident")])
def test_a_resident_gets_403(owner, method, path):
	assert owner.request(method, path, headers={"X-Frappe-CSRF-Token": owner.token}).status_code == 403


def test_a_guest_is_sent_to_sign_in(guest):
	answer = guest.get("/portal/homes?page=2")
	assert answer.status_code == 302
	assert answer.headers["Location"] == "/portal/login?next=/portal/homes%3Fpage%3D2"


def test_a_guest_learns_no_page_names(guest):
	assert guest.get("/portal/no-such-page").status_code == guest.get("/portal/homes").status_code == 302


@pytest.mark.parametrize("method", ["portal_auth.set_password", "portal_auth.accept_privacy_notice"])
def test_methods_of_residents_are_closed_to_guests(guest, method):
	assert guest.call(f"kefu_property.suite.{method}").status_code == 403


def test_pages_are_not_kept_and_run_no_foreign_script(owner):
	answer = owner.get("/portal")
	assert answer.status_code == 200
	assert answer.headers["Cache-Control"] == "no-store"
	policy = answer.headers["Content-Security-Policy"]
	assert "script-src 'self';" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
	assert not re.search(r"<script(?![^>]*(src=|application/json))", answer.text)
	assert not re.search(r"\son\w+=|\sstyle=", answer.text)


def test_a_home_of_somebody_else_is_not_found(owner, site):
	other = make_neighbour()
	answer = owner.get(f"/portal/homes/{other}")
	assert answer.status_code == 404
	assert "6-1-1803" not in answer.text


def test_a_change_needs_the_token_of_the_page(owner):
	token, owner.token = owner.token, "wrong"
	assert owner.call("kefu_property.registry.portal.me.ask", request_type="Copy", message="x").status_code == 400
	owner.token = token


def test_a_request_for_somebody_elses_record_is_refused(owner, site):
	neighbour = make_neighbour()
	stranger = frappe.db.get_value("Unit Occupancy", {"unit": neighbour}, "resident")
	frappe.db.delete("Personal Data Request", {"resident": ["in", [stranger]]})
	frappe.db.commit()  # the served site is another process
	owner.call("kefu_property.registry.portal.me.ask", request_type="Copy", message="x", record=stranger)
	frappe.db.rollback()  # a new snapshot
	assert not frappe.db.exists("Personal Data Request", {"resident": stranger})


def test_names_are_escaped(owner, site):
	person = people.resident()
	frappe.db.set_value("Resident", person.name, "resident_name", "<img src=x onerror=alert(1)>")
	frappe.db.commit()  # the served site is another process
	try:
		text = owner.get("/portal").text
	finally:
		frappe.db.set_value("Resident", person.name, "resident_name", people.NAME)
		frappe.db.commit()  # as above
	assert "&lt;img src=x" in text and "<img src=x" not in text


def test_known_and_unknown_numbers_get_the_same_answer(guest, site):
	forget_limits()
	answers = [
		guest.call("kefu_property.suite.portal_auth.request_code", phone=phone)
		for phone in (people.PHONE, "13700000000")
	]
	assert [answer.status_code for answer in answers] == [200, 200]
	assert answers[0].json() == answers[1].json()


def test_a_second_code_has_to_wait(guest, site):
	forget_limits()
	codes = [
		guest.call("kefu_property.suite.portal_auth.request_code", phone="13700000001").status_code for _try in range(2)
	]
	assert codes == [200, 429]


@pytest.mark.parametrize("login", [people.PHONE, "nobody@example.com", "13700000000", "Administrator"])
def test_a_wrong_password_tells_nothing(guest, site, login):
	people.resident()
	answer = guest.call("kefu_property.suite.portal_auth.sign_in_with_password", login=login, password="wrong")
	assert answer.status_code == 417
	expected = guest.call("kefu_property.suite.portal_auth.sign_in_with_password", login="x@example.com", password="y")
	said = [
		{key: value for key, value in json.loads(message).items() if key != "__frappe_exc_id"}  # differs each time
		for reply in (answer, expected)
		for message in json.loads(reply.json()["_server_messages"])
	]
	assert len(said) == 2 and said[0] == said[1]


def test_staff_do_not_sign_in_here(guest, site):
	user, password = people.staff("Cashier")
	answer = guest.call("kefu_property.suite.portal_auth.sign_in_with_password", login=user, password=password)
	assert answer.status_code == 417


def test_another_website_cannot_sign_anybody_in(guest, site):
	person = people.resident()
	answer = guest.post(
		"/api/method/kefu_property.suite.portal_auth.sign_in_with_password",
		json={"login": person.user, "password": person.password},
		headers={"Origin": "https://evil.example", "Accept": "application/json"},
	)
	assert answer.status_code == 417
	assert guest.cookies.get("sid", "Guest") == "Guest"


def test_signing_in_leads_to_no_other_site(guest, site):
	person = people.resident()
	answer = guest.call(
		"kefu_property.suite.portal_auth.sign_in_with_password",
		login=person.user,
		password=person.password,
		next="https://evil.example/",
	)
	assert answer.json()["message"]["next"] == "/portal"


def make_neighbour() -> str:
	"""A home of somebody else in the same project."""
	people.resident()
	unit = f"{people.PROJECT}-6-1-1803"
	if not frappe.db.exists("Property Unit", unit):
		other = people.new("Resident", project=people.PROJECT, resident_name="邻居", new_phone=STRANGER)
		people.new(
			"Property Unit", project=people.PROJECT, building=f"{people.PROJECT}-6", unit_code="6-1-1803",
			unit_type="Dwelling", state="Occupied", building_area=90,
		)  # fmt: skip
		people.new(
			"Unit Occupancy", project=people.PROJECT, unit=unit, resident=other.name, relation="Owner",
			from_date="2024-03-01", is_payer=1,
		)  # fmt: skip
		frappe.db.commit()  # the served site is another process
	return unit


def forget_limits() -> None:
	for kind in ("kefu-sign-in", "kefu-limit"):
		frappe.cache.delete_keys(kind)
