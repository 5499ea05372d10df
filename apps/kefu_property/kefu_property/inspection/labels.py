"""Sheets of QR labels for facilities (D5)."""

import frappe
from frappe import _
from weasyprint import HTML

from kefu_property.suite import qr

MOST_LABELS = 480


@frappe.whitelist()
def sheet(names: list[str]) -> None:
	"""A PDF with the labels of facilities, three in a row. Answers the file; only what the user may see is printed."""
	if not frappe.has_permission("Facility"):
		frappe.throw(_("Your role may not read {0}.").format(_("Facility")), frappe.PermissionError)
	rows = frappe.get_list(
		"Facility",
		filters={"name": ["in", list(names)[:MOST_LABELS] or [""]]},
		fields=["name", "project.project_name", "facility_name", "code", "location", "category"],
		order_by="`tabFacility`.name",
		limit=MOST_LABELS,
	)
	if not rows:
		frappe.throw(_("Choose facilities of your project."), frappe.PermissionError)
	for row in rows:
		row.qr = qr.data_uri(frappe.utils.get_url(f"/app/inspection-round/{row.code}"), scale=3)
	html = frappe.render_template("kefu_property/templates/print/facility_labels.html", {"rows": rows})
	frappe.local.response.filename = "facility-labels.pdf"
	frappe.local.response.filecontent = HTML(string=html).write_pdf()
	frappe.local.response.type = "pdf"
