"""Classifier, assignment and sampling: the rules without a database."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kefu_property.rules import case_assignment as assignment
from kefu_property.rules import case_classifier as classifier
from kefu_property.rules import follow_up_sample as sample

CATEGORIES = [("Pipe Leak", ["漏水", "leak"]), ("Noise", ["噪音", "noise"]), ("Parking", ["车位"])]


def test_keyword_decides():
	assert classifier.suggest("厨房水管漏水了", CATEGORIES)[0][0] == "Pipe Leak"
	assert classifier.suggest("LEAK in the kitchen", CATEGORIES)[0][0] == "Pipe Leak"
	assert classifier.suggest("ＬＥＡＫ", CATEGORIES)[0][0] == "Pipe Leak"  # full-width letters


def test_history_decides_where_no_keyword_does():
	history = [("楼上深夜装修太吵", "Noise"), ("邻居深夜唱歌", "Noise"), ("地库有人占位", "Parking")]
	assert classifier.suggest("深夜还在装修", CATEGORIES, history)[0][0] == "Noise"


def test_nothing_fits_nothing():
	assert classifier.suggest("", CATEGORIES) == []
	assert classifier.suggest("完全无关", CATEGORIES) == []
	assert classifier.suggest("whatever", [], [("whatever", "Gone")]) == []


@settings(deadline=None)
@given(
	st.text(max_size=200),
	st.lists(st.tuples(st.text(max_size=40), st.sampled_from(["Noise", "Parking", "Gone"])), max_size=10),
)
def test_any_text_gives_known_categories_in_order(text, history):
	found = classifier.suggest(text, CATEGORIES, history)
	assert {name for name, _score in found} <= {"Pipe Leak", "Noise", "Parking"}
	assert [score for _name, score in found] == sorted((score for _name, score in found), reverse=True)


def member(user, buildings=(), skills=(), available=True):
	return assignment.Member(user, frozenset(buildings), frozenset(skills), available)


def test_turns_go_round_and_skip_who_is_away():
	team = [member("a"), member("b", available=False), member("c")]
	assert assignment.choose(team, "By Turns") == "a"
	assert assignment.choose(team, "By Turns", last="a") == "c"
	assert assignment.choose(team, "By Turns", last="c") == "a"


def test_building_and_skill_come_before_turns():
	team = [member("a"), member("b", buildings=["3"]), member("c", skills=["lift"])]
	assert assignment.choose(team, "By Turns", building="3") == "b"
	assert assignment.choose(team, "By Turns", skill="lift") == "c"
	assert assignment.choose(team, "Least Load", loads={"a": 4, "c": 1}) == "c"


def test_nobody_there_or_by_hand_gives_nobody():
	assert assignment.choose([member("a", available=False)], "By Turns") is None
	assert assignment.choose([], "Least Load") is None
	assert assignment.choose([member("a")], "By Hand") is None


members = st.lists(
	st.builds(
		member,
		st.sampled_from("abcdefgh"),
		st.sets(st.sampled_from("123")),
		st.sets(st.sampled_from(["lift", "plumbing"])),
		st.booleans(),
	),
	unique_by=lambda one: one.user,
	max_size=6,
)


@settings(deadline=None)
@given(
	members,
	st.sampled_from(["By Turns", "Least Load"]),
	st.sampled_from(["1", "9", None]),
	st.sampled_from(["lift", None]),
)
def test_whoever_is_chosen_is_there_and_somebody_is_chosen_when_anybody_is(team, method, building, skill):
	chosen = assignment.choose(team, method, building, skill)
	there = {one.user for one in team if one.available}
	assert (chosen in there) if there else chosen is None


TODAY = date(2026, 3, 10)


def closed(number, kind="Complaint", person="p1", days=1, must=False):
	return sample.ClosedCase(f"C-{number}", kind, person, TODAY - timedelta(days=days), must)


def test_all_complaints_and_no_enquiries():
	cases = [closed(i, person=f"p{i}") for i in range(20)] + [closed(100 + i, "Enquiry", f"q{i}") for i in range(20)]
	chosen = sample.select(cases, {"Complaint": 1.0, "Enquiry": 0.0}, {}, TODAY, 14)
	assert {case.kind for case in chosen} == {"Complaint"} and len(chosen) == 20


def test_same_person_is_not_called_twice_within_the_quiet_time():
	cases = [closed(1), closed(2), closed(3, person="p2")]
	assert {
		case.name for case in sample.select(cases, {"Complaint": 1.0}, {"p2": TODAY - timedelta(days=13)}, TODAY, 14)
	} == {"C-1"}
	later = sample.select(cases, {"Complaint": 1.0}, {"p2": TODAY - timedelta(days=14)}, TODAY, 14)
	assert {case.person for case in later} == {"p1", "p2"}


def test_a_case_that_waits_for_the_call_is_always_called():
	cases = [closed(1, must=True), closed(2, must=True)]
	assert len(sample.select(cases, {"Complaint": 0.0}, {"p1": TODAY}, TODAY, 14)) == 2


@settings(deadline=None)
@given(st.integers(0, 100), st.integers(0, 30))
def test_share_is_kept_roughly_and_the_draw_is_stable(percent, quiet):
	cases = [closed(i, "Repair Order", f"p{i}") for i in range(400)]
	chosen = sample.select(cases, {"Repair Order": percent / 100}, {}, TODAY, quiet)
	assert abs(len(chosen) / 400 - percent / 100) < 0.12
	assert chosen == sample.select(reversed(cases), {"Repair Order": percent / 100}, {}, TODAY, quiet)
