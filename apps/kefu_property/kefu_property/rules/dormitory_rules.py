"""Rules of the staff dormitory: who fits a room, days stayed, fair shares, places in a ranking (D17)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from kefu_property.rules.money import CENT, D, round_money, split

#: from the lowest to the highest, as the staff file names them
RANKS = ("Staff", "Team Lead", "Supervisor", "Manager")
ZERO = Decimal("0.00")


class Charge(NamedTuple):
	"""Cost of a room in yuan: all of it, what the company bears, what the people who stayed share."""

	total: Decimal
	company: Decimal
	staff: Decimal


class Settlement(NamedTuple):
	"""End of a stay in yuan: taken from the deposit, still to be paid, to be refunded."""

	from_deposit: Decimal
	to_pay: Decimal
	refund: Decimal


def rank_fits(rank: str | None, lowest: str | None) -> bool:
	"""Whether somebody of `rank` may have a bed in a room for `lowest` and above. Nobody's rank is below an empty rule."""
	if not lowest:
		return True
	return rank in RANKS and RANKS.index(rank) >= RANKS.index(lowest)


def gender_fits(gender: str | None, rule: str) -> bool:
	"""Rooms for couples are open to both; every other room to the one gender that it names."""
	return rule == "Couple" or (bool(gender) and gender == rule)


def days_stayed(moved_in: datetime.date, left: datetime.date | None, start: datetime.date, end: datetime.date) -> int:
	"""Days of a stay within a period, both days of the period included; the day of leaving is not counted any more.

	Whoever moves from one room to another is counted on that day in the new one alone.
	"""
	first = max(moved_in, start)
	after = min(left or end + datetime.timedelta(days=1), end + datetime.timedelta(days=1))
	return max(0, (after - first).days)


def room_charge(used, price, free_per_month, person_days: int, days_in_period: int) -> Charge:
	"""Cost of water or power of one room.

	The company bears the free amount of each person, by days stayed; it bears all of a room in which nobody stayed.
	"""
	total = round_money(D(used) * D(price))
	if not person_days:
		return Charge(total, total, ZERO)
	free = D(free_per_month) * person_days / days_in_period
	staff = min(total, round_money(max(Decimal(0), D(used) - free) * D(price)))
	return Charge(total, total - staff, staff)


def share(amount, days: Sequence[int]) -> list[Decimal]:
	"""Parts of `amount` by days stayed; they always add up to it (largest remainder). Nobody's days: nobody pays."""
	if not any(days):
		if D(amount):
			raise ValueError("nobody stayed; there is nobody to share with")
		return [ZERO for _day in days]
	return split(amount, days)


def rent(monthly, days: int, days_in_period: int) -> Decimal:
	"""Rent of a bed for the days stayed of a period."""
	return round_money(D(monthly) * days / days_in_period, CENT)


def settle(held, damages) -> Settlement:
	"""Damages are taken from the deposit first; what it does not cover is paid, what is left is refunded."""
	held, damages = round_money(held), round_money(damages)
	taken = min(held, damages)
	return Settlement(taken, damages - taken, held - taken)


def places(scores: Sequence) -> list[int]:
	"""Place of each score, the highest first; equal scores share a place and the next one is left out (1, 2, 2, 4)."""
	numbers = [D(score) for score in scores]
	return [1 + sum(other > number for other in numbers) for number in numbers]
