"""Indexes of complaints, repair orders and enquiries for lists of overdue cases, the deadline job and the wall board."""

from kefu_property.service_desk.departments import CASES
from kefu_property.service_desk.doctype.complaint.complaint import add_case_indexes


def execute() -> None:
	for doctype in CASES:
		add_case_indexes(doctype)
