"""Rules of a budget item, without a database (S1)."""

from __future__ import annotations

from decimal import Decimal

FULL = Decimal(100)


def available(amount: Decimal, committed: Decimal, spent: Decimal) -> Decimal:
	"""What is left of a budget; negative when more was spent."""
	return amount - committed - spent


def level(amount: Decimal, used: Decimal, warn_percent: Decimal, block_percent: Decimal) -> str:
	"""`ok`, `warn` or `block` when `used` (commitments, spending and the new amount) is set against the budget.

	A limit of 0 percent is none. The warning begins at its limit, the block beyond it.
	"""
	if block_percent and used > amount * block_percent / FULL:
		return "block"
	if warn_percent and used >= amount * warn_percent / FULL:
		return "warn"
	return "ok"


def release(open_commitment: Decimal, spending: Decimal) -> Decimal:
	"""How much of a commitment a spending uses up: never more than is open, never less than nothing."""
	return max(min(open_commitment, spending), Decimal(0))
