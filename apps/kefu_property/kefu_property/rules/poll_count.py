"""Owners' votes by heads and by area (L27, Civil Code 278).

A head is an owner: who owns several homes counts once (judicial interpretation of 2009, article 9). When the homes of
one owner vote differently, the head counts where the larger area is; with equal areas, with the first choice of CHOICES.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

FOR, AGAINST, ABSTAIN = "For", "Against", "Abstain"
CHOICES = (FOR, AGAINST, ABSTAIN)
PASSED, NOT_PASSED, TOO_FEW = "Passed", "Not Passed", "Too Few Votes"


class InvalidShare(ValueError):
	"""A share is not written like 2/3, or lies outside 0 to 1."""


@dataclass(frozen=True)
class Ballot:
	"""One home: the key of its owner (heads), its area, its choice or None."""

	owner: str
	area: Decimal
	choice: str | None


@dataclass(frozen=True)
class Tally:
	heads: int = 0
	area: Decimal = Decimal(0)


@dataclass(frozen=True)
class Rule:
	"""`participation` of all heads and area at least; `approval` of those who voted, more than it when `strict`."""

	participation: Fraction
	approval: Fraction
	strict: bool


def share(text: str) -> Fraction:
	"""'2/3' as a number above 0 and at most 1. Raises InvalidShare."""
	try:
		value = Fraction(text.strip())
	except (ValueError, ZeroDivisionError, AttributeError) as error:
		raise InvalidShare(text) from error
	if not 0 < value <= 1:
		raise InvalidShare(text)
	return value


def count(ballots: Iterable[Ballot]) -> dict[str, Tally]:
	"""Tallies `total`, `voted` and one for each choice."""
	areas: dict[str, dict[str | None, Decimal]] = {}
	for ballot in ballots:
		by_choice = areas.setdefault(ballot.owner, {})
		by_choice[ballot.choice] = by_choice.get(ballot.choice, Decimal(0)) + ballot.area
	heads = dict.fromkeys(CHOICES, 0)
	area = dict.fromkeys(CHOICES, Decimal(0))
	for by_choice in areas.values():
		voted = [choice for choice in CHOICES if choice in by_choice]
		for choice in voted:
			area[choice] += by_choice[choice]
		if voted:
			heads[max(voted, key=lambda choice: (by_choice[choice], -CHOICES.index(choice)))] += 1
	total = sum((sum(by_choice.values()) for by_choice in areas.values()), Decimal(0))
	return {
		"total": Tally(len(areas), total),
		"voted": Tally(sum(heads.values()), sum(area.values(), Decimal(0))),
		**{choice: Tally(heads[choice], area[choice]) for choice in CHOICES},
	}


def outcome(tallies: dict[str, Tally], rule: Rule) -> str:
	total, voted, approving = tallies["total"], tallies["voted"], tallies[FOR]
	if not total.heads or not _enough(voted, total, rule.participation, strict=False) or not voted.heads:
		return TOO_FEW
	return PASSED if _enough(approving, voted, rule.approval, strict=rule.strict) else NOT_PASSED


def _enough(part: Tally, whole: Tally, wanted: Fraction, strict: bool) -> bool:
	"""Both counts reach the share: compared as whole numbers, never as rounded percent."""
	for have, of in ((Fraction(part.heads), whole.heads), (Fraction(part.area), Fraction(whole.area))):
		if have < wanted * of or (strict and have == wanted * of):
			return False
	return True
