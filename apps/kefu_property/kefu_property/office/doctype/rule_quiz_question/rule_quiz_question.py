from frappe.model.document import Document


class RuleQuizQuestion(Document):
	"""A question about a rule with its answers, one per line."""

	def lines(self) -> list[str]:
		return [line.strip() for line in (self.answers or "").splitlines() if line.strip()]
