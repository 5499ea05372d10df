"""Tests of the training: answers are compared, a score is made, questions are drawn (D28)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

LETTERS = "ABCD"


def normalise(answer: str | None) -> str:
	"""Letters of an answer in order, each once: `"c, a"` is `"AC"`. Other characters do not count."""
	return "".join(letter for letter in LETTERS if letter in (answer or "").upper())


def check_question(kind: str, options: Sequence[str | None], answer: str) -> str | None:
	"""What is wrong with a question: `options`, `answer`, `one`, `many`; None when it is in order."""
	filled = [letter for letter, text in zip(LETTERS, options, strict=True) if (text or "").strip()]
	if kind == "True or False":
		return None if answer in ("A", "B") else "answer"
	if len(filled) < 2 or filled != list(LETTERS[: len(filled)]):
		return "options"
	if not answer or not set(answer) <= set(filled):
		return "answer"
	if kind == "Single Choice" and len(answer) != 1:
		return "one"
	if kind == "Multiple Choice" and len(answer) < 2:
		return "many"
	return None


def draw(names: Sequence[str], number: int, seed: str) -> list[str]:
	"""`number` questions (all when there are fewer) in an order that follows from `seed`."""
	return random.Random(seed).sample(sorted(names), min(number, len(names)))


def score(right: Sequence[str], given: Sequence[str | None]) -> Decimal:
	"""Points of 100 with one decimal: every question counts the same, and is right only when all its letters are."""
	if not right:
		return Decimal(0)
	good = sum(1 for answer, reply in zip(right, given, strict=True) if normalise(answer) == normalise(reply))
	return (Decimal(100) * good / len(right)).quantize(Decimal("0.1"), ROUND_HALF_UP)
