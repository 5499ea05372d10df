"""What was sent to people outside the desk (suite/messages.py writes it)."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime


class OutgoingMessage(Document):
	@staticmethod
	def clear_old_logs(days: int = 90) -> None:
		"""Delete messages older than `days`. The framework's Log Settings call it."""
		frappe.db.delete("Outgoing Message", {"creation": ["<", add_days(now_datetime(), -days)]})
