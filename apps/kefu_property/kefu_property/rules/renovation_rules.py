"""Rules of renovation without a database: risk, money, days and clocks (L11, D25)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from kefu_property.rules.money import D, round_money

RISKS = ("Low", "Medium", "High")


def risk_of(risks: Iterable[str]) -> str:
	"""The highest of the works' risks; works without one count as low."""
	return max((risk for risk in risks if risk in RISKS), key=RISKS.index, default="Low")


def overlaps(start: date, end: date, other_start: date, other_end: date) -> bool:
	"""Whether two periods, both ends included, share a day."""
	return start <= other_end and other_start <= end


def deposit(amount, cap) -> Decimal:
	"""The deposit in yuan: the office's amount, never above the cap of local law; a cap of 0 means none (L11)."""
	amount, cap = D(amount), D(cap)
	if amount < 0:
		return D(0)
	return round_money(min(amount, cap) if cap > 0 else amount)


def refuse_fee(area, price) -> Decimal:
	"""Refuse removal fee in yuan: building area in m² × price per m²."""
	return round_money(D(area) * D(price))


def report_due(found_on: datetime, hours: int) -> datetime:
	"""Until when a violation that is not put right is reported to the authority (24 hours in Shanghai, L11)."""
	return found_on + timedelta(hours=hours)


def alert_level(now: datetime, found_on: datetime, due: datetime) -> int:
	"""0 nothing yet, 1 half of the time is over, 2 the time is over."""
	if now >= due:
		return 2
	return 1 if now >= found_on + (due - found_on) / 2 else 0


def next_patrol(last: date, every: int, end: date) -> date:
	"""The day of the next patrol by plan, at the latest on the last day of the permit."""
	return min(last + timedelta(days=max(every, 1)), max(end, last))


def refund(deposit, deductions: Iterable) -> Decimal:
	"""What is paid back of a deposit after approved deductions, never below zero."""
	left = D(deposit) - sum((D(value) for value in deductions), D(0))
	return max(left, D(0))


def water_test_long_enough(started: datetime, ended: datetime, hours: int) -> bool:
	return ended - started >= timedelta(hours=hours)
