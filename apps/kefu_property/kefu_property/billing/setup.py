"""What billing needs on every site: fee items, tariff kinds, triggers. Idempotent; rows of the site stay as they are."""

from __future__ import annotations

import frappe

from kefu_property.billing import guards, kinds

#: name, category, priority in allocation, collected for others on behalf of
FEE_ITEMS = (
	("Property Service Fee", "Property Service", 20, None),
	("Parking Fee", "Parking", 30, None),
	("Refuse Removal Fee", "Service", 40, None),
	("Water Fee", "Utility", 10, "Water Company"),
	("Electricity Fee", "Utility", 10, "Power Company"),
	("Heating Fee", "Utility", 10, "Heating Company"),
	("Shared Cost", "Utility", 15, None),
	("Repair Service", "Service", 45, None),
	("Renovation Deposit", "Deposit", 50, None),
	("Card Deposit", "Deposit", 50, None),
	("Key Deposit", "Deposit", 50, None),
	("Late Fee", "Penalty", 90, None),
	("Opening Balance", "Opening Balance", 5, None),
)

#: role, largest waiver in yuan that its holders approve; sites change it in Arrears Settings
WAIVER_LIMITS = (("CS Supervisor", "500"), ("Office Director", "20000"))


def after_install() -> None:
	set_currency_symbol()
	kinds.sync()
	make_items()
	make_arrears_settings()
	set_defaults()
	guards.install()


def set_currency_symbol() -> None:
	"""The framework knows the yuan without its sign unless its set-up wizard has run."""
	if not frappe.db.get_value("Currency", "CNY", "symbol"):
		frappe.db.set_value("Currency", "CNY", "symbol", "¥")


def set_defaults() -> None:
	"""Cashier Settings with the values of their fields' defaults, until somebody saves others."""
	if not frappe.db.exists("Singles", {"doctype": "Cashier Settings", "field": "prepayment_months"}):
		frappe.get_doc({"doctype": "Cashier Settings"}).save(ignore_permissions=True)  # set-up


def make_items() -> None:
	existing = set(frappe.get_all("Fee Item", pluck="name"))
	for name, category, priority, principal in FEE_ITEMS:
		if name not in existing:
			frappe.get_doc(
				{
					"doctype": "Fee Item",
					"item_name": name,
					"category": category,
					"allocation_priority": priority,
					"is_agency": int(bool(principal)),
					"principal": principal,
				}
			).insert(ignore_permissions=True)  # set-up


def make_arrears_settings() -> None:
	"""Limits of approval for sites that have none yet."""
	settings = frappe.get_doc("Arrears Settings")
	if settings.waiver_limits:
		return
	for role, limit in WAIVER_LIMITS:
		settings.append("waiver_limits", {"role": role, "limit_amount": limit})
	settings.limitation_alert_days = settings.limitation_alert_days or 90
	settings.promise_reminder_days = settings.promise_reminder_days or 1
	settings.save(ignore_permissions=True)  # set-up
