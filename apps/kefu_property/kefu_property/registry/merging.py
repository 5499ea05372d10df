"""Two residents made one: every link of the site follows, whatever module or app it belongs to (D1)."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe import _
from frappe.query_builder.functions import Count

from kefu_property.registry import bulk, occupancies, private_values
from kefu_property.rules import occupancy as occupancy_rules
from kefu_property.suite import state

RESIDENT = "Resident"
#: keep what they say: the merge itself, and the vault, whose rows are handled one by one
KEPT = {"Resident Merge", private_values.DOCTYPE}
#: references that the framework keeps without declaring them as links: DocType, field of the type, field of the name
UNDECLARED = (("File", "attached_to_doctype", "attached_to_name"), ("Version", "ref_doctype", "docname"))
FILLED = ("name_en", "gender", "nationality", "email", "postal_address", "user", "invited_on")


def link_fields() -> list[tuple[str, str, str | None]]:
	"""All fields of the site that can name a resident: (DocType, field, field with the DocType or None)."""
	found: dict[tuple[str, str], str | None] = {}
	for doctype, fieldname, kind, options in _declared_links():
		if kind == "Link" and options == RESIDENT:
			found[doctype, fieldname] = None
		elif kind == "Dynamic Link":
			found[doctype, fieldname] = options
	for doctype, type_field, fieldname in UNDECLARED:
		found[doctype, fieldname] = type_field
	stored = set(frappe.get_all("DocType", filters={"issingle": 0, "is_virtual": 0}, pluck="name"))
	return [
		(doctype, fieldname, type_field)
		for (doctype, fieldname), type_field in sorted(found.items())
		if doctype in stored and doctype not in KEPT
	]


def _declared_links() -> list[tuple[str, str, str, str]]:
	standard = frappe.get_all(
		"DocField",
		filters={"fieldtype": ["in", ["Link", "Dynamic Link"]]},
		fields=["parent", "fieldname", "fieldtype", "options"],
		as_list=True,
	)
	custom = frappe.get_all(
		"Custom Field",
		filters={"fieldtype": ["in", ["Link", "Dynamic Link"]]},
		fields=["dt", "fieldname", "fieldtype", "options"],
		as_list=True,
	)
	return [*standard, *custom]


def _condition(table, fieldname: str, type_field: str | None, resident: str):
	condition = table[fieldname] == resident
	return condition & (table[type_field] == RESIDENT) if type_field else condition


def references(resident: str) -> list[dict]:
	"""Where a resident is named: rows `document_type`, `fieldname`, `row_count`, only where there are any."""
	found = []
	for doctype, fieldname, type_field in link_fields():
		table = frappe.qb.DocType(doctype)
		rows = (  # lint: allow query-in-loop: one per table
			frappe.qb.from_(table)
			.select(Count("*"))
			.where(_condition(table, fieldname, type_field, resident))
			.run()[0][0]
		)
		if rows:
			found.append({"document_type": doctype, "fieldname": fieldname, "row_count": rows})
	return found


def plan_occupancies(survivor: str, merged: str) -> tuple[list[dict], list[str]]:
	"""(rows of the survivor to widen, names of rows that fall away) so that nobody is twice in one home.

	Rows of one relation that overlap become one, from the earlier first to the later last day, with both shares; it pays if either
	did. Raises OccupancyConflict when the home does not fit together afterwards.
	"""
	units = set(frappe.get_all("Unit Occupancy", filters={"resident": merged}, pluck="unit"))
	widened: dict[str, dict] = {}
	dropped: list[str] = []
	for rows in occupancies.rows_of(units, lock=True).values():
		kept: list[dict] = []
		groups = defaultdict(list)
		for row in rows:
			if row["resident"] in (survivor, merged):
				groups[row["relation"]].append(row)
			else:
				kept.append(row)
		for group in groups.values():
			current: dict | None = None
			for row in sorted(group, key=lambda row: row["from_date"]):
				if current is None or not occupancy_rules.overlap(current, row):
					current = {**row, "resident": survivor}
					kept.append(current)
					continue
				dropped.append(row["name"])
				ends = (current["to_date"], row["to_date"])
				current["to_date"] = None if None in ends else max(ends)
				current["share"] = float(occupancy_rules.share_of(current) + occupancy_rules.share_of(row))
				current["is_payer"] = int(bool(current["is_payer"] or row["is_payer"]))
				widened[current["name"]] = {key: current[key] for key in ("name", "to_date", "share", "is_payer")}
		occupancy_rules.check(kept)
	return list(widened.values()), dropped


def merge(survivor: str, merged: str) -> list[str]:
	"""Repoint every link from `merged` to `survivor`, fill the survivor's gaps, disable `merged`. Returns lines of a log.

	The caller holds the transaction and has made sure that nothing contradicts. Modules that keep something else than links
	by resident contribute a function of (survivor, merged) at `resident_merged`.
	"""
	table = frappe.qb.DocType(RESIDENT)
	frappe.qb.from_(table).select(table.name).where(table.name.isin([survivor, merged])).orderby(
		table.name
	).for_update().run()
	lines = _merge_occupancies(survivor, merged)
	for reference in references(merged):
		doctype, fieldname = reference["document_type"], reference["fieldname"]
		type_field = next(row[2] for row in link_fields() if row[:2] == (doctype, fieldname))
		changed = frappe.qb.DocType(doctype)
		frappe.qb.update(changed).set(changed[fieldname], survivor).where(  # lint: allow query-in-loop: one per table
			_condition(changed, fieldname, type_field, merged)
		).run()
		lines.append(f"{doctype}.{fieldname}: {reference['row_count']}")
	lines += _merge_records(survivor, merged)
	for contribute in state.contributions("resident_merged"):
		contribute(survivor, merged)
	frappe.clear_document_cache(RESIDENT, survivor)
	frappe.clear_document_cache(RESIDENT, merged)
	return lines


def _merge_occupancies(survivor: str, merged: str) -> list[str]:
	widened, dropped = plan_occupancies(survivor, merged)
	bulk.update("Unit Occupancy", widened)
	if not dropped:
		return []
	frappe.db.delete("Unit Occupancy", {"name": ["in", dropped]})
	return [_("{0} occupancies joined with those of the remaining record").format(len(dropped))]


def _merge_records(survivor: str, merged: str) -> list[str]:
	"""Contacts, missing numbers and missing particulars go over; a number that the survivor has stays with the merged."""
	target, source = frappe.get_doc(RESIDENT, survivor), frappe.get_doc(RESIDENT, merged)
	lines, values = [], {}
	for kind, masks in (
		(private_values.PHONE, ("phone_masked", "phone_last4")),
		(private_values.ID_NUMBER, ("id_masked", "id_type")),
	):
		number = private_values.get(merged, kind)
		if number and not private_values.get(survivor, kind):
			private_values.put(survivor, kind, number)
			private_values.put(merged, kind, None)
			values |= {field: source.get(field) for field in masks}
			lines.append(_("{0} taken over").format(_(kind)))
	values |= {field: source.get(field) for field in FILLED if source.get(field) and not target.get(field)}
	if source.contacts:
		contact, private = frappe.qb.DocType("Resident Contact"), frappe.qb.DocType(private_values.DOCTYPE)
		frappe.qb.update(contact).set(contact.parent, survivor).set(
			contact.idx, contact.idx + len(target.contacts)
		).where((contact.parent == merged) & (contact.parenttype == RESIDENT)).run()
		frappe.qb.update(private).set(private.resident, survivor).where(
			(private.resident == merged) & (private.kind == private_values.CONTACT_PHONE)
		).run()
		lines.append(_("{0} emergency contacts taken over").format(len(source.contacts)))
	if values:
		frappe.db.set_value(RESIDENT, survivor, values)
	frappe.db.set_value(RESIDENT, merged, {"disabled": 1, "merged_into": survivor, "user": None})
	return lines
