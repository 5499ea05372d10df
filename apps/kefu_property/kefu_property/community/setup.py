"""What the community desk needs on a site: settings and fee items. Rows of the site stay as they are."""

from __future__ import annotations

import frappe
from frappe import _

#: field of the settings, fee item that it names, made when the site has none
FEE_ITEMS = {"activity_fee_item": "Activity Fee", "service_fee_item": "Special Service Fee"}


def after_install() -> None:
	for name in FEE_ITEMS.values():
		if not frappe.db.exists("Fee Item", name):
			frappe.get_doc(
				{"doctype": "Fee Item", "item_name": name, "category": "Service", "allocation_priority": 46}
			).insert(ignore_permissions=True)  # set-up
	# the framework writes a new single itself, with its defaults and nothing else: the fee items tell whether set-up has run
	if frappe.db.get_singles_dict("Community Settings").get("activity_fee_item"):
		return
	doc = frappe.get_doc("Community Settings")
	doc.update(FEE_ITEMS)
	doc.safety_checks = "\n".join(safety_checks())
	doc.save(ignore_permissions=True)  # set-up


def safety_checks() -> list[str]:
	"""Checks of an event site in the site's language (D6)."""
	before = frappe.local.lang
	frappe.local.lang = frappe.db.get_single_value("System Settings", "language") or before
	try:
		return [
			_("Escape ways and fire lanes are free"),
			_("Fire extinguishers stand ready"),
			_("Stage, tents and banners are firm"),
			_("Cables are covered, sockets have protection"),
			_("Entrances, exits and walking directions are marked"),
			_("First aid and the way of the ambulance are settled"),
			_("Weather and plan for rain or wind are checked"),
			_("Sound keeps to the permitted hours and level"),
			_("Food and drink come from licensed suppliers"),
		]
	finally:
		frappe.local.lang = before
