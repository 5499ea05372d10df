import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from kefu_property.stores import assets, papers
from kefu_property.stores.exceptions import CountIncomplete

FOUND, MISPLACED, MISSING = "Found", "Misplaced", "Missing"


class FixedAssetCount(Document):
	"""Count of assets by scanning their labels: found, misplaced or missing, in force with approval (D15)."""

	def before_insert(self) -> None:
		self.counted_by = frappe.session.user
		if not self.items:
			self.fill()

	def fill(self) -> None:
		filters = {"project": self.project, "status": ["in", assets.ACTIVE]}
		filters |= {field: self.get(field) for field in ("place", "department") if self.get(field)}
		for card in frappe.get_all(
			"Fixed Asset Card",
			filters=filters,
			fields=["name", "asset_name", "custodian", "place"],
			order_by="place, name",
			limit=0,
		):
			self.append("items", line_of(card))

	def validate(self) -> None:
		papers.check_same_project(self, ("department", "Cost Department"))
		before = self.get_doc_before_save()
		if before and before.status == "Draft" and self.status != "Draft":
			self.finish()
		elif before and before.status != "Draft":
			self.check_unchanged(before)
		self.set_totals()

	def finish(self) -> None:
		"""What nobody saw is missing; whoever misses something says why."""
		if not self.items:
			frappe.throw(_("No asset stands on this count."), CountIncomplete)
		for row in self.items:
			row.outcome = row.outcome or MISSING
		if any(row.outcome != FOUND for row in self.items) and not (self.remarks or "").strip():
			frappe.throw(
				_("Explain what is missing or misplaced before you send the count for approval."), CountIncomplete
			)

	def check_unchanged(self, before) -> None:
		old, new = ([(row.asset, row.outcome, row.found_place) for row in paper.items] for paper in (before, self))
		if old != new and self.status != "Draft":
			frappe.throw(_("The count was sent for approval: its lines cannot change any more."), CountIncomplete)

	def set_totals(self) -> None:
		self.expected = len(self.items)
		for fieldname, outcome in (("found", FOUND), ("misplaced", MISPLACED), ("missing", MISSING)):
			self.set(fieldname, sum(1 for row in self.items if row.outcome == outcome))

	def before_submit(self) -> None:
		papers.check_approved(self, "Approved")

	def on_submit(self) -> None:
		"""The cards take over what was seen."""
		card = frappe.qb.DocType("Fixed Asset Card")
		assets.lock(row.asset for row in self.items)
		seen = [row.asset for row in self.items if row.outcome != MISSING]
		gone = [row.asset for row in self.items if row.outcome == MISSING]
		update = frappe.qb.update(card).set(card.last_counted_on, self.counted_on)
		update.set(card.missing_since, None).where(card.name.isin(seen or [""])).run()
		frappe.qb.update(card).set(card.missing_since, self.counted_on).where(
			card.name.isin(gone or [""]) & card.missing_since.isnull()
		).run()
		for row in self.items:
			if row.outcome == MISPLACED and row.found_place:
				frappe.db.set_value(  # lint: allow query-in-loop: the few that stood elsewhere
					"Fixed Asset Card", row.asset, "place", row.found_place
				)
		for row in self.items:
			frappe.clear_document_cache("Fixed Asset Card", row.asset)


def line_of(card: dict) -> dict:
	return {
		"asset": card["name"],
		"asset_name": card["asset_name"],
		"custodian": card["custodian"],
		"expected_place": card["place"],
	}


def see(count: str, card: dict, place: str | None) -> dict:
	"""Note that an asset was seen at `place`. Several phones scan one count: its row is locked meanwhile.

	Returns `outcome`, `asset`, `asset_name`, `expected_place`. Raises CountIncomplete when the count is not open.
	"""
	if papers.lock_paper("Fixed Asset Count", count) != "Draft":
		frappe.throw(_("This count is closed for scanning."), CountIncomplete)
	# a locking read sees the lines that another phone added
	item = frappe.qb.DocType("Fixed Asset Count Item")
	lines = (
		frappe.qb.from_(item)
		.select(item.name, item.asset, item.outcome)
		.where(item.parent == count)
		.for_update()
		.run(as_dict=True)
	)
	line = next((line for line in lines if line.asset == card["name"]), None)
	elsewhere = bool(place) and place != (card["place"] or "")
	outcome = MISPLACED if elsewhere else FOUND
	values = {"outcome": outcome, "found_place": place if elsewhere else None, "scanned_on": now_datetime()}
	if line:
		frappe.db.set_value("Fixed Asset Count Item", line.name, values)
	else:
		row = frappe.get_doc(
			{"doctype": "Fixed Asset Count Item", "parent": count, "parenttype": "Fixed Asset Count"}
			| {"parentfield": "items", "idx": len(lines) + 1}
			| line_of(card)
			| values
		)
		row.db_insert()
		lines.append(frappe._dict(name=row.name, asset=row.asset))
	outcomes = {one.asset: one.outcome for one in lines} | {card["name"]: outcome}
	totals = {
		"expected": len(lines),
		"found": sum(1 for value in outcomes.values() if value == FOUND),
		"misplaced": sum(1 for value in outcomes.values() if value == MISPLACED),
	}
	frappe.db.set_value("Fixed Asset Count", count, totals)
	frappe.clear_document_cache("Fixed Asset Count", count)
	return {"outcome": outcome, "asset": card["name"], "asset_name": card["asset_name"]} | {
		"expected_place": card["place"],
		"seen": totals["found"] + totals["misplaced"],
		"expected": totals["expected"],
	}
