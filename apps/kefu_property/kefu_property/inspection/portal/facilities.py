"""Facilities on the portal: what there is, where, when and by which rules; slots that residents may book (D26)."""

import frappe
from frappe import _
from frappe.utils import add_days, format_date, format_time, get_time, getdate, today

from kefu_property.inspection import bookings
from kefu_property.inspection.exceptions import BookingRefused
from kefu_property.registry import api as registry
from kefu_property.rules.personal_data import clean_text
from kefu_property.suite.portal_auth import require_resident

TONES = {"Requested": "wait", "Confirmed": "good", "Refused": "bad", "Cancelled": "plain"}
CONDITIONS = {"In Use": "good", "Under Repair": "wait"}


def get_context(context) -> None:
	user = require_resident()
	if context.rest == "bookings":
		context.view = "bookings"
		context.rows = own_bookings(user)
	elif context.rest:
		context.view = "one"
		fill_one(context, user, *context.rest.partition("/")[::2])
	else:
		context.view = "list"
		context.rows = shown(user)
		context.booked = len([row for row in own_bookings(user) if row.open])


def projects_of(user: str) -> list[str]:
	return sorted({home["project"] for home in registry.units_of_user(user)})


def shown(user: str) -> list[dict]:
	"""Facilities that the office shows in the user's projects, with their first picture."""
	# residents hold no right on documents: the filter by their own projects is the check
	rows = frappe.get_all(
		"Facility",
		filters={"project": ["in", projects_of(user) or [""]], "on_portal": 1, "status": ["!=", "Scrapped"]},
		fields=["name", "facility_name", "category", "location", "opening_hours", "status", "bookable"],
		order_by="category, facility_name",
	)
	photos = pictures_of([row.name for row in rows])
	for row in rows:
		row.photo = next(iter(photos.get(row.name, ())), None)
		row.tone = CONDITIONS.get(row.status, "bad")
	return rows


def pictures_of(facilities: list[str]) -> dict[str, list[dict]]:
	found: dict[str, list[dict]] = {}
	for row in frappe.get_all(
		"Inspection Photo",
		filters={"parent": ["in", facilities or [""]], "parenttype": "Facility", "parentfield": "photos"},
		fields=["name", "parent", "caption"],
		order_by="parent, idx",
	):
		found.setdefault(row.parent, []).append(row)
	return found


def own_facility(user: str, name: str):
	"""A facility that is shown in one of the user's projects; another one looks like nothing at all."""
	row = frappe.db.get_value("Facility", name, ["project", "on_portal", "status"], as_dict=True)
	if not row or not row.on_portal or row.status == "Scrapped" or row.project not in projects_of(user):
		raise frappe.DoesNotExistError
	return frappe.get_doc("Facility", name)


def fill_one(context, user: str, name: str, day: str) -> None:
	facility = own_facility(user, name)
	context.facility = facility
	context.tone = CONDITIONS.get(facility.status, "bad")
	context.photos = pictures_of([name]).get(name, [])
	context.homes = list(
		dict.fromkeys(
			(row["unit"], row["unit_code"])
			for row in registry.units_of_user(user)
			if row["project"] == facility.project
		)
	)
	context.can_book = facility.bookable and facility.status == "In Use" and bool(context.homes)
	if not context.can_book:
		return
	first, last = getdate(today()), getdate(add_days(today(), facility.days_ahead))
	context.day = _day(day, first, last)
	context.days = [
		(format_date(on, "MM-dd"), f"/portal/facilities/{name}/{on}", on == context.day)
		for on in (getdate(add_days(first, number)) for number in range((last - first).days + 1))
	]
	context.slots = [
		(f"{start:%H:%M}-{end:%H:%M}", f"{start:%H:%M}–{end:%H:%M}", "")
		for start, end in bookings.free_slots(facility, context.day)
	]


def _day(text: str, first, last):
	try:
		day = getdate(text) if text else first
	except (frappe.ValidationError, ValueError, TypeError):
		raise frappe.DoesNotExistError from None
	return min(max(day, first), last)


def own_bookings(user: str) -> list[dict]:
	residents = registry.residents_of_user(user)
	# the filter by the user's own records is the check
	rows = frappe.get_all(
		"Facility Booking",
		filters={"resident": ["in", residents or [""]]},
		fields=[
			"name",
			"facility",
			"facility.facility_name",
			"booked_for",
			"from_time",
			"to_time",
			"status",
			"decision_note",
			"persons",
		],
		order_by="booked_for desc, from_time desc",
		limit=50,
	)
	for row in rows:
		row.hours = f"{format_time(row.from_time, 'HH:mm')}–{format_time(row.to_time, 'HH:mm')}"
		row.tone = TONES[row.status]
		row.open = row.status in bookings.HOLDS and row.booked_for >= getdate(today())
	return rows


@frappe.whitelist(methods=["POST"])
def book(facility: str, unit: str, day: str, slot: str, persons: str = "1", purpose: str | None = None) -> dict:
	"""Book a slot (`09:00-10:00`) of a facility for one of the signed-in resident's homes.

	Raises SlotTaken when somebody was faster, BookingRefused for what the facility does not offer.
	"""
	user = require_resident()
	doc = own_facility(user, facility)
	home = next(
		(row for row in registry.units_of_user(user) if row["unit"] == unit and row["project"] == doc.project), None
	)
	if not home:
		raise frappe.DoesNotExistError
	start, _dash, end = slot.partition("-")
	try:
		begin, finish, number = get_time(start), get_time(end), int(persons)
		on = getdate(day)
	except (ValueError, TypeError, frappe.ValidationError):
		frappe.throw(_("Choose a day and a slot."), BookingRefused)
	booking = frappe.get_doc(
		{
			"doctype": "Facility Booking",
			"project": doc.project,
			"facility": doc.name,
			"unit": unit,
			"resident": home["resident"],
			"booked_for": on,
			"from_time": str(begin),
			"to_time": str(finish),
			"persons": number,
			"purpose": clean_text(purpose)[:140] or None,
			"source": "Portal",
		}
	).insert(ignore_permissions=True)  # residents hold no rights on DocTypes; home and facility were checked above
	text = _("Booked.") if booking.status == "Confirmed" else _("Requested. The office confirms it.")
	return {"next": "/portal/facilities/bookings", "toast": text}


@frappe.whitelist(methods=["POST"])
def withdraw(name: str) -> dict:
	"""Take back one's own booking."""
	residents = registry.residents_of_user(require_resident())
	row = frappe.db.get_value("Facility Booking", name, ["resident"], as_dict=True)
	if not row or row.resident not in residents:
		raise frappe.DoesNotExistError
	frappe.get_doc("Facility Booking", name).withdraw()
	return {"toast": _("The booking is taken back.")}


@frappe.whitelist()
def photo(row: str) -> None:
	"""A picture of a facility that is shown to the signed-in resident; answers the image."""
	user = require_resident()
	picture = frappe.db.get_value(
		"Inspection Photo",
		{"name": row, "parenttype": "Facility", "parentfield": "photos"},
		["parent", "image"],
		as_dict=True,
	)
	if not picture:
		raise frappe.DoesNotExistError
	own_facility(user, picture.parent)
	file = frappe.get_doc("File", {"file_url": picture.image})
	frappe.local.response.filename = "photo.jpg"
	frappe.local.response.filecontent = file.get_content()
	frappe.local.response.type = "download"
	frappe.local.response.display_content_as = "inline"
