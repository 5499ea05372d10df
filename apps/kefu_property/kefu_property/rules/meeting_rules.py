"""Rules of meetings and receptions: times, charges, and the calendar file of an invitation (D31, D21)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal

from kefu_property.rules.money import D, round_money, sum_money

#: a line of a calendar file has at most this many octets (RFC 5545, 3.1)
LINE = 75


def overlaps(begin: datetime, end: datetime, other_begin: datetime, other_end: datetime) -> bool:
	"""Whether two times share a moment; one may begin when the other ends."""
	return begin < other_end and other_begin < end


def hours(begin: datetime, end: datetime) -> Decimal:
	"""Length in hours, exact."""
	return Decimal(int((end - begin).total_seconds())) / 3600


def charges(
	begin: datetime, end: datetime, price_per_hour, lines: Iterable[tuple]
) -> tuple[Decimal, list[Decimal], Decimal]:
	"""Charge of the room, amounts of the service lines (quantity, price), and the sum of all, in yuan."""
	room = round_money(hours(begin, end) * D(price_per_hour))
	amounts = [round_money(D(quantity) * D(price)) for quantity, price in lines]
	return room, amounts, sum_money([room, *amounts])


def escape(text: str) -> str:
	"""Text of a calendar file (RFC 5545, 3.3.11): backslash, comma, semicolon and line ends are written out."""
	text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
	return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def fold(line: str) -> str:
	"""Break a line into pieces of at most 75 octets; no character is torn."""
	pieces, piece, size = [], "", 0
	for character in line:
		octets = len(character.encode())
		if size + octets > LINE - bool(pieces):
			pieces.append(piece)
			piece, size = "", 0
		piece, size = piece + character, size + octets
	return "\r\n ".join([*pieces, piece])


def calendar_file(
	uid: str,
	subject: str,
	begin: datetime,
	end: datetime,
	stamp: datetime,
	place: str = "",
	text: str = "",
	cancelled: bool = False,
	sequence: int = 0,
) -> str:
	"""Invitation as an iCalendar text (RFC 5545); the moments carry their time zone and are written in UTC."""

	def moment(value: datetime) -> str:
		return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")

	lines = [
		"BEGIN:VCALENDAR",
		"VERSION:2.0",
		"PRODID:-//kefu_property//meetings//EN",
		f"METHOD:{'CANCEL' if cancelled else 'PUBLISH'}",
		"BEGIN:VEVENT",
		f"UID:{escape(uid)}",
		f"DTSTAMP:{moment(stamp)}",
		f"DTSTART:{moment(begin)}",
		f"DTEND:{moment(end)}",
		f"SEQUENCE:{sequence}",
		f"SUMMARY:{escape(subject)}",
		f"LOCATION:{escape(place)}",
		f"DESCRIPTION:{escape(text)}",
		f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
		"END:VEVENT",
		"END:VCALENDAR",
	]
	return "".join(f"{fold(line)}\r\n" for line in lines)
