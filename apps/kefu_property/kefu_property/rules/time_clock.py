"""The file of a time clock: decoded, its columns found, its rows read or refused with a reason (D29)."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import datetime

from kefu_property.rules.personal_data import clean_text

COLUMNS = {
	"number": (
		"工号",
		"员工编号",
		"员工号",
		"考勤号",
		"考勤号码",
		"登记号码",
		"编号",
		"staff no",
		"no",
		"user id",
		"id",
	),
	"name": ("姓名", "员工姓名", "name"),
	"moment": ("打卡时间", "刷卡时间", "考勤时间", "日期时间", "签到时间", "datetime", "date/time", "check time"),
	"date": ("日期", "考勤日期", "打卡日期", "date"),
	"time": ("时间", "time"),
	"kind": ("类型", "状态", "考勤状态", "签到签退", "进出", "方向", "type", "state", "in/out"),
}
IN_WORDS = {"上班", "上班签到", "签到", "进", "in", "c/in", "i", "0", "上班打卡"}
OUT_WORDS = {"下班", "下班签退", "签退", "出", "out", "c/out", "o", "1", "下班打卡"}
MAX_ROWS = 100_000


class NotATimeClockFile(ValueError):
	"""The file cannot be read; `args` are a code and what it is about."""


@dataclass(frozen=True)
class Row:
	number: int  # of the row in the file, the heading being 1
	staff_no: str
	moment: datetime
	kind: str | None


@dataclass(frozen=True)
class Refusal:
	number: int
	content: str
	code: str  # no_number, bad_time, bad_kind


def text_of(content: bytes) -> str:
	"""The text of a file in UTF-8 (with or without mark), UTF-16 or GBK. Raises NotATimeClockFile."""
	encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
	for encoding in encodings:
		try:
			text = content.decode(encoding)
		except UnicodeDecodeError:
			continue
		if "\x00" not in text:
			return text
	raise NotATimeClockFile("encoding", "")


def read(content: bytes) -> tuple[list[Row], list[Refusal]]:
	"""Rows and refusals of a file, in its order; empty rows are passed over.

	Raises NotATimeClockFile with `encoding`, `empty`, `columns` (the missing one) or `too_long`.
	"""
	text = text_of(content)
	lines = text.splitlines()
	if not any(line.strip() for line in lines):
		raise NotATimeClockFile("empty", "")
	head = next(line for line in lines if line.strip())
	delimiter = max(",\t;", key=head.count)
	try:
		table = list(csv.reader(lines, delimiter=delimiter))
	except csv.Error:
		raise NotATimeClockFile("encoding", "") from None
	if len(table) > MAX_ROWS:
		raise NotATimeClockFile("too_long", str(MAX_ROWS))
	start = next((number for number, cells in enumerate(table) if any(cell.strip() for cell in cells)), None)
	if start is None:
		raise NotATimeClockFile("empty", "")
	columns = find_columns(table[start])
	rows, refusals = [], []
	for number, cells in enumerate(table[start + 1 :], start + 2):
		if not any(cell.strip() for cell in cells):
			continue
		found = read_row(number, cells, columns)
		(rows if isinstance(found, Row) else refusals).append(found)
	return rows, refusals


def find_columns(heading: list[str]) -> dict[str, int]:
	"""Which column holds what; the date may stand with the time or apart from it."""
	names = [clean_text(cell).casefold() for cell in heading]
	columns = {
		key: next((names.index(word) for word in words if word in names), None) for key, words in COLUMNS.items()
	}
	if columns["moment"] is None and columns["date"] is None and columns["time"] is not None:
		columns["moment"], columns["time"] = columns["time"], None
	if columns["number"] is None:
		raise NotATimeClockFile("columns", "工号")
	if columns["moment"] is None and (columns["date"] is None or columns["time"] is None):
		raise NotATimeClockFile("columns", "打卡时间")
	return {key: place for key, place in columns.items() if place is not None}


def read_row(number: int, cells: list[str], columns: dict[str, int]) -> Row | Refusal:
	def cell(key: str) -> str:
		place = columns.get(key)
		return clean_text(cells[place]) if place is not None and place < len(cells) else ""

	content = ", ".join(cell_text for cell_text in map(clean_text, cells) if cell_text)[:140]
	staff_no = cell("number").lstrip("'")
	if not staff_no:
		return Refusal(number, content, "no_number")
	moment = moment_of(cell("moment") or f"{cell('date')} {cell('time')}")
	if not moment:
		return Refusal(number, content, "bad_time")
	word = cell("kind").casefold()
	kind = "Clock In" if word in IN_WORDS else "Clock Out" if word in OUT_WORDS else None
	if word and not kind:
		return Refusal(number, content, "bad_kind")
	return Row(number, staff_no, moment, kind)


def moment_of(text: str) -> datetime | None:
	"""A point in time as time clocks write it, or None: `2026-11-02 08:30`, `2026/11/2 8:30:05`, `2026年11月2日 08:30`."""
	match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*(\d{1,2}):(\d{2})(?::(\d{2}))?", text.strip())
	if not match:
		match = re.fullmatch(r"(\d{4})(\d{2})(\d{2})\s*(\d{2}):?(\d{2})(?::?(\d{2}))?", text.strip())
	try:
		return datetime(*(int(part or 0) for part in match.groups())) if match else None
	except ValueError:
		return None
