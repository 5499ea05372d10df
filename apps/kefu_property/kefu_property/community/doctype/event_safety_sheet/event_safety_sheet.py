import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate

from kefu_property.community import settings
from kefu_property.community.exceptions import SafetySheetFixed, SafetySheetIncomplete

#: what is signed for: afterwards only incidents and the closing note change
SIGNED_FIELDS = (
	"risk",
	"venue",
	"starts_on",
	"ends_on",
	"expected_people",
	"permit_no",
	"permit_until",
	"emergency_plan",
)


class EventSafetySheet(Document):
	"""Supervision of an event on site: permit, checks, staff on duty, incidents, sign-off (D6)."""

	def before_insert(self) -> None:
		if not self.checks:
			for text in settings.safety_checks():
				self.append("checks", {"check_text": text})

	def validate(self) -> None:
		if get_datetime(self.ends_on) <= get_datetime(self.starts_on):
			frappe.throw(_("The event ends before it starts. Correct the times."), SafetySheetIncomplete)
		self.incident_count = len(self.incidents)
		before = self.get_doc_before_save()
		if before and before.workflow_state in ("Signed Off", "Closed"):
			self.check_unchanged(before)
		if self.workflow_state in ("Pending Approval", "Signed Off"):
			self.check_complete()
		if self.workflow_state == "Closed" and not (self.closing_note or "").strip():
			frappe.throw(
				_("Write the closing note: how the event went and how the site was left."), SafetySheetIncomplete
			)

	def check_complete(self) -> None:
		"""What has to stand on the sheet before somebody signs for it."""
		open_checks = [row for row in self.checks if not row.result]
		problems = [row for row in self.checks if row.result == "Problem"]
		if not self.checks or open_checks:
			frappe.throw(_("Answer every safety check first."), SafetySheetIncomplete)
		if problems:
			frappe.throw(
				_("“{0}” is still a problem. Have it solved, then set it to OK.").format(problems[0].check_text),
				SafetySheetIncomplete,
			)
		if not self.staff:
			frappe.throw(_("Name the staff on duty."), SafetySheetIncomplete)
		if self.risk == "High" and not self.permit_no:
			frappe.throw(_("A high risk needs a site permit. Enter its number."), SafetySheetIncomplete)
		if self.permit_until and getdate(self.permit_until) < getdate(self.ends_on):
			frappe.throw(_("The site permit ends before the event."), SafetySheetIncomplete)
		if self.risk != "Low" and not (self.emergency_plan or "").strip():
			frappe.throw(_("Write the emergency plan."), SafetySheetIncomplete)

	def check_unchanged(self, before) -> None:
		changed = [field for field in SIGNED_FIELDS if str(before.get(field) or "") != str(self.get(field) or "")]
		for table in ("checks", "staff"):
			if _rows(before, table) != _rows(self, table):
				changed.append(table)
		if before.workflow_state == "Closed" and _rows(before, "incidents") != _rows(self, "incidents"):
			changed.append("incidents")
		if changed:
			label = self.meta.get_label(changed[0])
			frappe.throw(
				_("{0} was signed off and is not changed any more.").format(
					_(label)
				),  # lint: allow translate-dynamic: the field's own label
				SafetySheetFixed,
			)

	def on_trash(self) -> None:
		if self.workflow_state in ("Signed Off", "Closed"):
			frappe.throw(_("A signed safety sheet stays on record."), SafetySheetFixed)


def _rows(doc, table: str) -> list[dict]:
	return [{k: str(v or "") for k, v in row.as_dict(no_default_fields=True).items()} for row in doc.get(table)]
