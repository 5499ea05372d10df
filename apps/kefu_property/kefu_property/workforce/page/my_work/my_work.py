"""Page My Work: what belongs to the signed-in member of staff, in sections that modules bring (S6)."""

import frappe
from frappe import _

from kefu_property.suite import state
from kefu_property.workforce import people


@frappe.whitelist()
# lint: allow whitelist-permission: one's own data only; users without a staff file have none
def overview() -> dict:
	"""`staff_name`, `post`, `department`, `project` and `cards` in order; `message` alone for a user without a staff file.

	Extension point `my_work_cards`: a function that gets the staff file (`name`, `staff_no`, `staff_name`, `project`, `department`,
	`post`, `status`, `user`) and returns None or a card: `key`, `title`, `order`, `facts` (rows of `label`, `text`), `lines` (rows of
	`text`, `state`, `indicator`, `route`), `empty` (shown without lines), `actions` (rows of `label` with a `route`, or `new` for a
	new document; `primary`).
	"""
	me = people.find_me()
	if not me:
		return {"message": people.without_file()}
	cards = [card for contribute in state.contributions("my_work_cards") if (card := contribute(me))]
	return {
		"staff_name": me.staff_name,
		"staff_no": me.staff_no,
		"post": me.post,
		"department": frappe.db.get_value("Staff Department", me.department, "department_name")
		if me.department
		else None,
		"status": _(me.status),
		"project": frappe.db.get_value("Property Project", me.project, "project_name"),
		"cards": sorted(cards, key=lambda card: card["order"]),
	}
