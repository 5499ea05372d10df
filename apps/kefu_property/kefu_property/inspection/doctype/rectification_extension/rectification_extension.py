import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.inspection.exceptions import ExtensionInvalid, WrongProject


class RectificationExtension(Document):
	"""More time for a rectification: asked for with a reason, in force with its approval (D5)."""

	def validate(self) -> None:
		self.check_rectification()
		self.check_days()
		self.check_single()

	def on_submit(self) -> None:
		# the row is held: a report of the work at the same moment waits
		frappe.db.get_value("Rectification", self.rectification, "name", for_update=True)
		doc = frappe.get_doc("Rectification", self.rectification)
		doc.flags.extending = True
		doc.update({"due_date": self.new_due_date, "extensions": (doc.extensions or 0) + 1, "alert_level": 0})
		doc.save(ignore_permissions=True)  # the approval of the extension was the check
		doc.add_comment("Info", _("Extended to {0}: {1}").format(frappe.format(self.new_due_date, "Date"), self.reason))

	def check_rectification(self) -> None:
		row = frappe.db.get_value("Rectification", self.rectification, ["project", "status", "due_date"], as_dict=True)
		if row.project != self.project:
			frappe.throw(_("{0} belongs to another project.").format(self.rectification), WrongProject)
		if row.status == "Closed":
			frappe.throw(_("{0} is closed already.").format(self.rectification), ExtensionInvalid)
		if self.docstatus == 0:
			self.old_due_date = row.due_date

	def check_days(self) -> None:
		if getdate(self.new_due_date) <= getdate(self.old_due_date):
			frappe.throw(
				_("The new day is not later than {0}.").format(frappe.format(self.old_due_date, "Date")),
				ExtensionInvalid,
			)

	def check_single(self) -> None:
		other = frappe.db.get_value(
			"Rectification Extension",
			{"rectification": self.rectification, "docstatus": 0, "name": ["!=", self.name or ""]},
		)
		if other and self.docstatus == 0:
			frappe.throw(
				_("Another extension of {0} waits for its decision.").format(self.rectification), ExtensionInvalid
			)
