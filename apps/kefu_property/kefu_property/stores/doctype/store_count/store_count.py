import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.rules.money import NotAnAmount, round_money, sum_money
from kefu_property.rules.stock_cost import Stock, cost_of, quantity_of
from kefu_property.stores import ledger, papers
from kefu_property.stores.exceptions import CountIncomplete, QuantityInvalid


class StoreCount(Document):
	"""Stock-take of a store: what was counted against the books; differences are posted with approval (D15).

	The book quantity is the one when the list was made. Goods that move between count and approval do no harm, as the
	difference is posted, not the counted number.
	"""

	def before_insert(self) -> None:
		self.counted_by = frappe.session.user
		if not self.items:
			self.fill()

	def fill(self) -> None:
		"""List what lies in the store according to the books, shelf by shelf."""
		for stock in frappe.get_all(
			"Store Stock",
			filters={"store": self.store},
			fields=["name", "item", "item_name", "unit", "shelf", "quantity"],
			order_by="shelf, item",
			limit=0,
		):
			self.append(
				"items",
				{
					"stock": stock.name,
					"item": stock.item,
					"item_name": stock.item_name,
					"unit": stock.unit,
					"shelf": stock.shelf,
					"book_quantity": stock.quantity,
				},
			)

	def validate(self) -> None:
		papers.check_same_project(self, ("store", "Material Store"))
		self.set_differences()
		before = self.get_doc_before_save()
		if before and before.status == "Draft" and self.status != "Draft":
			self.check_complete()
		elif before and before.status != "Draft":
			self.check_unchanged(before)

	def set_differences(self) -> None:
		stocks = {
			row.name: Stock(quantity_of(row.quantity), quantity_value(row.value))
			for row in frappe.get_all(
				"Store Stock", filters={"store": self.store}, fields=["name", "quantity", "value"], limit=0
			)
		}
		for row in self.items:
			row.difference, row.difference_value = 0, 0
			if is_blank(row.counted):
				continue
			counted = self.counted_quantity(row)
			row.counted = f"{counted.normalize():f}"
			row.difference = counted - quantity_of(row.book_quantity)
			stock = stocks.get(row.stock, Stock())
			if row.difference < 0:
				gone = min(-row.difference, stock.quantity)
				row.difference_value = -cost_of(stock, gone)
			elif stock.quantity:
				row.difference_value = round_money(stock.value * row.difference / stock.quantity)
		self.differences = sum(1 for row in self.items if row.difference)
		self.difference_value = sum_money(row.difference_value for row in self.items)

	def counted_quantity(self, row):
		try:
			counted = quantity_of(row.counted)
		except NotAnAmount:
			counted = None
		if counted is None or counted < 0:
			frappe.throw(
				_("{0} is not a quantity. Enter the number that was counted of {1}.").format(
					row.counted, row.item_name
				),
				QuantityInvalid,
			)
		return counted

	def check_complete(self) -> None:
		open_rows = [row.item_name for row in self.items if is_blank(row.counted)]
		if not self.items or open_rows:
			frappe.throw(
				_("Enter what was counted of each item. Still open: {0}").format(_(", ").join(open_rows[:10]) or "–"),
				CountIncomplete,
			)
		if self.differences and not (self.remarks or "").strip():
			frappe.throw(_("Explain the differences before you send the count for approval."), CountIncomplete)

	def check_unchanged(self, before) -> None:
		if self.status != "Draft" and [row.counted for row in self.items] != [row.counted for row in before.items]:
			frappe.throw(_("The count was sent for approval: its numbers cannot change any more."), CountIncomplete)

	def before_submit(self) -> None:
		papers.check_approved(self, "Approved")
		self.check_complete()
		rows = [row for row in self.items if row.difference]
		if not rows:
			return
		steps = [ledger.Step(self.store, row.item, quantity_of(row.difference), None, row.name) for row in rows]
		for row, value in zip(rows, ledger.post(self, steps, "Stock Count", frappe.utils.today()), strict=True):
			row.difference_value = value
		self.difference_value = sum_money(row.difference_value for row in self.items)

	def on_cancel(self) -> None:
		rows = frappe.get_all(
			"Store Ledger Row",
			filters={"reference_doctype": self.doctype, "reference_name": self.name, "reversal": 0},
			fields=["store", "item", "quantity", "value", "movement_row"],
		)
		steps = [
			ledger.Step(row.store, row.item, -quantity_of(row.quantity), -quantity_value(row.value), row.movement_row)
			for row in rows
		]
		if steps:
			ledger.post(self, steps, "Stock Count", frappe.utils.today(), reversal=True)


def is_blank(counted) -> bool:
	return counted is None or not str(counted).strip()


def quantity_value(value):
	return sum_money([value or 0])
