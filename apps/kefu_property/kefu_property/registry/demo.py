"""Demo data of the registry: two projects, the first from the roster in the repository's `tests/data`."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import frappe
from frappe.utils import add_days, getdate, nowdate

import kefu_property
from kefu_property.registry.doctype.roster_import import roster_import
from kefu_property.registry.portal_access import login_of
from kefu_property.registry.rosters import exporter, workbook
from kefu_property.rules import roster as rules
from kefu_property.suite import state

ROSTER = Path(kefu_property.__file__).parents[3] / "tests" / "data" / "roster_cuiyuan.xlsx"
GARDEN, COURT = "CY", "BH"
PROJECTS = {
	GARDEN: {
		"project_name": "翠园小区",
		"project_name_en": "Cuiyuan Garden",
		"city": "杭州",
		"district": "虚构区",
		"developer": "虚构翠园置业有限公司",
		"address": "杭州市虚构区翠园路 1 号",
		"service_start": "2019-06-30",
		"company_name": "虚构物业服务有限公司翠园管理处",
		"company_name_en": "Example Property Services, Cuiyuan Office",
		"phone": "0571-88000000",
		"office_address": "翠园路 1 号 3 幢 1 楼",
		"bank_name": "虚构银行翠园支行",
		"bank_account_name": "虚构物业服务有限公司",
		"bank_account_no": "0000 0000 0000 0001",
	},
	COURT: {
		"project_name": "滨河苑",
		"project_name_en": "Binhe Court",
		"city": "上海",
		"district": "虚构区",
		"handover_month_rule": "Owner pays from the next month",
		"service_start": "2021-01-01",
		"company_name": "虚构物业服务有限公司滨河管理处",
		"phone": "021-60000000",
	},
}


def load(context: frappe._dict) -> None:
	"""Load what is missing. Safe to repeat."""
	frappe.local.lang = "zh"  # notes that the system writes into documents
	for code, values in PROJECTS.items():
		if not frappe.db.exists("Property Project", code):
			frappe.get_doc({"doctype": "Property Project", "project_code": code, **values}).insert()
	if not frappe.db.exists("Property Unit", {"project": GARDEN}):
		if not ROSTER.exists():
			print("    the roster of the repository is not here: no homes are loaded")
			return
		import_roster(GARDEN, ROSTER.name, ROSTER.read_bytes())
	if not frappe.db.exists("Property Unit", {"project": COURT}):
		import_roster(COURT, "roster_binhe.xlsx", small_roster())
	add_vehicles()
	add_portal_owner(context)
	add_move()


def import_roster(project: str, file_name: str, content: bytes) -> None:
	"""The way a user does it: attach, check, accept, import."""
	if not state.contributions("opening_balances"):
		content = without_openings(content)
	file = frappe.get_doc({"doctype": "File", "file_name": file_name, "content": content, "is_private": 1}).insert()
	as_of = getdate().replace(month=1, day=1) - timedelta(days=1)
	doc = frappe.get_doc(
		{"doctype": "Roster Import", "project": project, "file": file.file_url, "as_of": as_of}
	).insert()
	roster_import.run_check(doc.name)
	doc.reload()
	if doc.status == "Ready":
		doc.db_set(
			{"status": "Importing", "accepted_by": frappe.session.user, "accepted_on": frappe.utils.now_datetime()}
		)
		roster_import.run_import(doc.name)
		doc.reload()
	if doc.status != "Completed":
		raise RuntimeError(f"demo roster of {project}: {doc.status} {doc.failure or doc.report}")


def without_openings(content: bytes) -> bytes:
	"""The roster without opening amounts, for a site on which Billing is off."""
	from openpyxl import load_workbook

	book = load_workbook(io.BytesIO(content))
	for sheet in book:
		columns = [
			column
			for column, cells in enumerate(sheet.iter_cols(values_only=True), start=1)
			if {rules.header_column(cell) for cell in cells[:3]} & set(rules.OPENING_COLUMNS)
		]
		for column in reversed(columns):
			sheet.delete_cols(column)
	stream = io.BytesIO()
	book.save(stream)
	return stream.getvalue()


def small_roster() -> bytes:
	rows = []
	for floor in range(1, 7):
		for room in range(1, 5):
			number = (floor - 1) * 4 + room
			values = {
				"building": "A",
				"entrance": "1",
				"floor": str(floor),
				"unit_code": f"A-1-{floor}{room:02d}",
				"unit_type": "住宅",
				"building_area": 76.35 + room * 9.1,
				"resident_name": f"{'赵钱孙李'[room - 1]}{'甲乙丙丁戊己'[floor - 1]}{'子丑寅卯'[room - 1]}",
				"phone": f"1990100{number:04d}",
				"relation": "业主",
				"share": "100%",
				"from_date": f"2021-{floor:02d}-15",
				"is_payer": "是",
			}
			rows.append([values.get(column) for column in rules.COLUMNS])
	return workbook.write([(exporter.SHEET, exporter.HEADERS, rows)])


def add_vehicles() -> None:
	if frappe.db.count("Resident Vehicle", {"project": GARDEN}):
		return
	owners = frappe.get_all(
		"Property Unit",
		filters={"project": GARDEN, "unit_type": "Parking", "current_owner": ["is", "set"]},
		fields=["name", "current_owner"],
		limit=12,
		order_by="name",
	)
	for number, row in enumerate(owners):
		plate = f"浙A{'D' if number % 3 == 0 else ''}{10000 + number * 37}"
		frappe.get_doc(
			{
				"doctype": "Resident Vehicle",
				"project": GARDEN,
				"resident": row.current_owner,
				"unit": row.name,
				"plate_number": plate,
				"from_date": "2022-01-01",
			}
		).insert()


def add_portal_owner(context: frappe._dict) -> None:
	"""One owner with a home, signing in with the password of the demo accounts."""
	email = f"owner@{context.mail}"
	if frappe.db.exists("User", email):
		return
	units = frappe.get_all(
		"Property Unit",
		filters={"project": GARDEN, "unit_type": "Dwelling", "current_payer": ["is", "set"]},
		pluck="current_payer",
		order_by="name",
		limit=40,
	)
	resident = frappe.get_all(
		"Resident",
		filters={"name": ["in", units], "phone_last4": ["is", "set"], "resident_type": "Person"},
		pluck="name",
		order_by="phone_last4",
		limit=1,
	)[0]
	doc = frappe.get_doc("Resident", resident)
	doc.email = email
	doc.save()
	user = login_of(doc)
	user.new_password = context.password
	user.save()
	doc.db_set("user", user.name)


def add_move() -> None:
	"""A tenant who is to come next week, waiting for approval."""
	if frappe.db.count("Move Request", {"project": GARDEN}):
		return
	unit = frappe.get_all(
		"Property Unit",
		filters={"project": GARDEN, "state": "Vacant", "unit_type": "Dwelling"},
		pluck="name",
		order_by="name",
		limit=1,
	)[0]
	tenant = frappe.get_doc(
		{
			"doctype": "Resident",
			"project": GARDEN,
			"resident_name": "租客 壬戌",
			"new_phone": "19909990001",
			"contacts": [{"contact_name": "租客 癸亥", "relation": "Spouse", "new_phone": "19909990002"}],
		}
	).insert()
	frappe.get_doc(
		{
			"doctype": "Move Request",
			"project": GARDEN,
			"unit": unit,
			"move_type": "New Tenant",
			"effective_date": add_days(nowdate(), 7),
			"incoming": [{"resident": tenant.name, "relation": "Tenant", "to_date": add_days(nowdate(), 372)}],
			"unit_state_after": "Let",
			"reason": "租赁合同 2026-001",
		}
	).insert()
