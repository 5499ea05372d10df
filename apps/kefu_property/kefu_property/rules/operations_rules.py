"""Rules of the operations board, without a database."""

from __future__ import annotations

from collections.abc import Iterable


def tone(value, good=None, warn=None, better: str = "Higher") -> str:
	"""Colour of a figure: `green` from `good` on, `orange` up to `warn`, `red` beyond; `gray` without figure, `blue` without limits."""
	if value is None:
		return "gray"
	if good is None:
		return "blue"
	sign = 1 if better == "Higher" else -1
	if sign * value >= sign * good:
		return "green"
	if warn is not None and sign * value >= sign * warn:
		return "orange"
	return "red"


def share(part, whole):
	"""Percent with one decimal; None of nothing."""
	return round(100 * part / whole, 1) if whole else None


def mean(values: Iterable):
	"""Mean of the values that there are, one decimal; None without any."""
	found = [value for value in values if value is not None]
	return round(sum(found) / len(found), 1) if found else None
