import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, get_url, now_datetime, today

from kefu_property.community import guards, settings
from kefu_property.community.exceptions import ObjectionClosed
from kefu_property.registry import api as registry
from kefu_property.suite import messages
from kefu_property.suite.notify import alert, staff_with_role


class DisclosureObjection(Document):
	"""An owner's objection to a published disclosure, and the office's answer (L5)."""

	def before_insert(self) -> None:
		self.raised_on = now_datetime()
		self.due_on = add_days(today(), settings.number("answer_days"))
		self.status = "Waiting for Answer"

	def after_insert(self) -> None:
		self.count()
		alert(
			staff_with_role("CS Supervisor", self.project),
			lambda: _("Objection to the disclosure: {0}. Answer by {1}.").format(self.section, self.due_on),
			self.doctype,
			self.name,
		)

	def validate(self) -> None:
		self.check_open()
		self.take_answer()

	def check_open(self) -> None:
		before = self.get_doc_before_save()
		if before and before.status != "Waiting for Answer" and (before.answer or "") != (self.answer or ""):
			frappe.throw(_("This objection is closed: {0}.").format(_(before.status)), ObjectionClosed)
		guards.check_unchanged(self, "answer", "answer_public", *(("status",) if self.flags.withdrawn else ()))

	def take_answer(self) -> None:
		if self.status == "Waiting for Answer" and (self.answer or "").strip():
			self.status = "Answered"
			self.answered_by, self.answered_on = frappe.session.user, now_datetime()

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		if not before or before.status == self.status:
			return
		self.count()
		phone = registry.phone_for_message(self.resident) if self.status == "Answered" else None
		if phone:
			title = frappe.db.get_value("Community Disclosure", self.disclosure, "period")
			link = get_url(f"/portal/disclosure/{self.disclosure}")
			messages.send("objection_answered", phone, {"title": title, "link": link}, resident=self.resident)

	def count(self) -> None:
		open_ = frappe.db.count("Disclosure Objection", {"disclosure": self.disclosure, "status": "Waiting for Answer"})
		frappe.db.set_value("Community Disclosure", self.disclosure, "open_objections", open_)
