"""Stars that residents give after an activity or a service, once each (D16, D27)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.query_builder.functions import Avg

from kefu_property.community.exceptions import RatingNotOpen
from kefu_property.rules.personal_data import clean_text


def rate(doc, stars: int, comment: str | None, parent: str, parent_name: str, link: str) -> None:
	"""Keep the stars of a registration or booking and the average of its activity or service. Raises RatingNotOpen.

	The caller has checked whose it is and that it was attended or done.
	"""
	if doc.stars:
		frappe.throw(_("You have given your stars already. Thank you."), RatingNotOpen)
	if not 1 <= int(stars) <= 5:
		frappe.throw(_("Give between one and five stars."), RatingNotOpen)
	doc.db_set({"stars": int(stars), "comment": clean_text(comment)[:500] or None})
	rated = frappe.qb.DocType(doc.doctype)
	average = (
		frappe.qb.from_(rated)
		.select(Avg(rated.stars))
		.where((rated[link] == parent_name) & (rated.stars > 0))
		.run()[0][0]
	)
	frappe.db.set_value(parent, parent_name, "rating", round(float(average or 0), 1), update_modified=False)
