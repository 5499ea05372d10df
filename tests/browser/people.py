"""People and homes that the browser tests sign in as: written to the test site once and left there."""

from __future__ import annotations

import secrets

import frappe
from frappe.utils.password import update_password

from tests.factories.users import MAIL, make_user

PROJECT = "BROWSE"
PHONE = "13900000001"
NAME = "陈静怡"
#: one password per test run; never written to the code
PASSWORD = f"Aa1-{secrets.token_urlsafe(12)}"


def staff(role: str) -> tuple[str, str]:
	"""User and password of a staff member with just this role, assigned to the project."""
	project = (PROJECT,) if frappe.db.exists("Property Project", PROJECT) else ()
	user = make_user(role, projects=project, email=f"browse.{frappe.scrub(role)}@{MAIL}")
	frappe.db.set_value("User", user, "language", "zh")
	update_password(user, PASSWORD)
	frappe.clear_cache(user=user)
	frappe.db.commit()  # the served site is another process and has to see the user
	return user, PASSWORD


def resident() -> frappe._dict:
	"""An owner of a dwelling and a parking space who has agreed to the privacy notice and has a password."""
	found = frappe.db.get_value("Resident", {"project": PROJECT, "resident_name": NAME}, ["name", "user"], as_dict=True)
	if not found:
		found = make_owner()
	user = f"owner@{MAIL}"
	if not frappe.db.exists("User", user):
		make_user("Property Resident", email=user, user_type="Website User")
	frappe.db.set_value("User", user, {"language": "zh", "first_name": NAME})
	give_account(found.name, user)
	return frappe._dict(name=found.name, user=user, phone=PHONE, password=PASSWORD, full_name=NAME)


def give_account(resident: str, user: str) -> None:
	"""The portal account of a resident, with a password and the consent to the privacy notice."""
	frappe.db.set_value(
		"Resident", resident, {"user": user, "consent_on": "2026-01-05 10:00:00", "consent_version": notice_version()}
	)
	update_password(user, PASSWORD)
	frappe.clear_cache(user=user)
	frappe.db.commit()  # the served site is another process


def notice_version() -> str:
	return frappe.db.get_single_value("Kefu Settings", "privacy_version") or "1"


def make_owner() -> frappe._dict:
	if not frappe.db.exists("Property Project", PROJECT):
		new("Property Project", project_code=PROJECT, project_name="云景花园", project_name_en="Cloudview Gardens",
			status="In Service", phone="0571-88001234", company_name="云景物业服务有限公司")  # fmt: skip
	building = new("Property Building", project=PROJECT, building_code="6", building_name="6 幢", kind="Residential")
	owner = new("Resident", project=PROJECT, resident_name=NAME, new_phone=PHONE, email="owner@example.com")
	units = [
		("6-1-1802", "Dwelling", 128.6, 104.2),
		("B1-077", "Parking", 12.5, 12.5),
	]
	for code, kind, area, inner in units:
		unit = new(
			"Property Unit", project=PROJECT, building=building.name, unit_code=code, unit_type=kind, state="Occupied",
			building_area=area, inner_area=inner, floor="18" if kind == "Dwelling" else "-1",
			layout="三室两厅两卫" if kind == "Dwelling" else None,
		)  # fmt: skip
		new("Unit Occupancy", project=PROJECT, unit=unit.name, resident=owner.name, relation="Owner",
			from_date="2024-03-01", is_payer=1)  # fmt: skip
	new("Resident Vehicle", project=PROJECT, resident=owner.name, unit=f"{PROJECT}-6-1-1802", plate_number="浙A6C308",
		plate_kind="Ordinary", vehicle_kind="Car", from_date="2024-03-01")  # fmt: skip
	return frappe._dict(name=owner.name, user=None)


def new(doctype: str, **values):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
