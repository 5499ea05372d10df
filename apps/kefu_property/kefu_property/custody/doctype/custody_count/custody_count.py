import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder import Case

from kefu_property.custody.exceptions import CountIncomplete, WrongProject
from kefu_property.rules import custody_rules


class CustodyCount(Document):
	"""Shelf count: every item seen or missing; differences take effect with approval (D20)."""

	def before_insert(self) -> None:
		self.counted_by = frappe.session.user
		if not self.items:
			self.fill()

	def fill(self) -> None:
		filters = {"project": self.project, "status": ["in", ["Waiting", "In Dispute"]]}
		if self.shelf:
			filters["shelf"] = self.shelf
		for item in frappe.get_all(
			"Custody Item",
			filters=filters,
			fields=["name", "shelf", "recipient_name", "tracking_number"],
			order_by="shelf, received_on",
		):
			self.append(
				"items",
				{
					"custody_item": item.name,
					"recipient_name": item.recipient_name,
					"tracking_number": item.tracking_number,
					"expected_shelf": item.shelf,
				},
			)

	def validate(self) -> None:
		self.check_items()
		waiting = set(
			frappe.get_all(
				"Custody Item",
				filters={
					"name": ["in", [row.custody_item for row in self.items] or [""]],
					"status": ["in", ["Waiting", "In Dispute"]],
				},
				pluck="name",
			)
		)
		for row in self.items:
			row.difference = custody_rules.count_difference(
				row.custody_item in waiting, row.expected_shelf, row.found, row.found_shelf
			)
		self.items_expected = sum(1 for row in self.items if row.custody_item in waiting)
		self.items_found = sum(1 for row in self.items if row.found == "Here")
		self.differences = sum(1 for row in self.items if row.difference)
		before = self.get_doc_before_save()
		if before and before.status == "Draft" and self.status != "Draft":
			self.check_complete()

	def check_items(self) -> None:
		names = [row.custody_item for row in self.items]
		strangers = frappe.get_all(
			"Custody Item", filters={"name": ["in", names or [""]], "project": ["!=", self.project]}, pluck="name"
		)
		if strangers or len(set(names)) != len(names):
			frappe.throw(_("Each item of the project stands once on the list."), WrongProject)

	def check_complete(self) -> None:
		left = [row.custody_item for row in self.items if not row.found]
		if not self.items or left:
			frappe.throw(
				_("Say of each item whether it is here. Still open: {0}").format(_(", ").join(left[:5]) or "–"),
				CountIncomplete,
			)
		if self.differences and not (self.remarks or "").strip():
			frappe.throw(_("Explain the differences before you send the count for approval."), CountIncomplete)

	def on_submit(self) -> None:
		"""Approved differences take effect: missing items become claims, misplaced ones get their shelf."""
		self.move_misplaced([row for row in self.items if row.difference == "Wrong Shelf"])
		missing = [row.custody_item for row in self.items if row.difference == "Missing"]
		disputed = set(
			frappe.get_all(
				"Custody Claim",
				filters={"custody_item": ["in", missing or [""]], "status": ["not in", ["Settled", "Rejected"]]},
				pluck="custody_item",
			)
		)
		for name in missing:
			if name in disputed:
				continue
			frappe.get_doc(  # lint: allow query-in-loop: a new document, no query
				{
					"doctype": "Custody Claim",
					"project": self.project,
					"custody_item": name,
					"kind": "Loss",
					"source": "Count",
					"claimed_by": frappe.utils.get_fullname(self.counted_by),
					"claimed_on": self.counted_on,
					"description": _("Missing in the count {0}. {1}").format(self.name, self.remarks or ""),
				}
			).insert(ignore_permissions=True)  # follows from the approved count

	def move_misplaced(self, rows: list) -> None:
		if not rows:
			return
		table = frappe.qb.DocType("Custody Item")
		place = Case()
		for row in rows:
			place = place.when(table.name == row.custody_item, row.found_shelf)
		frappe.qb.update(table).set(table.shelf, place).where(table.name.isin([row.custody_item for row in rows])).run()
