from datetime import timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Concat
from frappe.utils import get_time, getdate, now, now_datetime, to_timedelta

from kefu_property.handover import buyers
from kefu_property.handover.exceptions import BatchNotInOrder, HomeTwice, UnreadableList, WrongPlace
from kefu_property.registry import api as registry
from kefu_property.rules import handover_rules as rules
from kefu_property.suite import messages

MOST_HOMES = 3000


class HandoverBatch(Document):
	"""Homes that are handed over in some days at one venue, with their appointments (D24).

	Its approval is the leave to hand these homes over: the desk then registers owners at once.
	"""

	def validate(self) -> None:
		self.check_days()
		self.check_homes()
		self.unit_count = len(self.units)

	def check_days(self) -> None:
		if getdate(self.to_date) < getdate(self.from_date):
			frappe.throw(_("The last day is before the first. Correct the days."), BatchNotInOrder)
		if self.capacity is None or int(self.capacity) < 1:
			frappe.throw(_("An appointment takes at least one home."), BatchNotInOrder)
		self.clear_break()
		self.plan()

	def clear_break(self) -> None:
		"""The framework fills an empty time with the present moment: a break of less than a minute is none."""
		if not self.break_from or not self.break_to:
			self.break_from = self.break_to = None
		elif abs(to_timedelta(str(self.break_to)) - to_timedelta(str(self.break_from))) < timedelta(minutes=1):
			self.break_from = self.break_to = None

	def plan(self) -> list:
		try:
			return rules.slots(
				getdate(self.from_date),
				getdate(self.to_date),
				get_time(self.day_from),
				get_time(self.day_to),
				int(self.slot_minutes or 0),
				get_time(self.break_from) if self.break_from else None,
				get_time(self.break_to) if self.break_to else None,
				bool(self.skip_weekends),
			)
		except rules.NoSlots:
			frappe.throw(
				_("These days and times give no appointment, or more than {0}. Correct them.").format(rules.MOST_SLOTS),
				BatchNotInOrder,
			)

	def check_homes(self) -> None:
		"""Each home once, of this project, not handed over and in no other batch; buyers are of the project."""
		names = [row.unit for row in self.units]
		if len(names) > MOST_HOMES:
			frappe.throw(_("A batch takes at most {0} homes. Divide it.").format(MOST_HOMES), BatchNotInOrder)
		double = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
		if double:
			frappe.throw(_("{0} stands twice in this batch. Remove one row.").format(double), HomeTwice)
		known = {row["name"]: row for row in registry.units(self.project, names=names)}
		stranger = next((name for name in names if name not in known), None)
		if stranger:
			frappe.throw(_("{0} is no home of this project that is in use.").format(stranger), WrongPlace)
		taken = frappe.get_all(
			"Home Handover",
			filters={"unit": ["in", names], "batch": ["!=", self.name or ""], "status": ["!=", rules.REFUSED]},
			fields=["unit", "batch"],
			limit=1,
		)
		if taken:
			frappe.throw(_("{0} stands in batch {1} already.").format(taken[0].unit, taken[0].batch), HomeTwice)
		people = {row.resident for row in self.units if row.resident}
		if people and len(people) != registry.count_of_project(self.project, people):
			frappe.throw(_("A buyer belongs to another project."), WrongPlace)

	def on_submit(self) -> None:
		self.make_slots()
		self.make_handovers()

	def make_slots(self) -> None:
		fields = ["name", "project", "batch", "slot_date", "from_time", "to_time", "capacity", "booked", "closed"]
		_bulk(
			"Handover Slot",
			fields,
			[
				(frappe.generate_hash(length=10), self.project, self.name, day, begin, end, self.capacity, 0, 0)
				for day, begin, end in self.plan()
			],
		)

	def make_handovers(self) -> None:
		"""One Home Handover for each home, named after it: a home cannot have two. A refused one comes into this batch."""
		facts = {row["name"]: row for row in registry.units(self.project, names=[row.unit for row in self.units])}
		names = registry.names_of({row.resident for row in self.units if row.resident})
		again = set(
			frappe.get_all("Home Handover", filters={"unit": ["in", [row.unit for row in self.units]]}, pluck="unit")
		)
		if again:
			table = frappe.qb.DocType("Home Handover")
			frappe.qb.update(table).set(table.batch, self.name).where(table.unit.isin(again)).run()
		fields = [
			"name",
			"project",
			"unit",
			"unit_code",
			"building",
			"batch",
			"status",
			"resident",
			"buyer_name",
			"open_defects",
		]
		_bulk(
			"Home Handover",
			fields,
			[
				(
					f"HH-{row.unit}",
					self.project,
					row.unit,
					facts[row.unit]["unit_code"],
					facts[row.unit]["building"],
					self.name,
					rules.TO_BE_BOOKED,
					row.resident,
					names.get(row.resident),
					0,
				)
				for row in self.units
				if row.unit not in again
			],
		)
		table = frappe.qb.DocType("Handover Batch Unit")
		(
			frappe.qb.update(table)
			.set(table.home_handover, Concat("HH-", table.unit))
			.where((table.parent == self.name) & (table.parenttype == self.doctype))
			.run()
		)

	def before_cancel(self) -> None:
		begun = frappe.db.count(
			"Home Handover", {"batch": self.name, "status": ["not in", (rules.TO_BE_BOOKED, rules.ABSENT)]}
		)
		if begun:
			frappe.throw(
				_(
					"{0} homes of this batch have an appointment or are handed over. Cancel the appointments first."
				).format(begun),
				BatchNotInOrder,
			)

	def on_cancel(self) -> None:
		frappe.db.delete("Home Handover", {"batch": self.name})
		frappe.db.delete("Handover Slot", {"batch": self.name})

	@frappe.whitelist(methods=["POST"])
	def read_buyers(self, file_url: str) -> dict:
		"""Enter the buyers of an uploaded workbook; returns `entered` and `problems`. Raises UnreadableList."""
		self.check_permission("write")
		if not self.docstatus.is_draft():
			frappe.throw(_("Buyers are entered before the approval."), BatchNotInOrder)
		name = frappe.db.get_value(
			"File", {"file_url": file_url, "attached_to_doctype": self.doctype, "attached_to_name": self.name}
		)
		if not name:
			frappe.throw(_("Upload the list to this batch."), UnreadableList)
		file = frappe.get_doc("File", name)
		content = file.get_content()
		result = buyers.enter(self, content if isinstance(content, bytes) else content.encode())
		file.delete(ignore_permissions=True)  # phone and identity numbers do not stay in a file (L22)
		return result

	@frappe.whitelist(methods=["POST"])
	def invite(self) -> int:
		"""Send the buyers a message with days, venue and the address of the portal. Returns how many were reached."""
		self.check_permission("submit")
		if not self.docstatus.is_submitted():
			frappe.throw(_("The batch is approved before the buyers are invited."), BatchNotInOrder)
		rows = frappe.get_all(
			"Home Handover",
			filters={"batch": self.name, "status": rules.TO_BE_BOOKED, "resident": ["is", "set"]},
			fields=["unit_code", "resident"],
		)
		sent = 0
		for row in rows:
			phone = registry.phone_for_message(row.resident)
			if phone:
				args = {
					"home": row.unit_code,
					"from_date": frappe.utils.format_date(self.from_date),
					"to_date": frappe.utils.format_date(self.to_date),
					"venue": self.venue,
					"address": frappe.utils.get_url("/portal/handover"),
				}
				messages.send("handover_invitation", phone, args, resident=row.resident)
				sent += 1
		self.db_set("invited_on", now_datetime(), notify=True)
		return sent


def _bulk(doctype: str, fields: list[str], rows: list[tuple]) -> None:
	stamp, user = now(), frappe.session.user
	frappe.db.bulk_insert(
		doctype,
		[*fields, "creation", "modified", "owner", "modified_by", "docstatus"],
		[(*row, stamp, stamp, user, user, 0) for row in rows],
	)


@frappe.whitelist()
def homes_to_hand_over(project: str, building: str | None = None) -> list[dict]:
	"""Homes of a project (or building) that the developer holds and that stand in no batch: `unit`, `resident`, `buyer_name`."""
	if not frappe.has_permission("Handover Batch", "create"):
		frappe.throw(_("Your role may not write {0}.").format(_("Handover Batch")), frappe.PermissionError)
	frappe.get_doc("Property Project", project).check_permission("read")
	taken = set(frappe.get_all("Home Handover", filters={"project": project}, pluck="unit"))
	return [
		{"unit": row["name"]}
		for row in registry.units(project)
		if row["state"] == "Developer-held" and row["name"] not in taken and building in (None, "", row["building"])
	]
