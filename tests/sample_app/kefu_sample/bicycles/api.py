import frappe


@frappe.whitelist()
def my_bicycles() -> list[str]:
	"""Names of the bicycles of the signed-in resident's projects: none, the sample lends by project."""
	frappe.only_for(("Property Resident", "System Manager"))
	return frappe.get_all("Sample Bicycle", pluck="name")


def bicycles_returned(request) -> list[dict]:
	"""Check of a Move Request: lent bicycles of the project stop it."""
	lent = frappe.db.count("Sample Bicycle", {"project": request.project, "lent": 1})
	return [{"check": "bicycles", "label": "Bicycles", "status": "blocked" if lent else "ok", "detail": str(lent)}]
