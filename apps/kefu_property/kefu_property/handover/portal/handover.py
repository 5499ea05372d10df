"""The buyer's side of the handover: choose a time, see what was found and how far the repair is, report more (D24)."""

import frappe
from frappe import _
from frappe.utils import add_days, get_datetime, getdate, now_datetime

from kefu_property.handover import booking, defects, settings
from kefu_property.handover.exceptions import BookingClosed, DefectStep
from kefu_property.registry import api as registry
from kefu_property.rules import handover_rules as rules
from kefu_property.rules.personal_data import clean_text
from kefu_property.suite import attachments, uploads
from kefu_property.suite.portal_auth import require_resident

MOST_PHOTOS = 6
#: a home without an owner's words in these days is left to the warranty at the desk
REPORT_DAYS = 365
MOST_OPEN_REPORTS = 30
TONES = {
	rules.TO_BE_BOOKED: "wait",
	rules.BOOKED: "info",
	rules.WAITING: "info",
	rules.CALLED: "info",
	rules.IN_PROGRESS: "info",
	rules.HANDED_OVER: "good",
	rules.WITH_DEFECTS: "good",
	rules.REFUSED: "bad",
	rules.ABSENT: "bad",
	defects.TO_REPAIR: "wait",
	defects.REPORTED: "info",
	defects.CLOSED: "good",
	defects.WITHDRAWN: "plain",
}


def get_context(context) -> None:
	user = require_resident()
	context.tones = TONES
	if context.rest:
		context.view = "one"
		fill_one(context, own(context.rest))
	else:
		context.view = "list"
		context.rows = rows_of(user)
		if len(context.rows) == 1:
			context.view = "one"
			fill_one(context, own(context.rows[0].name))


def rows_of(user: str) -> list[dict]:
	"""Handovers of the user's own records."""
	residents = registry.residents_of_user(user)
	# residents have no right on documents: the filter by their own records is the ownership check
	return frappe.get_all(
		"Home Handover",
		filters={"resident": ["in", residents or [""]]},
		fields=["name", "unit_code", "status", "appointment", "open_defects"],
		order_by="creation desc",
		limit=50,
	)


def own(name: str):
	"""A handover of the signed-in resident; what belongs to somebody else looks like nothing at all."""
	residents = registry.residents_of_user(require_resident())
	if not residents or not frappe.db.exists("Home Handover", {"name": name, "resident": ["in", residents]}):
		raise frappe.DoesNotExistError
	return frappe.get_doc("Home Handover", name)


def fill_one(context, doc) -> None:
	now = now_datetime()
	batch = frappe.db.get_value("Handover Batch", doc.batch, ["venue", "notice", "to_date"], as_dict=True)
	context.handover, context.batch = doc, batch
	context.bring = settings.bring()
	hours = settings.number("booking_close_hours")
	context.close_hours = hours
	may_change = doc.status != rules.BOOKED or rules.may_change(get_datetime(doc.appointment), now, hours)
	context.may_book = doc.status in rules.BOOKABLE and may_change
	context.days = by_day(booking.free_slots(doc.batch, now)) if context.may_book else []
	context.defects = frappe.get_all(
		"Handover Defect",
		filters={"unit": doc.unit, "home_handover": doc.name},
		fields=["name", "room", "defect_kind", "description", "status", "due_date", "closed_on"],
		order_by="creation",
	)
	context.done = doc.status in rules.DONE
	context.may_report = may_report(doc)
	context.kinds = [
		(name, _(name))
		for name in frappe.get_all("Handover Defect Kind", filters={"disabled": 0}, pluck="name", order_by="name")
	]
	context.most = MOST_PHOTOS


def by_day(slots: list[dict]) -> list[tuple]:
	"""Free slots as (day, [(name, from – to, places left)])."""
	days: dict = {}
	for row in slots:
		times = f"{frappe.utils.get_time(row.from_time):%H:%M}–{frappe.utils.get_time(row.to_time):%H:%M}"
		days.setdefault(row.slot_date, []).append((row.name, times, _("{0} places left").format(row.left)))
	return list(days.items())


def may_report(doc) -> bool:
	return doc.status in rules.DONE and getdate() <= add_days(getdate(doc.completed_on), REPORT_DAYS)


@frappe.whitelist(methods=["POST"])
def book(name: str, slot: str | None = None) -> dict:
	"""Take an appointment, or exchange it for another one. Raises SlotFull or BookingClosed."""
	require_resident()
	doc = own(name)
	if not slot:
		frappe.throw(_("Choose a time."), BookingClosed)
	found = booking.book(doc.name, slot, "Portal")
	return {"toast": _("See you on {0}.").format(frappe.utils.format_datetime(found["appointment"]))}


@frappe.whitelist(methods=["POST"])
def cancel(name: str) -> dict:
	"""Give the appointment back. Raises BookingClosed."""
	require_resident()
	booking.cancel(own(name).name, "Portal")
	return {"toast": _("Your appointment is cancelled.")}


@frappe.whitelist(methods=["POST"])
def report_defect(name: str, room: str, defect_kind: str, description: str) -> dict:
	"""Report a defect that was found after the handover, with photos (`photos`). Raises DefectStep, NotAPicture."""
	require_resident()
	doc = own(name)
	if not may_report(doc):
		frappe.throw(_("Defects are reported here in the first year after the handover."), DefectStep)
	if (
		frappe.db.count("Handover Defect", {"home_handover": doc.name, "status": ["in", defects.OPEN]})
		>= MOST_OPEN_REPORTS
	):
		frappe.throw(_("Many defects of your home are open. Please call the office."), DefectStep)
	if not frappe.db.exists("Handover Defect Kind", {"name": defect_kind, "disabled": 0}):
		frappe.throw(_("Choose the kind of defect."), DefectStep)
	contents = attachments.uploads_of("photos", MOST_PHOTOS)
	for content in contents:  # all are looked at before anything is kept
		uploads.check_picture(content)
	defect = frappe.get_doc(
		{
			"doctype": "Handover Defect",
			"project": doc.project,
			"source": "Later",
			"home_handover": doc.name,
			"unit": doc.unit,
			"room": clean_text(room)[:140],
			"defect_kind": defect_kind,
			"description": clean_text(description)[:1000],
			"photos": [
				{"image": attachments.store(content, "Home Handover", doc.name), "stage": "Before"}
				for content in contents
			],
		}
	)
	defect.flags.files_checked = True
	defect.insert(ignore_permissions=True)  # residents hold no rights on DocTypes; the home was checked above
	return {"toast": _("Received: {0}").format(defect.name)}
