from frappe import _, throw
from frappe.model.document import Document

from kefu_property.suite.state import ModuleStateError


class Module(Document):
	"""One row per manifest: what the suite has, and whether it is switched on. Written by the set-up only."""

	def validate(self) -> None:
		if not self.flags.from_setup:
			throw(_("Modules are switched on and off on the page Modules."), ModuleStateError)

	def on_trash(self) -> None:
		throw(_("A module is removed by uninstalling its app."), ModuleStateError)
