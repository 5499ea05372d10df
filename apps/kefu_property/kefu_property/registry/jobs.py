"""Scheduled work of the registry."""

from __future__ import annotations

from kefu_property.registry import occupancies


def daily() -> None:
	"""Occupancies begin and end by their dates."""
	occupancies.refresh_day()
