"""Figures of cases without a database: attainment of deadlines, percentiles, shares (D3, D7)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime

from kefu_property.rules.hotline import share


def percentile(values: Sequence[float], percent: float) -> float | None:
	"""Smallest value that at least `percent` of the values do not exceed (nearest rank); None of nothing."""
	if not values:
		return None
	rank = max(1, math.ceil(len(values) * percent / 100))
	return sorted(values)[rank - 1]


def attainment(pairs: Iterable[tuple[datetime | None, datetime | None]], now: datetime) -> tuple[int, int]:
	"""(kept, counted) of (due, done) pairs. A deadline counts when it was met or has passed; one still ahead does not."""
	kept = counted = 0
	for due, done in pairs:
		if not due or (not done and due >= now):
			continue
		counted += 1
		kept += bool(done and done <= due)
	return kept, counted


def minutes(start: datetime | None, end: datetime | None) -> float | None:
	"""Minutes from start to end, at least 0; None while one is unknown."""
	return max(0.0, (end - start).total_seconds() / 60) if start and end else None


def average(values: Iterable[float | None], digits: int = 1) -> float | None:
	"""Mean of the values that are known; None of nothing."""
	known = [value for value in values if value is not None]
	return round(sum(known) / len(known), digits) if known else None


__all__ = ["attainment", "average", "minutes", "percentile", "share"]
