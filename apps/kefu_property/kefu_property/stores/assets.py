"""The books of the fixed assets: append-only entries, and the card as their sum (D15)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import frappe
from frappe import _
from frappe.query_builder.functions import Max, Sum
from frappe.utils import getdate, now
from pypika.terms import Values

from kefu_property.rules.depreciation import Asset
from kefu_property.rules.money import D
from kefu_property.stores.exceptions import AssetNotAvailable, LaterPaper
from kefu_property.suite import approval

IN_USE, IDLE, UNDER_REPAIR, SCRAPPED, SOLD = "In Use", "Idle", "Under Repair", "Scrapped", "Sold"
#: in the books, whoever has them
ACTIVE = (IN_USE, IDLE, UNDER_REPAIR)
ENTRY_FIELDS = (
	"name",
	"creation",
	"modified",
	"owner",
	"modified_by",
	"project",
	"asset",
	"kind",
	"posting_date",
	"posted_on",
	"cost_change",
	"depreciation_change",
	"net_after",
	"reversal",
	"reference_doctype",
	"reference_name",
	"department",
)
ZERO = Decimal("0.00")


@dataclass
class Change:
	"""A change of one asset in yuan and months; `year_opening` and `until` replace what the card has."""

	asset: str
	cost: Decimal = ZERO
	depreciation: Decimal = ZERO
	months: int = 0
	year_opening: Decimal | None = None
	until: str | None = None


def lock(names: Iterable[str]) -> dict[str, frappe._dict]:
	"""Cards by name, locked until the end of the transaction, always in one order."""
	card = frappe.qb.DocType("Fixed Asset Card")
	rows = (
		frappe.qb.from_(card)
		.select(card.star)
		.where(card.name.isin(sorted(set(names)) or [""]))
		.orderby(card.name)
		.for_update()
		.run(as_dict=True)
	)
	return {row.name: row for row in rows}


def need_active(cards: Iterable[dict], states: Sequence[str] = ACTIVE) -> None:
	"""Raise AssetNotAvailable naming the first asset in another state."""
	wrong = next((card for card in cards if card["status"] not in states), None)
	if wrong:
		frappe.throw(
			_("{0} {1} is not available: {2}.").format(wrong["name"], wrong["asset_name"], _(wrong["status"])),
			AssetNotAvailable,
		)


def facts(card: dict) -> Asset:
	"""The card as the rules of depreciation read it."""
	return Asset(
		card["method"],
		D(card["original_value"]),
		D(card["accumulated"]),
		D(card["salvage_value"]),
		card["life_months"] or 0,
		card["depreciated_months"] or 0,
		D(card["year_opening"]),
	)


def post(doc, kind: str, changes: Sequence[Change], posting_date, reversal: bool = False) -> str:
	"""Write an entry for each change and bring the locked cards up to it. `doc` is the paper. Returns the cards' new `modified`."""
	cards, stamp, user = lock(change.asset for change in changes), now(), frappe.session.user
	entries = []
	for change in changes:
		card = cards[change.asset]
		card.original_value = D(card.original_value) + change.cost
		card.accumulated = D(card.accumulated) + change.depreciation
		card.net_value = card.original_value - card.accumulated
		card.depreciated_months = (card.depreciated_months or 0) + change.months
		if change.year_opening is not None:
			card.year_opening = change.year_opening
		if change.until is not None:
			card.depreciated_until = change.until or None
		entries.append(
			(
				frappe.generate_hash(length=10),
				stamp,
				stamp,
				user,
				user,
				card.project,
				card.name,
				kind,
				getdate(posting_date),
				stamp,
				change.cost,
				change.depreciation,
				card.net_value,
				int(reversal),
				doc.doctype,
				doc.name,
				card.department,
			)
		)
	frappe.db.bulk_insert("Fixed Asset Entry", ENTRY_FIELDS, entries)
	table = frappe.qb.DocType("Fixed Asset Card")
	columns = (
		"name",
		"original_value",
		"accumulated",
		"net_value",
		"depreciated_months",
		"year_opening",
		"depreciated_until",
		"modified",
	)
	query = frappe.qb.into(table).columns(*columns)
	for card in cards.values():
		query = query.insert(
			card.name,
			card.original_value,
			card.accumulated,
			card.net_value,
			card.depreciated_months,
			card.year_opening,
			card.depreciated_until,
			stamp,
		)
	for column in columns[1:]:
		query = query.on_duplicate_key_update(table[column], Values(table[column]))
	query.run()
	for name in cards:
		frappe.clear_document_cache("Fixed Asset Card", name)
	return stamp


def check_latest(doc) -> None:
	"""Only the last paper of an asset is reversed. Raises LaterPaper naming the one to cancel first."""
	entry = frappe.qb.DocType("Fixed Asset Entry")
	mine = (
		frappe.qb.from_(entry)
		.select(entry.asset, Max(entry.posted_on).as_("posted_on"))
		.where((entry.reference_name == doc.name) & (entry.reversal == 0))
		.groupby(entry.asset)
		.run(as_dict=True)
	)
	if not mine:
		return
	later = (
		frappe.qb.from_(entry)
		.select(entry.asset, entry.reference_name)
		.where(entry.asset.isin([row.asset for row in mine]) & (entry.reference_name != doc.name))
		.where(entry.posted_on > min(row.posted_on for row in mine))
		.groupby(entry.asset, entry.reference_name)
		.having((Sum(entry.cost_change) != 0) | (Sum(entry.depreciation_change) != 0))
		.limit(1)
		.run(as_dict=True)
	)
	if later:
		frappe.throw(
			_("{0} has a later paper {1}. Cancel that one first.").format(later[0].asset, later[0].reference_name),
			LaterPaper,
		)


def set_state(name: str, state: str, **values) -> None:
	"""Move a card to a state that a paper decides, with the Approval Record that it leaves."""
	card = frappe.get_doc("Fixed Asset Card", name)
	if card.status != state:
		approval.system_step(card, state, **values)
	elif values:
		card.db_set(values)
