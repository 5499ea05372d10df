"""Words of a text for a search index that knows no Chinese (D9).

The database's full-text index cuts at spaces, which Chinese does not have. So a text is indexed as the pairs of neighbouring characters of its
Chinese parts and the words of the rest, each written so that the index takes it as a word; a search looks for the pairs of what was typed, one
behind the other.
"""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[0-9a-z]+|[\u3400-\u9fff\uf900-\ufaff]+")
#: the index leaves out words that are shorter than this
SHORTEST = 3


def tokens(text: str) -> list[str]:
	"""Words and pairs of characters in their order; a Chinese character alone stands for itself."""
	found: list[str] = []
	for run in WORD.findall(unicodedata.normalize("NFKC", text).lower()):
		if run[0].isascii():
			found.append(run if len(run) >= SHORTEST else f"{run}xx")
		elif len(run) == 1:
			found.append(_code(run))
		else:
			found.extend(_code(run[at : at + 2]) for at in range(len(run) - 1))
	return found


def query(text: str) -> str:
	"""The search of the database for what somebody typed: each part, cut at spaces, has to be there as a phrase; "" for nothing to look for.

	A single Chinese character matches pairs that begin with it.
	"""
	parts = []
	for part in text.split():
		words = tokens(part)
		if len(words) == 1 and words[0].startswith("u") and len(words[0]) == len("u4e00"):
			parts.append(f"+{words[0]}*")
		elif len(words) == 1:
			parts.append(f"+{words[0]}")
		elif words:
			parts.append('+"' + " ".join(words) + '"')
	return " ".join(parts)


def _code(characters: str) -> str:
	return "u" + "".join(f"{ord(character):04x}" for character in characters)


def excerpt(text: str, search: str, around: int = 60) -> str:
	"""The surroundings of the first place where a part of `search` stands in `text`, or its beginning."""
	flat = " ".join(text.split())
	low = flat.lower()
	places = [low.find(part.lower()) for part in search.split()]
	at = min((place for place in places if place >= 0), default=0)
	start = max(0, at - around // 2)
	end = start + around * 2
	return ("…" if start else "") + flat[start:end] + ("…" if end < len(flat) else "")
