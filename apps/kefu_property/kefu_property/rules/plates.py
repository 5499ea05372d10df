"""Number plates of vehicles in China (GA 36-2018)."""

from __future__ import annotations

import re

from kefu_property.rules.personal_data import clean_text

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
SERIAL = "A-HJ-NP-Z"
ORDINARY = re.compile(rf"[{PROVINCES}][A-Z][{SERIAL}0-9]{{4}}[{SERIAL}0-9挂学警港澳]")
SPECIAL = re.compile(
	rf"(使[0-9]{{6}}|[{PROVINCES}][A-Z][0-9]{{4}}使|[0-9]{{6}}使|[{PROVINCES}][A-Z]应急[0-9A-Z]{{4}}|WJ[{PROVINCES}]?[0-9]{{4,5}}[0-9A-Z]?)"
)
SMALL_NEW_ENERGY = re.compile(rf"[{PROVINCES}][A-Z][A-HJK][{SERIAL}0-9][0-9]{{4}}")
LARGE_NEW_ENERGY = re.compile(rf"[{PROVINCES}][A-Z][0-9]{{5}}[A-HJK]")


def normalise_plate(value: object) -> str:
	return re.sub(r"[ .·・•-]", "", clean_text(value)).upper()


def plate_kind(value: str) -> str | None:
	"""`Ordinary`, `New Energy` or `Special` for a normalised plate, None when it is none."""
	if SMALL_NEW_ENERGY.fullmatch(value) or LARGE_NEW_ENERGY.fullmatch(value):
		return "New Energy"
	if ORDINARY.fullmatch(value):
		return "Ordinary"
	return "Special" if SPECIAL.fullmatch(value) else None
