"""Rules of the operations board."""

from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import operations_rules as rules

numbers = st.integers(0, 200)
ORDER = ["red", "orange", "green"]


@given(numbers, numbers, numbers, numbers)
def test_better_figures_are_never_redder(one, other, good, gap):
	worse, better = sorted((one, other))
	limits = {"good": good, "warn": good - gap}
	assert ORDER.index(rules.tone(worse, **limits)) <= ORDER.index(rules.tone(better, **limits))
	limits = {"good": good, "warn": good + gap, "better": "Lower"}
	assert ORDER.index(rules.tone(better, **limits)) <= ORDER.index(rules.tone(worse, **limits))


def test_without_figure_or_limit_there_is_no_judgement():
	assert (rules.tone(None, 1), rules.tone(3)) == ("gray", "blue")
	assert rules.tone(5, good=0, better="Lower") == "red"


@given(st.lists(st.none() | numbers))
def test_the_mean_leaves_out_what_is_missing(values):
	found = [value for value in values if value is not None]
	assert rules.mean(values) == (round(sum(found) / len(found), 1) if found else None)


def test_a_share_of_nothing_is_none():
	assert rules.share(1, 0) is None and rules.share(1, 3) == 33.3
