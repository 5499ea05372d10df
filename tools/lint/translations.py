"""The Chinese file: complete, current, sorted, and its placeholders equal to the source's."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tools.lint import scan
from tools.lint.core import APP, Problem, Repo, check
from tools.lint.texts import Text, visible_texts

FRAMEWORK = Path("apps/frappe/frappe")
FRAMEWORK_HINT = "the framework is not there to compare with; run `make engine` first"
# Texts of the framework's own screens live in files of these kinds.
FRAMEWORK_KINDS = {".py", ".js", ".json", ".html", ".vue", ".ts"}

Row = tuple[int, list[str]]


def chinese_file(repo: Repo) -> str:
	return f"{repo.app}/translations/zh.csv"


def read_rows(text: str) -> list[Row]:
	"""(first line, columns) of each row: source, Chinese and, where a word has two meanings, its context."""
	lines = io.StringIO(text, newline="")
	reader = csv.reader(lines)
	rows, before = [], 0
	for columns in reader:
		if columns:
			rows.append((before + 1, columns))
		before = reader.line_num
	return rows


def write_rows(rows: list[list[str]]) -> str:
	out = io.StringIO()
	csv.writer(out, lineterminator="\n").writerows(rows)
	return out.getvalue()


def sort_key(columns: list[str]) -> tuple[str, str, list[str]]:
	return columns[0].casefold(), columns[0], columns[1:]


def framework_sources(repo: Repo) -> set[str] | None:
	"""Texts that the framework's own file translates; None when the framework is not restored."""
	path = repo.root / FRAMEWORK / "translations" / "zh.csv"
	if not path.is_file():
		return None
	rows = read_rows(path.read_text(encoding="utf-8"))
	return {columns[0].strip() for _, columns in rows if len(columns) > 1 and columns[1].strip()}


def own_rows(repo: Repo) -> list[Row]:
	path = repo.root / chinese_file(repo)
	return read_rows(path.read_text(encoding="utf-8")) if path.is_file() else []


def missing_texts(repo: Repo) -> list[Text]:
	"""The first place of each visible text that neither our file nor the framework's translates."""
	have = {columns[0].strip() for _, columns in own_rows(repo) if len(columns) > 1 and columns[1].strip()}
	have |= framework_sources(repo) or set()
	missing: dict[str, Text] = {}
	for text in visible_texts(repo):
		if text.source.strip() not in have and not scan.has_cjk(text.source):
			missing.setdefault(text.source.strip(), text)
	return list(missing.values())


def marks(text: str) -> Counter:
	"""What a translation must keep: {0}, {name}, %s, %(name)s, {{ … }} and HTML tags."""
	found = re.findall(r"\{\{.*?\}\}|\{\w*\}|%\(\w+\)s|%[sd]|</?[a-zA-Z][\w-]*", text, re.S)
	return Counter(re.sub(r"\s+", " ", mark) for mark in found)


def row_problems(columns: list[str]) -> Iterator[str]:
	if len(columns) not in (2, 3):
		yield f"has {len(columns)} columns, not `source,chinese[,context]`; quote a text that holds a comma"
		return
	source, chinese = columns[:2]
	if not source.strip() or not chinese.strip():
		yield "source or Chinese is empty"
		return
	if scan.has_cjk(source):
		yield f"source text is Chinese: {source[:60]!r}"
	if source != source.strip() or chinese != chinese.strip():
		yield f"text begins or ends with a space: {source[:60]!r}"
	lost, added = marks(source) - marks(chinese), marks(chinese) - marks(source)
	if lost or added:
		detail = [f"lacks {' '.join(lost.elements())}"] * bool(lost) + [f"adds {' '.join(added.elements())}"] * bool(
			added
		)
		yield f"placeholders differ, the Chinese {' and '.join(detail)}: {source[:60]!r}"
	if not scan.has_cjk(chinese) and len(scan.WORD.findall(marks_removed(source))) > 1:
		yield f"the Chinese is not Chinese: {source[:60]!r} → {chinese[:60]!r}"


def marks_removed(text: str) -> str:
	return re.sub(r"<[^>]*>|\{[^{}]*\}", " ", text)


@check("translations", "Chinese: complete, current, sorted, placeholders kept")
def translations(repo: Repo) -> Iterator[Problem]:
	name = chinese_file(repo)
	rows = own_rows(repo)
	if framework_sources(repo) is None:
		print(
			f"  note: {FRAMEWORK_HINT}; texts that it translates are listed as missing, stale lines are not looked for"
		)

	for text in missing_texts(repo):
		yield Problem(text.path, text.line, f"no Chinese for {text.source!r}")

	meanings: dict[tuple[str, ...], tuple[int, str]] = {}
	for line, columns in rows:
		for message in row_problems(columns):
			yield Problem(name, line, message)
		if len(columns) < 2:
			continue
		key = (columns[0], *columns[2:3])
		if key in meanings:
			first, chinese = meanings[key]
			kind = "repeats line" if chinese == columns[1] else "contradicts line"
			yield Problem(name, line, f"{kind} {first}: {columns[0]!r}; run `python -m tools.lint translations --sort`")
		meanings.setdefault(key, (line, columns[1]))

	ordered = sorted(rows, key=lambda row: sort_key(row[1]))
	for (line, columns), (_, wanted) in zip(rows, ordered, strict=True):
		if columns != wanted:
			yield Problem(
				name, line, f"not sorted from here: {columns[0]!r}; run `python -m tools.lint translations --sort`"
			)
			break
	yield from stale_rows(repo, rows)


def stale_rows(repo: Repo, rows: list[Row]) -> Iterator[Problem]:
	"""Lines whose source stands neither among our visible texts nor anywhere in our files or the framework's."""
	visible = {text.source for text in visible_texts(repo)}
	open_rows = [(line, columns[0]) for line, columns in rows if columns[0] not in visible]
	if not open_rows or framework_sources(repo) is None:
		return
	ours = "\n".join(repo.text(file) for file in repo.match(".py", ".js", ".mjs", ".json", ".html", ".vue", under=APP))
	theirs = "\n".join(
		path.read_text(encoding="utf-8", errors="replace")
		for path in sorted((repo.root / FRAMEWORK).rglob("*"))
		if path.suffix in FRAMEWORK_KINDS
		and path.is_file()
		and "node_modules" not in path.parts
		and "dist" not in path.parts
	)
	for line, source in open_rows:
		forms = {source, source.replace("\n", "\\n"), source.replace('"', '\\"'), source.replace("'", "\\'")}
		if not any(form in blob for blob in (ours, theirs) for form in forms):
			yield Problem(chinese_file(repo), line, f"stale, nothing shows this text any more: {source[:80]!r}")


def print_missing(repo: Repo) -> int:
	"""Prints `source,` for each text without Chinese, ready to be filled in and appended to the file."""
	if framework_sources(repo) is None:
		print(f"note: {FRAMEWORK_HINT}", file=sys.stderr)
	rows = sorted(([text.source.strip(), ""] for text in missing_texts(repo)), key=sort_key)
	sys.stdout.write(write_rows(rows))
	return 1 if rows else 0


def sort_file(repo: Repo) -> int:
	"""Sorts the file and drops repeated lines; contradicting lines stay, next to each other, for a person to settle."""
	path = repo.root / chinese_file(repo)
	rows = sorted({tuple(columns): columns for _, columns in own_rows(repo)}.values(), key=sort_key)
	path.write_text(write_rows(rows), encoding="utf-8", newline="")
	print(f"{chinese_file(repo)}: {len(rows)} lines")
	return 0
