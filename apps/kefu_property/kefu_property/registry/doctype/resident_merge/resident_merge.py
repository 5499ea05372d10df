import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from kefu_property.registry import merging, occupancies, private_values
from kefu_property.registry.exceptions import MergeContradiction
from kefu_property.rules import occupancy as rules


class ResidentMerge(Document):
	"""Two records turn out to be one person: everything of the second moves to the first, the second is disabled (D1)."""

	def validate(self) -> None:
		self.check_pair()
		self.show_preview()

	def before_submit(self) -> None:
		found = self.find_contradictions()
		if found:
			frappe.throw("<br>".join(found), MergeContradiction)

	def on_submit(self) -> None:
		self.merge()

	def check_pair(self) -> None:
		pair = frappe.get_all(
			"Resident",
			filters={"name": ["in", [self.survivor, self.merged]]},
			fields=["name", "project", "disabled", "resident_name"],
		)
		if len(pair) != 2:
			frappe.throw(_("Choose two different residents."), MergeContradiction)
		for row in pair:
			if row.project != self.project:
				frappe.throw(
					_("{0} is not of project {1}.").format(row.resident_name, self.project), MergeContradiction
				)
			if row.disabled and self.docstatus == 0:
				frappe.throw(_("{0} is disabled or merged already.").format(row.resident_name), MergeContradiction)

	def show_preview(self) -> None:
		if self.docstatus == 0:
			self.contradictions = "\n".join(self.find_contradictions())
			self.moves = []
			for row in merging.references(self.merged):
				self.append("moves", row)

	def find_contradictions(self) -> list[str]:
		"""What speaks against one person, in words. Empty when nothing does."""
		found = []
		numbers = private_values.of([self.survivor, self.merged], private_values.ID_NUMBER)
		if len(set(numbers.values())) == 2 and not self.confirm_different_ids:
			found.append(_("The ID numbers differ. Compare the papers and confirm it, or do not merge."))
		types = set(
			frappe.get_all("Resident", filters={"name": ["in", [self.survivor, self.merged]]}, pluck="resident_type")
		)
		if len(types) == 2:
			found.append(_("One is a person, the other is not."))
		logins = frappe.get_all(
			"Resident", filters={"name": ["in", [self.survivor, self.merged]], "user": ["is", "set"]}, pluck="user"
		)
		if len(set(logins)) == 2:
			found.append(_("Both have a portal login. Remove one first."))
		try:
			merging.plan_occupancies(self.survivor, self.merged)
		except rules.OccupancyConflict as conflict:
			found.append(
				_("The occupancies of home {0} contradict each other once they are one person's.").format(
					conflict.rows[0]["unit"]
				)
			)
		return found

	def merge(self) -> None:
		lines = merging.merge(self.survivor, self.merged)
		occupancies.refresh_units(frappe.get_all("Unit Occupancy", filters={"resident": self.survivor}, pluck="unit"))
		self.db_set({"merged_on": now_datetime(), "log": "\n".join(lines)})
