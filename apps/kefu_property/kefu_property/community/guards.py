"""Documents that change by their steps alone: what a step writes is not written by hand."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields

from kefu_property.community.exceptions import ChangedByHand


def check_unchanged(doc, *free: str) -> None:
	"""Refuse a save that changes more than the fields `free`. Raises ChangedByHand."""
	before = doc.get_doc_before_save()
	if not before:
		return
	for field in doc.meta.fields:
		if field.fieldname in free or field.fieldtype in (*no_value_fields, *table_fields):
			continue
		if str(before.get(field.fieldname) or "") != str(doc.get(field.fieldname) or ""):
			frappe.throw(
				_("{0} is not changed by hand. Use the buttons of the form.").format(
					_(field.label or field.fieldname)  # lint: allow translate-dynamic: the field's own label
				),
				ChangedByHand,
			)
