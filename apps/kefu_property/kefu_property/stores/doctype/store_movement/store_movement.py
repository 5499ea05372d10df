from decimal import Decimal

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.rules.money import D, round_money, sum_money
from kefu_property.rules.stock_cost import quantity_of, share
from kefu_property.stores import ledger, papers
from kefu_property.stores.exceptions import (
	DepartmentMissing,
	MovementUsed,
	NotApproved,
	PostingDate,
	ReturnInvalid,
	SameStore,
)
from kefu_property.suite import approval

RECEIPT, ISSUE, TRANSFER, RETURN = "Goods Receipt", "Goods Issue", "Stock Transfer", "Goods Return"
#: fields that only some kinds of movement have
ONLY = {
	"to_store": (TRANSFER,),
	"department": (ISSUE, RETURN),
	"received_by": (ISSUE,),
	"supplier": (RECEIPT,),
	"supplier_note": (RECEIPT,),
	"purchase_request": (RECEIPT,),
	"requisition": (ISSUE,),
	"return_of": (RETURN,),
}


class StoreMovement(Document):
	"""Receipt, issue, transfer or return of goods; submitting posts it, cancelling posts the reversal (D15)."""

	def validate(self) -> None:
		self.clear_foreign_fields()
		papers.check_same_project(
			self, ("store", "Material Store"), ("to_store", "Material Store"), ("department", "Cost Department")
		)
		papers.check_items(self)
		self.check_date()
		checks = {
			RECEIPT: self.check_receipt,
			ISSUE: self.check_issue,
			TRANSFER: self.check_transfer,
			RETURN: self.check_return,
		}
		checks[self.kind]()

	def clear_foreign_fields(self) -> None:
		for fieldname, kinds in ONLY.items():
			if self.kind not in kinds:
				self.set(fieldname, None)

	def check_date(self) -> None:
		if getdate(self.posting_date) > getdate(today()):
			frappe.throw(_("The posting date lies in the future."), PostingDate)

	def check_receipt(self) -> None:
		for row in self.items:
			row.amount = round_money(quantity_of(row.quantity) * D(row.rate))
		self.total = sum_money(row.amount for row in self.items)

	def check_issue(self) -> None:
		if self.requisition:
			facts = frappe.db.get_value("Store Requisition", self.requisition, ["project", "department"], as_dict=True)
			if facts.project != self.project:
				papers.check_same_project(self, ("requisition", "Store Requisition"))
			self.department = facts.department
		if not self.department and not self.reference_name:
			frappe.throw(_("Choose the department that the material is charged to."), DepartmentMissing)

	def check_transfer(self) -> None:
		if not self.to_store or self.to_store == self.store:
			frappe.throw(_("Choose another store that the goods go to."), SameStore)

	def check_return(self) -> None:
		"""Goods come back from an issue of the same store, at the cost at which they left."""
		issue = frappe.db.get_value(
			"Store Movement",
			self.return_of or "",
			["kind", "docstatus", "store", "project", "department", "reference_doctype", "reference_name"],
			as_dict=True,
		)
		if not issue or issue.kind != ISSUE or issue.docstatus != 1 or issue.store != self.store:
			frappe.throw(_("Choose the issue from this store that the goods come back from."), ReturnInvalid)
		self.department = issue.department
		self.reference_doctype, self.reference_name = issue.reference_doctype, issue.reference_name

	def before_submit(self) -> None:
		"""Posting: what was asked for is locked first, then the stock."""
		self.settle(1)
		values = ledger.post(self, self.steps(), self.kind, self.posting_date, self.department)
		if self.kind == TRANSFER:
			values = values[::2]
		for row, value in zip(self.items, values, strict=True):
			row.amount = abs(value)
		self.total = sum_money(row.amount for row in self.items)

	def steps(self) -> list[ledger.Step]:
		steps = []
		back = self.value_of_returns() if self.kind == RETURN else {}
		for row in self.items:
			quantity = quantity_of(row.quantity)
			if self.kind == RECEIPT:
				steps.append(ledger.Step(self.store, row.item, quantity, D(row.amount), row.name))
			elif self.kind == RETURN:
				steps.append(ledger.Step(self.store, row.item, quantity, back[row.item], row.name))
			else:
				steps.append(ledger.Step(self.store, row.item, -quantity, None, row.name))
				if self.kind == TRANSFER:
					steps.append(ledger.Step(self.to_store, row.item, quantity, None, row.name, mirror=True))
		return steps

	def value_of_returns(self) -> dict[str, Decimal]:
		"""Value of each item that comes back: its part of the issue's value, the last part takes the rest."""
		issued = {
			row.item: row
			for row in frappe.get_all(
				"Store Movement Item",
				filters={"parent": self.return_of},
				fields=["item", "quantity", "amount", "returned"],
			)
		}
		movement, item = frappe.qb.DocType("Store Movement"), frappe.qb.DocType("Store Movement Item")
		before = {
			row.item: D(row.amount)
			for row in frappe.qb.from_(item)
			.join(movement)
			.on(movement.name == item.parent)
			.select(item.item, frappe.query_builder.functions.Sum(item.amount).as_("amount"))
			.where((movement.return_of == self.return_of) & (movement.docstatus == 1) & (movement.name != self.name))
			.groupby(item.item)
			.run(as_dict=True)
		}
		values = {}
		for row in self.items:
			issue, part = issued[row.item], quantity_of(row.quantity)
			# `returned` counts this return already
			values[row.item] = share(
				D(issue.amount),
				quantity_of(issue.quantity),
				part,
				quantity_of(issue.returned) - part,
				before.get(row.item, D(0)),
			)
		return values

	def settle(self, sign: int) -> None:
		"""Count what this movement issues, brings or takes back of the paper before it."""
		changes = {row.item: sign * quantity_of(row.quantity) for row in self.items}
		if self.kind == RETURN:
			papers.settle("Store Movement Item", self.return_of, "returned", changes)
		elif self.requisition:
			settle_paper("Store Requisition", self.requisition, "issued", changes)
		elif self.purchase_request:
			settle_paper("Store Purchase Request", self.purchase_request, "received", changes)

	def before_cancel(self) -> None:
		if self.kind == ISSUE and frappe.db.exists("Store Movement", {"return_of": self.name, "docstatus": 1}):
			frappe.throw(_("Goods of this issue came back. Cancel the return first."), MovementUsed)

	def on_cancel(self) -> None:
		"""The reversal is posted today, as the ledger only grows."""
		self.settle(-1)
		rows = frappe.get_all(
			"Store Ledger Row",
			filters={"reference_doctype": self.doctype, "reference_name": self.name, "reversal": 0},
			fields=["store", "item", "quantity", "value", "movement_row"],
			order_by="posted_on desc, number desc",
		)
		# goods leave the receiving store of a transfer before they come back to the sending one
		rows.sort(key=lambda row: row.quantity < 0)
		steps = [
			ledger.Step(row.store, row.item, -quantity_of(row.quantity), -D(row.value), row.movement_row)
			for row in rows
		]
		ledger.post(self, steps, self.kind, today(), self.department, reversal=True)


