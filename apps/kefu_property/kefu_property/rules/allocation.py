"""Which debts a payment settles (L3: 民法典 560, 561): the payer's designation first, then due debts, the oldest first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal("0.00")


class Debt(NamedTuple):
	key: str
	due: datetime.date
	priority: int
	outstanding: Decimal


class Overallocated(ValueError):
	"""More was designated to a debt than is open on it, or more in all than was paid. `args` = (key or None, wanted, possible)."""


def legal_order(debts: Iterable[Debt], today: datetime.date) -> list[Debt]:
	"""Due debts before those not yet due, then by due day, then by the item's priority (1 first), then by key."""
	return sorted(debts, key=lambda debt: (debt.due > today, debt.due, debt.priority, debt.key))


def allocate(
	amount: Decimal,
	debts: Sequence[Debt],
	today: datetime.date,
	designated: dict[str, Decimal] | None = None,
	only_designated: bool = False,
) -> tuple[dict[str, Decimal], Decimal]:
	"""Divide a payment among debts; returns amounts by debt key (no zeros) and what is left over (prepayment).

	`designated` amounts are honoured exactly; the rest follows the legal order unless `only_designated`.
	"""
	if amount < ZERO:
		raise ValueError("a payment is not negative")
	open_amount = {debt.key: debt.outstanding for debt in debts}
	result: dict[str, Decimal] = {}
	left = amount
	for key, wanted in (designated or {}).items():
		possible = open_amount.get(key, ZERO)
		if wanted < ZERO or wanted > possible:
			raise Overallocated(key, wanted, possible)
		if wanted > left:
			raise Overallocated(None, wanted, left)
		if wanted:
			result[key] = wanted
			open_amount[key] = possible - wanted
			left -= wanted
	if not only_designated:
		for debt in legal_order(debts, today):
			part = min(left, open_amount[debt.key])
			if part > ZERO:
				result[debt.key] = result.get(debt.key, ZERO) + part
				left -= part
	return result, left


def spread(amount: Decimal, lines: Sequence[Debt]) -> dict[str, Decimal]:
	"""Settle the lines of one bill in order of priority; used to say which items a payment of the bill paid."""
	result: dict[str, Decimal] = {}
	for line in sorted(lines, key=lambda line: line.priority):
		part = min(amount, line.outstanding)
		if part > ZERO:
			result[line.key] = part
			amount -= part
	if amount:
		raise Overallocated(None, amount, ZERO)
	return result
