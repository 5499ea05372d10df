import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.inspection.exceptions import PlanInvalid
from kefu_property.rules import inspection_rules as rules


class InspectionTemplate(Document):
	"""A check sheet for one kind of facility: what is looked at and how it is answered."""

	def validate(self) -> None:
		self.check_items()
		self.check_scoring()

	def check_items(self) -> None:
		texts = [row.item_text.strip() for row in self.items]
		twice = next((text for text in texts if texts.count(text) > 1), None)
		if twice:
			frappe.throw(_("{0} stands twice on the check sheet.").format(_(twice)), PlanInvalid)
		for row in self.items:
			if row.answer_type == "Choice" and len(rules.choices_of(row.choices)) < 2:
				frappe.throw(_("Row {0}: enter at least two choices, one on each line.").format(row.idx), PlanInvalid)
			if row.min_value and row.max_value and row.min_value > row.max_value:
				frappe.throw(_("Row {0}: the lowest value is above the highest.").format(row.idx), PlanInvalid)

	def check_scoring(self) -> None:
		if self.purpose == "Scoring" and not any(row.answer_type == "Score" for row in self.items):
			frappe.throw(_("A template for scoring has at least one item with points."), PlanInvalid)
		if self.rectify_days < 0:
			frappe.throw(_("The days to rectify cannot be negative."), PlanInvalid)
