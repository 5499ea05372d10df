"""Late fee (违约金): an accrual of its own that survives payment of the principal. Pure arithmetic (L4)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import NamedTuple

from kefu_property.rules.money import round_money
from kefu_property.rules.periods import ONE_DAY, Span

#: courts lower a penalty that is more than 30 % above the loss (Civil Code 585, interpretation of 2023, 65)
ABOVE_LOSS = Decimal("1.3")
DAYS_OF_YEAR = 365


class Terms(NamedTuple):
	"""What was agreed. `rate` is a share a day (0.0005), `cap` a share of the principal or None."""

	rate: Decimal
	grace_days: int
	cap: Decimal | None
	unit: Decimal
	start: datetime.date
	end: datetime.date | None


class Accrual(NamedTuple):
	"""`days` that bear late fee, `raw` before cap and rounding, `total` since the beginning, `capped` when the cap held.

	`principal` is the most that was ever open.
	"""

	first: datetime.date | None
	days: int
	raw: Decimal
	total: Decimal
	capped: bool
	principal: Decimal


def accrue(
	changes: Sequence[tuple[datetime.date, Decimal]],
	due: datetime.date,
	as_of: datetime.date,
	terms: Terms,
	frozen: Iterable[Span] = (),
) -> Accrual:
	"""Late fee on one debt up to and including `as_of`.

	`changes` are (day, change in yuan) of the open amount: the bill itself, payments (negative) and their reversals. A day bears late
	fee on what is open at its end; days up to due day and grace, days outside the terms and frozen days bear none.
	"""
	first = max(due + ONE_DAY * (terms.grace_days + 1), terms.start)
	last = min(as_of, terms.end) if terms.end else as_of
	changes = sorted(changes)
	# a payment and its reversal do not make the debt larger
	principal = max(accumulate(amount for _day, amount in changes), default=Decimal(0))
	if first > last:
		return Accrual(None, 0, Decimal(0), Decimal("0.00"), False, principal)
	# between two edges neither the open amount nor the freeze changes
	frozen = list(frozen)
	edges = {first, last + ONE_DAY}
	edges.update(day for day, _amount in changes if first < day <= last)
	for span in frozen:
		edges.update(day for day in (span.start, span.end + ONE_DAY) if first < day <= last)
	ordered = sorted(edges)
	raw, days, begins = Decimal(0), 0, None
	for start, after in pairwise(ordered):
		open_amount = sum((amount for day, amount in changes if day <= start), Decimal(0))
		if open_amount <= 0 or any(span.start <= start <= span.end for span in frozen):
			continue
		count = (after - start).days
		raw += open_amount * terms.rate * count
		days += count
		begins = begins or start
	cap = principal * terms.cap if terms.cap is not None else None
	capped = cap is not None and raw > cap
	# what is capped is rounded down: the cap is a promise
	total = round_money(cap, terms.unit, "down") if capped else round_money(raw, terms.unit)
	if cap is not None:
		total = min(total, round_money(cap, terms.unit, "down"))
	return Accrual(begins, days, raw, total, capped, principal)


def above_loss(daily_rate: Decimal, loss_per_year: Decimal) -> bool:
	"""True when a daily rate comes to more in a year than 130 % of the loss; both as shares or both as percent (L4)."""
	return daily_rate * DAYS_OF_YEAR > loss_per_year * ABOVE_LOSS
