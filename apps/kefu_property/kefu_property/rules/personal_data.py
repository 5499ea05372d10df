"""Phone numbers, identity numbers and names as people type them: cleaned, checked, masked (D1, L22)."""

from __future__ import annotations

import re
import unicodedata

MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"0[1-9][0-9]{1,2}-[2-9][0-9]{6,7}(-[0-9]{1,5})?")
SERVICE = re.compile(r"[48]00[0-9]{7}")
FOREIGN = re.compile(r"\+[1-9][0-9]{6,14}")

# what people write for "none"
EMPTY_WORDS = frozenset({"-", "--", "/", "无", "無", "暂无", "没有", "不详", "none", "n/a", "na", "null"})


def clean_text(value: object) -> str:
	"""Text as it was meant: full-width characters made half-width, spaces of all kinds trimmed and collapsed."""
	if value is None:
		return ""
	text = str(value)
	if text.isascii() and text.isprintable():
		return " ".join(text.split())  # most cells of a roster
	visible = (
		" " if char.isspace() else char
		for char in unicodedata.normalize("NFKC", text)
		if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co")
	)
	return re.sub(r" +", " ", "".join(visible)).strip()


def is_empty_word(value: str) -> bool:
	return value.casefold() in EMPTY_WORDS


def normalise_phone(value: object) -> str:
	"""One spelling per number: `13800001234`, `0571-88001234`, `4008001234`, `+447700900123`.

	Returns cleaned text unchanged in form when it is no phone number; check with is_phone().
	"""
	text = clean_text(value).replace("—", "-").replace("–", "-")
	compact = re.sub(r"[ ().·]", "", text)
	digits = compact.replace("-", "")
	domestic = re.sub(r"^(\+86|0086|86(?=1[3-9][0-9]{9}$))", "", digits)
	if MOBILE.fullmatch(domestic) or SERVICE.fullmatch(domestic):
		return domestic
	if digits.startswith("+86") or digits.startswith("0086"):
		compact = re.sub(r"^(\+86|0086)-?", "", compact)
		compact = compact if compact.startswith("0") else "0" + compact
	if LANDLINE.fullmatch(compact):
		return compact
	match = re.fullmatch(r"(010|02[0-9]|0[3-9][0-9]{2})-?([2-9][0-9]{6,7})-?([0-9]{1,5})?", compact)
	if match and (match[3] is None or compact.count("-") > 0):
		return "-".join(part for part in match.groups() if part)
	if digits.startswith("00"):
		digits = "+" + digits[2:]
	return digits if FOREIGN.fullmatch(digits) else compact


def is_phone(value: str) -> bool:
	"""True for a normalised Chinese mobile, landline with area code or 400/800 number, or a foreign number with +."""
	if value.startswith("+86"):
		return False
	return any(pattern.fullmatch(value) for pattern in (MOBILE, LANDLINE, SERVICE, FOREIGN))


def normalise_id(value: object) -> str:
	return re.sub(r"[ .·]", "", clean_text(value)).upper()


def mask_phone(value: str | None) -> str:
	"""`138****1234`; a landline keeps area code and last four digits; everything shorter than eight keeps two."""
	if not value:
		return ""
	if MOBILE.fullmatch(value):
		return f"{value[:3]}****{value[-4:]}"
	if len(value) >= 8:
		return f"{value[:4]}****{value[-4:]}"
	return "****" + value[-2:]


def mask_id(value: str | None) -> str:
	"""First and last characters only, at most six of them: an 18-digit number loses day of birth and sequence."""
	if not value:
		return ""
	if len(value) >= 15:
		return f"{value[:3]}{'*' * (len(value) - 6)}{value[-3:]}"
	if len(value) >= 6:
		return f"{value[:2]}{'*' * (len(value) - 4)}{value[-2:]}"
	return "*" * len(value)


def last4(value: str | None) -> str:
	"""Last four digits of a phone number, for a search by them."""
	without_extension = re.sub(r"(?<=[0-9]{7})-[0-9]{1,5}$", "", value or "")
	digits = re.sub(r"[^0-9]", "", without_extension)
	return digits[-4:] if len(digits) >= 4 else ""


def name_key(value: object) -> str:
	"""Key under which the same name written differently is found: case, spaces and dots do not count."""
	return re.sub(r"[\s.·・•'’-]", "", clean_text(value)).casefold()
