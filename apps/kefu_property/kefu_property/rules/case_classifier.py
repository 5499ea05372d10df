"""Which category a description belongs to: counts of shared word pieces, nothing learned, everything explainable (D3)."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

KEYWORD_WEIGHT = 3.0
WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")


def tokens(text: str | None) -> list[str]:
	"""Pieces of a text: Latin words and numbers, and pairs of neighbouring Chinese characters."""
	found: list[str] = []
	for run in WORD.findall(unicodedata.normalize("NFKC", text or "").casefold()):
		if run[0].isascii():
			found.append(run)
		else:
			found += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
	return found


def keyword_hits(text: str, keywords: Iterable[str]) -> int:
	"""How many of the keywords occur in the text; case and width of letters do not count."""
	plain = unicodedata.normalize("NFKC", text or "").casefold()
	wanted = {unicodedata.normalize("NFKC", word).casefold().strip() for word in keywords}
	return sum(1 for word in wanted if word and word in plain)


def suggest(
	text: str,
	categories: Sequence[tuple[str, Sequence[str]]],
	history: Iterable[tuple[str, str]] = (),
	limit: int = 3,
) -> list[tuple[str, float]]:
	"""Categories that fit `text`, best first, with their scores; none when nothing speaks for any.

	`categories` are pairs (name, keywords), `history` pairs (text, name) of earlier cases. A keyword counts three points; a
	piece of text counts by how much it is typical of a category among the earlier cases.
	"""
	known = [name for name, _keywords in categories]
	scores: dict[str, float] = dict.fromkeys(known, 0.0)
	for name, keywords in categories:
		scores[name] += KEYWORD_WEIGHT * keyword_hits(text, keywords)
	pieces, seen = set(tokens(text)), defaultdict(Counter)
	for earlier, name in history:
		if name in scores:
			for piece in pieces.intersection(tokens(earlier)):
				seen[piece][name] += 1
	for by_category in seen.values():
		total = sum(by_category.values())
		rarity = math.log(1 + len(known) / len(by_category))
		for name, count in by_category.items():
			scores[name] += rarity * count / total
	ranked = sorted(((name, score) for name, score in scores.items() if score > 0), key=lambda row: (-row[1], row[0]))
	return [(name, round(score, 2)) for name, score in ranked[:limit]]
