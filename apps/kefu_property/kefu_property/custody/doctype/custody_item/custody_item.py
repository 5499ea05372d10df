import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime, today

from kefu_property.custody import codes, notices
from kefu_property.custody.exceptions import (
	AuthorisationInvalid,
	ChargeOpen,
	DuplicateParcel,
	InvalidTrackingNumber,
	ProofMissing,
	RecipientMissing,
	SealMissing,
	StatusByHand,
	WrongProject,
)
from kefu_property.rules import custody_rules
from kefu_property.rules.key_rules import normalise_last4
from kefu_property.rules.money import D
from kefu_property.suite import qr, uploads

WAITING, PICKED_UP, RETURNED = "Waiting", "Picked Up", "Returned"


class CustodyItem(Document):
	"""Left luggage or a parcel that the desk keeps for a resident (D20, L20)."""

	def before_insert(self) -> None:
		self.status = WAITING
		self.received_by = frappe.session.user
		self.received_on = self.received_on or now_datetime()

	def validate(self) -> None:
		self.check_project()
		self.check_recipient()
		self.check_tracking()
		self.check_valuables()
		self.check_status_by_movement()
		uploads.check_image_field(self, "photo")

	def check_project(self) -> None:
		for fieldname, doctype in (("shelf", "Custody Shelf"), ("unit", "Property Unit"), ("resident", "Resident")):
			name = self.get(fieldname)
			if name and frappe.get_cached_value(doctype, name, "project") != self.project:
				frappe.throw(
					_("{0} {1} belongs to another project.").format(_(self.meta.get_label(fieldname)), name),
					WrongProject,
				)

	def check_recipient(self) -> None:
		if self.resident:
			self.recipient_name, self.phone_last4 = frappe.get_cached_value(
				"Resident", self.resident, ["resident_name", "phone_last4"]
			)
		elif not (self.recipient_name or "").strip():
			frappe.throw(_("Choose the resident, or enter the name on the label."), RecipientMissing)

	def check_tracking(self) -> None:
		"""One waiting parcel per number; the unique key refuses also what two scanners send at once."""
		if self.tracking_number:
			number = custody_rules.normalise_tracking(self.tracking_number)
			if not number:
				frappe.throw(
					_("“{0}” is no tracking number. Scan the bar code of the carrier.").format(self.tracking_number),
					InvalidTrackingNumber,
				)
			self.tracking_number = number
			self.carrier = self.carrier or custody_rules.carrier_of(number)
		self.open_key = (
			f"{self.project}|{self.tracking_number}"
			if self.tracking_number and self.status in (WAITING, "In Dispute")
			else None
		)
		if self.is_new() and self.open_key and frappe.db.exists("Custody Item", {"open_key": self.open_key}):
			self.refuse_duplicate()

	def refuse_duplicate(self) -> None:
		frappe.throw(_("The parcel {0} is waiting here already.").format(self.tracking_number), DuplicateParcel)

	def db_insert(self, *args, **kwargs) -> None:
		try:
			super().db_insert(*args, **kwargs)
		except frappe.UniqueValidationError:
			self.refuse_duplicate()

	def check_valuables(self) -> None:
		limit = D(str(frappe.db.get_single_value("Custody Settings", "seal_above") or 0))
		valuable = self.kind == "Valuables" or (limit and D(str(self.declared_value or 0)) >= limit)
		if valuable and not (self.seal_number and self.photo and D(str(self.declared_value or 0))):
			frappe.throw(
				_(
					"Valuables are taken in with a declared value, a seal and a photo. Enter value and seal number and add a photo."
				),
				SealMissing,
			)
		if self.depositor_id_last4:
			self.depositor_id_last4 = normalise_last4(self.depositor_id_last4)
			if not self.depositor_id_last4:
				frappe.throw(_("Enter just the last four letters or digits of the paper."), ProofMissing)

	def check_status_by_movement(self) -> None:
		before = self.get_doc_before_save()
		if before and before.status != self.status and not self.flags.movement:
			frappe.throw(_("The status follows from pick-up, return, count and claim, not by hand."), StatusByHand)

	def after_insert(self) -> None:
		if self.resident:
			notices.send_later(self.name)

	def on_trash(self) -> None:
		if self.status != RETURNED:
			frappe.throw(_("Items in custody are kept as a record. They cannot be deleted."), StatusByHand)

	def qr(self) -> str:
		"""QR code of the label, for prints."""
		return qr.data_uri(self.name)

	def days_waiting(self) -> int:
		return (getdate(self.picked_up_on or today()) - getdate(self.received_on)).days

	def charge_due(self) -> str:
		"""Keeping charge until today in yuan, as text."""
		return str(
			custody_rules.keeping_charge(
				getdate(self.received_on), getdate(today()), self.free_days or 0, str(self.charge_per_day or 0)
			)
		)

	@frappe.whitelist()
	def get_charge(self) -> str:
		"""What is to be paid for keeping before the item is handed out, yuan."""
		self.check_permission("read")
		return self.charge_due()

	@frappe.whitelist(methods=["POST"])
	def send_code(self) -> dict:
		"""Send the owner a new pick-up code. Returns whether somebody could be told."""
		self.check_permission("write")
		codes.need_waiting(codes.lock(self.name))
		return {"sent": bool(notices.arrived(self.name))}

	@frappe.whitelist(methods=["POST"])
	def pick_up(
		self,
		method: str,
		person: str | None = None,
		code: str | None = None,
		authorisation: str | None = None,
		id_kind: str | None = None,
		id_last4: str | None = None,
		charge_receipt: str | None = None,
		signature: str | None = None,
	) -> dict:
		"""Hand the item out. `method` is `Code`, `Resident's Paper` or `Authorised Person`.

		A wrong code answers `{"picked_up": False, "tries_left": n}` and is counted. Raises NotWaiting for an item that is
		gone (also for the second of two desks), CodeLocked, ProofMissing, AuthorisationInvalid, ChargeOpen.
		Arrears or any other debt never hold an item back (L20).
		"""
		self.check_permission("write")
		row = codes.lock(self.name)
		codes.need_waiting(row)
		if method == "Code":
			left = codes.check(row, code)
			if left is not None:
				return {"picked_up": False, "tries_left": left}
			person = person or self.recipient_name
		else:
			id_last4 = normalise_last4(id_last4)
			if not id_kind or not id_last4:
				frappe.throw(_("Look at a paper and enter its kind and last four characters."), ProofMissing)
			if method == "Authorised Person":
				person = self.check_authorisation(authorisation, id_last4)
			elif method == "Resident's Paper":
				person = self.recipient_name
			else:
				frappe.throw(_("Choose how the person proves the right to pick up."), ProofMissing)
		self.hand_out(row, method, person, charge_receipt)
		self.db_set(
			{
				"picker_id_kind": id_kind,
				"picker_id_last4": id_last4,
				"authorisation": authorisation if method == "Authorised Person" else None,
				"pickup_signature": signature,
			},
			update_modified=False,
		)
		if self.resident:
			frappe.enqueue("kefu_property.custody.notices.picked_up", item=self.name, enqueue_after_commit=True)
		return {"picked_up": True}

	@frappe.whitelist(methods=["POST"])
	def return_to_carrier(self, reason: str) -> None:
		"""Give an item back to the carrier or sender, with the reason."""
		self.check_permission("write")
		row = codes.lock(self.name)
		codes.need_waiting(row)
		if not reason.strip():
			frappe.throw(_("Enter why the item goes back."), ProofMissing)
		self.add_comment("Comment", frappe.utils.escape_html(reason))
		self.set_status(RETURNED, row, picked_up_by=self.carrier or _("Carrier"), pickup_method="Returned to Carrier")

	def check_authorisation(self, name: str | None, id_last4: str) -> str:
		"""Name of the authorised person. The authorisation is by the recipient, for this item, in force, and the paper fits."""
		paper = frappe.db.get_value(
			"Custody Authorisation",
			name or "",
			["resident", "custody_item", "status", "valid_until", "person_name", "id_last4"],
			as_dict=True,
		)
		if not paper or not self.resident or paper.resident != self.resident:
			frappe.throw(_("There is no authorisation by the recipient."), AuthorisationInvalid)
		if paper.custody_item and paper.custody_item != self.name:
			frappe.throw(_("The authorisation is for another item."), AuthorisationInvalid)
		if paper.status != "Active" or getdate(paper.valid_until) < getdate(today()):
			frappe.throw(_("The authorisation was revoked or is past its end."), AuthorisationInvalid)
		if paper.id_last4 != id_last4:
			frappe.throw(_("The paper is not that of the authorised person."), AuthorisationInvalid)
		return paper.person_name

	def hand_out(self, row: dict, method: str, person: str | None, charge_receipt: str | None) -> None:
		if not (person or "").strip():
			frappe.throw(_("Enter who picks up."), ProofMissing)
		charge = D(self.charge_due())
		if charge and not (charge_receipt or "").strip():
			frappe.throw(
				_("A keeping charge of {0} yuan is due. Enter the receipt number, or why it is waived.").format(charge),
				ChargeOpen,
			)
		self.set_status(
			PICKED_UP,
			row,
			picked_up_by=person,
			pickup_method=method,
			keeping_charge=str(charge),
			charge_receipt=charge_receipt if charge else None,
		)

	def set_status(self, status: str, row: dict, **values) -> None:
		"""Change the status of the locked item."""
		self.reload()
		self.update({"status": status, "modified": row["modified"], **values})
		if status in (PICKED_UP, RETURNED):
			self.update(
				{
					"picked_up_on": now_datetime(),
					"handed_out_by": frappe.session.user,
					"code_hash": None,
					"code_tries": 0,
				}
			)
		self.flags.movement = True
		self.flags.ignore_permissions = True  # callers have checked the right to hand out or to decide
		self.save()
