import base64

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, get_url, getdate, today

from kefu_property.billing import api as billing
from kefu_property.renovation import charges, neighbours, permits
from kefu_property.renovation.exceptions import PermitFixed, PermitNotValid, RefundNotDue, RenovationPeriod, WorkerPass
from kefu_property.rules.money import D
from kefu_property.suite import attachments, qr


class RenovationPermit(Document):
	"""The permit that is posted at the door; made from an approved application, changed only by its steps (D25, L11)."""

	def validate(self) -> None:
		self.check_unchanged()
		self.check_workers()

	def check_unchanged(self) -> None:
		"""An issued permit says what was approved; by hand only the workers' passes change."""
		before = self.get_doc_before_save()
		if not before:
			return
		for field in self.meta.fields:
			if field.fieldtype in ("Section Break", "Column Break", "Table"):
				continue
			if (before.get(field.fieldname) or "") != (self.get(field.fieldname) or "") and str(
				before.get(field.fieldname)
			) != str(self.get(field.fieldname)):
				frappe.throw(
					_("{0} of an issued permit is not changed by hand. Use the buttons of the form.").format(
						_(field.label)  # lint: allow translate-dynamic: the field's own label
					),
					PermitFixed,
				)

	def check_workers(self) -> None:
		before = {row.name: row for row in (self.get_doc_before_save() or {}).get("workers") or []}
		highest = max((int(row.pass_number.rpartition("-")[2]) for row in self.workers if row.pass_number), default=0)
		for row in self.workers:
			old = before.get(row.name)
			if old and old.as_dict(no_default_fields=True) == row.as_dict(no_default_fields=True):
				continue
			permits.check_valid(self)
			row.valid_until = row.valid_until or self.end_date
			if getdate(row.valid_until) > getdate(self.end_date):
				frappe.throw(
					_("The pass of {0} cannot outlast the permit ({1}).").format(
						row.worker_name, format_date(self.end_date)
					),
					WorkerPass,
				)
			row.id_last4 = (row.id_last4 or "").strip().upper() or None
			if row.id_last4 and not (len(row.id_last4) == 4 and row.id_last4.isalnum()):
				frappe.throw(_("Enter just the last four letters or digits of the paper."), WorkerPass)
			self.clean_photo(row, old)
			if not row.pass_number:
				highest += 1
				row.pass_number = f"{self.name}-{highest:02d}"

	def clean_photo(self, row, old) -> None:
		if row.photo and (not old or old.photo != row.photo):
			row.photo = attachments.keep(row.photo, self.doctype, self.name)

	def on_trash(self) -> None:
		frappe.throw(_("An issued permit is not deleted. Cancel it."), PermitFixed)

	def qr(self) -> str:
		return qr.data_uri(get_url(f"/app/patrol-round/{self.code}"), scale=6)

	def pass_qr(self, row) -> str:
		return qr.data_uri(row.pass_number, scale=3)

	def photo_data(self, row) -> str:
		"""The worker's photo as a data URI: a paper holds it without another request."""
		name = frappe.db.get_value("File", {"file_url": row.photo, "attached_to_name": self.name})
		content = frappe.get_doc("File", name).get_content()
		return "data:image/jpeg;base64," + base64.b64encode(content).decode()

	def passes(self) -> list:
		"""Workers who may enter today."""
		return [row for row in self.workers if not row.withdrawn and getdate(row.valid_until) >= getdate()]

	def unit_code(self) -> str:
		return frappe.db.get_value("Property Unit", self.unit, "unit_code")

	@frappe.whitelist(methods=["POST"])
	def extend_until(self, to_date: str, reason: str) -> None:
		"""Let the works run until a later day (supervisor). Raises RenovationOverlap, RenovationPeriod."""
		self.check_permission("write")
		need_supervisor()
		doc = permits.lock(self.name)
		if doc.status not in permits.RUNNING:
			permits.check_valid(doc)
		if getdate(to_date) <= getdate(doc.end_date):
			frappe.throw(_("Choose a day after {0}.").format(format_date(doc.end_date)), RenovationPeriod)
		need_text(reason)
		permits.check_overlap(doc.unit, doc.end_date, to_date, application=doc.application, permit=doc.name)
		note = _("{0} → {1}: {2} ({3})").format(
			doc.end_date, to_date, reason, frappe.utils.get_fullname(frappe.session.user)
		)
		doc.db_set(
			{
				"end_date": to_date,
				"extensions": "\n".join(filter(None, [doc.extensions, note])),
				"overdue_told_on": None,
			}
		)
		doc.add_comment("Info", note)

	@frappe.whitelist(methods=["POST"])
	def cancel_permit(self, reason: str) -> None:
		"""Take the permit back (supervisor); a deposit becomes due for refund after deductions."""
		self.check_permission("write")
		need_supervisor()
		need_text(reason)
		doc = permits.lock(self.name)
		if doc.status not in permits.RUNNING:
			frappe.throw(_("The permit {0} is no longer running: {1}.").format(doc.name, _(doc.status)), PermitNotValid)
		status = "Refund Due" if D(doc.deposit) > 0 else "Cancelled"
		doc.db_set({"status": status, "stop_reason": reason, "next_patrol_on": None})
		doc.add_comment("Info", _("Taken back: {0}").format(reason))
		billing.release_deposits(charges.reference(doc.application), today())
		permits.release_unit(doc)

	@frappe.whitelist(methods=["POST"])
	def tell_neighbours(self) -> int:
		"""Send the notice of the works to the homes beside, above and below. Returns the number of messages."""
		self.check_permission("write")
		permits.check_valid(self)
		return neighbours.tell(self)

	@frappe.whitelist(methods=["POST"])
	def ask_refund(self, method: str = "Cash", payee_account: str | None = None) -> str:
		"""Draft the refund of the deposit less the approved deductions (cashier or accountant); it is approved and paid there.

		Returns the Fee Refund's name; the permit is closed once it is paid. Raises RefundNotDue.
		"""
		frappe.only_for(("Cashier", "Accountant"))
		self.check_permission("read")
		doc = permits.lock(self.name)
		if doc.status != "Refund Due":
			frappe.throw(
				_("The deposit of {0} is due for refund after the re-check was passed. State: {1}.").format(
					doc.name, _(doc.status)
				),
				RefundNotDue,
			)
		if doc.fee_refund:
			frappe.throw(_("The refund {0} is on its way.").format(doc.fee_refund), RefundNotDue)
		deductions = frappe.get_all(
			"Renovation Deduction",
			filters={"permit": doc.name, "docstatus": ["<", 2]},
			fields=["name", "docstatus", "reason", "amount", "evidence"],
			order_by="creation",
		)
		undecided = [row.name for row in deductions if not row.docstatus]
		if undecided:
			frappe.throw(
				_("The deduction {0} is not decided yet. Decide or delete it first.").format(undecided[0]), RefundNotDue
			)
		refund = billing.request_deposit_return(
			doc.fee_deposit,
			_("Renovation {0} completed and re-checked").format(doc.name),
			doc.refund,
			[{"reason": row.reason, "amount": str(row.amount), "evidence": row.evidence} for row in deductions],
			method=method,
			payee_account=payee_account,
		)
		doc.db_set("fee_refund", refund)
		return refund


def need_supervisor() -> None:
	frappe.only_for(("CS Supervisor", "Office Director", "Kefu Administrator"))


def need_text(text: str) -> None:
	if not (text or "").strip():
		frappe.throw(_("Write a reason."), PermitFixed)
