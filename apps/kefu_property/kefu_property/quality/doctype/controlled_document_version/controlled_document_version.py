import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime, strip_html, today

from kefu_property.quality import documents
from kefu_property.quality.exceptions import NotDistributed, VersionExists, WrongVersion
from kefu_property.rules import quality_rules


class ControlledDocumentVersion(Document):
	"""One version of a controlled document: reviewed, approved, in force from a day on, obsolete when the next one comes (D18)."""

	def validate(self) -> None:
		self.fill_from_document()
		self.check_version()
		self.check_only_one_on_the_way()
		self.check_day()
		self.check_paper()
		self.drop_repeated_readers()

	def fill_from_document(self) -> None:
		document = frappe.db.get_value(
			"Controlled Document", self.document, ["project", "document_code", "doc_title"], as_dict=True
		)
		self.update(document)
		self.label = f"{self.document_code} {self.version_no} {self.doc_title}"

	def check_version(self) -> None:
		self.version_no = (self.version_no or "").strip()
		if not quality_rules.is_version(self.version_no):
			frappe.throw(_("A version number has letters and digits, such as A/0 or 1.2."), WrongVersion)
		if frappe.db.exists(
			self.doctype, {"document": self.document, "version_no": self.version_no, "name": ["!=", self.name]}
		):
			frappe.throw(_("The document has a version {0} already.").format(self.version_no), VersionExists)

	def check_only_one_on_the_way(self) -> None:
		other = frappe.db.get_value(
			self.doctype,
			{
				"document": self.document,
				"name": ["!=", self.name],
				"docstatus": ["<", 2],
				"workflow_state": ["in", documents.ON_THE_WAY],
			},
			"version_no",
		)
		if other and self.workflow_state in (None, *documents.ON_THE_WAY):
			frappe.throw(
				_("Version {0} is on its way. Finish or cancel it before you begin another one.").format(other),
				VersionExists,
			)

	def check_day(self) -> None:
		since = frappe.db.get_value("Controlled Document", self.document, "effective_on")
		if self.docstatus == 0 and since and getdate(self.effective_on) < since:
			frappe.throw(
				_("The version in force began on {0}; the next one cannot begin before.").format(
					frappe.format(since, {"fieldtype": "Date"})
				),
				WrongVersion,
			)

	def check_paper(self) -> None:
		if self.attachment and (self.is_new() or self.has_value_changed("attachment")):
			documents.read_pdf(self.attachment)
		if (
			self.workflow_state not in (None, "Draft")
			and not self.attachment
			and not strip_html(self.content or "").strip()
		):
			frappe.throw(_("Write the text or attach the paper before it goes to review."), WrongVersion)

	def drop_repeated_readers(self) -> None:
		seen = set()
		for row in list(self.distribution):
			if row.user in seen and not row.copy_no:
				self.remove(row)
			seen.add(row.user)

	def on_submit(self) -> None:
		if getdate(self.effective_on) <= getdate(today()):
			documents.put_in_force(self)

	def before_cancel(self) -> None:
		if self.workflow_state in (documents.IN_FORCE, documents.OBSOLETE):
			frappe.throw(_("A version that was in force is kept. Replace it, or withdraw the document."), WrongVersion)

	def mark(self) -> str:
		"""What a copy bears across the page; nothing for the valid version."""
		if self.workflow_state == documents.IN_FORCE:
			return ""
		if self.workflow_state == documents.OBSOLETE or self.docstatus == 2:
			return _("Obsolete")
		return _("Not Yet in Force") if self.docstatus == 1 else _("Draft")

	@frappe.whitelist(methods=["POST"])
	def confirm_reading(self) -> None:
		"""The reader confirms that they have read the version in force."""
		self.check_permission("read")
		rows = [row for row in self.distribution if row.user == frappe.session.user]
		if not rows or self.workflow_state != documents.IN_FORCE:
			frappe.throw(_("This version was not sent to you, or is not in force."), NotDistributed)
		for row in rows:
			if not row.confirmed_on:
				row.db_set("confirmed_on", now_datetime())

	@frappe.whitelist(methods=["POST"])
	def take_back(self, copy_no: str) -> None:
		"""Note that a numbered paper copy came back."""
		self.check_permission("write")
		rows = [row for row in self.distribution if row.copy_no == copy_no and not row.returned_on]
		if not rows:
			frappe.throw(_("There is no paper copy {0} out.").format(copy_no), WrongVersion)
		for row in rows:
			row.db_set("returned_on", today())


def on_doctype_update() -> None:
	frappe.db.add_unique("Controlled Document Version", ["document", "version_no"], "unique_version")
