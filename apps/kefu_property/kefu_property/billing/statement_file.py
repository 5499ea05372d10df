"""Bank statements as banks export them: Excel or CSV, UTF-8 or GBK, headings of many banks. Knows nothing of the framework."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 60 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, HEADER_WITHIN = 20_000, 60, 20
HEADINGS = {
	"date": ("交易日期", "记账日期", "入账日期", "交易时间", "入账时间", "日期", "date", "transaction date"),
	"credit": ("贷方发生额", "贷方金额", "收入金额", "存入金额", "转入金额", "收入", "贷方", "credit"),
	"debit": ("借方发生额", "借方金额", "支出金额", "转出金额", "支出", "借方", "debit"),
	"amount": ("交易金额", "发生额", "金额", "amount"),
	"direction": ("借贷标志", "借贷方向", "收支方向", "收付标志", "direction"),
	"payer": ("对方户名", "对方名称", "对方账户名称", "付款人名称", "付款人", "对方单位名称", "payer"),
	"account": ("对方账号", "对方账户", "付款人账号", "payer account"),
	"serial": ("交易流水号", "流水号", "交易序号", "凭证号", "serial", "serial no"),
	"memo": ("摘要", "附言", "交易附言", "备注", "用途", "memo", "remark"),
}
INCOMING, OUTGOING = ("贷", "收", "credit", "c", "in"), ("借", "支", "付", "debit", "d", "out")
AMOUNT = re.compile(r"[+-]?[0-9]{1,13}(\.[0-9]{1,2})?")
DAY = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})")


class Unreadable(ValueError):
	"""A file that is no statement; `args[0]` is one of TOO_LARGE, NO_TABLE, NO_HEADINGS, TOO_LONG."""


TOO_LARGE, NO_TABLE, NO_HEADINGS, TOO_LONG = "too large", "no table", "no headings", "too long"


class Line(NamedTuple):
	"""Money that came in: `row` of the file, `amount` in yuan."""

	row: int
	date: datetime.date
	amount: Decimal
	payer: str
	account: str
	serial: str
	memo: str


class Statement(NamedTuple):
	lines: list[Line]
	outgoing: int
	bad: list[tuple[int, str]]
	"""Rows that were not understood, with the text of date or amount that was wrong."""


def read(content: bytes) -> Statement:
	"""Read a whole statement. Raises Unreadable; a row that is wrong is reported, never guessed."""
	if len(content) > LARGEST_FILE:
		raise Unreadable(TOO_LARGE)
	rows = _workbook(content) if content[:2] == b"PK" else _text(content)
	columns: dict[str, list[int]] = {}
	lines, bad, outgoing = [], [], 0
	for number, cells in enumerate(rows, 1):
		if number > MOST_ROWS:
			raise Unreadable(TOO_LONG)
		if not columns:
			if number > HEADER_WITHIN:
				break
			columns = _columns(cells)
			continue
		found = _line(number, cells, columns)
		if isinstance(found, Line):
			lines.append(found)
		elif isinstance(found, str):
			bad.append((number, found[:60]))
		elif found:
			outgoing += 1
	if not columns:
		raise Unreadable(NO_HEADINGS)
	return Statement(lines, outgoing, bad)


def keys(lines: Sequence[Line], account: str) -> list[str]:
	"""One key for each line, the same in every file that holds it. Equal lines of one file are told apart by their order."""
	seen: Counter = Counter()
	result = []
	for line in lines:
		facts = (account, line.date, line.amount, line.serial or (line.payer, line.account, line.memo))
		seen[facts] += 1
		result.append(hashlib.sha256(repr((*facts, seen[facts])).encode()).hexdigest())
	return result


def _workbook(content: bytes) -> Iterator[list]:
	from openpyxl import load_workbook

	try:
		with zipfile.ZipFile(io.BytesIO(content)) as package:
			if sum(part.file_size for part in package.infolist()) > LARGEST_UNPACKED:
				raise Unreadable(TOO_LARGE)
		sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
		for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
			yield ["" if cell is None else cell for cell in row]
	except Unreadable:
		raise
	except Exception as error:  # whatever a broken package makes the reader raise
		raise Unreadable(NO_TABLE) from error


def _text(content: bytes) -> Iterator[list]:
	for encoding in ("utf-8-sig", "gb18030"):
		try:
			text = content.decode(encoding)
			break
		except UnicodeDecodeError:
			continue
	else:
		raise Unreadable(NO_TABLE)
	if "\0" in text:
		raise Unreadable(NO_TABLE)
	head = text[:4000]
	delimiter = max(",\t;", key=head.count)
	try:
		for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
			yield [cell.strip().strip("'\t") for cell in row[:MOST_COLUMNS]]
	except csv.Error as error:
		raise Unreadable(NO_TABLE) from error


def _columns(cells: Sequence) -> dict[str, list[int]]:
	"""Columns by meaning when this row is the heading, else an empty dict."""
	found: dict[str, list[int]] = {}
	for index, cell in enumerate(cells):
		text = (
			re.sub(r"[\s*]|[(（\[].*?[)）\]]", "", str(cell)) if not str(cell).isascii() else str(cell).strip().lower()
		)
		for meaning, names in HEADINGS.items():
			if text in names:
				found.setdefault(meaning, []).append(index)
	return found if "date" in found and ("credit" in found or "amount" in found) else {}


def _line(number: int, cells: Sequence, columns: dict[str, list[int]]) -> Line | str | bool | None:
	"""A Line, the text that is wrong, True for money that goes out, None for rows that are no bookings."""

	def value(meaning: str):
		for index in columns.get(meaning, ()):
			if index < len(cells) and str(cells[index]).strip():
				return cells[index]
		return ""

	def text(meaning: str) -> str:
		parts = [str(cells[index]).strip() for index in columns.get(meaning, ()) if index < len(cells)]
		return re.sub(r"\s+", " ", " ".join(dict.fromkeys(part for part in parts if part)))[:140]

	raw_date, raw = value("date"), value("credit") if "credit" in columns else value("amount")
	if "credit" in columns and _is_nothing(raw):
		return True if not _is_nothing(value("debit")) and raw_date else None
	if _is_nothing(raw) or not str(raw_date).strip():
		return None
	amount, day = parse_amount(raw), parse_day(raw_date)
	if amount is None:
		return str(raw)
	if day is None:
		return str(raw_date)
	direction = text("direction").lower()
	if amount < 0 or direction.startswith(OUTGOING):
		return True
	if direction and not direction.startswith(INCOMING):
		return direction
	return Line(number, day, amount, text("payer"), text("account"), text("serial"), text("memo"))


def _is_nothing(raw) -> bool:
	return str(raw).strip().replace(",", "") in ("", "-", "--", "0", "0.0", "0.00")


def parse_amount(raw) -> Decimal | None:
	"""Yuan with at most two decimals, None for anything else (exponents, full-width digits, text)."""
	if isinstance(raw, float):
		raw = repr(raw)
	text = re.sub(r"^[¥￥]|(?<=[0-9]),(?=[0-9]{3})", "", str(raw).strip())
	return Decimal(text).quantize(Decimal("0.01")) if AMOUNT.fullmatch(text) else None


def parse_day(raw) -> datetime.date | None:
	if isinstance(raw, datetime.datetime):
		return raw.date()
	if isinstance(raw, datetime.date):
		return raw
	match = DAY.match(str(raw).strip()) if str(raw).isascii() or "年" in str(raw) else None
	try:
		return datetime.date(*map(int, match.groups())) if match else None
	except ValueError:
		return None


def plain(text: str) -> str:
	"""Half-width, without spaces, capitals lowered: for comparison."""
	return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or "")).lower()
