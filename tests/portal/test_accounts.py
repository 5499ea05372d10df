"""Which account a phone number opens, and what codes allow."""

from __future__ import annotations

import frappe
import pytest

from kefu_property.suite import messages, portal_auth
from tests.browser import people

PHONE = "13611112222"


@pytest.fixture
def project(site) -> str:
	return people.new("Property Project", project_code="ACC", project_name="账号", status="In Service").name


def resident(project: str, name: str, phone: str = PHONE) -> str:
	return people.new("Resident", project=project, resident_name=name, new_phone=phone).name


@pytest.fixture
def code(project, monkeypatch):
	"""Send a code to PHONE; returns it as the message carries it."""
	sent = {}
	monkeypatch.setattr(messages, "send", lambda kind, to, args, **kw: sent.update(args))

	def send() -> str:
		portal_auth.deliver_code(PHONE, "zh")
		return sent["code"]

	yield send
	for kind in ("code", "tries"):
		frappe.cache.delete(portal_auth._key(kind, PHONE))


def test_the_first_sign_in_makes_the_account(project):
	# also on a site where nobody manages the system yet, where the framework would give that role to the next System User
	frappe.db.delete("Has Role", {"role": "System Manager"})
	name = resident(project, "赵一")
	user = portal_auth.user_for([name], PHONE)
	assert frappe.db.get_value("Resident", name, "user") == user
	assert frappe.db.get_value("User", user, ["user_type", "enabled"]) == ("Website User", 1)
	assert frappe.get_all("Has Role", filters={"parent": user}, pluck="role") == ["Property Resident"]
	assert portal_auth.user_for([name], PHONE) == user


def test_a_person_registered_twice_has_one_account(project):
	names = [resident(project, "钱二"), resident(project, "钱 二")]
	user = portal_auth.user_for(names, PHONE)
	assert frappe.get_all("Resident", filters={"name": ["in", names]}, pluck="user") == [user, user]


def test_a_shared_phone_does_not_join_two_people(project):
	first, second = resident(project, "孙三"), resident(project, "李四")
	portal_auth.user_for([first, second], PHONE)
	assert frappe.db.get_value("Resident", first, "user")
	assert not frappe.db.get_value("Resident", second, "user")


def test_what_the_office_closed_stays_closed(project):
	name = resident(project, "周五")
	user = portal_auth.user_for([name], PHONE)
	frappe.db.set_value("Resident", name, "user", None)
	frappe.db.set_value("User", user, "enabled", 0)
	with pytest.raises(portal_auth.SignInRefused):
		portal_auth.user_for([name], PHONE)


def test_a_code_fits_once(project, code):
	resident(project, "吴六")
	right = code()
	assert not portal_auth.code_fits(PHONE, "")
	assert portal_auth.code_fits(PHONE, right)
	assert not portal_auth.code_fits(PHONE, right)


def test_the_sixth_try_is_too_late(project, code):
	resident(project, "郑七")
	right = code()
	wrong = f"{(int(right) + 1) % 1_000_000:06d}"
	assert not any(portal_auth.code_fits(PHONE, wrong) for _try in range(portal_auth.CODE_TRIES))
	assert not portal_auth.code_fits(PHONE, right)


def test_a_code_is_for_one_number(project, code):
	resident(project, "王八一")
	right = code()
	assert not portal_auth.code_fits("13611113333", right)
	assert portal_auth.code_fits(PHONE, right)


def test_a_new_code_replaces_the_old_one(project, code):
	resident(project, "冯九")
	old, new = code(), code()
	assert old == new or not portal_auth.code_fits(PHONE, old)
	assert portal_auth.code_fits(PHONE, new)


def test_an_unknown_number_gets_no_code(project, code):
	with pytest.raises(KeyError):
		code()
	assert not portal_auth.code_fits(PHONE, "000000")


def test_the_code_is_not_kept_in_clear(project, code):
	resident(project, "陈十")
	right = code()
	assert right.encode() not in frappe.cache.get(portal_auth._key("code", PHONE))


@pytest.mark.parametrize("readable", [True, False])
def test_messages_hide_codes_on_production_sites(project, monkeypatch, readable):
	monkeypatch.setattr(messages, "codes_stay_readable", lambda: readable)
	name = messages.send("sign_in_code", PHONE, {"code": "482913"}, language="zh")
	row = frappe.get_doc("Outgoing Message", name)
	assert ("482913" in row.text) is readable
	assert PHONE not in row.recipient and row.status == "Kept"


carried: list[frappe._dict] = []


def carrier(message) -> str:
	"""A channel as an app would bring it."""
	carried.append(message)
	return "ref-1"


def broken_carrier(message) -> str:
	raise ConnectionError(f"could not send {message.text}")


@pytest.mark.parametrize(
	("function", "result"), [(carrier, ("Sent", "ref-1", None)), (broken_carrier, ("Failed", None, "ConnectionError"))]
)
def test_a_channel_gets_the_text_and_its_fault_is_noted(project, monkeypatch, function, result):
	carried.clear()
	monkeypatch.setattr(messages, "chosen_channel", lambda: "Acme")
	monkeypatch.setattr(messages, "channels", lambda: {"Acme": "acme.send"})
	real = frappe.get_attr
	monkeypatch.setattr(frappe, "get_attr", lambda path: function if path == "acme.send" else real(path))
	row = frappe.get_doc("Outgoing Message", messages.send("sign_in_code", PHONE, {"code": "482913"}))
	assert (row.status, row.reference or None, row.error) == result
	if function is carrier:
		assert carried[0].to == PHONE and "482913" in carried[0].text


@pytest.mark.parametrize("password", ["short1", "12345678", "aaaaaaaa", "abcabcab"])
def test_weak_passwords_are_refused(site, password):
	with pytest.raises(portal_auth.WeakPassword):
		portal_auth.check_strength(password)


def test_a_limit_counts(site):
	name = frappe.generate_hash()
	for _use in range(3):
		portal_auth.limit(name, ((3, 60),))
	with pytest.raises(portal_auth.TooManyTries):
		portal_auth.limit(name, ((3, 60),))
