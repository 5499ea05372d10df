import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.rules import poll_count as rules
from kefu_property.service_desk.exceptions import InvalidPoll


class PollMatter(Document):
	"""A kind of matter that owners decide on, and how many of them it takes (L27)."""

	def validate(self) -> None:
		for field in ("participation", "approval"):
			try:
				rules.share(self.get(field))
			except rules.InvalidShare:
				frappe.throw(_("{0} is no share. Write it like 2/3.").format(self.get(field)), InvalidPoll)
