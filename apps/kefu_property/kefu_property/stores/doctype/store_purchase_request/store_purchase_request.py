import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.rules.money import D, round_money, sum_money
from kefu_property.rules.stock_cost import quantity_of
from kefu_property.stores import papers
from kefu_property.stores.doctype.store_requisition.store_requisition import DRAFT, check_unchanged
from kefu_property.stores.exceptions import NoItems, NotApproved


class StorePurchaseRequest(Document):
	"""What the store asks to buy; approved, then received in one or more receipts (D15)."""

	def before_insert(self) -> None:
		for row in self.items:
			row.received = 0

	def validate(self) -> None:
		papers.check_same_project(self, ("store", "Material Store"))
		items = papers.check_items(self)
		before = self.get_doc_before_save()
		if before and before.status != DRAFT:
			check_unchanged(self, before)
		for row in self.items:
			row.rate = row.rate or items[row.item].list_price
			row.amount = round_money(quantity_of(row.quantity) * D(row.rate))
		self.total = sum_money(row.amount for row in self.items)

	def on_trash(self) -> None:
		if self.status != DRAFT:
			frappe.throw(_("{0} was sent for approval. Close it instead.").format(self.name), NotApproved)


@frappe.whitelist()
def make_receipt(source_name: str, target_doc: str | None = None) -> dict:
	"""A receipt of what is still to come, not saved yet."""
	doc = frappe.get_doc("Store Purchase Request", source_name)
	doc.check_permission("read")
	receipt = frappe.new_doc("Store Movement")
	receipt.update(
		{
			"kind": "Goods Receipt",
			"project": doc.project,
			"store": doc.store,
			"supplier": doc.supplier,
			"purchase_request": doc.name,
		}
	)
	for row in doc.items:
		left = quantity_of(row.quantity) - quantity_of(row.received)
		if left > 0:
			receipt.append(
				"items",
				{
					"item": row.item,
					"item_name": row.item_name,
					"unit": row.unit,
					"quantity": float(left),
					"rate": row.rate,
				},
			)
	return receipt


@frappe.whitelist(methods=["POST"])
def order_what_is_short(store: str) -> str:
	"""Make a purchase request of everything below its minimum in a store, less what is on order. Returns its name.

	Raises NoItems when nothing is short.
	"""
	if not frappe.has_permission("Store Purchase Request", "create"):
		frappe.throw(_("You may not ask for purchases."), frappe.PermissionError)
	frappe.get_doc("Material Store", store).check_permission("read")
	from kefu_property.stores.report.store_reorder_list.store_reorder_list import get_rows

	rows = [row for row in get_rows(frappe._dict(store=store)) if row.to_order > 0]
	if not rows:
		frappe.throw(_("Nothing is short in this store, or it is on order already."), NoItems)
	doc = frappe.get_doc(
		{
			"doctype": "Store Purchase Request",
			"project": rows[0].project,
			"store": store,
			"needed_on": frappe.utils.add_days(frappe.utils.today(), 7),
			"items": [{"item": row.item, "quantity": row.to_order, "rate": row.list_price} for row in rows],
		}
	)
	doc.insert()
	return doc.name
