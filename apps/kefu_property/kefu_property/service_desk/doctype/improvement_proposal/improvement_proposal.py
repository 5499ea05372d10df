import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate, today

from kefu_property.rules import case_effect
from kefu_property.service_desk import proposals
from kefu_property.service_desk.exceptions import EffectOpen, InvalidProposal, MeasuresOpen, WrongHome

PLANNED = ("Draft", "Pending Review", "Pending Approval")


class ImprovementProposal(Document):
	"""A proposal from the statistics of cases, whose effect is counted after the work (S4)."""

	def validate(self) -> None:
		self.check_project()
		self.check_span()
		self.check_target()
		self.check_plan()
		self.count_before()
		self.take_step()

	def scope(self) -> dict:
		return {"case_kind": self.case_kind, **{field: self.get(field) for field in proposals.SCOPE}}

	def scope_text(self) -> str:
		"""The cases in words, for the print."""
		parts = [
			_(self.case_kind) if self.case_kind else _("All cases"),  # lint: allow translate-dynamic: a DocType
			_(self.category) if self.category else "",  # lint: allow translate-dynamic: a category
			_(self.place) if self.place else "",  # lint: allow translate-dynamic: an option
			_(self.cause) if self.cause else "",  # lint: allow translate-dynamic: an option
			self.building or "",
			frappe.db.get_value("Service Department", self.case_department, "department_name")
			if self.case_department
			else "",
		]
		return " · ".join(part for part in parts if part)

	def check_project(self) -> None:
		for field, doctype in (
			("department", "Service Department"),
			("case_department", "Service Department"),
			("building", "Property Building"),
		):
			value = self.get(field)
			if value and frappe.get_cached_value(doctype, value, "project") != self.project:
				frappe.throw(_("{0} does not belong to project {1}.").format(value, self.project), WrongHome)

	def check_span(self) -> None:
		first, last = getdate(self.before_from), getdate(self.before_to)
		if last < first or last > getdate(today()):
			frappe.throw(_("The counted days begin before they end, and end today at the latest."), InvalidProposal)

	def check_target(self) -> None:
		if not 1 <= cint(self.target_percent) <= 100:
			frappe.throw(_("Enter between 1 and 100 percent as the wanted decrease."), InvalidProposal)

	def check_plan(self) -> None:
		if self.status == "Draft" or self.status == "Rejected":
			return
		missing = [
			label
			for field, label in (
				("cause_analysis", _("Why It Happens")),
				("proposal", _("Proposal")),
				("responsible", _("Responsible")),
				("due_on", _("Due On")),
			)
			if not self.get(field)
		]
		if missing:
			frappe.throw(_("Fill in first: {0}.").format(", ".join(missing)), InvalidProposal)

	def count_before(self) -> None:
		if self.status in PLANNED:
			self.cases_before = proposals.count(self.project, self.scope(), self.before_from, self.before_to)

	def take_step(self) -> None:
		before = self.get_doc_before_save()
		if not before or before.status == self.status:
			return
		if self.status == "Effect Check":
			self.start_check()
		elif self.status == "Closed":
			self.check_closing()
		elif before.status == "Effect Check" and self.status == "In Progress":
			self.start_again()

	def start_check(self) -> None:
		if not self.measures or any(not row.done_on for row in self.measures):
			frappe.throw(_("Enter for each measure when it was done."), MeasuresOpen)
		done = max(getdate(row.done_on) for row in self.measures)
		if done > getdate(today()):
			frappe.throw(_("A measure was done in the future. Correct the date."), MeasuresOpen)
		self.after_from, self.after_to = case_effect.span_after(
			getdate(self.before_from), getdate(self.before_to), done
		)
		self.effect, self.cases_after, self.change_percent = "Waiting", 0, 0

	def check_closing(self) -> None:
		if self.effect not in ("Reached", "Not Reached"):
			frappe.throw(
				_("The effect is counted after {0}. Close the proposal then.").format(
					frappe.utils.format_date(self.after_to)
				),
				EffectOpen,
			)
		if self.effect == "Not Reached" and not self.effect_note:
			frappe.throw(_("The effect was not reached. Say in the conclusion why it ends here."), EffectOpen)

	def start_again(self) -> None:
		"""A new round needs a new measure; the result of this one stays in the history."""
		self.add_comment(
			"Info",
			_("Round {0}: {1} cases before, {2} after").format(self.round, self.cases_before, self.cases_after),
		)
		self.round = cint(self.round) + 1
		self.after_from = self.after_to = self.effect = None
		self.cases_after = self.change_percent = 0
