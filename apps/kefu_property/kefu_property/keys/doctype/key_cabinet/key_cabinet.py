import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.keys.exceptions import CabinetTooSmall
from kefu_property.rules import key_rules


class KeyCabinet(Document):
	"""A cabinet with rows of hooks (D14)."""

	def validate(self) -> None:
		self.check_size()
		self.check_hooks_in_use()

	def check_size(self) -> None:
		if not (1 <= (self.hook_rows or 0) <= key_rules.MAX_ROWS):
			frappe.throw(_("A cabinet has 1 to {0} rows.").format(key_rules.MAX_ROWS), CabinetTooSmall)
		if not (1 <= (self.hooks_per_row or 0) <= key_rules.MAX_PER_ROW):
			frappe.throw(_("A row has 1 to {0} hooks.").format(key_rules.MAX_PER_ROW), CabinetTooSmall)

	def check_hooks_in_use(self) -> None:
		"""A cabinet does not shrink below the hooks that keys hang on."""
		if self.is_new():
			return
		have = {hook for row in key_rules.hooks(self.hook_rows, self.hooks_per_row) for hook in row}
		used = frappe.get_all("Property Key", filters={"cabinet": self.name, "hook": ["is", "set"]}, pluck="hook")
		lost = sorted(set(used) - have)
		if lost:
			frappe.throw(
				_("Keys hang on {0}. Move them before you make the cabinet smaller.").format(_(", ").join(lost)),
				CabinetTooSmall,
			)
