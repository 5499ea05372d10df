import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.custody import codes
from kefu_property.custody.exceptions import ClaimIncomplete, ClaimOpen
from kefu_property.rules import custody_rules
from kefu_property.rules.money import D
from kefu_property.suite import uploads

CLOSED = ("Settled", "Rejected")


class CustodyClaim(Document):
	"""Damage, loss or dispute about an item: reviewed, decided by somebody else, answered (D20, L20)."""

	def before_insert(self) -> None:
		"""A waiting item is kept back while it is disputed."""
		row = codes.lock(self.custody_item)
		self.project = row.project
		if frappe.db.exists("Custody Claim", {"custody_item": self.custody_item, "status": ["not in", CLOSED]}):
			frappe.throw(_("There is an open claim about {0} already.").format(self.custody_item), ClaimOpen)
		self.item_status_before = row.status
		if row.status == "Waiting":
			frappe.get_doc("Custody Item", self.custody_item).set_status("In Dispute", row)

	def validate(self) -> None:
		uploads.check_image_field(self, "photo")
		limit = D(str(frappe.db.get_single_value("Custody Settings", "director_above") or 0))
		self.needs_director = int(D(str(self.compensation or 0)) > limit)
		if self.status in ("Pending Approval", *CLOSED):
			self.check_decision()

	def check_decision(self) -> None:
		if not (self.findings or "").strip() or not (self.decision or "").strip():
			frappe.throw(_("Enter the findings and the answer to the claimant."), ClaimIncomplete)
		if self.status != "Rejected" and not self.item_status_after:
			frappe.throw(_("Enter where the item is when the claim is settled."), ClaimIncomplete)
		amount, claimed = D(str(self.compensation or 0)), D(str(self.claimed_amount or 0))
		if amount > claimed:
			frappe.throw(_("The compensation exceeds the claimed amount. Lower it."), ClaimIncomplete)
		limit = custody_rules.compensation_limit(D(str(self.declared_value or 0)), claimed)
		if amount > limit and not (self.compensation_reason or "").strip():
			frappe.throw(
				_("The compensation exceeds the declared value of {0} yuan. Lower it, or give the reason.").format(
					limit
				),
				ClaimIncomplete,
			)

	def on_update(self) -> None:
		if self.has_value_changed("status") and self.status in CLOSED:
			self.release_item()

	def release_item(self) -> None:
		"""The item is then where the decision says; a rejected claim leaves it where it was."""
		row = codes.lock(self.custody_item)
		after = self.item_status_after if self.status == "Settled" else self.item_status_before
		if row.status == "In Dispute" or (self.status == "Settled" and row.status != after):
			frappe.get_doc("Custody Item", self.custody_item).set_status(after, row)

	def on_trash(self) -> None:
		if self.status not in CLOSED:
			frappe.throw(_("Decide the claim before you delete it."), ClaimOpen)
