import frappe
from frappe.model.document import Document
from frappe.utils import get_url

from kefu_property.suite import qr


class ArchiveBox(Document):
	"""Box of the archive room with its label (D9)."""

	def qr(self) -> str:
		return qr.data_uri(get_url(f"/app/archive-box/{self.name}"), scale=5)

	def contents(self) -> list[dict]:
		"""Files in the box for its label."""
		return frappe.get_all(
			"Archive File",
			filters={"box": self.name, "status": ["!=", "Destroyed"]},
			fields=["name", "file_title", "file_date", "pages", "position"],
			order_by="position, file_date, name",
		)
