"""What other modules may use of billing; nothing else of this package is theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import frappe
from frappe.utils import getdate, today

from kefu_property.billing import ledger
from kefu_property.rules.money import D


def balance(
	unit: str | None = None,
	resident: str | Sequence[str] | None = None,
	project: str | None = None,
	as_of: date | str | None = None,
) -> Decimal:
	"""What is owed on bills and penalties at the end of a day (default: all entries); prepayments are apart."""
	return ledger.balance(ledger.RECEIVABLE, unit=unit, resident=resident, project=project, as_of=as_of)


def prepayment(resident: str | Sequence[str], project: str | None = None) -> Decimal:
	"""Money of one or several residents that is kept ahead, as a positive amount."""
	return -ledger.balance(ledger.PREPAYMENT, resident=resident, project=project)


def arrears(units: Sequence[str], as_of: date | str | None = None) -> dict[str, Decimal]:
	"""Open amounts of bills due before the end of a day (default today), by unit; units without arrears are left out."""
	if not units:
		return {}
	rows = frappe.db.sql(
		"""select unit, sum(outstanding) from `tabFee Invoice`
		where unit in %(units)s and docstatus = 1 and outstanding > 0 and due_date <= %(day)s group by unit""",
		{"units": tuple(units), "day": getdate(as_of or today())},
	)
	return {unit: D(amount) for unit, amount in rows}
