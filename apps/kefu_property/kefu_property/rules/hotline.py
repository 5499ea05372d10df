"""Rules of telephone calls without a database: what the reports of a telephone system add up to, and figures of many calls (D7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

RINGING, TALKING, ANSWERED, MISSED = "Ringing", "In Call", "Answered", "Unanswered"
AGAIN_WITHIN = timedelta(hours=72)


def merge(kept: dict, report: dict) -> dict:
	"""Times of a call after one more report about it: `started_on`, `answered_on`, `ended_on`.

	Reports may come twice and in any order, and the result is the same: the earliest beginning, the latest end.
	"""
	merged = {}
	for key, choose in (("started_on", min), ("answered_on", min), ("ended_on", max)):
		values = [moment for moment in (kept.get(key), report.get(key)) if moment]
		merged[key] = choose(values) if values else None
	return merged


def state_of(answered_on: datetime | None, ended_on: datetime | None) -> str:
	"""State of a call: taken or not, over or not."""
	if answered_on:
		return ANSWERED if ended_on else TALKING
	return MISSED if ended_on else RINGING


def seconds_between(start: datetime | None, end: datetime | None) -> int:
	"""Whole seconds, never below 0; 0 while one of the moments is unknown."""
	return max(0, int((end - start).total_seconds())) if start and end else 0


def solved_at_first_contact(calls: Iterable[dict]) -> set[str]:
	"""Names of the answered calls marked as solved whose caller did not ring again within 72 hours.

	`calls` have `name`, `phone`, `started_on`, `status`, `solved_in_call`.
	"""
	by_phone: dict[str, list[dict]] = {}
	for call in sorted(calls, key=lambda call: call["started_on"]):
		by_phone.setdefault(call["phone"] or call["name"], []).append(call)
	solved = set()
	for rows in by_phone.values():
		for call, later in zip(rows, [*rows[1:], None], strict=True):
			again = later is not None and later["started_on"] - call["started_on"] <= AGAIN_WITHIN
			if call["status"] == ANSWERED and call["solved_in_call"] and not again:
				solved.add(call["name"])
	return solved


def figures(calls: list[dict], solved: set[str]) -> dict:
	"""Sums of calls that are over: `calls`, `answered`, `missed`, `answered_share`, `wait`, `talk` (average seconds), `first_share`.

	Shares are in percent with one decimal.
	"""
	over = [call for call in calls if call["status"] in (ANSWERED, MISSED)]
	answered = [call for call in over if call["status"] == ANSWERED]
	first = sum(1 for call in answered if call["name"] in solved)
	return {
		"calls": len(over),
		"answered": len(answered),
		"missed": len(over) - len(answered),
		"answered_share": share(len(answered), len(over)),
		"wait": round(sum(call["wait_seconds"] or 0 for call in answered) / len(answered)) if answered else 0,
		"talk": round(sum(call["talk_seconds"] or 0 for call in answered) / len(answered)) if answered else 0,
		"first_share": share(first, len(answered)),
	}


def share(part: int, whole: int) -> float:
	"""Percent with one decimal; 0 of nothing."""
	return round(part * 100 / whole, 1) if whole else 0.0
