"""Check-in on the phone: within an area of the project, with the server's time (S6)."""

from datetime import datetime, timedelta, timezone

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, now_datetime

from kefu_property.rules import attendance, geofence
from kefu_property.workforce import people, rosters, settings
from kefu_property.workforce.exceptions import NoArea, NoPosition, NotStaff, OutsideArea, PunchTwice, WrongClock

TWICE_WITHIN = timedelta(seconds=60)


@frappe.whitelist()
# lint: allow whitelist-permission: one's own day only; users without a staff file have none
def today_of_mine() -> dict:
	"""What the page shows: `staff_name`, `shift`, `punches` of today's duty, `next` kind, `areas`, `server_time`; `message` alone without a staff file."""
	me = people.find_me()
	if not me:
		return {"message": people.without_file()}
	now = now_datetime()
	plan = rosters.Plan(me.project, [me.name], getdate(now) - timedelta(days=1), getdate(now))
	day = attendance.duty_date(now, lambda date: plan.shift(me.name, date))
	shift = plan.shift(me.name, day)
	punches = frappe.get_all(
		"Duty Punch",
		filters={"staff": me.name, "duty_date": day},
		fields=["kind", "taken_on", "source", "distance"],
		order_by="taken_on",
	)
	return {
		"staff_name": me.staff_name,
		"project": frappe.db.get_value("Property Project", me.project, "project_name"),
		"day": str(day),
		"shift": _shift_text(shift),
		"rest": shift is None,
		"punches": [
			{**row, "taken_on": str(row.taken_on), "label": _("Clock In") if row.kind == "Clock In" else _("Clock Out")}
			for row in punches
		],
		"next": "Clock Out" if any(row.kind == "Clock In" for row in punches) else "Clock In",
		"areas": [row.area_name for row in areas(me.project)],
		"server_time": now.strftime("%H:%M"),
	}


def _shift_text(shift: attendance.Shift | None) -> str:
	if not shift:
		return _("Rest Day")
	return f"{shift.start:%H:%M}–{shift.end:%H:%M}"


def areas(project: str) -> list[frappe._dict]:
	return frappe.get_all(
		"Attendance Area",
		filters={"project": project, "disabled": 0},
		fields=["name", "area_name", "latitude", "longitude", "radius"],
		order_by="area_name",
	)


@frappe.whitelist(methods=["POST"])
# lint: allow whitelist-permission: for oneself only; `me` refuses users without a staff file
def punch(kind: str, latitude: float, longitude: float, accuracy: float, client_time: str) -> dict:
	"""Check in (`Clock In`) or out (`Clock Out`) at the server's time. Degrees, metres, and the phone's time in ISO form with its zone.

	Raises NotStaff, WrongClock, NoPosition, NoArea, OutsideArea, PunchTwice. Returns `kind`, `time`, `area`, `distance`.
	"""
	me = people.me()
	if me.status not in people.IN_SERVICE:
		frappe.throw(_("Your staff file has the status {0}. Ask the personnel clerk.").format(_(me.status)), NotStaff)
	if kind not in ("Clock In", "Clock Out"):
		frappe.throw(_("Choose check-in or check-out."), PunchTwice)
	check_clock(client_time)
	area, metres = check_position(me.project, float(latitude), float(longitude), float(accuracy))
	people.lock(me.name)
	now = now_datetime()
	check_twice(me.name, kind, now)
	row = record(
		me, kind, now.replace(microsecond=0), "Mobile Check-in",
		area=area.name, distance=metres, latitude=latitude, longitude=longitude, accuracy=round(float(accuracy)),
	)  # fmt: skip
	return {"kind": row.kind, "time": now.strftime("%H:%M"), "area": area.area_name, "distance": metres}


def check_clock(client_time: str) -> None:
	"""The phone's clock may differ by some seconds: a wrong one hides when somebody really came. Raises WrongClock."""
	try:
		moment = datetime.fromisoformat(client_time.replace("Z", "+00:00"))
	except ValueError:
		moment = None
	if not moment or not moment.tzinfo:
		frappe.throw(_("The phone sent no usable time. Reload the page."), WrongClock)
	skew = (moment - datetime.now(timezone.utc)).total_seconds()
	if abs(skew) > settings.get("max_clock_skew"):
		frappe.throw(
			_("The clock of your phone is {0} minutes {1}. Set it to automatic time and try again.").format(
				max(1, round(abs(skew) / 60)), _("ahead") if skew > 0 else _("behind")
			),
			WrongClock,
		)


def check_position(project: str, latitude: float, longitude: float, accuracy: float) -> tuple[frappe._dict, int]:
	"""The area that the phone is in, and the metres from its middle. Raises NoPosition, NoArea, OutsideArea."""
	limit = settings.get("max_accuracy")
	if not geofence.is_position(latitude, longitude) or not 0 <= accuracy < float("inf"):
		frappe.throw(_("The phone sent no usable position. Switch the location on and try again."), NoPosition)
	if accuracy > limit:
		frappe.throw(
			_("The position is exact to {0} metres only, {1} are needed. Step outside and try again.").format(
				round(accuracy), limit
			),
			NoPosition,
		)
	area, metres = geofence.nearest(areas(project), latitude, longitude)
	if not area:
		frappe.throw(_("The project has no area for check-ins yet. Tell your supervisor."), NoArea)
	if metres > area.radius:
		frappe.throw(
			_("You are {0} metres from {1}; check-in is possible within {2} metres.").format(
				metres, area.area_name, area.radius
			),
			OutsideArea,
		)
	return area, metres


def check_twice(staff: str, kind: str, now) -> None:
	table = frappe.qb.DocType("Duty Punch")
	last = (
		frappe.qb.from_(table)
		.select(table.taken_on)
		.where((table.staff == staff) & (table.kind == kind) & (table.taken_on > now - TWICE_WITHIN))
		.limit(1)
		.for_update()
		.run()
	)
	if last:
		frappe.throw(_("You did this at {0} already.").format(get_datetime(last[0][0]).strftime("%H:%M")), PunchTwice)


def record(staff, kind: str, taken_on: datetime, source: str, duty_date=None, **values):
	"""Write a check-in; the rows are append-only and nobody writes them by hand. `staff` has `name` and `project`."""
	if not duty_date:
		day = getdate(taken_on)
		plan = rosters.Plan(staff.project, [staff.name], day - timedelta(days=1), day)
		duty_date = attendance.duty_date(taken_on, lambda date: plan.shift(staff.name, date))
	return frappe.get_doc(
		{
			"doctype": "Duty Punch",
			"project": staff.project,
			"staff": staff.name,
			"kind": kind,
			"taken_on": taken_on,
			"duty_date": duty_date,
			"source": source,
			"punch_key": punch_key(staff.name, kind, taken_on),
			**values,
		}
	).insert(ignore_permissions=True)  # the checks of the caller stand for it


def punch_key(staff: str, kind: str, taken_on: datetime) -> str:
	return f"{staff}|{kind}|{taken_on:%Y-%m-%d %H:%M:%S}"
