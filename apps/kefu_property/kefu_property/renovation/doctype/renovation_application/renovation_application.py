import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import date_diff, getdate

from kefu_property.billing import api as billing
from kefu_property.registry import api as registry
from kefu_property.renovation import charges, permits, settings
from kefu_property.renovation.exceptions import (
	ApplicationIncomplete,
	BannedItem,
	RenovationPeriod,
	WrongHome,
)
from kefu_property.rules import renovation_rules as rules
from kefu_property.suite import attachments


class RenovationApplication(Document):
	"""The owner's application to renovate: works, drawings, contractor, days, acknowledgement (D25, L11)."""

	def validate(self) -> None:
		self.check_home()
		self.check_banned()
		self.check_period()
		self.check_contractor()
		self.note_risk_and_charges()
		attachments.clean_rows(self, "drawings", "drawing", pdf=True)
		self.check_complete()
		permits.check_overlap(self.unit, self.start_date, self.end_date, application=self.name)

	def check_home(self) -> None:
		for fieldname, doctype in (("unit", "Property Unit"), ("resident", "Resident")):
			if (
				frappe.db.get_value(doctype, self.get(fieldname), "project") != self.project
			):  # lint: allow query-in-loop: two links
				frappe.throw(
					_("{0} belongs to another project. Choose one of {1}.").format(
						_(self.meta.get_label(fieldname)), self.project
					),
					WrongHome,
				)
		if not registry.lives_or_owns(self.unit, self.resident):
			frappe.throw(
				_("{0} is neither owner nor tenant of {1} today. Choose who is, or register the move first.").format(
					self.applicant_name, self.unit
				),
				WrongHome,
			)

	def check_banned(self) -> None:
		"""A banned work is refused with the reason in law (L11)."""
		found = frappe.get_all(
			"Renovation Item",
			filters={"name": ["in", [row.item for row in self.items] or [""]], "banned": 1},
			fields=["item_name", "legal_reason"],
			order_by="item_name",
		)
		if found:
			frappe.throw(
				"<br>".join(
					_("“{0}” is banned: {1}").format(
						_(row.item_name), _(row.legal_reason)
					)  # lint: allow translate-dynamic: a seeded text
					for row in found
				),
				BannedItem,
				title=_("Banned Work"),
			)

	def check_period(self) -> None:
		if getdate(self.end_date) < getdate(self.start_date):
			frappe.throw(_("The last day of the works is before the first. Correct the days."), RenovationPeriod)
		longest = settings.number("longest_days")
		if longest and date_diff(self.end_date, self.start_date) >= longest:
			frappe.throw(
				_("A permit lasts at most {0} days. Choose an earlier last day; it can be extended later.").format(
					longest
				),
				RenovationPeriod,
			)

	def check_contractor(self) -> None:
		if self.self_built:
			self.contractor = self.contractor_licence = None
		elif not (self.contractor or "").strip():
			frappe.throw(_("Enter the contractor, or tick that the owner does the work."), ApplicationIncomplete)

	def note_risk_and_charges(self) -> None:
		items = {
			row.name: row
			for row in frappe.get_all(
				"Renovation Item",
				filters={"name": ["in", [row.item for row in self.items] or [""]]},
				fields=["name", "risk", "needs_water_test"],
			)
		}
		for row in self.items:
			row.risk, row.needs_water_test = items[row.item].risk, items[row.item].needs_water_test
		self.risk = rules.risk_of(row.risk for row in self.items)
		if self.docstatus.is_draft() or self.has_value_changed("docstatus"):
			area = frappe.db.get_value("Property Unit", self.unit, "building_area")
			self.deposit = settings.deposit()
			self.refuse_fee = rules.refuse_fee(area, settings.money("refuse_price"))

	def check_complete(self) -> None:
		"""Before anybody decides: rules acknowledged, and a drawing where the works need one."""
		if self.workflow_state in (None, "", "Draft", "Rejected"):
			return
		if not (self.rules_accepted and self.banned_accepted):
			frappe.throw(
				_("The applicant has to accept the rules and the banned acts first. Tick both after explaining them."),
				ApplicationIncomplete,
			)
		needing = frappe.get_all(
			"Renovation Item",
			filters={"name": ["in", [row.item for row in self.items]], "needs_drawing": 1},
			pluck="name",
		)
		if needing and not self.drawings:
			frappe.throw(
				_("These works need a drawing: {0}. Attach one.").format(_(", ").join(_(name) for name in needing)),
				ApplicationIncomplete,
			)
		if self.workflow_state == "Director Approval" and not (self.opinion or "").strip():
			frappe.throw(_("Write the opinion of engineering before the director decides."), ApplicationIncomplete)

	def on_submit(self) -> None:
		charges.bill_refuse_fee(self)

	def before_cancel(self) -> None:
		if self.permit:
			frappe.throw(
				_("The permit {0} was issued. Cancel the permit instead.").format(self.permit), ApplicationIncomplete
			)

		self.check_nothing_held()

	def check_nothing_held(self) -> None:
		if billing.deposit_state(charges.reference(self.name))["held"]:
			frappe.throw(
				_("The deposit is held. Have it returned, then cancel the application."), ApplicationIncomplete
			)
		if self.refuse_bill and not billing.bill_state(self.refuse_bill)["cancelled"]:
			frappe.throw(
				_("Cancel the bill {0} of the refuse removal fee first.").format(self.refuse_bill),
				ApplicationIncomplete,
			)

	def works_text(self) -> str:
		"""The works in one line each, as printed."""
		return "\n".join(_(row.item) + (f": {row.details}" if row.details else "") for row in self.items)

	def rules_text(self) -> list[str]:
		return settings.rules()

	def banned_acts(self) -> list[dict]:
		return settings.banned_acts()

	@frappe.whitelist(methods=["POST"])
	def issue_permit(self) -> str:
		"""Issue the permit of an approved application whose charges are paid; the home is *Renovating* from then on.

		Returns the permit's name. Raises ChargesOpen, PermitExists, RenovationOverlap.
		"""
		self.check_permission("write")
		return permits.issue(self.name)
