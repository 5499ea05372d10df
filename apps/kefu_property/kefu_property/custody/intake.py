"""Taking parcels in quickly: a scanner, a keyboard, no mouse (D20)."""

# No postponed annotations here: the framework converts what a form sends by them.
import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import now_datetime

from kefu_property.registry import api as registry
from kefu_property.suite import row_rules

MOST_CHOICES = 9
MOST_LABELS = 200


def recipients(text: str, project: str) -> list[dict]:
	"""Residents whom a label's name, phone or home may mean, at most nine, who pays for the home first.

	A whole unit code means just that home; every row names one resident and one home.
	"""
	rows = registry.search_residents(text, project=project, limit=40)
	exact = [row for row in rows if row.unit_code == text.strip()]
	rows = exact or rows
	rows.sort(key=lambda row: not row.is_payer)
	seen, kept = set(), []
	for row in rows:
		if (row.resident, row.unit) not in seen:
			seen.add((row.resident, row.unit))
			kept.append(row)
	return kept[:MOST_CHOICES]


@frappe.whitelist()
def get_shelves() -> list[dict]:
	"""Shelves of the user's projects with the number of items on them: `name`, `shelf_name`, `project`, `free`."""
	frappe.has_permission("Custody Item", "create", throw=True)
	shelves = frappe.get_list(
		"Custody Shelf",
		filters={"disabled": 0},
		fields=["name", "shelf_name", "project", "capacity"],
		order_by="project, shelf_code",
		limit=0,
	)
	table = frappe.qb.DocType("Custody Item")
	used = dict(
		frappe.qb.from_(table)
		.select(table.shelf, Count("*"))
		.where(table.status.isin(["Waiting", "In Dispute"]) & table.shelf.isin([row.name for row in shelves] or [""]))
		.groupby(table.shelf)
		.run()
	)
	for shelf in shelves:
		shelf.free = shelf.pop("capacity") - used.get(shelf.name, 0)
	return shelves


@frappe.whitelist()
def find_recipients(project: str, text: str) -> list[dict]:
	"""For the intake page: `resident`, `resident_name`, `phone_masked`, `unit`, `unit_code` of possible recipients."""
	frappe.has_permission("Custody Item", "create", throw=True)
	_check_project(project)
	return [
		{key: row[key] for key in ("resident", "resident_name", "phone_masked", "unit", "unit_code")}
		for row in recipients(text, project)
	]


@frappe.whitelist(methods=["POST"])
def receive(
	project: str,
	tracking_number: str,
	recipient: str,
	shelf: str | None = None,
	resident: str | None = None,
	unit: str | None = None,
	condition: str = "Good",
) -> dict:
	"""Take one parcel in. `recipient` is what stands on the label; `resident` and `unit` what was chosen for it.

	Without a choice the label decides when it means just one home; else the answer holds `choices` and nothing was
	saved. A label that means nobody is kept under its name. Returns `name`, `recipient_name`, `unit`, `carrier`, `found`.
	Raises DuplicateParcel for a number that is waiting already.
	"""
	frappe.has_permission("Custody Item", "create", throw=True)
	_check_project(project)
	if not resident:
		found = recipients(recipient, project)
		if len(found) > 1:
			return {"choices": find_recipients(project, recipient)}
		if found:
			resident, unit = found[0].resident, found[0].unit
	item = frappe.get_doc(
		{
			"doctype": "Custody Item",
			"project": project,
			"kind": "Parcel",
			"tracking_number": tracking_number,
			"shelf": shelf,
			"resident": resident,
			"unit": unit,
			"recipient_name": recipient,
			"condition": condition,
			"received_on": now_datetime(),
		}
	).insert()
	return {
		"name": item.name,
		"tracking_number": item.tracking_number,
		"recipient_name": item.recipient_name,
		"unit": item.unit,
		"carrier": item.carrier,
		"found": bool(resident),
	}


@frappe.whitelist()
def labels(items: list | str) -> None:
	"""Answer with one PDF of labels (60 × 40 mm), one page for each item, at most 200."""
	from weasyprint import HTML  # heavy, and needed here only

	names = frappe.parse_json(items)
	docs = frappe.get_list("Custody Item", filters={"name": ["in", names[:MOST_LABELS]]}, pluck="name", limit=0)
	if not docs:
		frappe.throw(_("Choose items of your project."), frappe.PermissionError)
	# a label asks its document for QR code and formats; there are at most 200
	pages = [_item(name) for name in names if name in docs]
	html = frappe.render_template("kefu_property/templates/print/custody_label.html", {"pages": pages})
	frappe.local.response.filename = "labels.pdf"
	frappe.local.response.filecontent = HTML(string=html).write_pdf()
	frappe.local.response.type = "pdf"


def _item(name: str):
	return frappe.get_doc("Custody Item", name)


def _check_project(project: str) -> None:
	user = frappe.session.user
	if not row_rules.sees_all_projects(user) and project not in row_rules.projects_of(user):
		frappe.throw(_("You are not assigned to the project {0}.").format(project), frappe.PermissionError)
