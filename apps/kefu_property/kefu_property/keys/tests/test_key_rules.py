"""Rules of the key cabinet (D14)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import key_rules

DUE = datetime(2026, 3, 1, 18, 0)


@given(st.integers(1, 26), st.integers(1, 99))
def test_every_hook_has_one_name_that_reads_back(rows, per_row):
	names = [name for row in key_rules.hooks(rows, per_row) for name in row]
	assert len(set(names)) == rows * per_row
	assert all(key_rules.normalise_hook(name) == name for name in names)


@pytest.mark.parametrize(
	("text", "hook"),
	[("b7", "B07"), (" C 12", "C12"), ("A00", None), ("7B", None), ("", None), (None, None), ("A100", None)],
)
def test_hooks_are_read_as_people_write_them(text, hook):
	assert key_rules.normalise_hook(text) == hook


@pytest.mark.parametrize(
	("text", "kept"), [("123x", "123X"), ("12345", None), ("12-4", None), ("", None), (None, None)]
)
def test_only_four_characters_of_a_paper_are_kept(text, kept):
	assert key_rules.normalise_last4(text) == kept


@given(st.integers(-100, 10_000), st.integers(1, 100), st.integers(1, 100))
def test_reminders_never_go_back(minutes, supervisor, director):
	levels = [
		key_rules.overdue_level(DUE, DUE + timedelta(minutes=minutes + step), supervisor, director)
		for step in (0, 60, 6000)
	]
	assert levels == sorted(levels)
	assert (levels[0] > 0) == (minutes > 0)


def test_reminders_climb_to_supervisor_and_director():
	levels = [key_rules.overdue_level(DUE, DUE + timedelta(hours=hours), 24, 72) for hours in (0, 1, 24, 71, 72)]
	assert levels == [0, 1, 2, 2, 3]


@pytest.mark.parametrize(
	("expected", "hook", "found", "found_hook", "difference"),
	[
		("In Cabinet", "A01", "Here", "", ""),
		("In Cabinet", "A01", "Here", "a1", ""),
		("In Cabinet", "A01", "Here", "A02", "Wrong Hook"),
		("In Cabinet", "A01", "Missing", "", "Missing"),
		("On Loan", "A01", "Here", "", "Here although Out"),
		("On Loan", "A01", "Missing", "", ""),
		("On Loan", "A01", "", "", ""),
	],
)
def test_a_count_tells_what_differs(expected, hook, found, found_hook, difference):
	assert key_rules.count_difference(expected, hook, found, found_hook) == difference
