import frappe
from frappe.model.document import Document
from frappe.utils import format_date, today


class DocumentTemplate(Document):
	"""Text of papers that are written often; project, date and author are filled in (D9)."""

	def filled(self, project: str) -> dict:
		"""Subject, main_recipient and body for a project."""
		facts = frappe.get_cached_value(
			"Property Project", project, ["project_name", "company_name", "phone"], as_dict=True
		)
		values = {
			"project": facts.project_name,
			"company": facts.company_name or facts.project_name,
			"phone": facts.phone or "",
			"date": format_date(today()),
			"user": frappe.utils.get_fullname(frappe.session.user),
		}
		texts = {"subject": self.subject, "main_recipient": self.main_recipient or "", "body": self.body}
		for field, text in texts.items():
			for name, value in values.items():
				text = text.replace("{" + name + "}", value)
			texts[field] = text
		return texts
