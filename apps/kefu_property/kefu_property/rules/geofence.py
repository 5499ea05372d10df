"""Distance of a phone from the areas in which people may check in (D29)."""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, cos, isfinite, radians, sin, sqrt

EARTH_RADIUS = 6_371_000  # metres, the mean


def is_position(latitude: float, longitude: float) -> bool:
	return isfinite(latitude) and isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180


def distance(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
	"""Metres between two positions in degrees (great circle)."""
	a, b = radians(latitude), radians(other_latitude)
	step = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_longitude - longitude) / 2) ** 2
	return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(step)))


def nearest(areas: Iterable[dict], latitude: float, longitude: float) -> tuple[dict | None, int]:
	"""The area whose edge is nearest (its middle for those inside), and the metres from its middle. (None, 0) without areas.

	An area is a dict with `latitude`, `longitude` and `radius`; the position is inside when the metres are at most its radius.
	"""
	found, best, metres = None, None, 0
	for area in areas:
		away = round(distance(latitude, longitude, area["latitude"], area["longitude"]))
		if best is None or away - area["radius"] < best:
			found, best, metres = area, away - area["radius"], away
	return found, metres
