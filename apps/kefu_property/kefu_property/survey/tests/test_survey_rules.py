"""Sampling, logic and scores of surveys (D10, L14)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import survey_rules as rules

NAMES = st.sets(st.text("abc123-", min_size=1, max_size=8), max_size=40)


def question(code: str = "q1", kind: str = rules.SCALE, **values) -> dict:
	return {
		"code": code,
		"question": f"Question {code}",
		"kind": kind,
		"required": False,
		"item": "",
		"scale_max": 5,
		"choices": ["A", "B", "C"],
		"rows": ["x", "y"],
		"show_when": "",
		"show_values": [],
		**values,
	}


@given(NAMES, st.integers(0, 60), st.text(max_size=6))
def test_a_sample_repeats_has_its_size_and_grows_by_adding(names, size, seed):
	chosen = rules.sample(names, size, seed)
	assert chosen == rules.sample(sorted(names, reverse=True), size, seed)
	assert len(chosen) == min(size, len(names))
	assert set(chosen) <= set(rules.sample(names, size + 1, seed)) <= names


def test_seeds_choose_differently():
	names = [f"1-1-{number}" for number in range(100)]
	assert rules.sample(names, 10, "a") != rules.sample(names, 10, "b")


@given(st.integers(0, 10_000), st.floats(0, 100))
def test_the_size_of_a_sample_is_at_least_its_percent_and_never_more_than_all(total, percent):
	size = rules.sample_size(total, percent)
	assert 0 <= size <= total
	assert size >= int(total * percent / 100)
	assert size == total if percent == 100 else True
	assert size >= 1 if total and percent else size == 0


@given(st.sampled_from(rules.SCALES), st.data())
def test_points_run_from_0_to_100_and_satisfaction_with_them(highest, data):
	low = data.draw(st.integers(1, highest))
	high = data.draw(st.integers(low, highest))
	assert 0 <= rules.score(low, highest) <= rules.score(high, highest) <= 100
	assert (rules.score(1, highest), rules.score(highest, highest)) == (0, 100)
	assert rules.is_satisfied(low, highest) <= rules.is_satisfied(high, highest)


def test_four_and_five_of_five_and_seven_of_ten_are_satisfied():
	assert [rules.is_satisfied(value, 5) for value in range(1, 6)] == [False, False, False, True, True]
	assert [value for value in range(1, 11) if rules.is_satisfied(value, 10)] == [7, 8, 9, 10]


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_rate_is_a_percent_or_unknown(satisfied, more):
	total = satisfied + more
	found = rules.rate(satisfied, total)
	assert found is None if total == 0 else 0 <= found <= 100


ANSWERS = st.dictionaries(
	st.sampled_from(["q1", "q2", "q2:1", "q3", "q4:1", "q4:2", "q5", "q9"]),
	st.one_of(st.text(max_size=4), st.sampled_from(["1", "5", "A"]), st.lists(st.sampled_from(["A", "B", "Z"]))),
)


@given(ANSWERS)
def test_whatever_is_sent_only_offered_answers_are_kept(sent):
	questions = [
		question("q1"),
		question("q2", rules.SINGLE, show_when="q1", show_values=["1"]),
		question("q3", rules.MULTIPLE),
		question("q4", rules.MATRIX),
		question("q5", rules.TEXT),
	]
	try:
		kept = rules.check_answers(questions, sent)
	except rules.AnswerError as error:
		assert error.reason == "unknown"
		return
	for line in kept:
		assert (line.score is not None) == (line.code in ("q1", "q4"))
		assert line.code != "q2" or sent["q1"] == "1" or sent["q1"] == ["1"]
		if line.code in ("q2", "q3"):
			assert line.value in ("A", "B", "C")


def test_a_question_that_is_not_shown_is_neither_required_nor_kept():
	questions = [
		question("q1", required=True),
		question("q2", rules.SINGLE, required=True, show_when="q1", show_values=["1", "2"]),
		question("q3", rules.SINGLE, required=True, show_when="q2", show_values=["A"]),
	]
	assert [line.code for line in rules.check_answers(questions, {"q1": "5", "q2": "A", "q3": "B"})] == ["q1"]
	with pytest.raises(rules.AnswerError) as caught:
		rules.check_answers(questions, {"q1": "1"})
	assert (caught.value.reason, caught.value.question) == ("missing", "Question q2")
	assert len(rules.check_answers(questions, {"q1": "1", "q2": "A", "q3": "B"})) == 3


@pytest.mark.parametrize(
	("kind", "sent"),
	[
		(rules.SCALE, "6"),
		(rules.SCALE, "0"),
		(rules.SCALE, ["1", "2"]),
		(rules.SINGLE, ["A", "B"]),
		(rules.SINGLE, "D"),
		(rules.MULTIPLE, ["A", "D"]),
	],
)
def test_answers_that_were_not_offered_are_refused(kind, sent):
	with pytest.raises(rules.AnswerError, match="unknown"):
		rules.check_answers([question(kind=kind)], {"q1": sent})


def test_each_row_of_a_required_matrix_is_rated():
	with pytest.raises(rules.AnswerError, match="missing"):
		rules.check_answers([question(kind=rules.MATRIX, required=True)], {"q1:1": "4"})
	rows = rules.check_answers([question(kind=rules.MATRIX, required=True)], {"q1:1": "4", "q1:2": "1"})
	assert [(line.row, line.score, line.satisfied) for line in rows] == [("x", 75, 1), ("y", 0, 0)]


@pytest.mark.parametrize(
	("show_when", "values"), [("q2", ["1"]), ("q3", ["A"]), ("q1", ["9"]), ("q1", []), ("nothing", ["1"])]
)
def test_a_question_depends_on_answers_of_earlier_ones_only(show_when, values):
	questions = [question("q1"), question("q2", show_when=show_when, show_values=values), question("q3", rules.SINGLE)]
	with pytest.raises(rules.LogicError, match="q2"):
		rules.check_logic(questions)


def test_lines_are_cleaned():
	assert rules.lines(" A \n\nB\nA\n") == ["A", "B"]
	assert rules.lines(None) == []
