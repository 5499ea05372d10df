"""Scheduled work of the registry."""

from __future__ import annotations

from kefu_property.registry import data_rights, occupancies
from kefu_property.registry.doctype.move_request.move_request import apply_due


def daily() -> None:
	"""Approved moves take effect, occupancies begin and end by their dates."""
	apply_due()
	occupancies.refresh_day()


def forget() -> None:
	"""Daily: whoever left longer ago than the project keeps data is erased (L22)."""
	data_rights.forget_former_residents()
