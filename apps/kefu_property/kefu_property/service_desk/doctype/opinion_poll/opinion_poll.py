from decimal import Decimal
from fractions import Fraction

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from kefu_property.rules import poll_count as rules
from kefu_property.service_desk import polls
from kefu_property.service_desk.exceptions import InvalidPoll, PollFrozen, ReasonMissing, WrongHome

FROZEN = ("subject", "matter", "scope", "opens_on", "closes_on", "question", "explanation", "attachment")


class OpinionPoll(Document):
	"""A question to the owners of a project, answered by heads and by area (L27)."""

	def validate(self) -> None:
		self.check_times()
		self.check_buildings()
		self.check_matter()
		self.check_frozen()
		self.take_step()

	def on_update(self) -> None:
		if self.status == "Approved" and get_datetime(self.opens_on) <= now_datetime():
			polls.open_voting(self.name)

	def on_trash(self) -> None:
		if self.status not in ("Draft", "Cancelled"):
			frappe.throw(_("A poll that owners saw is kept."), PollFrozen)
		frappe.db.delete("Poll Ballot", {"poll": self.name})

	def onload(self) -> None:
		if self.status == polls.OPEN:
			self.set_onload("turnout", polls.turnout(self.name))

	def check_times(self) -> None:
		if get_datetime(self.closes_on) <= get_datetime(self.opens_on):
			frappe.throw(_("The voting ends before it begins. Correct the times."), InvalidPoll)
		if self.status == "Pending Approval" and get_datetime(self.closes_on) <= now_datetime():
			frappe.throw(_("The voting would be over already. Choose a later end."), InvalidPoll)

	def check_buildings(self) -> None:
		if self.scope != "Buildings":
			self.buildings = []
			return
		if not self.buildings:
			frappe.throw(_("Choose at least one building."), InvalidPoll)
		names = [row.building for row in self.buildings]
		here = set(
			frappe.get_all("Property Building", filters={"name": ["in", names], "project": self.project}, pluck="name")
		)
		for name in names:
			if name not in here:
				frappe.throw(_("{0} does not belong to project {1}.").format(name, self.project), WrongHome)

	def check_matter(self) -> None:
		if self.status == "Draft" and frappe.db.get_value("Poll Matter", self.matter, "disabled"):
			frappe.throw(_("{0} is switched off. Choose another kind of matter.").format(self.matter), InvalidPoll)

	def check_frozen(self) -> None:
		before = self.get_doc_before_save()
		if not before or before.status == "Draft":
			return
		changed = [field for field in FROZEN if self.has_value_changed(field)]
		if changed or [row.building for row in before.buildings] != [row.building for row in self.buildings]:
			frappe.throw(
				_("What owners vote on does not change after it went for approval. Reject or cancel the poll first."),
				PollFrozen,
			)

	def take_step(self) -> None:
		before = self.get_doc_before_save()
		if not before or before.status == self.status:
			return
		if self.status == polls.PUBLISHED:
			if not self.conclusion:
				frappe.throw(_("Write the conclusion that owners read."), InvalidPoll)
			self.published_on = now_datetime()
		elif self.status == "Cancelled" and not self.cancel_reason:
			frappe.throw(_("Enter the reason of the cancellation."), ReasonMissing)

	# --- for prints and the portal ---------------------------------------------------------------------------------

	def rule(self) -> rules.Rule:
		return rules.Rule(rules.share(self.participation), rules.share(self.approval), bool(self.approval_strict))

	def rule_text(self) -> str:
		source = self if self.participation else frappe.get_cached_doc("Poll Matter", self.matter)
		approving = (
			_("more than {0} of those who vote").format(source.approval)
			if source.approval_strict
			else _("at least {0} of those who vote").format(source.approval)
		)
		return _("At least {0} take part, {1} agree; by heads and by area").format(source.participation, approving)

	def result_rows(self) -> list[dict]:
		"""Lines of the result sheet: heads and area with their shares, of all for the turnout, else of the votes."""

		def part(value, whole) -> str:
			value, whole = Decimal(str(value or 0)), Decimal(str(whole or 0))
			return f"{float(Fraction(value) / Fraction(whole)):.2%}" if whole else "–"

		rows = []
		for prefix, label, whole in (
			("total", _("All"), "total"),
			("voted", _("Voted"), "total"),
			("for", _("For"), "voted"),
			("against", _("Against"), "voted"),
			("abstain", _("Abstain"), "voted"),
		):
			heads, area = self.get(f"{prefix}_heads") or 0, self.get(f"{prefix}_area") or 0
			rows.append(
				frappe._dict(
					label=label,
					heads=heads,
					area=f"{Decimal(str(area)):,.2f}",
					heads_share=part(heads, self.get(f"{whole}_heads")),
					area_share=part(area, self.get(f"{whole}_area")),
				)
			)
		return rows

	def building_rows(self) -> list[dict]:
		return polls.by_building(self.name)
