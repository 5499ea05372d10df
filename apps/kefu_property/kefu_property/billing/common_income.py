"""Sums of the owners' income from common parts (L19); only approved entries count."""

from __future__ import annotations

from decimal import Decimal

import frappe

from kefu_property.rules.money import D

CENT = Decimal("0.01")


def balance(project: str, before) -> Decimal:
	"""What the owners' account held at the beginning of a day."""
	total = frappe.db.sql(
		"""select ifnull(sum(if(kind = 'Income', amount, -amount)), 0) from `tabCommon Income Entry`
		where project = %s and workflow_state = 'Approved' and posting_date < %s""",
		(project, before),
	)[0][0]
	return D(total).quantize(CENT)


def sums(project: str, start, end) -> list[dict]:
	"""`kind`, `source`, `entries`, `amount` of a period; income first."""
	rows = frappe.db.sql(
		"""select kind, source, count(*) entries, sum(amount) amount from `tabCommon Income Entry`
		where project = %s and workflow_state = 'Approved' and posting_date between %s and %s
		group by kind, source order by kind desc, amount desc""",
		(project, start, end),
		as_dict=True,
	)
	for row in rows:
		row.amount = D(row.amount)
	return rows
