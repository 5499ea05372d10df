import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate, now_datetime

from kefu_property.registry import occupancies
from kefu_property.registry.exceptions import (
	MoveBlocked,
	MoveCarriedOut,
	MoveIncomplete,
	OccupancyDates,
	ResidentDisabled,
	WaiverRefused,
	WrongProject,
)
from kefu_property.rules import occupancy as rules
from kefu_property.suite import state

MOVE_IN, MOVE_OUT, TRANSFER, NEW_TENANT = "Move-in", "Move-out", "Ownership Transfer", "New Tenant"
COMING_RELATIONS = {
	MOVE_IN: {"Owner", "Co-owner", "Family", "Tenant"},
	TRANSFER: {"Owner", "Co-owner", "Family"},
	NEW_TENANT: {"Tenant", "Family"},
}
WAIVER_ROLES = {"Office Director"}


class MoveRequest(Document):
	"""Somebody moves in or out, a home changes hands, a tenant comes: with a checklist that blocks (D19).

	Approval sets the date; on the effective date occupancies, payer and state of the home change together.
	"""

	def validate(self) -> None:
		self.check_project()
		self.propose_leaving()
		self.complete_leaving()
		self.check_people()
		self.check_kind()
		self.propose_payer()
		self.check_plan()
		self.refresh_checks()

	def before_submit(self) -> None:
		self.refuse_blocked()

	def on_submit(self) -> None:
		if getdate(self.effective_date) <= getdate():
			self.apply_move()

	def before_cancel(self) -> None:
		if self.applied_on:
			frappe.throw(
				_("This move was carried out on {0}. File a new request that leads back.").format(
					format_date(self.applied_on)
				),
				MoveCarriedOut,
			)

	def check_project(self) -> None:
		people = {person for person in (*(row.resident for row in self.incoming), self.new_payer) if person}
		strangers = frappe.get_all(
			"Resident", filters={"name": ["in", people], "project": ["!=", self.project]}, limit=1
		)
		if frappe.db.get_value("Property Unit", self.unit, "project") != self.project:
			frappe.throw(_("{0} is not of project {1}.").format(_("Property Unit"), self.project), WrongProject)
		if people and strangers:
			frappe.throw(_("{0} is not of project {1}.").format(_("Resident"), self.project), WrongProject)

	def propose_leaving(self) -> None:
		"""A transfer ends the holders of the day, the first move-in the developer; the form shows them for correction."""
		if self.leaving or not self.is_new():
			return
		ending = {
			TRANSFER: {"Owner", "Co-owner", "Developer", "Family"},
			MOVE_IN: {"Developer"},
			NEW_TENANT: {"Tenant"},
		}.get(self.move_type, set())
		for row in self.present_rows():
			if row["relation"] in ending:
				self.append("leaving", {"occupancy": row["name"]})

	def present_rows(self) -> list[dict]:
		rows = occupancies.rows_of([self.unit]).get(self.unit, [])
		return [row for row in rows if rules.covers(row, getdate(self.effective_date))]

	def complete_leaving(self) -> None:
		known = {row["name"]: row for row in occupancies.rows_of([self.unit]).get(self.unit, [])}
		for entry in self.leaving:
			row = known.get(entry.occupancy)
			if row is None:
				frappe.throw(_("Row {0}: this occupancy is of another home.").format(entry.idx), WrongProject)
			entry.resident, entry.resident_name = row["resident"], row["resident_name"]
			entry.relation, entry.from_date = row["relation"], row["from_date"]

	def check_people(self) -> None:
		for entry in self.incoming:
			# lint: allow query-in-loop: one to three people of one home
			name, disabled = frappe.db.get_value("Resident", entry.resident, ["resident_name", "disabled"])
			entry.resident_name = name
			if disabled:
				frappe.throw(
					_("{0} is disabled. Choose the record that it was merged into.").format(name), ResidentDisabled
				)
			if entry.to_date and getdate(entry.to_date) < getdate(self.effective_date):
				frappe.throw(_("{0}: the last day lies before the effective date.").format(name), OccupancyDates)

	def check_kind(self) -> None:
		"""Each kind of move needs its people. Raises MoveIncomplete."""
		relations = {row.relation for row in self.incoming}
		if self.move_type == MOVE_OUT:
			if self.incoming or not self.leaving:
				frappe.throw(_("A move-out names who leaves and nobody who comes."), MoveIncomplete)
		elif not relations:
			frappe.throw(_("Name at least one person who comes."), MoveIncomplete)
		elif not relations <= COMING_RELATIONS[self.move_type]:
			frappe.throw(
				_("With a {0} come: {1}.").format(
					_(self.move_type), ", ".join(_(name) for name in sorted(COMING_RELATIONS[self.move_type]))
				),
				MoveIncomplete,
			)
		if self.move_type == TRANSFER and not relations & {"Owner", "Co-owner"}:
			frappe.throw(_("A transfer of ownership names the new owner."), MoveIncomplete)
		if self.move_type == NEW_TENANT and "Tenant" not in relations:
			frappe.throw(_("Name the new tenant."), MoveIncomplete)
		first = self.incoming or self.leaving
		self.main_resident = first[0].resident

	def propose_payer(self) -> None:
		"""Who pays afterwards: the new owner; for a tenant whoever paid before; when the payer leaves, who holds the home."""
		rows = self.present_rows()
		payer = rules.payer_on(rows, getdate(self.effective_date))
		self.previous_payer = payer["resident"] if payer else None
		if self.new_payer:
			return
		leaving = {entry.occupancy for entry in self.leaving}
		newcomers = [entry for entry in self.incoming if entry.relation in ("Owner", "Co-owner")]
		if newcomers:
			self.new_payer = newcomers[0].resident
		elif payer is None or payer["name"] in leaving:
			stays = rules.owner_on([row for row in rows if row["name"] not in leaving], getdate(self.effective_date))
			if stays:
				self.new_payer = stays["resident"]

	def check_plan(self) -> None:
		self.plan(occupancies.rows_of([self.unit]).get(self.unit, []))

	def plan(self, rows: list[dict]) -> rules.MovePlan:
		"""What the move does to the rows of the home. Raises the exception of the rule that it would break."""
		try:
			return rules.plan_move(
				rows,
				[entry.occupancy for entry in self.leaving],
				[
					{
						"resident": entry.resident,
						"resident_name": entry.resident_name,
						"relation": entry.relation,
						"share": entry.share if entry.relation in rules.HOLDERS else 0,
						"to_date": getdate(entry.to_date) if entry.to_date else None,
					}
					for entry in self.incoming
				],
				self.new_payer,
				getdate(self.effective_date),
			)
		except rules.OccupancyConflict as conflict:
			occupancies.explain(self.unit, conflict)

	def refresh_checks(self) -> None:
		"""Ask every enabled module what speaks against the move; a waiver stays while its check stays blocked."""
		if self.docstatus == 1 and self.applied_on:
			return
		waived = {row.check_code: row for row in self.checks if row.status == "waived"}
		self.checks = []
		for contribute in state.contributions("move_checks"):
			for found in contribute(self):
				row = {key: found.get(key) for key in ("label", "status", "detail", "amount")}
				row["check_code"] = found["check"]
				earlier = waived.get(found["check"])
				if earlier and row["status"] == "blocked":
					row |= {"status": "waived"} | {
						key: earlier.get(key) for key in ("waiver_reason", "waived_by", "waived_on")
					}
				self.append("checks", row)
		self.checked_on = now_datetime()

	def refuse_blocked(self) -> None:
		blocked = [_(row.label) for row in self.checks if row.status == "blocked"]
		if blocked:
			frappe.throw(
				_("Still open: {0}. Settle it, or let the Office Director waive it with a reason.").format(
					", ".join(blocked)
				),
				MoveBlocked,
			)

	def apply_move(self) -> None:
		"""Change occupancies, payer and state of the home, all together or not at all."""
		rows = occupancies.rows_of([self.unit], lock=True).get(self.unit, [])
		plan = self.plan(rows)
		occupancies.carry_out(self.project, self.unit, rows, plan, self.name)
		self.change_unit()
		occupancies.refresh_units([self.unit])
		self.db_set(
			{
				"applied_on": now_datetime(),
				"workflow_state": "Completed",
				"result": _("{0} occupancies ended, {1} begun from {2}.").format(
					len(plan.end), len(plan.create), format_date(self.effective_date)
				),
			},
			notify=True,
		)

	def change_unit(self) -> None:
		unit = frappe.get_doc("Property Unit", self.unit)
		if self.unit_state_after:
			unit.state = self.unit_state_after
			if unit.state == "Vacant" and unit.has_value_changed("state"):
				unit.vacant_since = self.effective_date
		if not unit.handover_date and any(entry.relation == "Developer" for entry in self.leaving):
			unit.handover_date = self.effective_date
		unit.save(ignore_permissions=True)  # the approval of the request carries the right to change the home


