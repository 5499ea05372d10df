"""Import of a time clock's file: rows are checked against the staff, refused with a reason, or written all at once (S6)."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

import frappe
from frappe import _
from frappe.utils import getdate, now_datetime

from kefu_property.rules import attendance, time_clock
from kefu_property.suite import uploads
from kefu_property.workforce import checkin, rosters
from kefu_property.workforce.exceptions import NotATimeClockFile

FILE_LIMIT = 10 * uploads.MEGABYTE


def content_of(url: str) -> bytes:
	"""Bytes of an uploaded file of this site. Raises NotATimeClockFile."""
	name = frappe.db.get_value("File", {"file_url": url})
	if not name:
		frappe.throw(_("Upload the file of the time clock first."), NotATimeClockFile)
	content = frappe.get_doc("File", name).get_content()
	content = content if isinstance(content, bytes) else content.encode("utf-8")
	if len(content) > FILE_LIMIT:
		frappe.throw(_("The file is larger than {0} MB.").format(FILE_LIMIT // uploads.MEGABYTE), NotATimeClockFile)
	if uploads.sniff(content):
		frappe.throw(_("This is no text file. Export the time clock's records as CSV."), NotATimeClockFile)
	return content


def read(content: bytes) -> tuple[list[time_clock.Row], list[time_clock.Refusal]]:
	try:
		return time_clock.read(content)
	except time_clock.NotATimeClockFile as problem:
		code, about = problem.args
		texts = {
			"encoding": _("The file is neither UTF-8 nor GBK text. Export it again as CSV."),
			"empty": _("The file is empty."),
			"columns": _("The column {0} is missing in the heading.").format(about),
			"too_long": _("The file has more than {0} rows. Split it.").format(about),
		}
		frappe.throw(texts[code], NotATimeClockFile)


def refusal_text(code: str) -> str:
	texts = {
		"no_number": _("The staff number is missing."),
		"bad_time": _("Date and time cannot be read."),
		"bad_kind": _("Neither check-in nor check-out."),
		"unknown": _("Nobody of this project has this staff number."),
		"future": _("The time lies in the future."),
		"not_here": _("The person did not work here on this day."),
	}
	return texts[code]


class Checked:
	"""A file checked against a project: `good` rows as (staff, row), `refused` rows as (row number, content, text)."""

	def __init__(self, project: str, content: bytes) -> None:
		rows, refusals = read(content)
		self.read = len(rows) + len(refusals)
		self.refused = [(row.number, row.content, refusal_text(row.code)) for row in refusals]
		self.good: list[tuple[frappe._dict, time_clock.Row]] = []
		self.staff = staff_by_number(project)
		now = now_datetime()
		for row in rows:
			file = self.staff.get(row.staff_no) or self.staff.get(row.staff_no.lstrip("0"))
			code = problem(file, row, now)
			if code:
				self.refused.append((row.number, f"{row.staff_no}, {row.moment:%Y-%m-%d %H:%M:%S}", refusal_text(code)))
			else:
				self.good.append((file, row))
		self.refused.sort()


def staff_by_number(project: str) -> dict[str, frappe._dict]:
	"""Staff of a project by number, and by the number without its leading zeros, as clocks like to write it."""
	rows = frappe.get_all(
		"Staff Member",
		filters={"project": project},
		fields=["name", "staff_no", "project", "date_of_joining", "leaving_date"],
	)
	return {row.staff_no.lstrip("0"): row for row in rows} | {row.staff_no: row for row in rows}


def problem(file, row: time_clock.Row, now: datetime) -> str | None:
	if not file:
		return "unknown"
	if row.moment > now:
		return "future"
	day = row.moment.date()
	if (file.date_of_joining and day < file.date_of_joining) or (file.leaving_date and day > file.leaving_date):
		return "not_here"
	return None


def write(project: str, checked: Checked, reference: tuple[str, str]) -> int:
	"""Write the good rows, those that exist already are passed over. Returns the number of new ones.

	One statement per thousand rows; the caller's transaction makes it all or nothing.
	"""
	rows = punches(project, checked)
	keys = [row["punch_key"] for row in rows]
	table = frappe.qb.DocType("Duty Punch")
	known: set[str] = set()
	for start in range(0, len(keys), 1000):
		part = keys[start : start + 1000]
		query = frappe.qb.from_(table).select(table.punch_key).where(table.punch_key.isin(part))
		known.update(query.run(pluck=True))  # lint: allow query-in-loop: a thousand rows at a time
	fields = [
		"name", "owner", "modified_by", "creation", "modified", "project", "staff", "staff_name", "kind", "taken_on",
		"duty_date", "source", "punch_key", "reference_doctype", "reference_name",
	]  # fmt: skip
	now, user = now_datetime(), frappe.session.user
	values = [
		(
			frappe.generate_hash(length=10), user, user, now, now, project, row["staff"], row["staff_name"], row["kind"],
			row["taken_on"], row["duty_date"], "Time Clock", row["punch_key"], *reference,
		)
		for row in rows
		if row["punch_key"] not in known
	]  # fmt: skip
	if values:
		frappe.db.bulk_insert("Duty Punch", fields, values, ignore_duplicates=True)
	return len(values)


def punches(project: str, checked: Checked) -> list[dict]:
	"""Rows to write, each once: day of duty by the roster, and kind by order where the clock names none."""
	if not checked.good:
		return []
	names = dict(
		frappe.get_all(
			"Staff Member",
			filters={"name": ["in", list({file.name for file, _row in checked.good})]},
			fields=["name", "staff_name"],
			as_list=True,
		)
	)
	moments = [row.moment.date() for _file, row in checked.good]
	plan = rosters.Plan(project, names, min(moments) - timedelta(days=1), max(moments))
	by_day: dict[tuple[str, date], list[time_clock.Row]] = {}
	for file, row in checked.good:
		day = attendance.duty_date(row.moment, lambda date, name=file.name: plan.shift(name, date))
		by_day.setdefault((file.name, day), []).append(row)
	found: dict[str, dict] = {}
	for (staff, day), rows in by_day.items():
		order = attendance.kinds_by_order(row.moment for row in rows)
		for row in rows:
			kind = row.kind or order[row.moment]
			key = checkin.punch_key(staff, kind, row.moment)
			found[key] = {
				"staff": staff,
				"staff_name": names[staff],
				"kind": kind,
				"taken_on": row.moment,
				"duty_date": getdate(day),
				"punch_key": key,
			}
	return list(found.values())


def file_hash(content: bytes) -> str:
	return hashlib.sha256(content).hexdigest()