#: child table, first status and statuses while part or all of it is settled
PAPERS = {
	"Store Requisition": ("Store Requisition Item", "Approved", "Partly Issued", "Issued"),
	"Store Purchase Request": ("Store Purchase Item", "Approved", "Partly Received", "Received"),
}


def settle_paper(doctype: str, name: str, field: str, changes: dict) -> None:
	"""Count goods of a requisition or purchase request and move it on. Raises NotApproved, MoreThanAsked."""
	child, approved, part, done = PAPERS[doctype]
	status = papers.lock_paper(doctype, name)
	cancelling = any(change < 0 for change in changes.values())
	if status not in (approved, part) and not (cancelling and status in (done, "Closed")):
		frappe.throw(_("{0} is not approved, or is closed.").format(name), NotApproved)
	some, everything = papers.settle(child, name, field, changes)
	new = done if everything else part if some else approved
	if status != new and status != "Closed":
		approval.system_step(frappe.get_doc(doctype, name), new)


@frappe.whitelist()
def items_to_return(movement: str) -> list[dict]:
	"""Items of an issue that can still come back: `item`, `quantity`."""
	doc = frappe.get_doc("Store Movement", movement)
	doc.check_permission("read")
	left = [{"item": row.item, "quantity": quantity_of(row.quantity) - quantity_of(row.returned)} for row in doc.items]
	return [row | {"quantity": float(row["quantity"])} for row in left if row["quantity"] > 0]


@frappe.whitelist()
def item_of_code(code: str) -> str | None:
	"""Name of the item with a barcode or item code, for the scanner."""
	if not frappe.has_permission("Store Item", "read"):
		frappe.throw(_("You may not read the catalogue."), frappe.PermissionError)
	code = code.strip()
	filters = {"disabled": 0}
	return frappe.db.get_value("Store Item", filters | {"barcode": code}) or frappe.db.get_value(
		"Store Item", filters | {"item_code": code}
	)
