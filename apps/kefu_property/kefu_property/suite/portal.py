"""Pages of the residents' portal, rendered from the manifests' portal entries."""

from frappe.website.page_renderers.base_renderer import BaseRenderer


class PortalPage(BaseRenderer):
	def can_render(self) -> bool:
		return False

	def render(self):
		raise NotImplementedError