@frappe.whitelist(methods=["POST"])
def refresh(name: str) -> None:
	"""Ask the modules again; anybody who may edit the request may do so."""
	doc = frappe.get_doc("Move Request", name)
	doc.check_permission("write")
	doc.save()


@frappe.whitelist(methods=["POST"])
def waive(name: str, check_code: str, reason: str) -> None:
	"""Let a blocked check pass with a reason. Raises WaiverRefused unless the Office Director does it before approval."""
	doc = frappe.get_doc("Move Request", name)
	doc.check_permission("write")
	if frappe.session.user != "Administrator" and not WAIVER_ROLES & set(frappe.get_roles()):
		frappe.throw(_("Only the Office Director waives a check."), WaiverRefused)
	if doc.docstatus or not (reason or "").strip():
		frappe.throw(_("A waiver needs a reason and a request that is not approved yet."), WaiverRefused)
	blocked = [row for row in doc.checks if row.check_code == check_code and row.status == "blocked"]
	if not blocked:
		frappe.throw(_("This check is not blocked."), WaiverRefused)
	for row in blocked:
		row.status, row.waiver_reason = "waived", reason.strip()
		row.waived_by, row.waived_on = frappe.session.user, now_datetime()
	doc.save()


@frappe.whitelist()
def people_of(unit: str, on_date: str | None = None) -> list[dict]:
	"""Occupancies of a home on a day, for the choice of who leaves."""
	frappe.get_doc("Property Unit", unit).check_permission("read")
	day = getdate(on_date)
	return [row for row in occupancies.rows_of([unit]).get(unit, []) if rules.covers(row, day)]


def apply_due(today=None) -> None:
	"""Daily: carry out approved moves whose day has come. One that fails is told to the approver and tried again."""
	due = frappe.get_all(
		"Move Request",
		filters={"docstatus": 1, "applied_on": ["is", "not set"], "effective_date": ["<=", getdate(today)]},
		pluck="name",
		order_by="effective_date, name",
	)
	for name in due:
		frappe.db.savepoint("move")
		try:
			# lint: allow query-in-loop: the few moves of one day, each a document with rules of its own
			frappe.get_doc("Move Request", name).apply_move()
		except frappe.ValidationError as error:
			frappe.db.rollback(save_point="move")
			# lint: allow query-in-loop: only for a move that failed
			doc = frappe.get_doc("Move Request", name)
			doc.log_error("Move Request could not be carried out")
			doc.add_comment("Comment", frappe.utils.strip_html(str(error)))


def on_doctype_update() -> None:
	frappe.db.add_index("Move Request", ["docstatus", "effective_date"])
