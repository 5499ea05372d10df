"""Special services on the portal: catalogue, free times, booking, cancellation, stars (D27)."""

from datetime import date

import frappe
from frappe import _
from frappe.utils import format_date, getdate, sanitize_html
from markupsafe import Markup

from kefu_property.community import bookings, downloads, ratings
from kefu_property.community.exceptions import RatingNotOpen, ServiceNotOffered
from kefu_property.registry import api as registry
from kefu_property.rules.personal_data import clean_text
from kefu_property.suite.portal_auth import require_resident

TONES = {"Booked": "wait", "Dispatched": "info", "Done": "good", "Cancelled": "plain"}


def get_context(context) -> None:
	user = require_resident()
	part, _slash, name = context.rest.partition("/")
	context.tones = TONES
	if part == "bookings" and name:
		fill_booking(context, own_booking(name, user))
	elif part:
		fill_service(context, own(part, user), user)
	else:
		context.view = "list"
		context.services = services_of(user)
		context.bookings = bookings_of(user)


def services_of(user: str) -> list[dict]:
	projects = {home["project"] for home in registry.units_of_user(user)}
	# residents have no right on documents: the filter by their own projects is the check
	return frappe.get_all(
		"Special Service",
		filters={"project": ["in", list(projects) or [""]], "workflow_state": "Offered"},
		fields=["name", "service_name", "category", "price", "price_unit", "rating"],
		order_by="category, service_name",
	)


def bookings_of(user: str) -> list[dict]:
	return frappe.get_all(
		"Service Booking",
		filters={"resident": ["in", registry.residents_of_user(user) or [""]]},
		fields=["name", "service_name", "service_date", "from_time", "status", "amount"],
		order_by="service_date desc, from_time desc",
		limit=30,
	)


def own(name: str, user: str):
	"""A service offered in one of the reader's projects; any other looks like nothing at all."""
	if name not in {row.name for row in services_of(user)}:
		raise frappe.DoesNotExistError
	return frappe.get_doc("Special Service", name)


def own_booking(name: str, user: str):
	residents = registry.residents_of_user(user)
	if not residents or not frappe.db.exists("Service Booking", {"name": name, "resident": ["in", residents]}):
		raise frappe.DoesNotExistError
	return frappe.get_doc("Service Booking", name)


def fill_service(context, doc, user: str) -> None:
	context.view = "service"
	context.service = doc
	context.description = Markup(sanitize_html(doc.description or ""))
	context.photo = f"/api/method/kefu_property.community.portal.services.photo?service={doc.name}" if doc.photo else ""
	context.homes = list(
		dict.fromkeys(
			(home["unit"], home["unit_code"]) for home in registry.units_of_user(user) if home["project"] == doc.project
		)
	)
	context.times = [
		(f"{row['date']} {row['from_time']}", f"{_day(row['date'])} {row['from_time']} – {row['to_time']}", "")
		for row in bookings.times(doc)
		if row["free"]
	]


def _day(day) -> str:
	return f"{format_date(day, 'MM-dd')} {_(getdate(day).strftime('%A'))}"


def fill_booking(context, doc) -> None:
	context.view = "booking"
	context.booking = doc
	context.time = f"{bookings._clock(doc.from_time)} – {bookings._clock(doc.to_time)}"
	context.may_cancel = doc.status in bookings.OPEN
	context.free_of_charge = bookings.is_free_of_charge(doc)
	context.late_percent = frappe.db.get_value("Special Service", doc.service, "late_percent")
	context.person = frappe.utils.get_fullname(doc.assigned_to) if doc.assigned_to else ""


def home_cards(user: str) -> list[dict]:
	"""Extension point `portal_home_cards`: the next booking."""
	coming = [row for row in bookings_of(user) if row.status in bookings.OPEN and row.service_date >= getdate()]
	if not coming:
		return []
	row = coming[-1]
	return [
		{
			"title": row.service_name,
			"value": f"{format_date(row.service_date, 'MM-dd')} {bookings._clock(row.from_time)}",
			"text": _(row.status),
			"href": f"/portal/services/bookings/{row.name}",
			"icon": "heart",
			"order": 62,
		}
	]


@frappe.whitelist(methods=["POST"])
def book(service: str, unit: str, time: str, quantity: int = 1, remark: str | None = None) -> dict:
	"""Book a time (`2026-05-04 09:00`) of a service for one of the reader's homes. Returns `next`, the booking's page."""
	user = require_resident()
	doc = own(service, user)
	home = next(
		(row for row in registry.units_of_user(user) if row["unit"] == unit and row["project"] == doc.project), None
	)
	if not home:
		raise frappe.DoesNotExistError
	day, _blank, clock = time.partition(" ")
	try:
		date.fromisoformat(day)
	except ValueError:
		frappe.throw(_("Choose one of the offered times."), ServiceNotOffered)
	row = frappe.get_doc(
		{
			"doctype": "Service Booking",
			"project": doc.project,
			"service": doc.name,
			"resident": home["resident"],
			"unit": unit,
			"service_date": day,
			"from_time": clock,
			"quantity": int(quantity),
			"remark": clean_text(remark)[:500] or None,
			"source": "Portal",
		}
	)
	row.insert(ignore_permissions=True)  # residents hold no rights on DocTypes; service and home were checked above
	return {"next": f"/portal/services/bookings/{row.name}", "toast": _("Booked.")}


@frappe.whitelist(methods=["POST"])
def cancel(booking: str, reason: str) -> dict:
	"""Call the reader's own booking off."""
	bill = bookings.cancel(own_booking(booking, require_resident()).name, clean_text(reason), by_office=False)
	return {"toast": _("Cancelled; the late cancellation is billed.") if bill else _("Your booking is cancelled.")}


@frappe.whitelist(methods=["POST"])
def rate(booking: str, stars: int, comment: str | None = None) -> dict:
	"""Stars for a service that was done."""
	doc = own_booking(booking, require_resident())
	if doc.status != bookings.DONE:
		frappe.throw(_("Only what was done is rated."), RatingNotOpen)
	ratings.rate(doc, stars, comment, "Special Service", doc.service, "service")
	return {"toast": _("Thank you for your stars.")}


@frappe.whitelist()  # lint: allow whitelist-permission: own() refuses what is not offered to the reader
def photo(service: str) -> None:
	"""The photo of a service."""
	downloads.hand_out(own(service, require_resident()).photo)
