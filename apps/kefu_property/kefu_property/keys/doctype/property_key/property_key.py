import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.keys import movements
from kefu_property.keys.exceptions import HookTaken, InvalidHook, KeyInUse, WrongProject
from kefu_property.rules import key_rules
from kefu_property.suite import uploads


class PropertyKey(Document):
	"""One key with its hook; where it is now changes only through loans, handovers, losses and counts (D14)."""

	def before_insert(self) -> None:
		self.status = movements.IN_CABINET
		self.holder = self.current_loan = self.due_on = None

	def validate(self) -> None:
		self.follow_set()
		check_same_project(
			self,
			("cabinet", "Key Cabinet"),
			("unit", "Property Unit"),
			("key_set", "Key Set"),
			("copy_of", "Property Key"),
		)
		check_place(self)
		self.check_status_by_movement()
		uploads.check_image_field(self, "photo")

	def follow_set(self) -> None:
		if self.key_set and (self.is_new() or self.has_value_changed("key_set")):
			place = frappe.db.get_value("Key Set", self.key_set, ["cabinet", "hook", "unit"], as_dict=True)
			self.cabinet, self.hook = place.cabinet, place.hook
			self.unit = self.unit or place.unit

	def check_status_by_movement(self) -> None:
		"""The status belongs to the papers; only a key in the cabinet can be retired by hand."""
		before = self.get_doc_before_save()
		if not before or before.status == self.status:
			return
		if (before.status, self.status) != (movements.IN_CABINET, movements.RETIRED):
			frappe.throw(_("Where a key is changes by loans, handovers, losses and counts, not by hand."), KeyInUse)

	def on_trash(self) -> None:
		if self.status not in (movements.IN_CABINET, movements.RETIRED):
			frappe.throw(_("{0} is {1}. It cannot be deleted.").format(self.key_code, _(self.status)), KeyInUse)

	@frappe.whitelist(methods=["POST"])
	def retire(self) -> None:
		"""Take a key out of use, for instance after a lock was changed."""
		self.check_permission("write")
		key = movements.lock([self.name])[self.name]
		movements.need_status([key], movements.IN_CABINET)
		self.reload()
		self.status = movements.RETIRED
		self.cabinet = self.hook = self.key_set = None
		self.save()

	@frappe.whitelist(methods=["POST"])
	def make_copies(self, number: int, made_by: str) -> list[str]:
		"""Register `number` copies (1 to 20) of this key, made by `made_by`. Returns their names."""
		self.check_permission("write")
		if not 1 <= int(number) <= 20:
			frappe.throw(_("Enter 1 to 20 copies."))
		original = self.copy_of or self.name
		movements.lock([original])  # two desks that copy at once get different numbers
		numbers = frappe.get_all("Property Key", filters={"copy_of": original}, pluck="copy_number")
		highest = max(numbers, default=0)
		source = frappe.get_doc("Property Key", original)
		names = []
		for offset in range(1, int(number) + 1):
			copy = frappe.copy_doc(source)
			copy.update(
				{
					"key_code": f"{source.key_code}-{highest + offset}",
					"copy_of": original,
					"copy_number": highest + offset,
					"made_on": frappe.utils.today(),
					"made_by": made_by,
					"cabinet": source.cabinet if source.key_set else None,
					"hook": source.hook if source.key_set else None,
				}
			)
			names.append(copy.insert().name)
		return names


def check_same_project(doc, *links: tuple[str, str]) -> None:
	"""Every linked record is of the document's project."""
	for fieldname, doctype in links:
		name = doc.get(fieldname)
		if name and frappe.get_cached_value(doctype, name, "project") != doc.project:
			frappe.throw(
				_("{0} {1} belongs to another project.").format(_(doc.meta.get_label(fieldname)), name), WrongProject
			)


def check_place(doc) -> None:
	"""The hook exists in the cabinet and nothing else hangs on it; keys of one set share their hook."""
	if doc.hook and not doc.cabinet:
		frappe.throw(_("Choose the cabinet of the hook."), InvalidHook)
	if not doc.cabinet or not doc.hook:
		return
	cabinet = frappe.get_cached_doc("Key Cabinet", doc.cabinet)
	hook = key_rules.normalise_hook(doc.hook)
	if not hook or hook not in {
		name for row in key_rules.hooks(cabinet.hook_rows, cabinet.hooks_per_row) for name in row
	}:
		last = key_rules.hook_name(cabinet.hook_rows, cabinet.hooks_per_row)
		frappe.throw(_("{0} has hooks from A01 to {1}.").format(cabinet.cabinet_name, last), InvalidHook)
	doc.hook = hook
	own_set = doc.name if doc.doctype == "Key Set" else doc.get("key_set")
	place = {"cabinet": doc.cabinet, "hook": hook}
	sets = frappe.get_all("Key Set", filters={**place, "name": ["!=", own_set or ""]}, pluck="name", limit=1)
	keys = frappe.get_all("Property Key", filters={**place, "name": ["!=", doc.name or ""]}, fields=["name", "key_set"])
	taken = sets or [key.name for key in keys if not own_set or key.key_set != own_set]
	if taken:
		frappe.throw(_("{0} hangs on hook {1} already. Choose a free hook.").format(taken[0], hook), HookTaken)
