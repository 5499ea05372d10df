"""Meters and their readings: what counts from where, and the sheet of a building for whoever walks from door to door."""

# No postponed annotations here: the framework converts what a request sends by them
from decimal import Decimal

import frappe
from frappe import _
from frappe.query_builder.functions import Sum
from frappe.utils import today

from kefu_property.billing.exceptions import WrongReading
from kefu_property.billing.explain import plain
from kefu_property.rules.money import D

EARLIER_COMPARED = 6
LONGEST_SHEET = 2000


def lock(meter: str) -> dict:
	"""The meter's row, locked until the transaction ends."""
	rows = frappe.db.sql(
		"""select name, project, unit, meter_no, meter_kind, multiplier, digits, status, removed_on, installed_on, start_value
		from `tabUtility Meter` where name = %s for update""",
		meter,
		as_dict=True,
	)
	if not rows:
		frappe.throw(_("Choose the meter that was read."), WrongReading)
	return rows[0]


def reading_before(meter: str, name: str | None) -> dict | None:
	"""The newest reading of a meter besides `name`: `read_on`, `value`, `base`, `reading_type`."""
	rows = frappe.db.sql(
		"""select read_on, value, base, reading_type from `tabMeter Reading`
		where meter = %s and name != %s order by read_on desc limit 1""",
		(meter, name or ""),
		as_dict=True,
	)
	return rows[0] if rows else None


def reading_after(meter: str, day, name: str):
	"""The day of the newest reading after `day`, or None."""
	return frappe.db.get_value(
		"Meter Reading",
		{"meter": meter, "read_on": [">", day], "name": ["!=", name]},
		"read_on",
		order_by="read_on desc",
	)


def last_consumptions(meter: str, name: str | None) -> list[Decimal]:
	rows = frappe.get_all(
		"Meter Reading",
		filters={"meter": meter, "name": ["!=", name or ""]},
		pluck="consumption",
		order_by="read_on desc",
		limit=EARLIER_COMPARED,
	)
	return [D(row) for row in rows]


def bill_of(unit: str | None, meter_kind: str, day) -> str | None:
	"""The valid bill whose metered line bears readings of this day, or None."""
	if not unit:
		return None
	rows = frappe.db.sql(
		"""select invoice.name from `tabFee Invoice` invoice
		join `tabFee Invoice Line` line on line.parent = invoice.name
		join `tabFee Tariff` tariff on tariff.name = line.tariff
		where invoice.unit = %s and invoice.docstatus = 1 and tariff.meter_kind = %s
			and tariff.kind in ('Meter', 'Tiered Meter') and %s between invoice.period_start and invoice.period_end limit 1""",
		(unit, meter_kind, day),
	)
	return rows[0][0] if rows else None


def note_last(meter: str) -> None:
	"""Show the newest reading on its meter."""
	last = reading_before(meter, None)
	start = frappe.db.get_value("Utility Meter", meter, "start_value")
	values = (
		{
			"last_read_on": last.read_on,
			"last_value": last.value,
			"base_value": last.base,
			"base_estimated": int(last.reading_type == "Estimated"),
		}
		if last
		else {"last_read_on": None, "last_value": 0, "base_value": start, "base_estimated": 0}
	)
	frappe.db.set_value("Utility Meter", meter, values)


def meters_of(project: str, meter_kind: str, building: str | None = None) -> list[dict]:
	"""Meters in use to be read, in the order of the doors. Without a check of permissions."""
	meter, unit, house = (frappe.qb.DocType(name) for name in ("Utility Meter", "Property Unit", "Property Building"))
	query = (
		frappe.qb.from_(meter)
		.left_join(unit)
		.on(unit.name == meter.unit)
		.left_join(house)
		.on(house.name == meter.building)
		.select(
			meter.name,
			meter.meter_no,
			meter.place,
			meter.building,
			meter.base_value,
			meter.last_value,
			meter.last_read_on,
			unit.unit_code,
			house.building_name,
		)
		.where((meter.project == project) & (meter.meter_kind == meter_kind) & (meter.status == "In Use"))
		.orderby(meter.building, unit.entrance, unit.floor, unit.unit_code, meter.meter_no)
		.limit(LONGEST_SHEET)
	)
	if building:
		query = query.where(meter.building == building)
	rows = query.run(as_dict=True)
	for row in rows:
		row.counted_from = plain(row.base_value)
		row.read_today = str(row.last_read_on) == today()
	return rows


def need_reader() -> None:
	if not frappe.has_permission("Meter Reading", "create"):
		frappe.throw(_("You do not read meters."), frappe.PermissionError)


@frappe.whitelist()
def sheet(project: str, meter_kind: str, building: str | None = None) -> list[dict]:
	"""Meters in use to be read, in the order of the doors: `name`, `meter_no`, `unit_code`, `place`, `base_value`, `last_read_on`, `read_today`."""
	frappe.get_doc("Property Project", project).check_permission("read")
	need_reader()
	return meters_of(project, meter_kind, building)


@frappe.whitelist(methods=["POST"])
def take(
	meter: str, value: str, reading_type: str = "Actual", rolled_over: bool = False, read_on: str | None = None
) -> dict:
	"""Write one reading of the sheet; returns `consumption` (text), `unusual` and `base`."""
	need_reader()
	doc = frappe.get_doc(
		{
			"doctype": "Meter Reading",
			"meter": meter,
			"read_on": read_on or today(),
			"value": digits_of(value),
			"reading_type": reading_type,
			"rolled_over": int(rolled_over),
		}
	)
	frappe.get_doc("Utility Meter", meter).check_permission("read")
	doc.insert()
	return {"consumption": plain(doc.consumption), "unusual": bool(doc.unusual), "base": plain(doc.base)}


def digits_of(text: str) -> str:
	"""A typed reading as a plain number; full-width digits are taken for what they are. Raises WrongReading."""
	plain = str(text or "").strip().translate(str.maketrans("０１２３４５６７８９．", "0123456789."))
	whole, _point, rest = plain.partition(".")
	if not (
		whole.isascii() and whole.isdigit() and len(whole) <= 9 and (not rest or (rest.isdigit() and len(rest) <= 3))
	):
		frappe.throw(
			_("{0} is not a meter reading. Type digits, such as 1234.5.").format(
				frappe.utils.escape_html(str(text)[:40])
			),
			WrongReading,
		)
	return plain


@frappe.whitelist()
def common_consumption(project: str, period_start: str, period_end: str, building: str | None = None) -> list[dict]:
	"""What the common meters of a project or building used in a period: `meter_no`, `meter_kind`, `place`, `consumption` (text)."""
	frappe.get_doc("Property Project", project).check_permission("read")
	if not frappe.has_permission("Shared Cost", "create"):
		frappe.throw(_("Accountants divide shared costs."), frappe.PermissionError)
	reading, meter = frappe.qb.DocType("Meter Reading"), frappe.qb.DocType("Utility Meter")
	query = (
		frappe.qb.from_(reading)
		.join(meter)
		.on(meter.name == reading.meter)
		.select(meter.meter_no, meter.meter_kind, meter.place, Sum(reading.consumption).as_("consumption"))
		.where(
			(meter.project == project)
			& (meter.is_common == 1)
			& (reading.read_on >= period_start)
			& (reading.read_on <= period_end)
		)
		.groupby(meter.name)
		.orderby(meter.meter_kind, meter.meter_no)
	)
	if building:
		query = query.where(meter.building == building)
	rows = query.run(as_dict=True)
	for row in rows:
		row.consumption = plain(row.consumption)
	return rows
