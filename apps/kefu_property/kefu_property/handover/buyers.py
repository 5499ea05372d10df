"""The developer's list of buyers, a workbook: home, name, phone, identity number (D24)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cstr

from kefu_property.handover.exceptions import UnreadableList
from kefu_property.registry import api as registry

#: headers as developers write them, first part of the header decides
HEADERS = {
	"unit": ("房号", "房屋", "房间号", "单元", "unit"),
	"name": ("买受人", "业主", "姓名", "客户", "buyer", "name"),
	"phone": ("手机", "电话", "联系", "phone", "mobile"),
	"id_number": ("身份证", "证件", "id"),
}
HEADER_WITHIN, MOST_PROBLEMS = 10, 20


def rows_of(content: bytes) -> list[dict]:
	"""Rows `number`, `unit`, `name`, `phone`, `id_number` of the first sheet that has the headers. Raises UnreadableList."""
	columns: dict[int, str] = {}
	wanted_sheet, found = None, []
	for sheet, number, cells in registry.workbook_rows(content):
		if wanted_sheet and sheet != wanted_sheet:
			break
		texts = [cstr(cell).strip() for cell in cells]
		if not columns:
			if number <= HEADER_WITHIN:
				columns = header(texts)
				wanted_sheet = sheet if columns else None
			continue
		row = {name: texts[position] for position, name in columns.items() if position < len(texts)}
		if row.get("unit") or row.get("name"):
			found.append(row | {"number": number})
	if not columns:
		frappe.throw(
			_("No sheet has the columns home, buyer and phone. Add a line with these headers."), UnreadableList
		)
	return found


def header(texts: list[str]) -> dict[int, str]:
	columns: dict[int, str] = {}
	for position, text in enumerate(texts):
		for name, words in HEADERS.items():
			if name not in columns.values() and text.casefold().startswith(words):
				columns[position] = name
				break
	return columns if {"unit", "name", "phone"} <= set(columns.values()) else {}


def enter(batch, content: bytes) -> dict:
	"""Put the buyers of a list on the rows of a batch. Returns `entered` and `problems`, a sentence for each bad row.

	A bad row does not stop the others; somebody known by name and phone is not entered twice.
	"""
	homes = {row["unit_code"].casefold(): row["name"] for row in registry.units(batch.project)}
	lines = {row.unit: row for row in batch.units}
	entered, problems = 0, []
	for row in rows_of(content):
		home = homes.get(row["unit"].casefold()) or homes.get(row["unit"].removeprefix(f"{batch.project}-").casefold())
		if home not in lines:
			problems.append(_("Row {0}: {1} is no home of this batch.").format(row["number"], row["unit"]))
			continue
		frappe.db.savepoint("buyer")
		try:
			resident = registry.register_resident(
				batch.project, row["name"], row["phone"], id_number=row.get("id_number", "")
			)
		except frappe.ValidationError as error:
			frappe.db.rollback(save_point="buyer")
			frappe.clear_last_message()
			problems.append(
				_("Row {0}: {1}").format(row["number"], frappe.utils.strip_html(cstr(error)) or _("name missing"))
			)
			continue
		lines[home].resident = resident
		entered += 1
	batch.save()
	return {"entered": entered, "problems": problems[:MOST_PROBLEMS]}
