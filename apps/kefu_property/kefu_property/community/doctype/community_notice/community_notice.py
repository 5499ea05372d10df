import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_url, getdate, now_datetime

from kefu_property.community import notices
from kefu_property.community.exceptions import NoticeFixed, NoticeIncomplete, WrongAudience
from kefu_property.suite import attachments, qr
from kefu_property.suite.notify import alert, staff_with_role


class CommunityNotice(Document):
	"""A notice to the residents of a project, buildings or kinds of units (D12)."""

	def before_insert(self) -> None:
		self.token = frappe.generate_hash(length=20)

	def validate(self) -> None:
		self.check_text()
		self.check_validity()
		self.check_buildings()
		attachments.clean_rows(self, "attachments", "file", pdf=True)

	def check_text(self) -> None:
		if not frappe.utils.strip_html(self.content or "").strip():
			frappe.throw(_("Write the text of the notice."), NoticeIncomplete)

	def check_validity(self) -> None:
		if self.valid_to and getdate(self.valid_to) < getdate(self.valid_from):
			frappe.throw(_("The notice ends before it begins. Correct its validity."), NoticeIncomplete)

	def check_buildings(self) -> None:
		names = [row.building for row in self.buildings]
		foreign = frappe.get_all(
			"Property Building", filters={"name": ["in", names or [""]], "project": ["!=", self.project]}, pluck="name"
		)
		if foreign:
			frappe.throw(_("Building {0} belongs to another project.").format(foreign[0]), WrongAudience)
		if len(set(names)) < len(names):
			frappe.throw(_("A building stands twice in the audience."), WrongAudience)

	def before_submit(self) -> None:
		self.audience_count = len(notices.audience(self))
		if not self.audience_count:
			frappe.throw(
				_("Nobody is in the audience of this notice. Check buildings and kinds of units."), WrongAudience
			)
		self.published_on = now_datetime()

	def on_submit(self) -> None:
		if not self.emergency:
			return
		frappe.enqueue(notices.tell, queue="long", enqueue_after_commit=True, notice=self.name)
		if not self.approved_by:
			alert(
				staff_with_role("Office Director", self.project),
				lambda: _("Emergency notice published without approval: {0}").format(self.title),
				self.doctype,
				self.name,
			)

	def on_trash(self) -> None:
		if self.docstatus:
			frappe.throw(_("A published notice stays on record. Withdraw it."), NoticeFixed)

	def address(self) -> str:
		"""Where the QR code of the paper leads to: a page for everybody when the notice is public, else the portal."""
		return get_url(f"/portal/notice/{self.token}" if self.is_public else f"/portal/notices/{self.name}")

	def qr(self) -> str:
		return qr.data_uri(self.address(), scale=4)

	def audience_text(self) -> str:
		"""Buildings and kinds of units in words, for the paper."""
		names = [
			row.building_name or row.building_code
			for row in frappe.get_all(
				"Property Building",
				filters={"name": ["in", [row.building for row in self.buildings] or [""]]},
				fields=["building_name", "building_code"],
				order_by="building_code",
			)
		]
		kinds = [_(kind) for kind in notices.unit_types(self)]
		return " · ".join(filter(None, [_(", ").join(names) or _("All buildings"), _(", ").join(kinds)]))
