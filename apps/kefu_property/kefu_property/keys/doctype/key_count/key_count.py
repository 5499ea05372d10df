import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.keys import movements
from kefu_property.keys.doctype.key_loan.key_loan import take_back
from kefu_property.keys.doctype.property_key.property_key import check_same_project
from kefu_property.keys.exceptions import CountIncomplete
from kefu_property.rules import key_rules


class KeyCount(Document):
	"""Stock-take of a cabinet: every key seen or missing; differences take effect with approval (D14)."""

	def before_insert(self) -> None:
		self.counted_by = frappe.session.user
		if not self.items:
			self.fill()

	def fill(self) -> None:
		"""List what should hang in the cabinet, and what belongs there but is out."""
		for key in frappe.get_all(
			"Property Key",
			filters={"cabinet": self.cabinet, "status": ["!=", movements.RETIRED]},
			fields=["name", "status", "hook", "key_code", "key_name"],
			order_by="hook, key_code",
		):
			self.append(
				"items",
				{
					"property_key": key.name,
					"key_code": key.key_code,
					"key_name": key.key_name,
					"expected": key.status,
					"expected_hook": key.hook,
				},
			)

	def validate(self) -> None:
		check_same_project(self, ("cabinet", "Key Cabinet"))
		for row in self.items:
			row.difference = key_rules.count_difference(row.expected, row.expected_hook, row.found, row.found_hook)
		self.keys_expected = sum(1 for row in self.items if row.expected == movements.IN_CABINET)
		self.keys_found = sum(1 for row in self.items if row.found == "Here")
		self.differences = sum(1 for row in self.items if row.difference)
		before = self.get_doc_before_save()
		if before and before.status == "Draft" and self.status != "Draft":
			self.check_complete()

	def check_complete(self) -> None:
		open_rows = [row.key_code for row in self.items if not row.found and row.expected == movements.IN_CABINET]
		if not self.items or open_rows:
			frappe.throw(
				_("Say of each key whether it is here. Still open: {0}").format(_(", ").join(open_rows) or "–"),
				CountIncomplete,
			)
		if self.differences and not (self.remarks or "").strip():
			frappe.throw(_("Explain the differences before you send the count for approval."), CountIncomplete)

	def on_submit(self) -> None:
		"""Approved differences take effect: losses are reported, keys found here come back, hooks are corrected."""
		self.report_missing([row for row in self.items if row.difference == "Missing"])
		self.take_back_found([row for row in self.items if row.difference == "Here although Out"])
		for row in self.items:
			if row.difference == "Wrong Hook":
				key = frappe.get_doc(
					"Property Key", row.property_key
				)  # lint: allow query-in-loop: a few corrected hooks
				key.hook = row.found_hook
				key.key_set = None
				key.save(ignore_permissions=True)  # the approval of the count is the right to correct hooks

	def report_missing(self, rows: list) -> None:
		keys = movements.lock(row.property_key for row in rows)
		for row in rows:
			# a key that was lent or handed over since the count is not missing
			if keys[row.property_key].status != movements.IN_CABINET:
				continue
			frappe.get_doc(  # lint: allow query-in-loop: a new document, no query
				{
					"doctype": "Key Loss",
					"project": self.project,
					"property_key": row.property_key,
					"lost_on": self.counted_on,
					"reported_by_name": frappe.utils.get_fullname(self.counted_by),
					"circumstances": _("Missing in the count {0}. {1}").format(
						self.name, row.remarks or self.remarks or ""
					),
					"lock_change": 1,
				}
			).insert(ignore_permissions=True)  # follows from the approved count

	def take_back_found(self, rows: list) -> None:
		keys = movements.lock(row.property_key for row in rows)
		lost = [key.name for key in keys.values() if key.status == movements.LOST]
		movements.move(
			[key.name for key in keys.values() if key.status == movements.HANDED_OVER] + lost, movements.IN_CABINET
		)
		loss = frappe.qb.DocType("Key Loss")
		(
			frappe.qb.update(loss)
			.set(loss.status, "Found Again")
			.where(loss.property_key.isin(lost or [""]) & loss.status.notin(["Closed", "Found Again"]))
			.run()
		)
		for key in keys.values():
			if key.status == movements.ON_LOAN:
				loan = frappe.get_doc("Key Loan", key.current_loan)  # lint: allow query-in-loop: a few returned keys
				take_back(loan, [key.name], "Found in Count")
