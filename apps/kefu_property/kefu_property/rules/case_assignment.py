"""Who of a department takes the next case: by turns, by load, by building, by skill (D3, D7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BY_HAND, BY_TURNS, BY_LOAD = "By Hand", "By Turns", "Least Load"


@dataclass(frozen=True)
class Member:
	"""A person of a department. Without buildings or skills they take every one."""

	user: str
	buildings: frozenset[str] = frozenset()
	skills: frozenset[str] = frozenset()
	available: bool = True


def suited(members: Sequence[Member], building: str | None, skill: str | None) -> list[Member]:
	"""Members who are there and fit the building and the skill; when nobody fits the skill, whoever fits the building.

	A member who names the building comes before those who take every building.
	"""
	there = [member for member in members if member.available]
	near = [member for member in there if building and building in member.buildings]
	near = near or [member for member in there if not member.buildings]
	near = near or there
	able = [member for member in near if skill and skill in member.skills]
	able = able or [member for member in there if skill and skill in member.skills and not member.buildings]
	return able or near


def choose(
	members: Sequence[Member],
	method: str,
	building: str | None = None,
	skill: str | None = None,
	loads: Mapping[str, int] | None = None,
	last: str | None = None,
) -> str | None:
	"""The user who takes the case, or None when it is assigned by hand or nobody is there.

	`loads` are open cases by user, `last` is whoever had the turn before.
	"""
	if method == BY_HAND:
		return None
	fit = suited(members, building, skill)
	if not fit:
		return None
	users = [member.user for member in fit]
	if method == BY_LOAD:
		return min(users, key=lambda user: ((loads or {}).get(user, 0), users.index(user)))
	everyone = [member.user for member in members]
	turn = everyone.index(last) + 1 if last in everyone else 0
	order = everyone[turn:] + everyone[:turn]
	return min(users, key=order.index)
