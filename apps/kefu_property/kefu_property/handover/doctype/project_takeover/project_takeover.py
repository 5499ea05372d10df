import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from kefu_property.handover import defects
from kefu_property.handover.exceptions import TakeoverIncomplete, WrongPlace
from kefu_property.registry import api as registry
from kefu_property.suite import attachments

PAPERS = "Papers of the Project"


class ProjectTakeover(Document):
	"""Taking over the common parts, equipment, facilities and papers of a project from its developer (D24, L12)."""

	def validate(self) -> None:
		self.fill_lists()
		self.check_building()
		self.check_days()
		self.complete_lines()
		self.count()
		attachments.clean_rows(self, "lines", "photo")
		if self.workflow_state not in (None, "", "Draft"):
			self.check_complete()

	def fill_lists(self) -> None:
		"""A new takeover begins with all items and papers that the office keeps, and the project's developer."""
		if not self.is_new() or self.lines or self.papers:
			return
		for row in frappe.get_all(
			"Takeover Item",
			filters={"disabled": 0},
			fields=["name", "item_group", "method"],
			order_by="position, item_name",
		):
			if row.item_group == PAPERS:
				self.append("papers", {"takeover_item": row.name})
			else:
				self.append("lines", {"takeover_item": row.name, "method": row.method})
		self.developer = self.developer or registry.project_facts(self.project).get("developer")

	def check_building(self) -> None:
		if self.building and registry.project_of_building(self.building) != self.project:
			frappe.throw(_("{0} is not of project {1}.").format(_("Building"), self.project), WrongPlace)

	def check_days(self) -> None:
		if getdate(self.checked_on) > getdate():
			frappe.throw(_("The check cannot be in the future. Correct the day."), TakeoverIncomplete)
		if self.ended_on and getdate(self.ended_on) < getdate(self.checked_on):
			frappe.throw(_("The check ends before it begins. Correct the days."), TakeoverIncomplete)

	def complete_lines(self) -> None:
		items = {
			row.name: row
			for row in frappe.get_all("Takeover Item", fields=["name", "item_group", "standard", "method"])
		}
		for row in self.lines:
			item = items[row.takeover_item]
			row.item_group, row.standard, row.method = item.item_group, item.standard, row.method or item.method
			if row.result != "Defect":
				continue
			if not row.defect_kind or not (row.description or "").strip():
				frappe.throw(
					_("Row {0}, {1}: choose the kind of defect and describe it.").format(row.idx, _(row.takeover_item)),
					TakeoverIncomplete,
				)
			row.contractor = row.contractor or defects.contractor_for(self.project, row.defect_kind)
			defects.check_contractor(row.contractor, self.project)
			row.due_date = row.due_date or defects.due_date(self.checked_on, row.defect_kind)
			if getdate(row.due_date) < getdate(self.checked_on):
				frappe.throw(
					_("Row {0}, {1}: the day to repair by is before the check.").format(row.idx, _(row.takeover_item)),
					TakeoverIncomplete,
				)

	def count(self) -> None:
		self.defects_found = sum(row.result == "Defect" for row in self.lines)
		self.papers_missing = sum(row.received in ("No", "Partly") for row in self.papers)
		if self.docstatus.is_draft():
			self.open_defects = self.defects_found
		self.conclusion = "Accepted with Defects" if self.defects_found or self.papers_missing else "Accepted"

	def check_complete(self) -> None:
		"""Every item has its result, every paper its answer, and both sides have signed before anybody approves."""
		open_lines = [row.idx for row in self.lines if not row.result]
		if open_lines:
			frappe.throw(
				_("{0} items have no result yet, the first in row {1}.").format(len(open_lines), open_lines[0]),
				TakeoverIncomplete,
			)
		if any(not row.received for row in self.papers):
			frappe.throw(_("Answer for every paper whether it was received."), TakeoverIncomplete)
		undated = next((row for row in self.papers if row.received in ("No", "Partly") and not row.due_date), None)
		if undated:
			frappe.throw(
				_("Enter by when “{0}” follows.").format(_(undated.takeover_item)),
				TakeoverIncomplete,
			)
		if not self.developer_signature or not self.office_signature:
			frappe.throw(_("The developer and the management office sign before the approval."), TakeoverIncomplete)

	def on_submit(self) -> None:
		"""The approval turns what was found into defects that are followed one by one."""
		for row in self.lines:
			if row.result == "Defect":
				row.db_set("defect", self.make_defect(row))  # lint: allow query-in-loop: one document per defect
		self.db_set("open_defects", defects.count_open("takeover", self.name))

	def make_defect(self, row) -> str:
		doc = frappe.get_doc(
			{
				"doctype": "Handover Defect",
				"project": self.project,
				"source": "Project Takeover",
				"takeover": self.name,
				"takeover_item": row.takeover_item,
				"building": self.building,
				"room": row.spot or _(row.takeover_item),
				"defect_kind": row.defect_kind,
				"description": row.description,
				"contractor": row.contractor,
				"found_on": self.checked_on,
				"due_date": row.due_date,
				"severity": "Serious" if row.item_group == "Common Equipment" else "Minor",
				"photos": [{"image": row.photo, "stage": "Before"}] if row.photo else [],
			}
		)
		doc.flags.files_checked = True  # the takeover has cleaned its photos
		return doc.insert(ignore_permissions=True).name  # follows from the approval of the takeover

	def before_cancel(self) -> None:
		repaired = frappe.db.count(
			"Handover Defect", {"takeover": self.name, "status": ["not in", (defects.TO_REPAIR, defects.WITHDRAWN)]}
		)
		if repaired:
			frappe.throw(
				_("{0} defects of this takeover are in repair or closed. It is not cancelled any more.").format(
					repaired
				),
				TakeoverIncomplete,
			)

	def on_cancel(self) -> None:
		frappe.db.set_value(
			"Handover Defect",
			{"takeover": self.name, "status": defects.TO_REPAIR},
			{"status": defects.WITHDRAWN, "closed_on": getdate()},
		)
