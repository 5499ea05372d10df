"""The resident's home page: greeting, what needs attention, homes, services."""

import frappe
from frappe.utils import now_datetime

from kefu_property.registry.portal.people import my_homes, my_records
from kefu_property.suite.portal import home_cards

OWN_PAGES = ("", "homes", "me")


def get_context(context):
	records = my_records()
	context.person = records[0].resident_name if records else context.user_name
	context.homes = my_homes()
	context.cards = home_cards(frappe.session.user)
	context.services = [item for item in context.nav.all if item.route not in OWN_PAGES]
	context.greeting = greeting(now_datetime().hour)
	context.hotline = hotline(context.homes)


def greeting(hour: int) -> str:
	if hour < 11:
		return frappe._("Good morning, {0}")
	return frappe._("Good afternoon, {0}") if hour < 18 else frappe._("Good evening, {0}")


def hotline(homes: list) -> str:
	"""Phone number of the resident's service desk, or of the whole company."""
	project = homes[0].project if homes else None
	own = frappe.get_cached_value("Property Project", project, "phone") if project else None
	return own or frappe.db.get_single_value("Kefu Settings", "hotline") or ""
