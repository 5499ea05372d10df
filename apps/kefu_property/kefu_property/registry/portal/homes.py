"""My homes, and one of them in detail."""

import frappe
from frappe import _

from kefu_property.registry import api
from kefu_property.registry.portal.people import my_homes


def get_context(context):
	context.homes = my_homes()
	context.title = _("My homes")
	if context.rest:
		context.home = next((home for home in context.homes if home.name == context.rest), None)
		if not context.home:
			# not ours and not there look the same from outside
			raise frappe.DoesNotExistError
		context.vehicles = my_vehicles(context.home.name)
		context.template = "kefu_property/registry/portal/one_home.html"


def my_vehicles(unit: str) -> list[dict]:
	return frappe.get_all(
		"Resident Vehicle",
		filters={"resident": ["in", api.residents_of_user(frappe.session.user)], "unit": unit, "status": "Active"},
		fields=["plate_number", "vehicle_kind", "brand"],
		order_by="plate_number",
	)
