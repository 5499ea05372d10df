"""What other modules may use of custody; nothing else of this package is theirs."""

from __future__ import annotations

from collections.abc import Iterable

import frappe


def waiting(
	residents: Iterable[str] = (), units: Iterable[str] = (), project: str | None = None, limit: int = 200
) -> list[dict]:
	"""Items in custody for residents, for homes, or of a project, the oldest first.

	Rows `name`, `kind`, `status`, `carrier`, `tracking_number`, `recipient_name`, `resident`, `unit`, `shelf`,
	`received_on`. For the front desk, shift handover and move requests.
	"""
	table = frappe.qb.DocType("Custody Item")
	wanted = [
		field.isin(values) for field, values in ((table.resident, list(residents)), (table.unit, list(units))) if values
	] + ([table.project == project] if project else [])
	if not wanted:
		return []
	condition = wanted[0]
	for other in wanted[1:]:
		condition = condition | other
	return (
		frappe.qb.from_(table)
		.select(
			table.name,
			table.kind,
			table.status,
			table.carrier,
			table.tracking_number,
			table.recipient_name,
			table.resident,
			table.unit,
			table.shelf,
			table.received_on,
		)
		.where(table.status.isin(["Waiting", "In Dispute"]) & condition)
		.orderby(table.received_on)
		.limit(limit)
		.run(as_dict=True)
	)
