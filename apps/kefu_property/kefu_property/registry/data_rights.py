"""A person's right to a copy and to deletion, and the end of retention (L22, PIPL articles 19, 45 and 47).

What money and law require to be kept (bills, receipts, the ledger, papers that were signed) stays with the name that was
printed on it; everything that only identifies or reaches the person goes. Other modules take part at three points:
`personal_data_sheets` (resident) → [(title, headings, rows)], `erasure_checks` (resident) → [reason], `personal_data_erased` (resident).
"""

# No postponed annotations here: the framework converts what a request sends by them
import io

import frappe
from frappe import _
from frappe.utils import add_months, getdate, now_datetime, today
from openpyxl import Workbook

from kefu_property.registry import personal_data, private_values
from kefu_property.registry.exceptions import ErasureRefused
from kefu_property.registry.portal_access import set_enabled
from kefu_property.suite import state

MOST_A_DAY = 500
#: cleared by erasing; what is left says that there was somebody and in which project
CLEARED = (
	"name_en",
	"gender",
	"nationality",
	"phone_masked",
	"phone_last4",
	"id_masked",
	"email",
	"postal_address",
	"remarks",
	"user",
	"consent_on",
	"consent_version",
	"invited_on",
)


def _need_supervisor() -> None:
	if not personal_data.ID_ROLES & set(frappe.get_roles()):
		frappe.throw(_("A supervisor hands out copies and erases personal data."), frappe.PermissionError)


@frappe.whitelist(methods=["POST"])
def prepare_copy(request: str) -> str:
	"""Write everything that is kept about a person into an Excel file attached to the request; returns its address."""
	doc = frappe.get_doc("Personal Data Request", request)
	doc.check_permission("write")
	_need_supervisor()
	content = workbook_of(doc.resident)
	personal_data.log(doc.project, "Personal Copy", doc.request_type, resident=doc.resident)
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"personal-data-{doc.name}.xlsx",
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
			"is_private": 1,
			"content": content,
		}
	).insert(ignore_permissions=True)  # the right on the request was checked
	return file.file_url


def workbook_of(resident: str) -> bytes:
	"""An Excel file with a sheet for each kind of data: the registry's own and those that other modules contribute."""
	book = Workbook(write_only=True)
	contributed = [sheet for give in state.contributions("personal_data_sheets") for sheet in give(resident)]
	for title, headings, rows in [*own_sheets(resident), *contributed]:
		sheet = book.create_sheet(title[:31])
		sheet.append(headings)
		for row in rows:
			sheet.append(["" if value is None else str(value) for value in row])
	stream = io.BytesIO()
	book.save(stream)
	return stream.getvalue()


def own_sheets(resident: str) -> list[tuple[str, list[str], list]]:
	doc = frappe.get_doc("Resident", resident)
	person = [
		(_("Name"), doc.resident_name),
		(_("Name in Latin Letters"), doc.name_en),
		(_("Phone"), private_values.get(resident, private_values.PHONE)),
		(_(doc.id_type or "ID Number"), private_values.get(resident, private_values.ID_NUMBER)),
		(_("E-mail"), doc.email),
		(_("Postal Address"), doc.postal_address),
		(_("Remarks"), doc.remarks),
		(_("Privacy Notice Accepted On"), doc.consent_on),
	]
	contacts = [
		(row.contact_name, _(row.relation or ""), private_values.get(resident, private_values.CONTACT_PHONE, row.name))
		for row in doc.contacts  # a handful of rows
	]
	tables = (
		("Unit Occupancy", _("Homes"), ["unit", "relation", "from_date", "to_date", "share"]),
		("Resident Vehicle", _("Vehicles"), ["plate_number", "vehicle_kind", "brand", "from_date", "to_date"]),
		("Personal Data Access Log", _("Who looked at it"), ["accessed_on", "field", "purpose", "user"]),
	)
	result = [
		(_("Person"), [_("What"), _("Value")], person),
		(_("Emergency Contacts"), [_("Contact Name"), _("Relation"), _("Phone")], contacts),
	]
	for doctype, title, fields in tables:
		meta = frappe.get_meta(doctype)
		rows = frappe.get_all(  # lint: allow query-in-loop: three tables
			doctype, filters={"resident": resident}, fields=fields, as_list=True, order_by="creation"
		)
		result.append((title, [_(meta.get_label(field)) for field in fields], rows))
	return result


