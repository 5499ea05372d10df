import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from kefu_property.stores import assets, papers
from kefu_property.stores.exceptions import (
	AlreadyAnswered,
	AssetInTransfer,
	CustodianMissing,
	ItemTwice,
	NoItems,
	NotTheReceiver,
	TransferToOneself,
	WrongProject,
)
from kefu_property.suite.notify import alert

WAITING, ACCEPTED, REFUSED = "Waiting for Acceptance", "Accepted", "Refused"


class FixedAssetTransfer(Document):
	"""Assets change hands: sent by submitting, in force when the receiver accepts (D15)."""

	def validate(self) -> None:
		papers.check_same_project(self, ("to_department", "Cost Department"))
		self.check_receiver()
		self.check_assets()
		if self.docstatus.is_draft():
			self.status = "Draft"

	def check_receiver(self) -> None:
		user = frappe.db.get_value("User", self.to_custodian, ["enabled", "user_type"], as_dict=True)
		if not user or not user.enabled or user.user_type != "System User":
			frappe.throw(_("Choose a member of staff as the new custodian."), CustodianMissing)
		sender = self.owner or frappe.session.user
		if self.to_custodian in (sender, frappe.session.user):
			frappe.throw(
				_("Nobody hands assets to themselves. The present custodian or a colleague sends them."),
				TransferToOneself,
			)

	def check_assets(self) -> None:
		names = [row.asset for row in self.items]
		if not names:
			frappe.throw(_("Choose at least one asset."), NoItems)
		double = next((name for name in names if names.count(name) > 1), None)
		if double:
			frappe.throw(_("The asset {0} stands twice on the list. Remove one line.").format(double), ItemTwice)
		cards = {
			card.name: card
			for card in frappe.get_all(
				"Fixed Asset Card",
				filters={"name": ["in", names]},
				fields=["name", "asset_name", "project", "status", "custodian", "department", "place"],
			)
		}
		for row in self.items:
			card = cards.get(row.asset)
			if not card or card.project != self.project:
				frappe.throw(_("The asset {0} belongs to another project.").format(row.asset), WrongProject)
			if card.custodian == self.to_custodian and self.docstatus.is_draft():
				frappe.throw(
					_("{0} has {1} already. Choose another custodian.").format(
						frappe.utils.get_fullname(self.to_custodian), card.asset_name
					),
					TransferToOneself,
				)
			row.asset_name = card.asset_name
			if self.docstatus.is_draft():
				row.from_custodian, row.from_place, row.from_department = card.custodian, card.place, card.department
		if self.docstatus.is_draft():
			assets.need_active(cards.values(), (assets.IN_USE, assets.IDLE))

	def before_submit(self) -> None:
		names = [row.asset for row in self.items]
		assets.need_active(assets.lock(names).values(), (assets.IN_USE, assets.IDLE))
		transfer, item = frappe.qb.DocType("Fixed Asset Transfer"), frappe.qb.DocType("Fixed Asset Transfer Item")
		# the locked cards let one sender at a time come here, and a locking read sees what the one before wrote
		other = (
			frappe.qb.from_(item)
			.join(transfer)
			.on(transfer.name == item.parent)
			.select(item.asset, transfer.name)
			.where(item.asset.isin(names) & (transfer.status == WAITING) & (transfer.docstatus == 1))
			.where(transfer.name != self.name)
			.for_update()
			.run(as_dict=True)
		)
		if other:
			frappe.throw(
				_("{0} waits for acceptance with {1}. Finish or cancel that transfer first.").format(
					other[0].asset, other[0].name
				),
				AssetInTransfer,
			)
		self.status = WAITING

	def on_submit(self) -> None:
		alert(
			[self.to_custodian],
			lambda: _("{0} assets wait for your acceptance: {1}").format(len(self.items), self.name),
			self.doctype,
			self.name,
		)

	def before_cancel(self) -> None:
		if self.status != WAITING:
			frappe.throw(
				_("{0} was answered already. Send the assets back with a new transfer.").format(self.name),
				AlreadyAnswered,
			)
		self.status = "Cancelled"


def answer(name: str, accepted: bool, reason: str | None = None) -> str:
	"""The receiver (the session's user) accepts or refuses a transfer. Returns the new status.

	Raises NotTheReceiver, AlreadyAnswered, AssetNotAvailable.
	"""
	status = papers.lock_paper("Fixed Asset Transfer", name)
	doc = frappe.get_doc("Fixed Asset Transfer", name)
	if frappe.session.user != doc.to_custodian:
		frappe.throw(_("Only the new custodian accepts or refuses this transfer."), NotTheReceiver)
	if status != WAITING:
		frappe.throw(_("{0} was answered already.").format(name), AlreadyAnswered)
	if accepted:
		take_over(doc)
	status = ACCEPTED if accepted else REFUSED
	doc.db_set({"status": status, "answered_on": now_datetime(), "answer": reason if not accepted else None})
	alert(
		[doc.owner, *{row.from_custodian for row in doc.items}],
		lambda: (_("Accepted: {0}") if accepted else _("Refused: {0}")).format(doc.name),
		doc.doctype,
		doc.name,
	)
	return status


def take_over(doc: FixedAssetTransfer) -> None:
	"""The cards follow an accepted transfer."""
	cards = assets.lock(row.asset for row in doc.items)
	assets.need_active(cards.values(), (assets.IN_USE, assets.IDLE))
	state = assets.IDLE if doc.to_idle else assets.IN_USE
	for card in cards.values():
		assets.set_state(
			card.name,
			state,
			custodian=doc.to_custodian,
			department=doc.to_department or card.department,
			place=doc.to_place or card.place,
			idle_since=(card.idle_since or doc.transfer_date) if doc.to_idle else None,
		)
