"""Who sent a bank transfer: by unit code, name, phone and amount. Knows nothing of the framework."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from kefu_property.billing.statement_file import plain

UNIT, PHONE, NAME, NAME_IN_MEMO, TOTAL, ONE_BILL, TAIL = 4, 3, 3, 2, 2, 1, 1
ENOUGH = 3
LONGEST_NAME = 30


class Payer(NamedTuple):
	resident: str
	name: str
	phone_last4: str
	unit_code: str


class Match(NamedTuple):
	"""`resident` is None when nobody or several are equally likely; `reasons` are names of the constants above, in lower case."""

	resident: str | None
	score: int
	reasons: tuple[str, ...]


class Directory:
	"""Payers of a project, indexed once for many lines."""

	def __init__(self, payers: Iterable[Payer], open_amounts: dict[str, Sequence[Decimal]]):
		self.by_unit, self.by_ends = defaultdict(set), defaultdict(set)
		self.by_name, self.by_tail = defaultdict(set), defaultdict(set)
		self.open = {resident: (sum(amounts, Decimal(0)), set(amounts)) for resident, amounts in open_amounts.items()}
		for payer in payers:
			parts = _parts(payer.unit_code)
			if parts:
				self.by_unit[parts].add(payer.resident)
				if len(parts) > 2:
					self.by_ends[parts[0], parts[-1]].add(payer.resident)
			if len(plain(payer.name)) > 1:
				self.by_name[plain(payer.name)].add(payer.resident)
			if payer.phone_last4:
				self.by_tail[payer.phone_last4].add(payer.resident)
		self.longest = min(max(map(len, self.by_name), default=0), LONGEST_NAME)

	def match(self, sender: str, memo: str, amount: Decimal) -> Match:
		"""The one payer who fits best, with what speaks for it."""
		found: dict[str, dict[str, int]] = defaultdict(dict)

		def point(residents: Iterable[str], reason: str, score: int) -> None:
			for resident in residents:
				found[resident][reason] = score

		text, sender = plain(memo), plain(sender)
		for parts in unit_codes(text):
			exact = self.by_unit.get(parts, ())
			near = self.by_ends.get(parts, ()) if len(parts) == 2 else ()
			point(exact or (near if len(near) == 1 else ()), "unit", UNIT)
		for phone in re.findall(r"(?<!\d)1\d{10}(?!\d)", text):
			point(self.by_tail.get(phone[-4:], ()), "phone", PHONE)
		for tail in re.findall(r"(?<![\d-])\d{4}(?![\d-])", text):
			point(self.by_tail.get(tail, ()), "tail", TAIL)
		point(self.by_name.get(sender, ()), "name", NAME)
		for start in range(len(text)):
			for end in range(start + 2, min(start + self.longest, len(text)) + 1):
				for resident in self.by_name.get(text[start:end], ()):
					found[resident].setdefault("name", NAME_IN_MEMO)
		for resident, reasons in found.items():
			total, single = self.open.get(resident, (None, ()))
			if amount == total:
				reasons["total"] = TOTAL
			elif amount in single:
				reasons["one_bill"] = ONE_BILL
		ranked = sorted(found, key=lambda resident: (-sum(found[resident].values()), resident))
		if not ranked:
			return Match(None, 0, ())
		best = sum(found[ranked[0]].values())
		tied = len(ranked) > 1 and sum(found[ranked[1]].values()) == best
		chosen = ranked[0] if best >= ENOUGH and not tied else None
		return Match(chosen, best, tuple(found[ranked[0]]) if chosen else ())


def unit_codes(text: str) -> list[tuple[str, ...]]:
	"""Unit codes in a memo, however written: `1-2-301`, `1栋2单元301室`, `1幢301`. `text` is plain."""
	text = re.sub(r"号楼|栋|幢|座|单元|楼|梯|#|—|–|_|/", "-", text)
	return [_parts(code) for code in re.findall(r"[0-9a-z]{1,4}(?:-+[0-9a-z]{1,6}){1,3}", text)]


def _parts(code: str) -> tuple[str, ...]:
	return tuple(part.lstrip("0") or "0" for part in re.split(r"-+", plain(code)) if part)
