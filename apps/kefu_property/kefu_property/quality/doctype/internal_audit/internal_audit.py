import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, today

from kefu_property.quality import audits, checks
from kefu_property.quality.exceptions import AuditIncomplete, WrongPeriod


class InternalAudit(Document):
	"""An audit of an area by people from elsewhere: checklist by clause, findings, report (D18)."""

	def validate(self) -> None:
		checks.same_project(self, "area", "programme")
		checks.title_clauses(self)
		self.check_auditors()
		self.check_evidence()
		self.count()
		self.check_report()

	def team(self) -> list[str]:
		return [user for user in (self.lead_auditor, *(row.user for row in self.auditors)) if user]

	def check_auditors(self) -> None:
		audits.check_auditors(self.area, self.team(), self.auditee)

	def check_evidence(self) -> None:
		for row in self.checks:
			if row.result in audits.NEED_EVIDENCE and not (row.evidence or "").strip():
				frappe.throw(
					_("Row {0} of the checklist: write the evidence that was seen.").format(row.idx), AuditIncomplete
				)

	def count(self) -> None:
		results = [row.result for row in self.checks]
		self.conform = results.count("Conform")
		self.observations = results.count("Observation")
		self.minor = results.count(audits.MINOR)
		self.major = results.count(audits.MAJOR)

	def check_report(self) -> None:
		if self.workflow_state not in ("Pending Approval", "Approved"):
			return
		if not self.auditee:
			frappe.throw(_("Enter who answered the audit."), AuditIncomplete)
		if not self.held_on:
			frappe.throw(_("Enter the day on which the audit was held."), AuditIncomplete)
		if getdate(self.held_on) > getdate(today()):
			frappe.throw(_("The audit cannot have been held in the future."), WrongPeriod)
		unanswered = [row.idx for row in self.checks if not row.result]
		if not self.checks or unanswered:
			frappe.throw(
				_("Answer each question of the checklist; open rows: {0}.").format(
					", ".join(map(str, unanswered)) or _("all rows")
				),
				AuditIncomplete,
			)
		if not (self.conclusion or "").strip():
			frappe.throw(_("Write the conclusion before the report goes out."), AuditIncomplete)

	def on_submit(self) -> None:
		audits.open_findings(self)

	def before_cancel(self) -> None:
		if any(row.nonconformity for row in self.checks):
			frappe.throw(_("Nonconformities follow from this audit. It is kept."), AuditIncomplete)
