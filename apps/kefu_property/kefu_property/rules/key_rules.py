"""Rules of the key cabinet, without a database (D14)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

LAST4 = re.compile(r"[0-9A-Z]{4}")
HOOK = re.compile(r"([A-Z])(\d{1,2})")
MAX_ROWS, MAX_PER_ROW = 26, 99


def hook_name(row: int, place: int) -> str:
	"""Name of a hook counted from 1: row 2, place 7 is `B07`."""
	return f"{chr(64 + row)}{place:02d}"


def hooks(rows: int, per_row: int) -> list[list[str]]:
	"""Names of all hooks of a cabinet, a list per row."""
	return [[hook_name(row, place) for place in range(1, per_row + 1)] for row in range(1, rows + 1)]


def normalise_hook(text: str | None) -> str | None:
	"""`b7` and `B 07` become `B07`; None for what is no hook's name."""
	match = HOOK.fullmatch(re.sub(r"\s", "", text or "").upper())
	return f"{match[1]}{int(match[2]):02d}" if match and int(match[2]) else None


def normalise_last4(text: str | None) -> str | None:
	"""The last four characters of an identity paper; None when it is not just four letters or digits."""
	text = (text or "").strip().upper()
	return text if LAST4.fullmatch(text) else None


def overdue_level(due: datetime, now: datetime, supervisor_after: int, director_after: int) -> int:
	"""How far a reminder has to go: 0 not due, 1 borrower and desk, 2 the supervisor, 3 the director.

	The hours count from the due time.
	"""
	if now <= due:
		return 0
	late = now - due
	if late >= timedelta(hours=max(director_after, supervisor_after)):
		return 3
	return 2 if late >= timedelta(hours=supervisor_after) else 1


def count_difference(expected: str, expected_hook: str | None, found: str, found_hook: str | None) -> str:
	"""What a count found out about one key: "", `Missing`, `Wrong Hook` or `Here although Out`."""
	if found == "Here":
		if expected != "In Cabinet":
			return "Here although Out"
		if found_hook and expected_hook and normalise_hook(found_hook) != normalise_hook(expected_hook):
			return "Wrong Hook"
		return ""
	return "Missing" if found == "Missing" and expected == "In Cabinet" else ""
