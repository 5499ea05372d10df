"""Identity numbers: form and check digit of the papers that owners and companies show (D1).

Sources: GB 11643-1999 (citizen number), GB 32100-2015 (unified social credit code). Nothing here knows persons; a
number that passes is well formed, not proven to exist.
"""

from __future__ import annotations

import re
from datetime import date

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK = "10X98765432"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

# first two digits of a citizen number: provinces, and 81-83 for residence permits of Hong Kong, Macao and Taiwan; 9 is
# the permanent residence card of foreigners (form of 2023)
PROVINCES = frozenset(
	"11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)

RESIDENT_ID = "Resident ID Card"
PASSPORT = "Passport"
HK_MACAO_PERMIT = "Hong Kong and Macao Permit"
TAIWAN_PERMIT = "Taiwan Permit"
FOREIGNER_CARD = "Foreigner Residence Card"
CREDIT_CODE = "Unified Social Credit Code"
OTHER = "Other"
ID_TYPES = (RESIDENT_ID, PASSPORT, HK_MACAO_PERMIT, TAIWAN_PERMIT, FOREIGNER_CARD, CREDIT_CODE, OTHER)


def citizen_check_digit(first17: str) -> str:
	"""Check character of a citizen number from its first 17 digits (GB 11643, ISO 7064 MOD 11-2)."""
	return ID_CHECK[sum(int(digit) * weight for digit, weight in zip(first17, ID_WEIGHTS, strict=True)) % 11]


def is_citizen_number(value: str) -> bool:
	"""True for 18 characters with a known province, a real date of birth and the right check character."""
	if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", value):
		return False
	if value[:2] not in PROVINCES or _birth(value) is None:
		return False
	return citizen_check_digit(value[:17]) == value[17]


def _birth(value: str) -> date | None:
	try:
		born = date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
	except ValueError:
		return None
	return born if born.year >= 1900 else None


def credit_check_character(first17: str) -> str:
	"""Check character of a unified social credit code from its first 17 characters (GB 32100, MOD 31)."""
	total = sum(CREDIT_ALPHABET.index(char) * weight for char, weight in zip(first17, CREDIT_WEIGHTS, strict=True))
	return CREDIT_ALPHABET[(31 - total % 31) % 31]


def is_credit_code(value: str) -> bool:
	if not re.fullmatch(rf"[{CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{CREDIT_ALPHABET}]{{10}}", value):
		return False
	return credit_check_character(value[:17]) == value[17]


def _is_foreigner_card(value: str) -> bool:
	# the card of 2023 carries 18 digits that start with 9; the older one is three letters and twelve digits
	if re.fullmatch(r"9[0-9]{16}[0-9X]", value):
		return _birth(value) is not None and citizen_check_digit(value[:17]) == value[17]
	return bool(re.fullmatch(r"[A-Z]{3}[0-9]{12}", value))


def is_valid(id_type: str, value: str) -> bool:
	"""True when `value` (already normalised, upper case, no spaces) has the form of a paper of kind `id_type`."""
	if id_type == RESIDENT_ID:
		return is_citizen_number(value)
	if id_type == CREDIT_CODE:
		return is_credit_code(value)
	if id_type == FOREIGNER_CARD:
		return _is_foreigner_card(value)
	if id_type == HK_MACAO_PERMIT:
		return bool(re.fullmatch(r"[HM][0-9]{8}([0-9]{2})?", value)) or (
			value[:2] in ("81", "82") and is_citizen_number(value)
		)
	if id_type == TAIWAN_PERMIT:
		return bool(re.fullmatch(r"[0-9]{8}([0-9]{2})?", value)) or (value[:2] == "83" and is_citizen_number(value))
	if id_type == PASSPORT:
		return bool(re.fullmatch(r"(?=.*[0-9])[A-Z0-9]{6,12}", value))
	return bool(re.fullmatch(r"[A-Z0-9][A-Z0-9/()-]{3,29}", value))


def guess_type(value: str) -> str:
	"""Kind of paper that a number most likely comes from, for rosters that name none.

	18 digits are a citizen number even when the check digit is wrong, so that the mistake is reported as one.
	"""
	if re.fullmatch(r"9[0-9]{16}[0-9X]", value) and not is_credit_code(value):
		return FOREIGNER_CARD
	if is_credit_code(value) and not is_citizen_number(value):
		return CREDIT_CODE
	if re.fullmatch(r"[0-9]{15}|[0-9]{17}[0-9X]", value):
		return RESIDENT_ID
	if len(value) == 18:
		return CREDIT_CODE
	if re.fullmatch(r"[HM][0-9]{8}([0-9]{2})?", value):
		return HK_MACAO_PERMIT
	if re.fullmatch(r"[A-Z]{3}[0-9]{12}", value):
		return FOREIGNER_CARD
	if re.fullmatch(r"[A-Z]{1,2}[0-9]{6,9}", value):
		return PASSPORT
	return OTHER
