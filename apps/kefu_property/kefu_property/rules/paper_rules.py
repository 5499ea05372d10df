"""Rules of papers and archives without a database: numbers, gaps, retention, what a file really is (D9)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

#: what may be attached to a paper: ending → media types that its first bytes may tell; empty for plain text
FILE_TYPES: dict[str, frozenset[str]] = {
	"pdf": frozenset({"application/pdf"}),
	"jpg": frozenset({"image/jpeg"}),
	"jpeg": frozenset({"image/jpeg"}),
	"png": frozenset({"image/png"}),
	"gif": frozenset({"image/gif"}),
	"webp": frozenset({"image/webp"}),
	"tif": frozenset({"image/tiff"}),
	"tiff": frozenset({"image/tiff"}),
	"mp4": frozenset({"video/mp4"}),
	"zip": frozenset({"application/zip"}),
	**{
		ending: frozenset(
			{"application/zip", f"application/vnd.openxmlformats-officedocument.{kind}", "application/octet-stream"}
		)
		for ending, kind in (
			("docx", "wordprocessingml.document"),
			("xlsx", "spreadsheetml.sheet"),
			("pptx", "presentationml.presentation"),
		)
	},
	**{
		ending: frozenset({"application/x-ole-storage", "application/msword", kind})
		for ending, kind in (
			("doc", "application/msword"),
			("xls", "application/vnd.ms-excel"),
			("ppt", "application/vnd.ms-powerpoint"),
			("wps", "application/msword"),
			("et", "application/vnd.ms-excel"),
		)
	},
	"txt": frozenset(),
	"csv": frozenset(),
	"md": frozenset(),
}
#: files that are a ZIP or an OLE container begin with these bytes, whatever a guess says
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIPPED, OLE_FILES = {"docx", "xlsx", "pptx", "zip"}, {"doc", "xls", "ppt", "wps", "et"}
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def number_text(form: str, project: str, year: int, number: int) -> str:
	"""A document number such as 云景〔2026〕12号 from its form with {project}, {year} and {number}.

	Raises ValueError for a form that leaves out the year or the number, or names anything else.
	"""
	try:
		text = form.format(project=project, year=year, number=number)
	except (KeyError, IndexError, AttributeError) as error:
		raise ValueError(f"unknown part in {form}") from error
	if "{year" not in form or "{number" not in form:
		raise ValueError("a number names its year and its number")
	return text


def gaps(numbers: Iterable[int], last: int) -> list[int]:
	"""Numbers from 1 to `last` that are missing, and those beyond it, in order: a sound series has none."""
	have = set(numbers)
	return sorted((set(range(1, last + 1)) - have) | {number for number in have if number > last})


def retention_end(filed: date, years: int) -> date | None:
	"""Last day on which a file has to be kept: whole calendar years after the year of its date; None for ever (0)."""
	return date(filed.year + years, 12, 31) if years else None


def ending_of(file_name: str) -> str:
	return file_name.rpartition(".")[2].lower() if "." in file_name else ""


def is_what_it_says(file_name: str, head: bytes, media_type: str | None) -> bool:
	"""True when the first bytes of a file fit the ending of its name. An unknown ending never fits."""
	ending = ending_of(file_name)
	if ending not in FILE_TYPES:
		return False
	if ending in ZIPPED:
		return head.startswith(ZIP)
	if ending in OLE_FILES:
		return head.startswith(OLE)
	if not FILE_TYPES[ending]:
		return media_type is None and b"\x00" not in head
	return media_type in FILE_TYPES[ending]


def safe_name(text: str, most: int = 80) -> str:
	"""A name for a file or folder that every system can unpack."""
	return UNSAFE.sub(" ", text).strip(" .")[:most].strip(" .") or "_"
