"""Who holds a home from when to when: the rules alone (D1, D19, L9)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import occupancy as rules

DAY = date(2024, 1, 1)


def row(name="a", resident="A", relation="Owner", start=0, end=None, payer=0, share=0):
	return {
		"name": name,
		"resident": resident,
		"relation": relation,
		"share": share,
		"is_payer": payer,
		"from_date": DAY + timedelta(start),
		"to_date": None if end is None else DAY + timedelta(end),
	}


spans = st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 60)))


@st.composite
def some_rows(draw):
	rows = []
	for number in range(draw(st.integers(0, 6))):
		start, length = draw(spans)
		rows.append(
			row(
				f"r{number}",
				draw(st.sampled_from("ABCD")),
				draw(st.sampled_from(rules.RELATIONS)),
				start,
				None if length is None else start + length,
				draw(st.integers(0, 1)),
				draw(st.sampled_from([0, 20, 50, 100])),
			)
		)
	return rows


def fits_on(rows, day):
	"""The rules told day by day, without any shortcut."""
	present = [
		entry for entry in rows if entry["from_date"] <= day and (entry["to_date"] is None or entry["to_date"] >= day)
	]
	holders = [entry for entry in present if entry["relation"] in ("Owner", "Co-owner")]
	developers = [entry for entry in present if entry["relation"] == "Developer"]
	return (
		sum(entry["is_payer"] for entry in present) <= 1
		and sum(entry["relation"] == "Owner" for entry in present) <= 1
		and sum(entry["share"] for entry in holders) <= 100
		and not (developers and holders)
		and len(developers) <= 1
		and len({(entry["resident"], entry["relation"]) for entry in present}) == len(present)
	)


@given(some_rows())
def test_the_check_agrees_with_looking_at_every_day(rows):
	expected = all(fits_on(rows, DAY + timedelta(number)) for number in range(130))
	try:
		rules.check(rows)
		found = True
	except rules.OccupancyConflict as conflict:
		found = False
		assert not fits_on(rows, conflict.day)
	assert found == expected


@given(spans, spans)
def test_overlap_is_symmetric_and_a_common_day(one, other):
	a, b = (row(start=span[0], end=None if span[1] is None else span[0] + span[1]) for span in (one, other))
	assert rules.overlap(a, b) == rules.overlap(b, a)
	day = rules.overlap(a, b)
	common = [
		number
		for number in range(130)
		if rules.covers(a, DAY + timedelta(number)) and rules.covers(b, DAY + timedelta(number))
	]
	assert (day is None) == (not common)
	if day:
		assert day == DAY + timedelta(common[0])


def test_the_last_day_before_the_first_is_refused():
	with pytest.raises(rules.OccupancyConflict) as found:
		rules.check([row(start=5, end=4)])
	assert found.value.rule == "dates"


def test_neighbouring_days_do_not_overlap():
	rules.check([row("a", "A", end=9, payer=1, share=100), row("b", "B", start=10, payer=1, share=100)])


def test_owner_is_the_main_owner_then_the_largest_share():
	rows = [row("a", "A", "Co-owner", share=30), row("b", "B", "Co-owner", share=70), row("c", "C", "Tenant", payer=1)]
	assert rules.owner_on(rows, DAY)["resident"] == "B"
	assert rules.payer_on(rows, DAY)["resident"] == "C"
	assert rules.owner_on([*rows, row("d", "D", "Owner")], DAY)["resident"] == "D"


class TestMove:
	EFFECTIVE = DAY + timedelta(100)

	def result(self, rows, plan):
		ended = [{**entry, "to_date": plan.end.get(entry["name"], entry["to_date"])} for entry in rows]
		return ended + [{**entry, "name": f"n{number}"} for number, entry in enumerate(plan.create)]

	def test_transfer_ends_the_old_owner_the_day_before(self):
		rows = [row("a", "A", payer=1, share=100)]
		plan = rules.plan_move(rows, ["a"], [{"resident": "B", "relation": "Owner", "share": 100}], "B", self.EFFECTIVE)
		assert plan.end == {"a": self.EFFECTIVE - timedelta(1)}
		after = self.result(rows, plan)
		assert rules.payer_on(after, self.EFFECTIVE - timedelta(1))["resident"] == "A"
		assert rules.payer_on(after, self.EFFECTIVE)["resident"] == "B"

	def test_a_new_tenant_who_pays_splits_the_row_of_the_owner(self):
		rows = [row("a", "A", payer=1, share=100)]
		plan = rules.plan_move(rows, [], [{"resident": "T", "relation": "Tenant"}], "T", self.EFFECTIVE)
		after = self.result(rows, plan)
		assert rules.owner_on(after, self.EFFECTIVE)["resident"] == "A"
		assert rules.payer_on(after, self.EFFECTIVE)["resident"] == "T"
		assert rules.share_of(rules.owner_on(after, self.EFFECTIVE)) == Decimal(100)

	def test_the_duty_returns_to_the_owner_when_the_tenant_leaves(self):
		rows = [row("a", "A", share=100), row("t", "T", "Tenant", payer=1)]
		plan = rules.plan_move(rows, ["t"], [], "A", self.EFFECTIVE)
		after = self.result(rows, plan)
		assert rules.payer_on(after, self.EFFECTIVE)["resident"] == "A"
		assert not [entry for entry in after if rules.covers(entry, self.EFFECTIVE) and entry["resident"] == "T"]

	def test_a_payer_without_the_home_is_refused(self):
		with pytest.raises(rules.OccupancyConflict) as found:
			rules.plan_move([row("a", "A", payer=1)], [], [], "Z", self.EFFECTIVE)
		assert found.value.rule == "stranger"

	def test_two_main_owners_are_refused(self):
		with pytest.raises(rules.OccupancyConflict) as found:
			rules.plan_move([row("a", "A", payer=1)], [], [{"resident": "B", "relation": "Owner"}], "B", self.EFFECTIVE)
		assert found.value.rule == "owner"

	def test_nobody_leaves_before_coming(self):
		with pytest.raises(rules.OccupancyConflict) as found:
			rules.plan_move([row("a", "A", start=100, payer=1)], ["a"], [], None, self.EFFECTIVE)
		assert found.value.rule == "started"

	@given(some_rows(), st.integers(1, 90), st.booleans())
	def test_the_past_never_changes(self, rows, offset, leaves):
		effective = DAY + timedelta(offset)
		leaving = [entry["name"] for entry in rows if rules.covers(entry, effective) and leaves]
		try:
			plan = rules.plan_move(rows, leaving, [{"resident": "N", "relation": "Tenant"}], "N", effective)
		except rules.OccupancyConflict:
			return
		after = self.result(rows, plan)
		for number in range(offset):
			day = DAY + timedelta(number)
			before_payer, after_payer = rules.payer_on(rows, day), rules.payer_on(after, day)
			assert (before_payer and before_payer["resident"]) == (after_payer and after_payer["resident"])
		assert rules.payer_on(after, effective)["resident"] == "N"
