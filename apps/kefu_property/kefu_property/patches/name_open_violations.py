"""Open violations are *To Be Rectified* now; the workflow that names the old state is made anew by the set-up."""

import frappe

WORKFLOW = "Renovation Violation"


def execute() -> None:
	frappe.db.set_value("Renovation Violation", {"status": "Open"}, "status", "To Be Rectified", update_modified=False)
	if frappe.db.exists("Workflow Document State", {"parent": WORKFLOW, "state": "Open"}):
		frappe.delete_doc("Workflow", WORKFLOW, force=True)
