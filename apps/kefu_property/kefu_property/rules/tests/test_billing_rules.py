"""The arithmetic of bills, payments and receipts as properties (L3, L9, L16)."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import allocation, periods, tariffs
from kefu_property.rules.capital import DIGITS, capital
from kefu_property.rules.periods import ONE_DAY, Span

days = st.dates(datetime.date(2019, 1, 1), datetime.date(2032, 12, 31))
cents = st.integers(0, 10**11).map(lambda value: Decimal(value).scaleb(-2))
prices = st.decimals("0", "500", places=6, allow_nan=False, allow_infinity=False)
areas = st.decimals("0", "5000", places=2, allow_nan=False, allow_infinity=False)
rounding_units = st.sampled_from(["0.01", "0.1", "1"])
rounding_modes = st.sampled_from(["half_up", "half_even", "up", "down"])


@st.composite
def spans(draw, longest=500):
	start = draw(days)
	return Span(start, start + ONE_DAY * draw(st.integers(0, longest)))


@given(spans(), st.lists(days, max_size=6), st.sampled_from(periods.PRORATION_MODES))
def test_proration_adds_up_over_any_split(period, cuts, mode):
	parts = periods.cut(period, cuts)
	assert parts[0].start == period.start and parts[-1].end == period.end
	assert sum(part.days for part in parts) == period.days
	assert sum(periods.months_factor(part, mode) for part in parts) == periods.months_factor(period, mode)


@given(days, st.integers(0, 30), st.sampled_from(periods.PRORATION_MODES))
def test_whole_months_count_one_each(day, months, mode):
	start = periods.month_start(day)
	end = periods.month_end(periods.add_months(start, months))
	assert periods.months_factor(Span(start, end), mode) == months + 1


def test_thirty_day_month_of_february():
	assert periods.months_factor(
		Span(datetime.date(2026, 2, 15), datetime.date(2026, 2, 28)), periods.THIRTY_DAYS
	) == Fraction(16, 30)
	assert periods.months_factor(Span(datetime.date(2026, 1, 31), datetime.date(2026, 1, 31)), periods.THIRTY_DAYS) == 0


@pytest.mark.parametrize(
	("rule", "expected"),
	[
		(periods.FROM_START, datetime.date(2026, 3, 12)),
		(periods.FULL_FIRST_MONTH, datetime.date(2026, 3, 1)),
		(periods.NEXT_MONTH, datetime.date(2026, 4, 1)),
	],
)
def test_first_period_rules(rule, expected):
	assert periods.first_period_start(datetime.date(2026, 3, 12), rule) == expected


def test_due_day_is_cut_to_the_month():
	period = Span(datetime.date(2026, 1, 1), datetime.date(2026, 1, 31))
	assert periods.due_date(period, 31, 1) == datetime.date(2026, 2, 28)
	assert periods.due_date(period, 10, 0) == datetime.date(2026, 1, 10)


@given(st.lists(st.fractions(0, 10_000, max_denominator=9_300), min_size=1, max_size=9), rounding_units, rounding_modes)
def test_rounded_parts_sum_to_the_rounded_whole(raws, unit, mode):
	from kefu_property.rules.money import round_money

	parts = tariffs.round_parts(raws, unit, mode)
	assert sum(parts) == round_money(tariffs.decimal_of(sum(raws)), unit, mode)
	assert all(part % Decimal(unit) == 0 for part in parts)
	assert all(abs(Fraction(part) - raw) <= Fraction(unit) for part, raw in zip(parts, raws, strict=True))


@given(areas, prices, spans(92), st.lists(days, max_size=4), st.sampled_from(periods.PRORATION_MODES), rounding_units)
def test_dividing_a_period_between_payers_keeps_the_charge(area, price, period, cuts, mode, unit):
	def charge(pieces):
		parts = [
			tariffs.Part(piece, "payer", "v1", price, area, periods.months_factor(piece, mode)) for piece in pieces
		]
		return sum(tariffs.charge(parts, unit, "half_up")[1])

	assert charge(periods.cut(period, cuts)) == charge([period])


@given(areas, prices, cents, cents, spans(62))
def test_minimum_and_maximum_hold(area, price, low, high, period):
	minimum, maximum = min(low, high) or Decimal("0.01"), max(low, high) or Decimal("0.01")
	factor = periods.months_factor(period, periods.BY_DAYS)
	part = tariffs.Part(period, "payer", "v1", price, area, factor)
	raws, amounts = tariffs.charge([part], "0.01", "half_up", minimum, maximum)
	assert Fraction(minimum) * factor <= raws[0] <= Fraction(maximum) * factor
	assert abs(Fraction(amounts[0]) - raws[0]) <= Fraction(1, 200)


def test_the_cent_that_floats_lose():
	month = Span(datetime.date(2026, 5, 1), datetime.date(2026, 5, 31))
	part = tariffs.Part(month, "payer", "v1", Decimal("0.15"), Decimal("130.70"), Fraction(1))
	raws, amounts = tariffs.charge([part], "0.01", "half_up")
	assert amounts == [Decimal("19.61")] and tariffs.text_of(raws[0]) == "19.605"


def test_raw_text_marks_what_does_not_end():
	assert tariffs.text_of(Fraction(1, 3)) == "0.3333333333…"
	assert tariffs.text_of(Fraction(100)) == "100"


@given(cents, st.decimals("0", "50", places=2))
def test_tax_is_part_of_the_amount(amount, rate):
	tax = tariffs.tax_within(amount, rate)
	assert 0 <= tax <= amount
	assert abs(Fraction(amount - tax) * (100 + Fraction(rate)) / 100 - Fraction(amount)) <= Fraction(2, 100)


def versions(*rows):
	return [tariffs.Version(str(i), start, end, Decimal(1)) for i, (start, end) in enumerate(rows)]


def test_versions_close_each_other():
	jan, mar = datetime.date(2026, 1, 1), datetime.date(2026, 3, 1)
	closed = tariffs.close_versions(versions((mar, None), (jan, None)))
	assert [(v.start, v.end) for v in closed] == [(jan, datetime.date(2026, 2, 28)), (mar, None)]
	assert tariffs.version_on(closed, datetime.date(2026, 2, 28)).start == jan
	assert tariffs.version_on(closed, datetime.date(2025, 12, 31)) is None


def test_overlap_and_gap_are_refused():
	jan, feb, mar = datetime.date(2026, 1, 1), datetime.date(2026, 2, 1), datetime.date(2026, 3, 1)
	with pytest.raises(tariffs.VersionsOverlap):
		tariffs.close_versions(versions((jan, mar), (mar, None)))
	with pytest.raises(tariffs.VersionsOverlap):
		tariffs.close_versions(versions((jan, None), (jan, None)))
	with pytest.raises(tariffs.VersionsGap):
		tariffs.close_versions(versions((jan, feb), (mar, None)))


@given(st.lists(st.tuples(days, st.none() | st.integers(0, 400)), min_size=1, max_size=5), days)
def test_at_most_one_version_holds_on_a_day(rows, day):
	try:
		closed = tariffs.close_versions(
			versions(*[(start, n if n is None else start + ONE_DAY * n) for start, n in rows])
		)
	except (tariffs.VersionsOverlap, tariffs.VersionsGap):
		return
	holding = [v for v in closed if v.start <= day and (v.end is None or day <= v.end)]
	assert len(holding) <= 1
	if closed[0].start <= day and closed[-1].end is None:
		assert len(holding) == 1


debts = st.lists(
	st.builds(
		allocation.Debt,
		st.uuids().map(str),
		days,
		st.integers(0, 5),
		st.integers(0, 10**7).map(lambda value: Decimal(value).scaleb(-2)),
	),
	max_size=8,
	unique_by=lambda debt: debt.key,
)


@given(cents, debts, days, st.data())
def test_allocation_never_exceeds(amount, open_debts, today, data):
	wanted = {}
	left = amount
	for debt in open_debts:
		if data.draw(st.booleans()):
			part = data.draw(st.integers(0, int(min(left, debt.outstanding) * 100))) * Decimal("0.01")
			wanted[debt.key] = part
			left -= part
	parts, rest = allocation.allocate(amount, open_debts, today, wanted)
	assert sum(parts.values()) + rest == amount
	by_key = {debt.key: debt.outstanding for debt in open_debts}
	assert all(0 < part <= by_key[key] for key, part in parts.items())
	assert all(parts.get(key, 0) >= part for key, part in wanted.items())
	assert rest == 0 or all(parts.get(key, Decimal(0)) == open_amount for key, open_amount in by_key.items())


@given(debts.filter(len), days, st.integers(1, 10**7))
def test_what_is_due_and_oldest_goes_first(open_debts, today, value):
	parts, _rest = allocation.allocate(Decimal(value).scaleb(-2), open_debts, today)
	ordered = [debt for debt in allocation.legal_order(open_debts, today) if debt.outstanding]
	filled = [parts.get(debt.key, Decimal(0)) == debt.outstanding for debt in ordered]
	touched = [debt.key in parts for debt in ordered]
	# every debt before the last one touched is settled in full
	last = max((i for i, hit in enumerate(touched) if hit), default=-1)
	assert all(filled[:last])
	assert [debt.due > today for debt in ordered] == sorted(debt.due > today for debt in ordered)


def test_designation_beyond_the_open_amount_is_refused():
	debt = allocation.Debt("a", datetime.date(2026, 1, 1), 1, Decimal("10.00"))
	with pytest.raises(allocation.Overallocated):
		allocation.allocate(Decimal("50.00"), [debt], debt.due, {"a": Decimal("10.01")})
	with pytest.raises(allocation.Overallocated):
		allocation.allocate(Decimal("5.00"), [debt], debt.due, {"a": Decimal("6.00")})
	with pytest.raises(allocation.Overallocated):
		allocation.allocate(Decimal("5.00"), [debt], debt.due, {"unknown": Decimal("1.00")})


@given(debts.filter(len), st.data())
def test_spread_settles_lines_exactly(lines, data):
	total = sum(line.outstanding for line in lines)
	amount = data.draw(st.integers(0, int(total * 100))) * Decimal("0.01")
	parts = allocation.spread(amount, lines)
	assert sum(parts.values()) == amount
	with pytest.raises(allocation.Overallocated):
		allocation.spread(total + Decimal("0.01"), lines)


def read_capital(text: str) -> Decimal:
	"""Read capital numerals back, independently of how they are written: the value of the text."""
	sign = -1 if text.startswith("负") else 1
	total = section = group = digit = 0
	fraction = Decimal(0)
	for char in text.removeprefix("负"):
		if char in DIGITS:
			digit = DIGITS.index(char)
		elif char in "拾佰仟":
			group += digit * {"拾": 10, "佰": 100, "仟": 1000}[char]
			digit = 0
		elif char == "万":
			section += (group + digit) * 10_000
			group = digit = 0
		elif char == "亿":
			total += (section + group + digit) * 10**8
			section = group = digit = 0
		elif char == "元":
			total += section + group + digit
			section = group = digit = 0
		elif char == "角":
			fraction += Decimal(digit) / 10
			digit = 0
		elif char == "分":
			fraction += Decimal(digit) / 100
			digit = 0
	return sign * (total + fraction)


@given(st.integers(-(10**18) + 1, 10**18 - 1).map(lambda value: Decimal(value).scaleb(-2)))
def test_capital_numerals_read_back(amount):
	text = capital(amount)
	assert read_capital(text) == amount
	assert amount == 0 or ("零零" not in text and not text.startswith("零"))
	assert text.endswith("分") or text.endswith("整")


@pytest.mark.parametrize(
	("amount", "text"),
	[
		("0", "零元整"),
		("0.10", "壹角整"),
		("10", "壹拾元整"),
		("1409.50", "壹仟肆佰零玖元伍角整"),
		("6007.14", "陆仟零柒元壹角肆分"),
		("16409.02", "壹万陆仟肆佰零玖元零贰分"),
		("100000000", "壹亿元整"),
		("100010000.00", "壹亿零壹万元整"),
		("-20.05", "负贰拾元零伍分"),
	],
)
def test_capital_numerals_of_the_rules(amount, text):
	assert capital(Decimal(amount)) == text


@pytest.mark.parametrize("amount", ["1.001", "NaN", "Infinity", "1e16"])
def test_capital_numerals_refuse(amount):
	with pytest.raises(ValueError):
		capital(Decimal(amount))