def reasons_to_keep(resident: str) -> list[str]:
	"""Why a person cannot be erased yet, in the user's language; empty when nothing stands against it."""
	reasons = []
	home = frappe.get_all(
		"Unit Occupancy",
		filters={"resident": resident, "status": ["in", ["Current", "Future"]]},
		pluck="unit",
		limit=1,
	)
	if home:
		reasons.append(_("Still registered in {0}").format(home[0]))
	for check in state.contributions("erasure_checks"):
		reasons += check(resident)
	return reasons


@frappe.whitelist(methods=["POST"])
def erase_for_request(request: str) -> None:
	"""Erase the person who asked for it. Raises ErasureRefused with the reasons while something stands against it."""
	doc = frappe.get_doc("Personal Data Request", request)
	doc.check_permission("write")
	_need_supervisor()
	if doc.request_type != "Delete":
		frappe.throw(_("The person did not ask for deletion."), ErasureRefused)
	erase(doc.resident)
	frappe.db.set_value("Personal Data Request", {"resident": doc.resident}, "resident_name", former_name(doc.resident))
	doc.reload()
	doc.status = "Done"
	doc.save()


def erase(resident: str) -> None:
	"""Take away what identifies or reaches a person. Raises ErasureRefused."""
	if reasons := reasons_to_keep(resident):
		frappe.throw(
			_("This person cannot be erased yet: {0}.").format("; ".join(reasons)),
			ErasureRefused,
		)
	_take_away(resident)


def _take_away(resident: str) -> None:
	"""The erasure itself; the caller has found no reason to keep the person."""
	doc = frappe.get_doc("Resident", resident)
	user = doc.user
	for field in CLEARED:
		doc.set(field, None)
	doc.contacts = []
	doc.resident_name = former_name(resident)
	doc.disabled, doc.erased_on = 1, now_datetime()
	doc.flags.ignore_permissions = True  # the caller's right was checked, or it is the retention job
	doc.save(ignore_version=True)
	private_values.forget(resident)
	vehicle = frappe.qb.DocType("Resident Vehicle")
	frappe.qb.update(vehicle).set(vehicle.plate_number, "–").set(vehicle.brand, None).where(
		vehicle.resident == resident
	).run()
	# the history of changes repeats the old values
	frappe.db.delete("Version", {"ref_doctype": "Resident", "docname": resident})
	if user and not frappe.db.exists("Resident", {"user": user}):
		set_enabled(user, False)
	for clean in state.contributions("personal_data_erased"):
		clean(resident)


def former_name(resident: str) -> str:
	return _("Former resident {0}", frappe.db.get_single_value("System Settings", "language") or "zh").format(
		resident[:6]
	)


def forget_former_residents(day: str | None = None) -> int:
	"""Daily: erase those who left longer ago than their project keeps data; returns how many. Who still owes or is owed stays."""
	day = getdate(day or today())
	count = 0
	for project, months in frappe.get_all(
		"Property Project", filters={"retention_months": [">", 0]}, fields=["name", "retention_months"], as_list=True
	):
		for resident in due_for_erasure(project, add_months(day, -months)):  # lint: allow query-in-loop: per project
			if reasons_to_keep(resident):  # lint: allow query-in-loop: a few people a day
				continue
			_take_away(resident)  # lint: allow query-in-loop: as above
			frappe.db.commit()  # each person stands alone: an error in one does not bring another back
			count += 1
	return count


def due_for_erasure(project: str, since) -> list[str]:
	"""People of a project whose last stay ended before `since`, oldest first, at most MOST_A_DAY. Never those without any stay."""
	return frappe.db.sql_list(
		"""select resident.name from `tabResident` resident
		join `tabUnit Occupancy` stay on stay.resident = resident.name
		where resident.project = %(project)s and resident.erased_on is null and resident.resident_type = 'Person'
		group by resident.name
		having max(ifnull(stay.to_date, '9999-12-31')) < %(since)s
		order by max(stay.to_date), resident.name limit %(most)s""",
		{"project": project, "since": since, "most": MOST_A_DAY},
	)
