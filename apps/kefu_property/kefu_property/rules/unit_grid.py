"""The homes of a project as a picture: buildings, in them floors from the top, in them the homes of each entrance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

NUMBER = re.compile(r"\d+")


def natural(text: str | None) -> tuple:
	"""A key that puts 2 before 10 and 10 before A; what is empty comes first."""
	parts = re.split(r"(\d+)", (text or "").strip().casefold())
	return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def floor_level(text: str | None) -> float | None:
	"""The height of a floor as people write it: 3, 3F, 3层, 12A, B1, -1; None when nothing is written."""
	text = (text or "").strip().upper()
	found = NUMBER.search(text)
	if not found:
		return None
	number = int(found.group())
	if text.startswith(("-", "B", "地下", "负")):
		return float(-number)
	rest = text[found.end() :].lstrip()
	return number + (0.5 if rest[:1] in ("A", "B") else 0)


def arrange(units: Iterable[Mapping]) -> list[dict]:
	"""Buildings with `building`, `entrances` and `floors`, top first: {floor, cells}; a cell is a list of homes of one entrance.

	`units` have `name`, `unit_code`, `building`, `entrance`, `floor`, `room`. Every home stands in exactly one cell; homes
	without a floor come last.
	"""
	buildings: dict[str, dict[tuple, dict[str, list]]] = {}
	for unit in units:
		level = floor_level(unit.get("floor"))
		key = (level is None, -(level or 0), (unit.get("floor") or "").strip())
		floors = buildings.setdefault(unit["building"], {})
		floors.setdefault(key, {}).setdefault((unit.get("entrance") or "").strip(), []).append(unit)
	return [
		_building(name, floors) for name, floors in sorted(buildings.items(), key=lambda item: natural(str(item[0])))
	]


def _building(name: str, floors: dict) -> dict:
	entrances = sorted({entrance for cells in floors.values() for entrance in cells}, key=natural)
	return {
		"building": name,
		"entrances": entrances,
		"floors": [
			{
				"floor": key[2],
				"cells": [
					sorted(floors[key].get(entrance, ()), key=lambda unit: natural(unit["unit_code"]))
					for entrance in entrances
				],
			}
			for key in sorted(floors)
		],
	}
