"""Questions, visits, letters, suggestions and praise (D3, D23)."""

from __future__ import annotations

from kefu_property.service_desk.case import Case
from kefu_property.service_desk.doctype.complaint.complaint import add_case_indexes


class Enquiry(Case):
	"""An enquiry needs no verification: the answer is the work."""


def on_doctype_update() -> None:
	add_case_indexes("Enquiry")
