import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.rules.money import D, round_money, sum_money
from kefu_property.rules.stock_cost import quantity_of
from kefu_property.stores import papers
from kefu_property.stores.exceptions import NoItems, NotApproved

DRAFT = "Draft"


class StoreRequisition(Document):
	"""What a department asks for: approval by the limits, then issued at once, in parts or on back-order (D15)."""

	def before_insert(self) -> None:
		self.requested_by = frappe.session.user
		for row in self.items:
			row.issued = 0

	def validate(self) -> None:
		papers.check_same_project(self, ("department", "Cost Department"), ("store", "Material Store"))
		items = papers.check_items(self)
		before = self.get_doc_before_save()
		if before and before.status != DRAFT:
			check_unchanged(self, before)
		else:
			self.set_estimate(items)

	def set_estimate(self, items: dict) -> None:
		"""Price at the average cost of the project's stores, else at the list price; the total decides who approves."""
		averages = average_costs(self.project, list(items))
		unknown = False
		for row in self.items:
			row.rate = averages.get(row.item) or D(items[row.item].list_price)
			row.amount = round_money(quantity_of(row.quantity) * row.rate)
			unknown = unknown or not row.rate
		self.estimate = sum_money(row.amount for row in self.items)
		self.approval_level = level_of(self.estimate, unknown)

	def on_trash(self) -> None:
		if self.status != DRAFT:
			frappe.throw(_("{0} was sent for approval. Close it instead.").format(self.name), NotApproved)

	@frappe.whitelist()
	def open_items(self) -> list[dict]:
		"""What is still to be issued: `item`, `item_name`, `unit`, `open`, `available` in `store`."""
		self.check_permission("read")
		store = self.store or default_store(self.project)
		stock = dict(
			frappe.get_all(
				"Store Stock",
				filters={"store": store, "item": ["in", [row.item for row in self.items]]},
				fields=["item", "quantity"],
				as_list=True,
			)
		)
		return [
			{
				"item": row.item,
				"item_name": row.item_name,
				"unit": row.unit,
				"open": float(quantity_of(row.quantity) - quantity_of(row.issued)),
				"available": float(stock.get(row.item) or 0),
				"store": store,
			}
			for row in self.items
			if quantity_of(row.issued) < quantity_of(row.quantity)
		]

	@frappe.whitelist(methods=["POST"])
	def issue(self, quantities: dict | str, received_by: str | None = None, store: str | None = None) -> str:
		"""Issue `quantities` (by item code) of this requisition and return the name of the issue slip.

		Raises InsufficientStock, MoreThanAsked, NotApproved. The rest stays open as a back-order.
		"""
		self.check_permission("read")
		wanted = {item: quantity_of(value) for item, value in frappe.parse_json(quantities).items()}
		wanted = {item: quantity for item, quantity in wanted.items() if quantity}
		if not wanted:
			frappe.throw(_("Enter a quantity for at least one item."), NoItems)
		slip = frappe.get_doc(
			{
				"doctype": "Store Movement",
				"project": self.project,
				"kind": "Goods Issue",
				"store": store or self.store or default_store(self.project),
				"posting_date": frappe.utils.today(),
				"requisition": self.name,
				"received_by": received_by or frappe.utils.get_fullname(self.requested_by),
				"items": [{"item": item, "quantity": quantity} for item, quantity in wanted.items()],
			}
		)
		slip.insert()
		slip.submit()
		return slip.name


def check_unchanged(doc, before) -> None:
	"""What was sent for approval stays as it was read by the approver."""
	old, new = ([(row.item, quantity_of(row.quantity)) for row in paper.items] for paper in (before, doc))
	if old != new:
		frappe.throw(_("{0} was sent for approval: its items cannot change any more.").format(doc.name), NotApproved)


def average_costs(project: str, items: list[str]) -> dict:
	"""Average cost in yuan of items over the stores of a project, rounded to cents; nothing for items without stock."""
	stock = frappe.qb.DocType("Store Stock")
	total = frappe.query_builder.functions.Sum
	rows = (
		frappe.qb.from_(stock)
		.select(stock.item, total(stock.quantity), total(stock.value))
		.where((stock.project == project) & stock.item.isin(items or [""]) & (stock.quantity > 0))
		.groupby(stock.item)
		.run()
	)
	return {item: round_money(D(value) / D(quantity)) for item, quantity, value in rows}


def level_of(estimate, unknown: bool) -> str:
	"""None, Supervisor or Director. A price that nobody knows needs a supervisor."""
	settings = frappe.get_cached_doc("Store Settings")
	if estimate > D(settings.supervisor_limit):
		return "Director"
	if unknown or estimate > D(settings.free_limit):
		return "Supervisor"
	return "None"


def default_store(project: str) -> str | None:
	"""Store of a project that papers without one draw from: the default one, else the only one."""
	rows = frappe.get_all(
		"Material Store",
		filters={"project": project, "disabled": 0},
		fields=["name", "is_default"],
		order_by="is_default desc, store_code",
		limit=2,
	)
	if not rows:
		return None
	return rows[0].name if rows[0].is_default or len(rows) == 1 else None
