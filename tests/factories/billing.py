"""Records of billing for tests: tariffs in force, published runs, payments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import frappe

from kefu_property.billing import runs
from tests.factories.registry import make_home, make_project
from tests.factories.users import MAIL, as_user, assign, make_user

_numbers = count(1)
STAFF = ("Accountant", "Office Director", "Cashier", "CS Agent", "CS Supervisor", "HQ Quality Auditor", "Technician")


def make_staff() -> None:
	"""One user per role for all tests of billing: making a user drops the framework's caches, which costs seconds."""
	for role in STAFF:
		make_user(role, email=_email(role))


def _email(*roles: str) -> str:
	return f"billing-{'-'.join(frappe.scrub(role) for role in roles)}@{MAIL}"


@contextmanager
def as_role(*roles: str, project: str) -> Iterator[str]:
	"""Run the block as a user with just these roles, assigned to this project (and those of earlier calls in the test)."""
	user = make_user(*roles, email=_email(*roles))
	assign(user, project)
	with as_user(user):
		yield user


def make_tariff(
	project: str,
	price: str | float = "2.50",
	item: str = "Property Service Fee",
	kind: str = "Area × Price",
	valid_from: str = "2024-01-01",
	assign: bool = True,
	in_force: bool = True,
	**values,
):
	"""A tariff in force with one approved price, assigned to the whole project."""
	doc = frappe.get_doc(
		{
			"doctype": "Fee Tariff",
			"tariff_name": f"Tariff {next(_numbers)}",
			"project": project,
			"fee_item": item,
			"kind": kind,
			"prices": [{"valid_from": valid_from, "price": price}],
			**values,
		}
	).insert(ignore_permissions=True)
	if in_force:
		put_in_force(doc)
	if assign:
		assign_tariff(doc.name)
	return doc


def put_in_force(tariff) -> None:
	"""Set the state that announcement and approval lead to, without waiting for the notice."""
	frappe.db.set_value("Fee Tariff", tariff.name, "workflow_state", "In Force")
	frappe.db.set_value(
		"Fee Tariff Price",
		{"parent": tariff.name},
		{"status": "Approved", "announced_on": "2023-11-01"},
		update_modified=False,
	)
	frappe.clear_document_cache("Fee Tariff", tariff.name)
	tariff.reload()


def assign_tariff(tariff: str, **values):
	return frappe.get_doc({"doctype": "Fee Tariff Assignment", "tariff": tariff, **values}).insert(
		ignore_permissions=True
	)


def make_run(
	project: str, start: str = "2026-03-01", end: str = "2026-03-31", posting_date: str = "2026-03-01", items=()
):
	return frappe.get_doc(
		{
			"doctype": "Billing Run",
			"project": project,
			"period_start": start,
			"period_end": end,
			"posting_date": posting_date,
			"items": [{"fee_item": item} for item in items],
		}
	).insert(ignore_permissions=True)


def approve_run(run) -> None:
	"""Preview and approve as the roles that do it."""
	with as_role("Accountant", project=run.project):
		runs.preview(run.name)
		_move(run, "Submit for Approval")
	with as_role("Office Director", project=run.project):
		_move(run, "Approve")
	run.reload()


def _move(run, action: str) -> None:
	from frappe.model.workflow import apply_workflow

	run.reload()
	apply_workflow(run, action)


def publish_run(run) -> int:
	"""Approve when needed and publish in this process."""
	if run.workflow_state == "Draft":
		approve_run(run)
	frappe.db.set_value("Billing Run", run.name, "workflow_state", "Publishing")
	written = runs.publish(run.name)
	run.reload()
	return written


def make_billed_home(price: str = "2.50", months: int = 1, project: str | None = None, **unit):
	"""(project, unit, resident, bills) of a home with one published bill for each month from January 2026."""
	project = project or make_project().name
	home, resident, _occupancy = make_home(project, **unit)
	make_tariff(project, price)
	for month in range(1, months + 1):
		start = f"2026-{month:02d}-01"
		publish_run(make_run(project, start, str(frappe.utils.get_last_day(start)), start))
	return project, home, resident, bills_of(home.name)


def bills_of(unit: str) -> list:
	names = frappe.get_all(
		"Fee Invoice", filters={"unit": unit, "docstatus": 1}, pluck="name", order_by="due_date, name"
	)
	return [frappe.get_doc("Fee Invoice", name) for name in names]


def pay(resident, amount: str, bills=(), method: str = "Cash", ignore_permissions: bool = True, **values):
	"""Post a payment as the session's user; `bills` are (name, amount)."""
	return frappe.get_doc(
		{
			"doctype": "Fee Payment",
			"docstatus": 1,
			"project": resident.project,
			"resident": resident.name,
			"amount": amount,
			"method": method,
			"posting_date": "2026-06-30",
			"allocations": [{"invoice": name, "amount": part} for name, part in bills],
			**values,
		}
	).insert(ignore_permissions=ignore_permissions)


def make_meter(
	unit=None, kind: str = "Cold Water", installed_on: str = "2025-12-31", start_value: str = "100", **values
):
	"""A meter of a unit (a document), or of common parts when `unit` is None and `project` is given."""
	return frappe.get_doc(
		{
			"doctype": "Utility Meter",
			"project": unit.project if unit else values.pop("project"),
			"unit": unit.name if unit else None,
			"is_common": int(not unit),
			"meter_no": f"M-{next(_numbers):05d}",
			"meter_kind": kind,
			"installed_on": installed_on,
			"start_value": start_value,
			**values,
		}
	).insert(ignore_permissions=True)


def read_meter(meter, value: str, read_on: str, reading_type: str = "Actual", **values):
	return frappe.get_doc(
		{
			"doctype": "Meter Reading",
			"meter": meter.name,
			"value": value,
			"read_on": read_on,
			"reading_type": reading_type,
			**values,
		}
	).insert(ignore_permissions=True)


def approve(doc, prepared_by: str = "Accountant"):
	"""Take a document through Submit for Approval and Approve, as the roles that do it."""
	from frappe.model.workflow import apply_workflow

	with as_role(prepared_by, project=doc.project):
		apply_workflow(doc, "Submit for Approval")
	doc.reload()
	with as_role("Office Director", project=doc.project):
		apply_workflow(doc, "Approve")
	doc.reload()
	return doc
