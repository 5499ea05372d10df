import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.office.paper_exceptions import NumberForm
from kefu_property.rules import paper_rules


class DocumentKind(Document):
	"""Kind of issued document with the form of its numbers (D9)."""

	def validate(self) -> None:
		self.check_number_form()

	def check_number_form(self) -> None:
		try:
			first, second = (paper_rules.number_text(self.number_form, code, 2026, 1) for code in ("A", "B"))
		except ValueError:
			frappe.throw(
				_(
					"The form of the number has to contain {year} and {number}, and nothing else in braces but {project}."
				),
				NumberForm,
			)
		if first == second:
			frappe.throw(_("Two projects would issue the same number. Put {project} into the form."), NumberForm)
		twin = frappe.db.exists("Document Kind", {"number_form": self.number_form, "name": ["!=", self.name]})
		if twin:
			frappe.throw(_("{0} has numbers of the same form. Choose another form.").format(twin), NumberForm)
