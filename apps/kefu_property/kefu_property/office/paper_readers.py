"""Who has to read an issued document, who has, and whom to remind (D9)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import add_days, format_date, getdate, now_datetime, today

from kefu_property.office.paper_exceptions import NoReaders, NotAReader
from kefu_property.suite import notify

DOCTYPE = "Document Reading"


def readers_of(doc) -> list[str]:
	"""Enabled users whom the distribution table of an Issued Document names, each once, in its order.

	A role means those with the role who are assigned to the document's project.
	"""
	found: list[str] = []
	groups = [row.reader_group for row in doc.recipients if row.audience == "Reader Group"]
	members = frappe.get_all(
		"Reader Group Member",
		filters={"parent": ["in", groups or [""]], "parenttype": "Reader Group"},
		fields=["parent", "user"],
		order_by="parent, idx",
	)
	for row in doc.recipients:
		if row.audience == "Role":
			found += notify.staff_with_role(row.role, doc.project)
		elif row.audience == "Reader Group":
			found += [member.user for member in members if member.parent == row.reader_group]
		else:
			found.append(row.user)
	enabled = set(frappe.get_all("User", filters={"name": ["in", found], "enabled": 1}, pluck="name"))
	return [user for user in dict.fromkeys(found) if user in enabled]


def distribute(doc) -> list[str]:
	"""Give the document to readers who do not have it yet. Returns them. Raises NoReaders for a table that reaches nobody."""
	wanted = readers_of(doc)
	if doc.recipients and not wanted:
		frappe.throw(
			_("The distribution reaches nobody. Choose users, or roles with staff in this project."), NoReaders
		)
	have = set(frappe.get_all(DOCTYPE, filters={"issued_document": doc.name}, pluck="user"))
	new = [user for user in wanted if user not in have]
	read_by = doc.read_by or add_days(today(), frappe.db.get_single_value("Paper Settings", "reading_days") or 0)
	for user in new:
		frappe.get_doc(  # lint: allow query-in-loop: one new row for each reader
			{
				"doctype": DOCTYPE,
				"name": f"{doc.name}-{user}",
				"project": doc.project,
				"issued_document": doc.name,
				"user": user,
				"status": "Unread",
				"sent_on": now_datetime(),
				"read_by": read_by,
			}
		).insert(ignore_permissions=True, set_name=f"{doc.name}-{user}")  # the system distributes
	notify.alert(new, lambda: _("Please read {0}: {1}").format(doc.document_number, doc.subject), doc.doctype, doc.name)
	count(doc)
	return new


def confirm(doc) -> None:
	"""The present user has read the document. Raises NotAReader for anybody to whom it was not distributed."""
	name = frappe.db.get_value(DOCTYPE, {"issued_document": doc.name, "user": frappe.session.user})
	if not name:
		frappe.throw(_("This document was not distributed to you."), NotAReader)
	table = frappe.qb.DocType(DOCTYPE)
	(
		frappe.qb.update(table)
		.set(table.status, "Has Read")
		.set(table.read_on, now_datetime())
		.where((table.name == name) & (table.status == "Unread"))
		.run()
	)
	count(doc)


def count(doc) -> None:
	table = frappe.qb.DocType(DOCTYPE)
	states = frappe.qb.from_(table).select(table.status).where(table.issued_document == doc.name).run(pluck=True)
	doc.db_set(
		{"readers": len(states), "readers_done": sum(1 for status in states if status == "Has Read")},
		update_modified=False,
	)


def remind(day=None) -> int:
	"""Daily: remind readers whose day to read has come, again after the days of the settings. Returns the number told."""
	day = getdate(day or today())
	interval = frappe.db.get_single_value("Paper Settings", "reminder_days") or 1
	reading, document = frappe.qb.DocType(DOCTYPE), frappe.qb.DocType("Issued Document")
	rows = (
		frappe.qb.from_(reading)
		.join(document)
		.on(document.name == reading.issued_document)
		.select(reading.name, reading.user, reading.read_by, reading.reminders, document.name.as_("document"))
		.select(document.subject, document.document_number)
		.where((reading.status == "Unread") & (document.docstatus == 1) & (reading.read_by <= day))
		.where(reading.reminded_on.isnull() | (reading.reminded_on <= add_days(day, -interval)))
		.run(as_dict=True)
	)
	for row in rows:
		notify.alert(
			[row.user],
			lambda row=row: _("Not read yet, due {0}: {1} {2}").format(
				format_date(row.read_by), row.document_number, row.subject
			),
			"Issued Document",
			row.document,
		)
		frappe.db.set_value(  # lint: allow query-in-loop: one write per reminder
			DOCTYPE, row.name, {"reminders": row.reminders + 1, "reminded_on": day}, update_modified=False
		)
	return len(rows)
