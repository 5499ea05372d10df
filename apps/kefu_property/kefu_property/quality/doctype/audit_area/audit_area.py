import frappe
from frappe import _
from frappe.model.document import Document


class AuditArea(Document):
	"""A department or area that is audited, with the people whose own work it is (D18)."""

	def validate(self) -> None:
		self.area_name = (self.area_name or "").strip()
		self.drop_repeated_members()

	def drop_repeated_members(self) -> None:
		names = list(dict.fromkeys(row.user for row in self.members if row.user))
		if len(names) != len(self.members):
			self.set("members", [{"user": name} for name in names])


@frappe.whitelist(methods=["POST"])
def add_usual(project: str) -> list[str]:
	"""Add the usual departments that a project lacks, named in the language of the user. Returns their names."""
	if not frappe.has_permission("Audit Area", "create"):
		frappe.throw(_("You may not add areas."), frappe.PermissionError)
	frappe.get_doc("Property Project", project).check_permission("read")
	usual = (
		_("Customer Service"),
		_("Engineering"),
		_("Order Keeping"),
		_("Cleaning and Green"),
		_("Finance"),
		_("General Office"),
	)
	have = set(frappe.get_all("Audit Area", filters={"project": project}, pluck="area_name"))
	return [
		# lint: allow query-in-loop: new documents, no query
		frappe.get_doc({"doctype": "Audit Area", "project": project, "area_name": label}).insert().name
		for label in usual
		if label not in have
	]
