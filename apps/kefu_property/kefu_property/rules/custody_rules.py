"""Rules of left luggage and parcels, without a database (D20, L20)."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import date
from decimal import Decimal

from kefu_property.rules.money import D

CODE = re.compile(r"[0-9]{6}")
TRACKING = re.compile(r"[0-9A-Z-]{6,40}")
#: how carriers' numbers begin (the first pattern that fits names the carrier)
CARRIERS = (
	("顺丰", r"SF[0-9]{10,15}"),
	("京东", r"JD[0-9A-Z]{10,18}"),
	("极兔", r"JT[0-9]{10,15}"),
	("圆通", r"YT[0-9]{10,15}"),
	("德邦", r"DPK[0-9]{9,15}"),
	("EMS", r"(E[A-Z][0-9]{9}CN|1[01][0-9]{11})"),
	("中通", r"(ZT[0-9]{10,14}|7[3-9][0-9]{12,13})"),
	("申通", r"(STO[0-9]{9,14}|77[0-9]{13})"),
	("韵达", r"(YD[0-9]{10,14}|4[36][0-9]{13})"),
)
AGES = ((1, "0–1"), (3, "2–3"), (7, "4–7"), (14, "8–14"))


def new_code() -> str:
	"""A pick-up code of six digits that nobody can guess from an earlier one."""
	return f"{secrets.randbelow(1_000_000):06d}"


def hash_code(secret: str, item: str, code: str) -> str:
	"""What is stored of a code: bound to its item and to the site's secret."""
	return hmac.new(secret.encode(), f"{item}:{code}".encode(), hashlib.sha256).hexdigest()


def code_fits(secret: str, item: str, code: str, stored: str | None) -> bool:
	"""True when `code` is the item's. Takes as long for a wrong code as for the right one."""
	return bool(stored) and hmac.compare_digest(hash_code(secret, item, code), stored)


def normalise_tracking(text: str | None) -> str | None:
	"""A tracking number as scanned: capitals, no spaces. None for what cannot be one."""
	number = re.sub(r"\s", "", text or "").upper()
	return number if TRACKING.fullmatch(number) else None


def carrier_of(number: str) -> str | None:
	"""The carrier that a tracking number points to, or None."""
	return next((name for name, pattern in CARRIERS if re.fullmatch(pattern, number)), None)


def keeping_charge(received: date, picked_up: date, free_days: int, per_day: Decimal | str | int) -> Decimal:
	"""Yuan for the days beyond the free ones; the day of receipt does not count."""
	days = max((picked_up - received).days - max(free_days, 0), 0)
	return D(str(per_day)) * days


def compensation_limit(declared: Decimal, claimed: Decimal) -> Decimal:
	"""Highest compensation in yuan without a further reason: the claim, and the declared value where there is one (L20).

	Civil Code 898: who does not declare valuables is compensated as for ordinary goods.
	"""
	return min(claimed, declared) if declared else claimed


def age_group(days: int) -> str:
	"""Group of days waiting for reports: `0–1`, `2–3`, `4–7`, `8–14`, `15+`."""
	return next((label for most, label in AGES if days <= most), "15+")


def count_difference(expected: bool, shelf: str | None, found: str, found_shelf: str | None) -> str:
	"""What a shelf count found about an item: "", `Missing`, `Wrong Shelf` or `Not Expected`."""
	if found == "Here":
		if not expected:
			return "Not Expected"
		return "Wrong Shelf" if found_shelf and found_shelf != shelf else ""
	return "Missing" if found == "Missing" and expected else ""
