"""Calls of the hotline: pushed by a telephone system, matched, opened as a case, called back, counted (D7)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import frappe
import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import hotline as rules
from kefu_property.service_desk import hotline
from kefu_property.service_desk.exceptions import CallbackRefused, HotlineRefused, InvalidCall, WrongHome
from kefu_property.service_desk.report.hotline_statistics.hotline_statistics import execute
from kefu_property.suite.portal_auth import TooManyTries
from tests.factories.registry import make_occupancy, make_resident, make_unit
from tests.factories.service_desk import make_case, make_desk
from tests.factories.users import as_user

PHONE = "13812340101"
TOKEN = "a-long-token-of-the-telephone-system"


@pytest.fixture
def desk():
	desk = make_desk()
	desk.caller = make_resident(desk.project, phone=PHONE).name
	make_occupancy(make_unit(desk.project, "1-1-102"), frappe.get_doc("Resident", desk.caller))
	department = frappe.get_doc("Service Department", desk.service)
	department.members[0].extension = "801"
	department.save(ignore_permissions=True)
	return desk


def push(desk, call_id="c1", phone=PHONE, **report):
	return hotline.receive(desk.project, call_id, **{"phone": phone, "direction": "Incoming", **report})


def missed(desk, call_id="c1", start="2026-03-02T09:00:00", **report):
	return push(desk, call_id, started_on=start, ended_on=start[:-2] + "40", **report)


moments = st.none() | st.integers(0, 5000).map(lambda seconds: datetime(2026, 3, 2) + timedelta(seconds=seconds))
reports = st.lists(st.fixed_dictionaries(dict.fromkeys(("started_on", "answered_on", "ended_on"), moments)), max_size=5)


@given(reports, st.randoms())
def test_order_and_repetition_of_reports_do_not_matter(rows, random):
	def total(sequence):
		kept = {}
		for row in sequence:
			kept = rules.merge(kept, row)
		return kept

	shuffled = [*rows, *rows]
	random.shuffle(shuffled)
	assert total(shuffled) == total(rows)


@pytest.mark.parametrize(
	("gap", "solved"), [(timedelta(hours=71), False), (timedelta(hours=72), False), (timedelta(hours=73), True)]
)
def test_calling_again_within_three_days_means_not_solved(gap, solved):
	first = {
		"name": "a",
		"phone": "1",
		"started_on": datetime(2026, 3, 2),
		"status": "Answered",
		"solved_in_call": 1,
	}
	again = {**first, "name": "b", "started_on": first["started_on"] + gap, "solved_in_call": 0}
	assert ("a" in rules.solved_at_first_contact([again, first])) is solved


def test_call_rings_is_taken_and_ends(desk):
	call = push(desk, extension="801", started_on="2026-03-02T09:00:00+08:00")
	assert (call.status, call.agent, call.resident, call.unit) == (
		"Ringing",
		desk.agent,
		desk.caller,
		f"{desk.project}-1-1-102",
	)
	assert call.phone_masked == "138****0101" and call.caller_known
	assert push(desk, answered_on="2026-03-02T01:00:10+00:00").status == "In Call"
	call = push(desk, ended_on="2026-03-02T09:02:10")
	assert (call.status, call.wait_seconds, call.talk_seconds) == ("Answered", 10, 120)
	assert frappe.db.count("Call Record", {"project": desk.project}) == 1


def test_call_shows_itself_to_the_agent(desk, monkeypatch):
	shown = []
	monkeypatch.setattr(frappe, "publish_realtime", lambda *args, **kwargs: shown.append((args, kwargs)))
	push(desk, extension="801")
	push(desk, extension="801")  # the same report again
	popups = [(args[1]["known"], kwargs["user"]) for args, kwargs in shown if args[0] == hotline.EVENT]
	assert popups == [(True, desk.agent)]


def test_unknown_and_shared_numbers_name_nobody(desk):
	call = push(desk, "unknown", phone="13900009999")
	assert (call.resident, call.caller_known) == (None, 0)
	make_resident(desk.project, phone=PHONE)
	call = push(desk, "shared")
	assert call.resident is None and call.caller_known
	assert push(desk, "hidden", phone="anonymous").phone_masked == "anonymous"


def test_case_opened_from_a_call_is_shown_there(desk):
	call = push(desk)
	with as_user(desk.agent):
		case = make_case("Complaint", desk, call_record=call.name, unit=None, resident=desk.caller)
	call.reload()
	assert (call.case_doctype, call.case_name) == ("Complaint", case.name)
	other = make_desk()
	with as_user(other.agent), pytest.raises(WrongHome):
		make_case("Complaint", other, call_record=call.name)


def test_call_entered_by_hand(desk):
	with as_user(desk.agent):
		found = hotline.match("138 1234 0101", desk.project)
		assert (found["resident"], found["phone_masked"]) == (desk.caller, "138****0101")
		call = frappe.get_doc({"doctype": "Call Record", "project": desk.project, "phone": "138 1234 0101"}).insert()
	assert (call.status, call.agent, call.resident) == ("In Call", desk.agent, desk.caller)
	call.ended_on = "2020-01-01 00:00:00"
	with pytest.raises(InvalidCall):
		call.save()


def test_missed_call_is_called_back(desk):
	first = missed(desk)
	assert (first.status, first.callback_state) == ("Unanswered", "Due")
	with as_user(desk.agent):
		assert [hotline.call_back(first.name, False) for _try in range(3)] == ["Due", "Due", "Given Up"]
		with pytest.raises(CallbackRefused):
			hotline.call_back(first.name, True)
	second = missed(desk, "c2")
	with as_user(desk.agent):
		assert hotline.call_back(second.name, True, "Wanted the opening hours") == "Reached"


def test_who_gets_through_later_need_not_be_called_back(desk):
	first, second = missed(desk), missed(desk, "c2", phone="13900009999")
	push(desk, "c3", started_on="2026-03-02T10:00:00", answered_on="2026-03-02T10:00:05")
	push(
		desk, "c4", phone="13900009999", direction="Outgoing", started_on="2026-03-02T11:00:00",
		answered_on="2026-03-02T11:00:05",
	)  # fmt: skip
	for call in (first, second):
		call.reload()
	assert (first.callback_state, second.callback_state) == ("Called Again", "Reached")


def test_other_projects_calls_are_out_of_reach(desk):
	call, other = missed(desk), make_desk()
	with as_user(other.agent):
		assert frappe.get_list("Call Record", filters={"name": call.name}) == []
		with pytest.raises(frappe.PermissionError):
			hotline.call_back(call.name, True)
		with pytest.raises(frappe.PermissionError):
			hotline.match(PHONE, desk.project)
	with as_user(desk.technicians[0]), pytest.raises(frappe.PermissionError):
		hotline.match(PHONE, desk.project)


def test_statistics(desk):
	missed(desk)
	push(
		desk, "c2", phone="13900009999", extension="801", started_on="2026-03-02T14:00:00",
		answered_on="2026-03-02T14:00:20", ended_on="2026-03-02T14:01:20",
	)  # fmt: skip
	frappe.db.set_value("Call Record", {"project": desk.project, "call_id": "c2"}, "solved_in_call", 1)
	filters = {"project": desk.project, "from_date": "2026-03-01", "to_date": "2026-03-31"}
	with as_user(desk.agent):
		_columns, rows, _message, _chart, summary = execute({**filters, "group_by": "Hour"})
		assert [(row["group"][:5], row["calls"], row["missed"]) for row in rows] == [("09:00", 1, 1), ("14:00", 1, 0)]
		assert rows[1]["wait"] == 20 and rows[1]["talk"] == 60 and rows[1]["first_share"] == 100
		assert [row["value"] for row in summary] == [2, 50, 100, 1]
		by_agent = execute({**filters, "group_by": "Agent"})[1]
		assert {row["group"]: row["calls"] for row in by_agent}[frappe.utils.get_fullname(desk.agent)] == 1
	with as_user(make_desk().agent):
		assert execute(filters)[1] == []


def test_guessing_tokens_ends_with_too_many_tries(desk, monkeypatch):
	monkeypatch.setattr(frappe.local, "request_ip", f"test-{frappe.generate_hash(length=8)}", raising=False)
	monkeypatch.setattr(frappe, "get_request_header", lambda *_args: "guess")
	allowed = hotline.WRONG_TOKENS[0][0]
	for _try in range(allowed):
		with pytest.raises(HotlineRefused):
			hotline.push(desk.project, "c1")
	with pytest.raises(TooManyTries) as refused:
		hotline.push(desk.project, "c1")
	assert refused.value.http_status_code == 429
	assert not frappe.db.exists("Call Record", {"project": desk.project})


def test_telephone_system_over_http(desk, base_url):
	"""A small client as a telephone system has one: right and wrong tokens, nonsense, the same report several times at once."""
	standard = frappe.get_doc("Service Standard", desk.project)
	standard.hotline_token = TOKEN
	standard.save()
	frappe.db.commit()  # the served site is another process

	def call(token=TOKEN, **body):
		return requests.post(
			f"{base_url}/api/method/kefu_property.service_desk.hotline.push",
			json={"project": desk.project, "call_id": "h1", "phone": PHONE, **body},
			headers={"X-Hotline-Token": token, "Accept": "application/json"},
			timeout=30,
		)

	with ThreadPoolExecutor(4) as pool:
		answers = list(pool.map(lambda _n: call(started_on="2026-03-02T09:00:00+08:00"), range(4)))
	assert [answer.status_code for answer in answers] == [200] * 4, answers[0].text
	assert len({answer.json()["message"]["call"] for answer in answers}) == 1
	frappe.db.rollback()  # a new snapshot
	assert frappe.db.count("Call Record", {"project": desk.project}) == 1
	assert call(ended_on="2026-03-02T09:00:30+08:00").json()["message"]["status"] == "Unanswered"
	assert call(token="wrong").status_code == 401
	assert call(token="").status_code == 401
	assert call(project="NO-SUCH-PROJECT").status_code == 401
	for nonsense in ({"call_id": " "}, {"direction": "Sideways"}, {"started_on": "yesterday"}):
		answer = call(**nonsense)
		assert answer.status_code == 400 and "InvalidCall" in answer.text, answer.text
	assert (
		call(ended_on="2026-03-02T08:00:00+08:00", call_id="h2", started_on="2026-03-02T09:00:00+08:00").status_code
		== 400
	)
