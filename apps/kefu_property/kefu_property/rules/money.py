"""Exact money. Everything that adds, splits or rounds yuan goes through here (DESIGN invariant 1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation, localcontext

CENT = Decimal("0.01")
#: the largest amount a column of 18 digits with two decimals keeps
LARGEST = Decimal("9999999999999999.99")
MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "up": ROUND_CEILING, "down": ROUND_FLOOR}


class NotAnAmount(ValueError):
	"""The text or number cannot be money: empty, NaN, infinite, too large or not a plain number."""


def D(value: Decimal | int | str | float | None) -> Decimal:
	"""Return `value` as an exact Decimal.

	A float is taken at its shortest decimal form (0.1 is 0.1), None as 0. Full-width digits are accepted, as owners'
	lists carry them. Raises NotAnAmount for anything that is not a finite number below 10^16.
	"""
	if value is None:
		return Decimal(0)
	if type(value) is Decimal and value.is_finite() and abs(value) <= LARGEST:
		return value
	if isinstance(value, bool):
		raise NotAnAmount(str(value))
	text = repr(value) if isinstance(value, float) else str(value).strip()
	try:
		number = Decimal(text.replace(",", "").replace("，", ""))
	except InvalidOperation:
		raise NotAnAmount(text) from None
	if not number.is_finite() or abs(number) > LARGEST:
		raise NotAnAmount(text)
	return number


def round_money(value: Decimal | int | str | float, unit: Decimal | str = CENT, mode: str = "half_up") -> Decimal:
	"""Round once to a multiple of `unit` yuan (0.01, 0.1, 1). `mode` is a key of MODES. The result has two decimals."""
	step = D(unit)
	if step <= 0:
		raise NotAnAmount(str(unit))
	with localcontext() as context:
		context.prec = 60
		steps = (D(value) / step).quantize(Decimal(1), rounding=MODES[mode])
		return (steps * step).quantize(CENT)


def sum_money(amounts: Iterable[Decimal | int | str | float]) -> Decimal:
	"""Exact sum with two decimals; the amounts are whole cents already."""
	total = sum((D(amount) for amount in amounts), Decimal(0))
	return total.quantize(CENT) if total == total.quantize(CENT) else total


def split(
	total: Decimal | int | str, weights: Sequence[Decimal | int | str | float], unit: Decimal | str = CENT
) -> list[Decimal]:
	"""Split `total` over `weights` by largest remainder: the parts always add up to the total (L6).

	`total` must be a multiple of `unit`; weights are not negative and not all zero. A tie goes to the earlier part,
	a weight of zero gets nothing.
	"""
	amount, step = D(total), D(unit)
	shares = [D(weight) for weight in weights]
	if not shares or any(share < 0 for share in shares) or not (whole := sum(shares)):
		raise ValueError("weights must not be negative and not all zero")
	with localcontext() as context:
		context.prec = 60
		count = amount / step
		if count != count.to_integral_value():
			raise ValueError(f"{total} is not a multiple of {unit}")
		sign = -1 if count < 0 else 1
		raw = [abs(count) * share / whole for share in shares]
		parts = [int(part) for part in raw]
		missing = int(abs(count)) - sum(parts)
		order = sorted((i for i, share in enumerate(shares) if share), key=lambda i: (parts[i] - raw[i], i))
		for i in order[:missing]:
			parts[i] += 1
		return [(sign * part * step).quantize(CENT) for part in parts]
