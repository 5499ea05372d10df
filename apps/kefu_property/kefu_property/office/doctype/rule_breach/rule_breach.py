import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.office.paper_exceptions import MeasureMissing, WrongDates
from kefu_property.suite import notify


class RuleBreach(Document):
	"""Breach of a rule: facts, statement of the person, measure, approval (D13)."""

	def validate(self) -> None:
		self.check_day()
		self.set_version()
		self.check_measure()

	def check_day(self) -> None:
		if getdate(self.occurred_on) > getdate(today()):
			frappe.throw(_("The breach lies in the future. Correct the date."), WrongDates)

	def set_version(self) -> None:
		"""The version that was in force on the day of the breach."""
		self.rule_version = frappe.db.get_value(
			"Rule Version",
			{
				"rule": self.rule,
				"docstatus": 1,
				"force": ["!=", "Not Yet in Force"],
				"effective_from": ["<=", self.occurred_on],
			},
			"name",
			order_by="effective_from desc, version desc",
		)
		if not self.rule_version:
			frappe.throw(
				_("The rule was not in force on {0}. Correct the day or choose another rule.").format(
					frappe.utils.format_date(self.occurred_on)
				),
				WrongDates,
			)

	def check_measure(self) -> None:
		if self.measure != "Penalty Points":
			self.points = 0
		elif not self.points:
			frappe.throw(_("Enter the points."), MeasureMissing)

	def before_submit(self) -> None:
		"""Nobody is judged unheard."""
		if not (self.statement or "").strip() and not self.no_statement:
			frappe.throw(_("Note what the person says about it, or that no statement was given."), MeasureMissing)

	def on_submit(self) -> None:
		notify.alert(
			[self.user],
			lambda: _("A breach of {0} was recorded: {1}").format(self.rule_title, _(self.measure)),
			self.doctype,
			self.name,
		)
