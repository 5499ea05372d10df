"""Waivers, late fees and dunning for tests."""

from __future__ import annotations

import frappe

from tests.factories.billing import as_role


def make_waiver(resident, amounts, ignore_permissions: bool = True, insert: bool = True, **values):
	"""A draft of a waiver on the payer's open lines, oldest first: one amount for each."""
	from kefu_property.billing import waivers

	rows = waivers.open_lines(resident.project, resident.name)
	doc = frappe.get_doc(
		{
			"doctype": "Fee Waiver",
			"project": resident.project,
			"resident": resident.name,
			"reason": "Test",
			"lines": [{**row, "amount": amount} for row, amount in zip(rows, amounts, strict=False)],
			**values,
		}
	)
	return doc.insert(ignore_permissions=ignore_permissions) if insert else doc


def printed(doc, print_format: str) -> str:
	"""The HTML of a standard print format, as the print view renders it."""
	from frappe.www.printview import get_print_format

	return frappe.render_template(
		get_print_format(doc.doctype, frappe.get_doc("Print Format", print_format)), {"doc": doc}
	)


def make_late_fee_policy(project: str, ignore_permissions: bool = True, **values):
	"""Late fee of 0.05 % a day without grace, at most 30 % of the principal."""
	return frappe.get_doc(
		{
			"doctype": "Late Fee Policy",
			"project": project,
			"enabled": 1,
			"valid_from": "2026-01-01",
			"daily_rate": 0.05,
			"cap_percent": 30,
			"contract": "物业服务合同第十二条",
			**values,
		}
	).insert(ignore_permissions=ignore_permissions)


def make_late_fee_run(project: str, as_of: str):
	"""A previewed run."""
	from kefu_property.billing import late_fees

	run = frappe.get_doc({"doctype": "Late Fee Run", "project": project, "as_of": as_of}).insert(
		ignore_permissions=True
	)
	with as_role("Accountant", project=project):
		late_fees.preview(run.name)
	run.reload()
	return run


LADDER = (("Message", 5), ("Phone", 15), ("Visit", 30), ("Written Demand", 60), ("Legal Letter", 120))


def make_ladder(project: str, steps=LADDER, **values):
	"""A ladder without minimum amounts and seven days between its steps."""
	rows = [{"action_type": action, "after_days": days, "rest_days": 7} for action, days in steps]
	return frappe.get_doc({"doctype": "Dunning Policy", "project": project, "steps": rows, **values}).insert(
		ignore_permissions=True
	)


def make_dunning_run(project: str, as_of: str, **values):
	"""A previewed run."""
	from kefu_property.billing import dunning

	run = frappe.get_doc({"doctype": "Dunning Run", "project": project, "as_of": as_of, **values}).insert(
		ignore_permissions=True
	)
	with as_role("CS Supervisor", project=project):
		dunning.preview(run.name)
	run.reload()
	return run


def steps_of(run: str) -> list:
	names = frappe.get_all("Dunning Action", filters={"dunning_run": run}, pluck="name", order_by="unit_codes")
	return [frappe.get_doc("Dunning Action", name) for name in names]


def approve_waiver(waiver):
	"""Prepared by the cashier, approved by the director."""
	from tests.factories.billing import approve

	return approve(waiver, "Cashier")


def make_common_income(project: str, amount: str, approve: bool = True, **values):
	"""An entry of the owners' income, approved unless told otherwise."""
	from tests.factories import billing

	doc = frappe.get_doc(
		{
			"doctype": "Common Income Entry",
			"project": project,
			"posting_date": "2026-01-31",
			"kind": "Income",
			"source": "Management Cost"
			if values.get("kind") == "Expense" and not values.get("reversal_of")
			else "Advertising",
			"amount": amount,
			"description": "电梯广告",
			**values,
		}
	).insert(ignore_permissions=True)
	return billing.approve(doc) if approve else doc
