"""Water, power and rent of a month: cost of each room and the shares of those who stayed (D17)."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.dormitory.exceptions import ReadingWrong
from kefu_property.rules import dormitory_rules as rules
from kefu_property.rules.money import D, sum_money


def last_readings(building: str, before, sheet: str = "") -> dict[str, frappe._dict]:
	"""Last approved readings before a day, by room: `water_to`, `power_to`."""
	head, line = frappe.qb.DocType("Dormitory Meter Sheet"), frappe.qb.DocType("Dormitory Meter Line")
	rows = (
		frappe.qb.from_(head)
		.join(line)
		.on((line.parent == head.name) & (line.parenttype == "Dormitory Meter Sheet"))
		.select(line.room, line.water_to, line.power_to, head.period_end)
		.where((head.building == building) & (head.docstatus == 1) & (head.period_end < before) & (head.name != sheet))
		.orderby(head.period_end)
		.run(as_dict=True)
	)
	return {row.room: row for row in rows}


def stays_of(building: str, start, end) -> dict[str, list[frappe._dict]]:
	"""Stays that touch a period, by room, with their `days`."""
	stay = frappe.qb.DocType("Dormitory Stay")
	rows = (
		frappe.qb.from_(stay)
		.select(stay.name, stay.staff, stay.staff_name, stay.room, stay.from_date, stay.to_date)
		.where((stay.building == building) & (stay.docstatus == 1) & (stay.from_date <= end))
		.where(stay.to_date.isnull() | (stay.to_date > start))
		.orderby(stay.room, stay.from_date, stay.name)
		.run(as_dict=True)
	)
	by_room = defaultdict(list)
	for row in rows:
		row.days = rules.days_stayed(getdate(row.from_date), row.to_date and getdate(row.to_date), start, end)
		by_room[row.room].append(row)
	return by_room


def use_of(row, kind: str):
	"""Used amount of a line: now − before + what an exchanged meter counted. Raises ReadingWrong."""
	before, now, extra = (D(str(row.get(f"{kind}_{part}") or 0)) for part in ("from", "to", "extra"))
	if now < before:
		frappe.throw(
			_(
				"{0}: the reading {1} is lower than the one before ({2}). Read it again, or enter the exchange of the meter."
			).format(row.room, now, before),
			ReadingWrong,
		)
	return now - before + extra


def share_out(sheet) -> None:
	"""Fill costs, shares and totals of a sheet from its readings; every sum equals the sum of its parts."""
	start, end = getdate(sheet.period_start), getdate(sheet.period_end)
	length = (end - start).days + 1
	by_room = stays_of(sheet.building, start, end)
	shares, costs = {}, {"water": [], "power": []}
	company = []
	for rows in by_room.values():
		for stay in rows:
			amount = rules.rent(sheet.monthly_rent or 0, stay.days, length)
			shares[stay.name] = {
				"staff": stay.staff,
				"staff_name": stay.staff_name,
				"room": stay.room,
				"stay": stay.name,
				"days": stay.days,
				"rent": amount,
				"water": D(0),
				"power": D(0),
			}
	for row in sheet.lines:
		stays = by_room.get(row.room, [])
		days = [stay.days for stay in stays]
		borne, shared = [], []
		for kind in ("water", "power"):
			used = use_of(row, kind)
			row.set(f"{kind}_used", float(used))
			charge = rules.room_charge(
				used, str(sheet.get(f"{kind}_price") or 0), str(sheet.get(f"free_{kind}") or 0), sum(days), length
			)
			for stay, part in zip(stays, rules.share(charge.staff, days), strict=True):
				shares[stay.name][kind] = part
			costs[kind].append(charge.total)
			borne.append(charge.company)
			shared.append(charge.staff)
		row.company_amount, row.staff_amount = str(sum_money(borne)), str(sum_money(shared))
		company += borne
	sheet.set("shares", [])
	for part in shares.values():
		total = part["rent"] + part["water"] + part["power"]
		if part["days"]:
			sheet.append(
				"shares",
				{key: str(value) if key in ("rent", "water", "power") else value for key, value in part.items()}
				| {"total": str(total)},
			)
	sheet.water_cost, sheet.power_cost = str(sum_money(costs["water"])), str(sum_money(costs["power"]))
	sheet.rent_total = str(sum_money(row.rent for row in sheet.shares))
	sheet.company_total = str(sum_money(company))
	sheet.staff_total = str(sum_money(row.total for row in sheet.shares))
