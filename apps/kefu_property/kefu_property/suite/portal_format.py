"""How the portal writes amounts and dates, in the reader's language. Filters of its templates."""

import datetime
from decimal import Decimal

import frappe

LANGUAGES = (("zh", "中文"), ("en", "English"))
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def portal_language() -> str:
	"""`zh` or `en`: the portal is written in these two."""
	return "zh" if (frappe.local.lang or "zh").startswith("zh") else "en"


def amount(value: Decimal | str | int | float | None) -> str:
	"""Yuan with two decimals and grouping: `¥1,234.50`; a negative sum has its sign in front of the yuan sign."""
	number = Decimal(str(value or 0)).quantize(Decimal("0.01"))
	return f"{'-' if number < 0 else ''}¥{abs(number):,.2f}"


def number(value: Decimal | str | int | float | None) -> str:
	"""A plain number without needless zeros: `88.60` -> `88.6`."""
	text = f"{Decimal(str(value or 0)):f}"
	return text.rstrip("0").rstrip(".") if "." in text else text


def date(value: datetime.date | str | None) -> str:
	"""`2026年3月5日` or `5 Mar 2026`."""
	if not value:
		return ""
	day = frappe.utils.getdate(value)
	if portal_language() == "zh":
		return f"{day.year}年{day.month}月{day.day}日"
	return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month(value: datetime.date | str | None) -> str:
	"""`2026年3月` or `Mar 2026`."""
	if not value:
		return ""
	day = frappe.utils.getdate(value)
	return f"{day.year}年{day.month}月" if portal_language() == "zh" else f"{MONTHS[day.month - 1]} {day.year}"


def moment(value: datetime.datetime | str | None) -> str:
	"""Date with hours and minutes."""
	if not value:
		return ""
	return f"{date(value)} {frappe.utils.get_datetime(value):%H:%M}"


FILTERS = {"amount": amount, "number": number, "date": date, "month": month, "moment": moment}
