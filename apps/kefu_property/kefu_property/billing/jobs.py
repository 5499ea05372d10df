"""Scheduled work of billing."""

from __future__ import annotations

import frappe
from frappe.utils import today

from kefu_property.billing import runs
from kefu_property.suite.approval import system_step


def put_tariffs_in_force() -> None:
	"""Daily: approved tariffs whose first approved price holds today come into force."""
	names = frappe.db.sql_list(
		"""select distinct tariff.name from `tabFee Tariff` tariff
		join `tabFee Tariff Price` price on price.parent = tariff.name and price.parenttype = 'Fee Tariff'
		where tariff.workflow_state = 'Approved' and price.status = 'Approved' and price.valid_from <= %s""",
		today(),
	)
	for name in names:
		tariff = frappe.get_doc("Fee Tariff", name)  # lint: allow query-in-loop: few tariffs on few days
		system_step(tariff, "In Force")
		frappe.db.commit()  # one tariff that fails does not hold the others back


def resume_runs() -> None:
	"""Every ten minutes: runs whose worker died go on."""
	runs.resume_stale()
