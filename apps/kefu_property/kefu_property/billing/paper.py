"""What is printed on receipts and bill notices, ready for the templates: texts, no arithmetic in Jinja (L16)."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe import _

from kefu_property.billing import explain
from kefu_property.registry import api as registry
from kefu_property.rules.capital import capital
from kefu_property.rules.money import D


def letterhead(project: str) -> dict:
	"""Company, project, address, telephone and bank account as printed."""
	facts = registry.project_facts(project)
	english = frappe.local.lang != "zh"
	return {
		"company": (english and facts.get("company_name_en")) or facts.get("company_name") or "",
		"project": (english and facts.get("project_name_en")) or facts.get("project_name") or "",
		"logo": facts.get("logo"),
		"phone": facts.get("phone") or "",
		"address": facts.get("office_address") or facts.get("address") or "",
		"bank": " ".join(facts.get(key) or "" for key in ("bank_account_name", "bank_name", "bank_account_no")).strip(),
	}


def yuan(value) -> str:
	return f"{D(value):,.2f}"


def capital_text(value) -> str:
	"""The amount in capital numerals; printed on Chinese and English papers alike, it is the amount that counts."""
	return capital(D(value).quantize(Decimal("0.01")))


def lines_of(rows, amount_field: str) -> list[dict]:
	"""Printed rows of a receipt or bill: item, home, period, quantity, price, amount."""
	result = []
	for row in rows:
		quantity = D(row.quantity)
		opening = not row.get("price") or not row.get("quantity_unit")
		result.append(
			{
				"item": _(row.fee_item),
				"unit": unit_code(row.get("unit")),
				"period": period_text(row.period_from, row.period_to),
				"quantity": "" if opening else f"{explain.plain(quantity)} {_(row.quantity_unit or '')}",
				"price": "" if opening else explain.plain(row.price),
				"months": explain.factor_text(row.factor) if row.get("factor") else "",
				"amount": yuan(row.get(amount_field)),
				"billed": yuan(row.get("line_amount") or row.get("amount")),
			}
		)
	return result


def unit_code(unit: str | None) -> str:
	return (unit and frappe.get_cached_value("Property Unit", unit, "unit_code")) or ""


def period_text(start, end) -> str:
	if not start:
		return ""
	if start == end:
		return str(start)
	return f"{start} – {end}"


def method_text(method: str) -> str:
	return _(method)
