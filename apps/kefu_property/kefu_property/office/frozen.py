"""Fields that do not change once a paper was decided."""

from __future__ import annotations

from collections.abc import Iterable


def changed(doc, fields: Iterable[str]) -> str | None:
	"""The first of the fields that this save changes; an empty value is the same however it is written."""
	before = doc.get_doc_before_save()
	for field in fields:
		if (doc.get(field) or before.get(field)) and doc.has_value_changed(field):
			return field
	return None
