"""Late fee: days × rate × rounding, freeze, cap and payments (L4)."""

import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules.late_fee import Terms, above_loss, accrue
from kefu_property.rules.money import round_money
from kefu_property.rules.periods import ONE_DAY, Span

DUE = datetime.date(2026, 1, 15)
RATE = Decimal("0.0005")
cents = st.integers(1, 10_000_000).map(lambda number: Decimal(number) / 100)
days = st.integers(0, 1500)
rates = st.integers(1, 3000).map(lambda number: Decimal(number) / 1_000_000)
units = st.sampled_from([Decimal("0.01"), Decimal("0.1"), Decimal(1)])


def terms(**values) -> Terms:
	return Terms(
		**{"rate": RATE, "grace_days": 0, "cap": None, "unit": Decimal("0.01"), "start": DUE, "end": None, **values}
	)


def later(count: int) -> datetime.date:
	return DUE + ONE_DAY * count


def test_ten_days_of_a_thousand_yuan_at_five_ten_thousandths_are_five_yuan():
	result = accrue([(DUE, Decimal(1000))], DUE, later(10), terms())
	assert (result.days, result.raw, result.total) == (10, Decimal("5"), Decimal("5.00"))
	assert result.first == later(1)


def test_the_due_day_and_the_days_of_grace_are_free():
	assert accrue([(DUE, Decimal(1000))], DUE, DUE, terms()).total == 0
	assert accrue([(DUE, Decimal(1000))], DUE, later(7), terms(grace_days=7)).total == 0
	assert accrue([(DUE, Decimal(1000))], DUE, later(8), terms(grace_days=7)).days == 1


def test_it_survives_payment_of_the_principal_and_stops_on_the_day_of_payment():
	changes = [(DUE, Decimal(1000)), (later(5), Decimal(-1000))]
	assert accrue(changes, DUE, later(100), terms()).days == 4
	assert accrue(changes, DUE, later(100), terms()).total == Decimal("2.00")


def test_frozen_days_bear_none():
	span = Span(later(3), later(6))
	assert accrue([(DUE, Decimal(1000))], DUE, later(10), terms(), [span, span]).days == 6


def test_what_is_above_the_loss_is_told():
	assert above_loss(Decimal("0.05"), Decimal("3.45")) and not above_loss(Decimal("0.01"), Decimal("3.45"))


@given(cents, days, st.integers(0, 60), rates, units)
def test_one_debt_is_amount_times_rate_times_days_rounded_once(amount, count, grace, rate, unit):
	result = accrue([(DUE, amount)], DUE, later(count), terms(rate=rate, grace_days=grace, unit=unit))
	assert result.days == max(0, count - grace)
	assert result.total == round_money(amount * rate * result.days, unit)


@given(cents, days, rates, units, st.integers(0, 100))
def test_never_above_the_cap(amount, count, rate, unit, percent):
	cap = Decimal(percent) / 100
	result = accrue([(DUE, amount)], DUE, later(count), terms(rate=rate, unit=unit, cap=cap))
	assert result.total <= amount * cap
	assert result.capped or result.raw <= amount * cap


@given(cents, st.lists(st.tuples(days, st.integers(1, 100)), max_size=5), days, rates)
def test_runs_in_between_add_up_to_one_run_at_the_end(amount, payments, count, rate):
	"""Each run bills what has accrued less what was billed: no cent is lost, none charged twice, however often it runs."""
	changes, rest = [(DUE, amount)], amount
	for day, percent in sorted(payments):
		part = (rest * percent / 100).quantize(Decimal("0.01"))
		changes.append((later(day), -part))
		rest -= part
	billed = Decimal(0)
	for day in sorted({count // 3, count // 2, count}):
		billed += accrue(changes, DUE, later(day), terms(rate=rate)).total - billed
	assert billed == accrue(changes, DUE, later(count), terms(rate=rate)).total
	naive = Decimal(0)
	for day in range(1, min(count, 400) + 1):
		naive += sum(change for when, change in changes if when <= later(day)) * rate
	assert accrue(changes, DUE, later(min(count, 400)), terms(rate=rate)).raw == naive


@given(cents, st.lists(st.tuples(days, days), max_size=4), days)
def test_a_freeze_never_raises_and_all_of_it_frozen_is_nothing(amount, spans, count):
	frozen = [Span(later(min(pair)), later(max(pair))) for pair in spans]
	changes = [(DUE, amount)]
	assert (
		accrue(changes, DUE, later(count), terms(), frozen).total <= accrue(changes, DUE, later(count), terms()).total
	)
	assert accrue(changes, DUE, later(count), terms(), [Span(DUE, later(1500))]).total == 0
