import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.quality import audits
from kefu_property.quality.exceptions import AuditIncomplete, OtherProject, WrongPeriod


class AuditProgramme(Document):
	"""The internal audits of a year: which area, when, by whom (D18)."""

	def validate(self) -> None:
		self.check_lines()
		self.check_coverage()

	def check_lines(self) -> None:
		projects = dict(
			frappe.get_all(
				"Audit Area",
				filters={"name": ["in", [row.area for row in self.lines]]},
				fields=["name", "project"],
				as_list=True,
			)
		)
		for row in self.lines:
			if projects.get(row.area) != self.project:
				frappe.throw(_("Row {0}: the area belongs to another project.").format(row.idx), OtherProject)
			if getdate(row.planned_on).year != int(self.year):
				frappe.throw(_("Row {0}: the day is not in the year {1}.").format(row.idx, self.year), WrongPeriod)
			audits.check_auditors(row.area, [row.lead_auditor])

	def check_coverage(self) -> None:
		"""Each area is audited once a year: a programme that leaves one out is not submitted for approval."""
		if self.workflow_state in (None, "Draft"):
			return
		areas = frappe.get_all(
			"Audit Area", filters={"project": self.project, "disabled": 0}, fields=["name", "area_name"]
		)
		planned = {row.area for row in self.lines}
		missing = [row.area_name for row in areas if row.name not in planned]
		if missing:
			frappe.throw(_("The programme leaves out: {0}.").format(", ".join(missing)), AuditIncomplete)

	def before_cancel(self) -> None:
		held = frappe.db.exists("Internal Audit", {"programme": self.name, "docstatus": ["<", 2]})
		if held:
			frappe.throw(_("Audits of this programme are planned or held. It is kept."), AuditIncomplete)
