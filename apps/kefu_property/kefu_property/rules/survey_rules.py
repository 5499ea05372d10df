"""Rules of surveys, without a database: sampling, logic of questions, checking answers, scores (D10, L14).

A question is a mapping with `code`, `question`, `kind` (Scale, Single Choice, Multiple Choice, Matrix, Text), `choices`
and `rows` (lists of text), `required`, `scale_max`, `item`, `show_when` (code of an earlier question or "") and
`show_values` (answers that show it). Answers are a mapping of field to text or list of text; the field of a question is
its code, of a row of a matrix `code:number`, counted from 1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

SCALE, SINGLE, MULTIPLE, MATRIX, TEXT = "Scale", "Single Choice", "Multiple Choice", "Matrix", "Text"
KINDS = (SCALE, SINGLE, MULTIPLE, MATRIX, TEXT)
SCALES = (5, 10)
MOST_TEXT = 1000


class Answer(NamedTuple):
	"""One line of a response. `score` is 0 to 100 for a scale, None for everything else."""

	code: str
	row: str
	value: str
	score: float | None
	satisfied: int | None


class AnswerError(ValueError):
	"""An answer is `missing` or `unknown`; `question` is the text of its question."""

	def __init__(self, reason: str, question: str):
		super().__init__(reason)
		self.reason, self.question = reason, question


class LogicError(ValueError):
	"""A question is shown by a later question, by itself, or by an answer that does not exist."""

	def __init__(self, question: str):
		super().__init__(question)
		self.question = question


def lines(text: str | None) -> list[str]:
	"""The lines of a field with one choice per line, without empty ones and repetition."""
	return list(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))


def sample(names: Iterable[str], size: int, seed: str) -> list[str]:
	"""`size` of `names`, chosen by `seed`: the same seed gives the same ones, a larger sample contains the smaller."""
	ranked = sorted(set(names), key=lambda name: hashlib.sha256(f"{seed}\0{name}".encode()).digest())
	return sorted(ranked[: max(size, 0)])


def sample_size(total: int, percent: float) -> int:
	"""How many of `total` make `percent` (0 to 100), rounded up; at least one of a total that is not empty."""
	if total <= 0 or percent <= 0:
		return 0
	return min(total, max(1, -int(-total * percent // 100)))


def score(value: int, highest: int) -> float:
	"""Points 0 to 100 of `value` on a scale 1..`highest`."""
	return round((value - 1) / (highest - 1) * 100, 2)


def is_satisfied(value: int, highest: int) -> bool:
	"""Whether `value` counts as satisfied: the two best of five, the four best of ten."""
	return value / highest > 0.6


def rate(satisfied: int, total: int) -> float | None:
	"""Percent with two decimals, None without answers."""
	return round(satisfied / total * 100, 2) if total else None


def check_logic(questions: Sequence[Mapping]) -> None:
	"""Raise LogicError when a question depends on something else than a possible answer of an earlier one."""
	seen: dict[str, Mapping] = {}
	for question in questions:
		if question["show_when"]:
			other = seen.get(question["show_when"])
			possible = set(options(other)) if other else set()
			if not question["show_values"] or not set(question["show_values"]) <= possible:
				raise LogicError(question["question"])
		seen[question["code"]] = question


def options(question: Mapping) -> list[str]:
	"""The values that a closed question can have; empty for a text and a matrix."""
	if question["kind"] == SCALE:
		return [str(number) for number in range(1, question["scale_max"] + 1)]
	return list(question["choices"]) if question["kind"] in (SINGLE, MULTIPLE) else []


def is_shown(question: Mapping, shown: Mapping[str, list[str]]) -> bool:
	"""Whether a question is asked, given the answers of the questions shown so far."""
	return not question["show_when"] or bool(set(shown.get(question["show_when"], ())) & set(question["show_values"]))


def check_answers(questions: Sequence[Mapping], given: Mapping[str, str | list[str]]) -> list[Answer]:
	"""The lines of a response from what a form sent. What was not asked is dropped.

	Raises AnswerError for a required question without an answer and for an answer that was not offered.
	"""
	out: list[Answer] = []
	shown: dict[str, list[str]] = {}
	for question in questions:
		if not is_shown(question, shown):
			continue
		code = question["code"]
		if question["kind"] == MATRIX:
			for number, row in enumerate(question["rows"], 1):
				values = _values(question, given.get(f"{code}:{number}"), SCALES[0])
				out += [_scaled(code, row, value, SCALES[0]) for value in values]
			continue
		values = shown[code] = _values(question, given.get(code), question["scale_max"])
		if question["kind"] == SCALE:
			out += [_scaled(code, "", value, question["scale_max"]) for value in values]
		else:
			out += [Answer(code, "", value, None, None) for value in values]
	return out


def _values(question: Mapping, raw: str | list[str] | None, highest: int) -> list[str]:
	values = raw if isinstance(raw, list) else [raw]
	values = list(dict.fromkeys(str(value).strip() for value in values if value not in (None, "")))
	values = [value for value in values if value]
	if not values:
		if question["required"]:
			raise AnswerError("missing", question["question"])
		return []
	kind = question["kind"]
	if kind == TEXT:
		return ["\n".join(values)[:MOST_TEXT]]
	allowed = [str(number) for number in range(1, highest + 1)] if kind == MATRIX else options(question)
	if not set(values) <= set(allowed) or (len(values) > 1 and kind != MULTIPLE):
		raise AnswerError("unknown", question["question"])
	return values


def _scaled(code: str, row: str, value: str, highest: int) -> Answer:
	number = int(value)
	return Answer(code, row, value, score(number, highest), int(is_satisfied(number, highest)))
