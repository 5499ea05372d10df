"""Scheduled work of the workforce."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days, format_date, getdate, today

from kefu_property.suite.notify import alert, staff_with_role
from kefu_property.workforce import actions, people, settings

#: alert levels: due soon, over
SOON, OVER = 1, 2


def daily_workforce() -> None:
	actions.apply_due()
	mark_papers()
	tell_of_papers()
	forget_positions()


def mark_papers(day=None) -> None:
	"""States of contracts and certificates follow the calendar."""
	day = getdate(day or today())
	soon = getdate(add_days(day, settings.get("alert_days")))
	contract, certificate = frappe.qb.DocType("Staff Contract"), frappe.qb.DocType("Staff Certificate")
	frappe.qb.update(contract).set(contract.status, "Ended").where(
		(contract.status != "Ended") & (contract.ended_on <= day)
	).run()
	frappe.qb.update(contract).set(contract.status, "Expired").where(
		(contract.status == "In Force") & (contract.to_date < day)
	).run()
	frappe.qb.update(certificate).set(certificate.status, "Expired").where(
		(certificate.status != "Expired") & (certificate.expires_on < day)
	).run()
	frappe.qb.update(certificate).set(certificate.status, "Expiring").where(
		(certificate.status == "Valid") & (certificate.expires_on >= day) & (certificate.expires_on <= soon)
	).run()


def tell_of_papers(day=None) -> int:
	"""Tell personnel and the person, once when a paper is due soon and once when it is over. Returns the papers told of."""
	day = getdate(day or today())
	soon = getdate(add_days(day, settings.get("alert_days")))
	clerks: dict[str, list[str]] = {}
	told = 0
	for doctype, end, title in (
		("Staff Contract", "to_date", "contract_kind"),
		("Staff Certificate", "expires_on", "certificate_name"),
	):
		rows = frappe.get_all(  # lint: allow query-in-loop: two tables
			doctype,
			filters={end: ["<=", soon], "status": ["!=", "Ended"], "alert_level": ["<", OVER]},
			fields=["name", "project", "staff", "staff_name", f"{end} as day", f"{title} as title", "alert_level"],
		)
		logins = dict(
			frappe.get_all(  # lint: allow query-in-loop: two tables
				"Staff Member",
				filters={"name": ["in", [row.staff for row in rows] or [""]], "status": ["!=", people.LEFT]},
				fields=["name", "user"],
				as_list=True,
			)
		)
		for row in rows:
			level = OVER if row.day < day else SOON
			if level <= (row.alert_level or 0) or row.staff not in logins:
				continue
			if row.project not in clerks:
				clerks[row.project] = staff_with_role("HR Clerk", row.project)
			alert([*clerks[row.project], logins[row.staff]], lambda row=row: text(row, day), doctype, row.name)
			frappe.db.set_value(  # lint: allow query-in-loop: one write per alert
				doctype, row.name, "alert_level", level, update_modified=False
			)
			told += 1
	return told


def text(row, day) -> str:
	if row.day < day:
		return _("{0} of {1} expired on {2}.").format(_(row.title), row.staff_name, format_date(row.day))
	return _("{0} of {1} ends on {2}.").format(_(row.title), row.staff_name, format_date(row.day))


def forget_positions(day=None) -> None:
	"""Where somebody stood is erased after the time set; that they were there stays (L22)."""
	limit = add_days(getdate(day or today()), -settings.get("forget_positions_days"))
	table = frappe.qb.DocType("Duty Punch")
	(
		frappe.qb.update(table)
		.set(table.latitude, 0)
		.set(table.longitude, 0)
		.set(table.accuracy, 0)
		.where((table.duty_date < limit) & (table.latitude != 0))
		.run()
	)
