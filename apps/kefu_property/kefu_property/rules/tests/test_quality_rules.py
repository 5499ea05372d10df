"""Rules of the management systems hold for any mark, month and version (D18)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import quality_rules as rules

marks = st.integers(1, 5)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
ORDER = [rules.LOW, rules.MEDIUM, rules.HIGH]


@given(marks, marks, marks, marks)
def test_a_risk_that_grows_never_falls_in_level(likelihood, severity, more_likely, more_severe):
	score, level = rules.risk(likelihood, severity)
	assert score == likelihood * severity and level in ORDER
	higher = rules.risk(max(likelihood, more_likely), max(severity, more_severe))
	assert higher[0] >= score and ORDER.index(higher[1]) >= ORDER.index(level)


def test_levels_at_their_edges():
	assert [rules.risk(*pair)[1] for pair in ((1, 5), (2, 3), (3, 4), (3, 5), ("4", "4"))] == [
		rules.LOW,
		rules.MEDIUM,
		rules.MEDIUM,
		rules.HIGH,
		rules.HIGH,
	]


@pytest.mark.parametrize("value", [0, 6, "x", "", None, "２.5", -1, 2.5])
def test_what_is_no_mark_is_refused(value):
	with pytest.raises(rules.NotAMark):
		rules.risk(value, 1)


@given(marks, marks, marks)
def test_a_limit_in_law_makes_an_aspect_significant(reach, severity, frequency):
	score, significant = rules.aspect(reach, severity, frequency, legal=False)
	assert score == reach + severity + frequency
	assert significant == (score >= rules.SIGNIFICANT or 5 in (reach, severity, frequency))
	assert rules.aspect(reach, severity, frequency, legal=True) == (score, True)


@given(st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2))
def test_an_objective_is_reached_on_its_side_of_the_target(value, target):
	assert (rules.outcome(value, target, True) == rules.REACHED) == (value >= target)
	assert (rules.outcome(value, target, False) == rules.REACHED) == (value <= target)
	assert rules.outcome(None, target, True) == rules.NOT_MEASURED


@given(st.lists(st.sampled_from([rules.REACHED, rules.MISSED, rules.NOT_MEASURED])))
def test_attainment_counts_measured_months(outcomes):
	reached, measured = rules.attainment(outcomes)
	assert 0 <= reached <= measured == len(outcomes) - outcomes.count(rules.NOT_MEASURED)


@given(days, st.booleans())
def test_a_span_ends_with_its_month(day, year_to_date):
	start, end = rules.span(day, year_to_date)
	assert start <= rules.month_of(day) <= day <= end
	assert (end + timedelta(days=1)).day == 1
	assert start == (date(day.year, 1, 1) if year_to_date else rules.month_of(day))


@given(days)
def test_only_months_that_are_over_are_measured(today):
	months = rules.months_to_measure(today.year, today)
	assert len(months) == today.month - 1
	assert len(rules.months_to_measure(today.year - 1, today)) == 12
	assert rules.months_to_measure(today.year + 1, today) == []


@given(st.from_regex(r"[A-Z]/[0-9]{1,2}", fullmatch=True))
def test_versions_count_on(version):
	following = rules.next_version(version)
	assert rules.is_version(following) and following.startswith(version[:2])
	assert int(following[2:]) == int(version[2:]) + 1


def test_first_version_and_other_styles():
	assert [rules.next_version(text) for text in (None, "", "A/9", "1.0", "B")] == ["A/0", "A/0", "A/10", "1.1", "B/1"]
	assert rules.is_version("A/0") and rules.is_version("2026-1")
	assert not any(map(rules.is_version, ("", None, "A/../b", "<b>", "A" * 30)))


@given(st.integers(0, 1000))
def test_each_age_has_its_band(age):
	assert rules.age_band(age) in rules.AGE_BANDS
	assert rules.AGE_BANDS.index(rules.age_band(age)) <= rules.AGE_BANDS.index(rules.age_band(age + 1))


def test_nobody_audits_own_work():
	own = {"member": ["a", "b"], "auditee": ["b"]}
	assert rules.own_work(["c", "d"], own) == []
	assert rules.own_work(["b", "c", "b"], own) == [("b", "member"), ("b", "auditee")]
	assert rules.outcome(Decimal("0"), Decimal("0"), False) == rules.REACHED
