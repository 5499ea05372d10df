"""Triggers in the database behind the controllers: what is published stays, whoever writes (DESIGN invariants 2 and 3).

Controllers refuse changes made through documents; these refuse `frappe.db.set_value`, SQL consoles and other programs. They
guard what a document says (amounts, dates, keys), not its links, so that renaming a unit or merging residents still works.
Installed again after every migration: a backup restored under another database user needs `bench migrate`.
"""

from __future__ import annotations

import frappe

MESSAGE = "kefu: a published bill, receipt or ledger entry never changes; cancel or reverse it"

_FROZEN = {
	"Fee Invoice": ("total", "tax_total", "period_start", "period_end", "posting_date", "due_date", "origin"),
	"Fee Payment": ("receipt_no", "amount", "allocated", "prepaid", "deposited", "posting_date", "method"),
	"Fee Deposit": ("amount", "taken_on", "resident"),
	"Fee Refund": ("amount", "deducted", "posting_date", "method", "source"),
	"Fee Ledger Entry": ("name", "amount", "posting_date", "account", "kind"),
	"Fee Invoice Line": (
		"amount",
		"quantity",
		"price",
		"factor",
		"raw_amount",
		"period_from",
		"period_to",
		"tax_amount",
	),
	"Fee Payment Allocation": ("amount", "period_from", "period_to"),
}


def statements() -> list[tuple[str, str]]:
	"""(name, SQL) of every trigger. The SQL is made of constants of this module."""
	result = []
	for doctype, columns in _FROZEN.items():
		table, short = f"tab{doctype}", frappe.scrub(doctype)
		changed = " or ".join(f"not (old.`{column}` <=> new.`{column}`)" for column in columns)
		signal = f"signal sqlstate '45000' set message_text = '{MESSAGE}'"
		published = "" if doctype == "Fee Ledger Entry" else "old.docstatus > 0 and "
		back = "" if doctype == "Fee Ledger Entry" else " or new.docstatus < old.docstatus"
		result.append(
			(
				f"kefu_{short}_update",
				f"create trigger kefu_{short}_update before update on `{table}` for each row if {published}({changed}{back}) then {signal}; end if",
			)
		)
		condition = "true" if doctype == "Fee Ledger Entry" else "old.docstatus > 0"
		result.append(
			(
				f"kefu_{short}_delete",
				f"create trigger kefu_{short}_delete before delete on `{table}` for each row if {condition} then {signal}; end if",
			)
		)
	return result


def install() -> None:
	"""Create what is missing or differs. Data definition commits by itself: nothing is done where all is in place."""
	wanted = dict(statements())
	for name in missing():
		frappe.db.sql_ddl(f"drop trigger if exists {name}")
		frappe.db.sql_ddl(wanted[name])


def missing() -> list[str]:
	"""Triggers that are not in the database, that differ, or whose definer is not the site's own database user."""
	present = {
		name: (definer, statement)
		for name, definer, statement in frappe.db.sql(
			"select trigger_name, definer, action_statement from information_schema.triggers where trigger_schema = database()"
		)
	}
	user = frappe.db.sql("select current_user()")[0][0]
	return [
		name
		for name, statement in statements()
		if present.get(name) != (user, statement.partition(" for each row ")[2])
	]
