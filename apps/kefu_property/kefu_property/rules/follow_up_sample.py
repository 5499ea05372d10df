"""Which closed cases are called back (回访): all of some kinds, a share of others, nobody too often (D10, D23)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class ClosedCase:
	"""A case that is due for a call: `person` is the resident, or what else identifies the caller."""

	name: str
	kind: str
	person: str
	closed_on: date
	must: bool = False


def share_of(name: str) -> float:
	"""A number in [0, 1) that depends on the name only: the same case is drawn or not whenever the list is made."""
	digest = hashlib.sha256(name.encode()).digest()
	return int.from_bytes(digest[:8], "big") / 2**64


def select(
	cases: Iterable[ClosedCase],
	shares: Mapping[str, float],
	last_contact: Mapping[str, date],
	today: date,
	quiet_days: int,
) -> list[ClosedCase]:
	"""Cases to call back, oldest first. `shares` are parts of 1 by kind, `last_contact` the last call to a person.

	A case that must be followed up always comes first and is never left out by the share; the quiet time binds it, too,
	unless its closing itself waits for the call (`must`).
	"""
	chosen: list[ClosedCase] = []
	called = dict(last_contact)
	for case in sorted(cases, key=lambda case: (not case.must, case.closed_on, case.name)):
		if not case.must and share_of(case.name) >= shares.get(case.kind, 0.0):
			continue
		before = called.get(case.person)
		if not case.must and case.person and before and today - before < timedelta(days=quiet_days):
			continue
		chosen.append(case)
		if case.person:
			called[case.person] = today
	return sorted(chosen, key=lambda case: (case.closed_on, case.name))
