"""Which step of the dunning ladder comes next for a debtor. Pure: today is an argument (L1, L2)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

#: from the mildest to the last; nothing cuts a service for arrears (L1)
MESSAGE, PHONE, VISIT, DEMAND, LEGAL = "Message", "Phone", "Visit", "Written Demand", "Legal Letter"
ACTIONS = (MESSAGE, PHONE, VISIT, DEMAND, LEGAL)


class Step(NamedTuple):
	action: str
	after_days: int
	minimum: Decimal
	rest_days: int


class Past(NamedTuple):
	"""The last step that was taken: its number (from 1) and day."""

	number: int
	day: datetime.date


def next_step(
	steps: Sequence[Step], oldest_due: datetime.date, amount: Decimal, today: datetime.date, past: Past | None
) -> int | None:
	"""Number (from 1) of the step that is due today, or None.

	No rung is left out: the letter of a lawyer follows a written demand. Steps taken for older debts that are paid do not count. Where the
	ladder ends, its last rung is not taken again.
	"""
	if past and past.day < oldest_due:
		past = None
	number = past.number + 1 if past else 1
	if number > len(steps):
		return None
	step = steps[number - 1]
	if (today - oldest_due).days < max(step.after_days, 1) or amount < step.minimum:
		return None
	if past and (today - past.day).days < step.rest_days:
		return None
	return number
