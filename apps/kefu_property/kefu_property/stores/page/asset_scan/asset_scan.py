"""Server side of the page Count Assets: a phone scans labels against an open count (D15)."""

import frappe
from frappe import _

from kefu_property.stores.doctype.fixed_asset_count import fixed_asset_count
from kefu_property.stores.exceptions import AssetNotAvailable


@frappe.whitelist()
def get_counts() -> list[dict]:
	"""Open counts of the user's projects: `name`, `project`, `counted_on`, `expected`, `found`, `misplaced`."""
	return frappe.get_list(
		"Fixed Asset Count",
		filters={"status": "Draft", "docstatus": 0},
		fields=["name", "project", "place", "counted_on", "expected", "found", "misplaced"],
		order_by="creation desc",
		limit=20,
	)


@frappe.whitelist()
def get_lines(count: str) -> dict:
	"""Lines of a count: what is still to be seen, and the places that occur."""
	doc = frappe.get_doc("Fixed Asset Count", count)
	doc.check_permission("read")
	open_lines = [
		{"asset": row.asset, "asset_name": row.asset_name, "place": row.expected_place}
		for row in doc.items
		if not row.outcome
	]
	places = sorted({row.expected_place for row in doc.items if row.expected_place})
	return {"open": open_lines, "places": places, "seen": len(doc.items) - len(open_lines), "expected": len(doc.items)}


@frappe.whitelist(methods=["POST"])
def scan(count: str, code: str, place: str | None = None) -> dict:
	"""Note the asset under the camera, by its number or serial number, as seen at `place`.

	Returns what `fixed_asset_count.see` does. Raises DoesNotExistError for an unknown label, AssetNotAvailable for one that
	was scrapped or sold.
	"""
	doc = frappe.get_doc("Fixed Asset Count", count)
	doc.check_permission("write")
	code = code.strip()
	card = frappe.db.get_value(
		"Fixed Asset Card",
		{"project": doc.project, "name": code},
		["name", "asset_name", "custodian", "place", "status"],
		as_dict=True,
	) or frappe.db.get_value(
		"Fixed Asset Card",
		{"project": doc.project, "serial_number": code},
		["name", "asset_name", "custodian", "place", "status"],
		as_dict=True,
	)
	if not card:
		frappe.throw(_("No asset of this project has the label {0}.").format(code), frappe.DoesNotExistError)
	if card.status in ("Scrapped", "Sold", "Draft"):
		frappe.throw(
			_("{0} {1} is not in the books: {2}. Put it aside.").format(card.name, card.asset_name, _(card.status)),
			AssetNotAvailable,
		)
	return fixed_asset_count.see(count, card, (place or "").strip() or None)
