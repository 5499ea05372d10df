"""Kinds of tariffs. An app adds its own through the hook `kefu_tariff_kinds = {"Kind": "dotted.path.of.Class"}`.

A kind says how much is charged; price versions, proration, rounding, bounds and tax are the same for all kinds.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

import frappe
from frappe import _

from kefu_property.rules.money import D
from kefu_property.rules.periods import Span


class CannotCharge(Exception):
	"""This unit cannot be charged; the message is the reason shown to people. It is a reported skip, never a price of 0."""


class TariffKind:
	"""Base of all kinds. One instance serves one run for one tariff."""

	#: what one price is for, as printed
	price_unit = "yuan"
	#: the quantity, as printed
	quantity_unit = ""
	#: True when the quantity is per month and is multiplied by the months of the period
	monthly = True
	description = ""

	def __init__(self, tariff: dict):
		self.tariff = tariff

	def check(self) -> None:
		"""Raise frappe.ValidationError when the tariff lacks what this kind needs. Called when a tariff is saved."""

	def load(self, units: Iterable[dict], period: Span) -> None:
		"""Read what `quantity` needs for a chunk of units, set-based. Called once for each chunk."""

	def quantity(self, unit: dict, span: Span) -> tuple[Decimal, dict]:
		"""How much is charged to a unit for a span, and facts for the explanation. Raises CannotCharge."""
		raise NotImplementedError


class Fixed(TariffKind):
	"""The same amount for every unit and month."""

	price_unit = "yuan per unit and month"
	quantity_unit = "unit"
	description = "The same amount for every unit and month"

	def quantity(self, unit: dict, span: Span) -> tuple[Decimal, dict]:
		return Decimal(1), {}


class AreaPrice(TariffKind):
	"""Area × price, the usual property fee."""

	price_unit = "yuan per m² and month"
	quantity_unit = "m²"
	description = "Area of the unit × price"

	def quantity(self, unit: dict, span: Span) -> tuple[Decimal, dict]:
		field = "inner_area" if self.tariff.get("area_basis") == "Inner Area" else "building_area"
		area = D(unit.get(field))
		if area <= 0:
			raise CannotCharge(_("The unit has no area"))
		return area, {"basis": self.tariff.get("area_basis") or "Building Area"}


BUILT_IN = {"Fixed": Fixed, "Area × Price": AreaPrice}


def all_kinds() -> dict[str, type[TariffKind]]:
	"""Kinds of the suite and of installed apps, by name."""
	offered = frappe.get_hooks("kefu_tariff_kinds") or {}
	return BUILT_IN | {name: _load(paths[-1] if isinstance(paths, list) else paths) for name, paths in offered.items()}


@lru_cache(maxsize=32)
def _load(path: str) -> type[TariffKind]:
	kind = frappe.get_attr(path)
	if not issubclass(kind, TariffKind):
		raise TypeError(f"{path} is not a TariffKind")
	return kind


def sync() -> None:
	"""Make the rows of Fee Tariff Kind follow what installed apps offer."""
	existing = set(frappe.get_all("Fee Tariff Kind", pluck="name"))
	for name, kind in all_kinds().items():
		values = {
			"price_unit": kind.price_unit,
			"monthly": int(kind.monthly),
			"description": kind.description,
			"provider": kind.__module__.partition(".")[0],
		}
		if name in existing:
			frappe.db.set_value("Fee Tariff Kind", name, values)  # lint: allow query-in-loop: a dozen kinds, at set-up
		else:
			# lint: allow query-in-loop: a dozen kinds, at set-up
			frappe.get_doc({"doctype": "Fee Tariff Kind", "kind": name, **values}).insert(
				ignore_permissions=True
			)  # set-up
