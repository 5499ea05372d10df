"""Moving-average cost of stock. Quantities have three decimals, values are whole cents (D15, DESIGN invariant 1)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kefu_property.rules.money import D, round_money

THOUSANDTH = Decimal("0.001")
ZERO = Decimal(0)


class NotEnough(ValueError):
	"""More would leave the store than lies there."""


def quantity_of(value: Decimal | int | str | float | None) -> Decimal:
	"""A quantity with exactly three decimals."""
	return D(value).quantize(THOUSANDTH)


@dataclass(frozen=True)
class Stock:
	"""What lies in a store of one item: `quantity` in its unit, `value` in yuan. Never negative; nothing is worth nothing."""

	quantity: Decimal = ZERO
	value: Decimal = ZERO

	@property
	def average(self) -> Decimal:
		"""Cost of one unit in yuan, four decimals, for the eye: values are never computed from it."""
		return (self.value / self.quantity).quantize(Decimal("0.0001")) if self.quantity else ZERO


def cost_of(stock: Stock, quantity: Decimal) -> Decimal:
	"""Value of `quantity` at the moving average; the last piece takes whatever is left, so that no cent stays behind.

	Raises NotEnough when less lies in the store.
	"""
	if quantity > stock.quantity:
		raise NotEnough(str(stock.quantity))
	if quantity == stock.quantity:
		return stock.value
	return min(round_money(stock.value * quantity / stock.quantity), stock.value)


def change(stock: Stock, quantity: Decimal, value: Decimal | None = None) -> tuple[Stock, Decimal]:
	"""Stock after `quantity` (signed) came or went, and the signed value of the change.

	Without `value` goods leave at the average and arrive at it. A given value of goods that leave (the reversal of a receipt)
	is kept when it leaves a possible stock, and is the average otherwise. Raises NotEnough.
	"""
	if quantity >= 0:
		if value is None:
			value = round_money(stock.value * quantity / stock.quantity) if stock.quantity else ZERO
		return Stock(stock.quantity + quantity, stock.value + value), value
	average = cost_of(stock, -quantity)
	left = stock.quantity + quantity
	out = average if value is None else -value
	possible = 0 <= out <= stock.value if left else out == stock.value
	out = out if possible else average
	return Stock(left, stock.value - out), -out


def share(value: Decimal, quantity: Decimal, part: Decimal, part_before: Decimal, value_before: Decimal) -> Decimal:
	"""Value of a part that comes back of an issue; the last part brings the rest, so that all parts make up the issue."""
	if part_before + part == quantity:
		return value - value_before
	return min(round_money(value * part / quantity), value - value_before)
