"""Who is called back, without a database (D10): a share that anybody can check, and no owner twice within some days."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

NEEDED, EVERY, SAMPLE = "Needed to Close", "Every Complaint", "Sample"


@dataclass(frozen=True)
class Finished:
	"""A finished case: `owner` is who would be called (resident or phone), `needed` when it closes only after the call."""

	name: str
	kind: str
	owner: str
	finished_on: date
	needed: bool = False


def in_share(name: str, percent: float) -> bool:
	"""True for `percent` of all names. The same name has the same answer always: a sample can be checked afterwards."""
	number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
	return number % 10_000 < round(percent * 100)


def choose(
	cases: Iterable[Finished], shares: dict[str, float], called: dict[str, date], quiet_days: int, today: date
) -> list[tuple[Finished, str]]:
	"""Cases to call about on a day, with the reason; what has to be called before it closes comes first, then the oldest.

	`shares` is percent by kind, `called` the day on which an owner was last asked. An owner is asked once within `quiet_days`
	days: a case that waits for the call is chosen on a later day.
	"""
	asked = dict(called)
	chosen = []
	for case in sorted(cases, key=lambda case: (not case.needed, case.finished_on, case.name)):
		share = shares.get(case.kind, 0)
		if not case.needed and not in_share(case.name, share):
			continue
		last = asked.get(case.owner)
		if last is not None and today - last < timedelta(days=quiet_days):
			continue
		asked[case.owner] = today
		reason = EVERY if case.kind == "Complaint" and share >= 100 else NEEDED if case.needed else SAMPLE
		chosen.append((case, reason))
	return chosen
