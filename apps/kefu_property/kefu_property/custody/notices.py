"""Messages to owners: something arrived, is still waiting, was handed out (D20)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import now_datetime

from kefu_property.custody import codes
from kefu_property.registry import api as registry
from kefu_property.suite import messages


def send_later(item: str) -> None:
	"""Queue the notice; the code is made in the job, so that it stands in no queue."""
	frappe.enqueue("kefu_property.custody.notices.arrived", item=item, enqueue_after_commit=True)


def arrived(item: str, kind: str = "custody_arrived") -> str | None:
	"""Send the owner place and a new pick-up code. Returns the Outgoing Message, None where nobody can be told."""
	doc = frappe.db.get_value(
		"Custody Item",
		item,
		["name", "project", "resident", "status", "shelf", "carrier", "kind", "received_on"],
		as_dict=True,
	)
	if not doc or doc.status != "Waiting" or not doc.resident:
		return None
	phone = registry.phone_for_message(doc.resident)
	if not phone:
		return None
	code = codes.make(doc.name)
	name = messages.send(kind, phone, arguments(doc, code), language=language_of(doc.resident), resident=doc.resident)
	frappe.db.set_value("Custody Item", item, "notified_on", now_datetime(), update_modified=False)
	return name


def picked_up(item: str) -> None:
	"""Tell the owner that the item was handed out, and to whom: whoever did not send anybody can object at once."""
	doc = frappe.db.get_value(
		"Custody Item", item, ["name", "resident", "picked_up_by", "picked_up_on", "pickup_method"], as_dict=True
	)
	phone = registry.phone_for_message(doc.resident) if doc.resident else None
	if phone:
		args = {"item": doc.name, "person": doc.picked_up_by, "time": frappe.utils.format_datetime(doc.picked_up_on)}
		messages.send("custody_picked_up", phone, args, language=language_of(doc.resident), resident=doc.resident)


def arguments(doc, code: str) -> dict:
	shelf = frappe.get_cached_value("Custody Shelf", doc.shelf, "place") if doc.shelf else None
	return {
		"item": doc.name,
		"code": code,
		"carrier": doc.carrier or "",
		"place": shelf or frappe.get_cached_value("Property Project", doc.project, "project_name"),
		"date": frappe.utils.format_date(doc.received_on),
	}


def language_of(resident: str) -> str:
	return "en" if frappe.get_cached_value("Resident", resident, "preferred_language") == "English" else "zh"


def message_texts(kind: str, args: dict) -> str | None:
	"""Extension point `message_texts`."""
	if kind == "custody_arrived":
		return _("Your parcel {item} {carrier} is at {place}. Pick-up code {code}. {organisation}").format(**args)
	if kind == "custody_reminder":
		return _(
			"Your parcel {item} has been waiting at {place} since {date}. New pick-up code {code}. {organisation}"
		).format(**args)
	if kind == "custody_picked_up":
		return _(
			"Parcel {item} was handed to {person} at {time}. If that was not arranged, call us at once. {organisation}"
		).format(**args)
	return None
