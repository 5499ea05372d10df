"""What papers and archive need on a site: settings, kinds of documents, archive classes, an index for searching."""

from __future__ import annotations

import frappe

#: kind of document, its code, form of its numbers, needs a seal, archive class; names are translated on the desk
KINDS = (
	("Circular", "TZ", "{project}通〔{year}〕{number}号", 0, "A.01"),
	("Official Letter", "HAN", "{project}函〔{year}〕{number}号", 1, "A.01"),
	("Request for Instructions", "QS", "{project}请〔{year}〕{number}号", 0, "A.01"),
	("Work Report", "BG", "{project}报〔{year}〕{number}号", 0, "A.01"),
	("Decision Paper", "JD", "{project}决〔{year}〕{number}号", 1, "A.01"),
	("Official Reply", "PF", "{project}复〔{year}〕{number}号", 0, "A.01"),
	("Minutes of a Meeting", "JY", "{project}纪〔{year}〕{number}号", 0, "A.03"),
)

#: code, name, years to keep (0: for ever, None: a group), why (L24)
CLASSES = (
	("A", "Office Work", None, None),
	("A.01", "Issued Documents", 0, None),
	("A.02", "Letters Received", 10, None),
	("A.03", "Minutes and Decisions", 0, None),
	("A.04", "Plans and Summaries", 10, None),
	("A.05", "Seals and Their Use", 10, None),
	("A.06", "Rules and Their Versions", 0, None),
	("B", "Building and Acceptance", None, "Handed over with the property service (Property Management Regulation 29)"),
	("B.01", "As-built Drawings", 0, None),
	("B.02", "Acceptance Records", 0, None),
	("B.03", "Equipment Manuals and Warranties", 0, None),
	("B.04", "Takeover and Handover of the Project", 0, None),
	("C", "Owners and Homes", None, "Personal data: restricted, kept no longer than needed (L22)"),
	("C.01", "Owner Files", 0, None),
	("C.02", "Move-in and Move-out", 10, None),
	("C.03", "Renovation of Homes", 0, None),
	("C.04", "Owners' Assembly and Committee", 0, None),
	("D", "Service", None, None),
	("D.01", "Complaints and Repairs", 5, None),
	("D.02", "Satisfaction Surveys", 5, None),
	("D.03", "Notices and Disclosure", 5, None),
	("D.04", "Activities and Publicity", 5, None),
	("D.05", "Keys and Custody", 3, None),
	("E", "Facilities", None, None),
	("E.01", "Inspection and Maintenance", 10, None),
	("E.02", "Lifts and Special Equipment", 0, None),
	("E.03", "Fire Protection", 10, None),
	("E.04", "Large Repairs and Maintenance Fund", 0, None),
	("F", "Order and Environment", None, None),
	("F.01", "Patrols and Incidents", 5, None),
	("F.02", "Emergency Plans and Drills", 5, None),
	("F.03", "Cleaning and Greening", 3, None),
	("G", "Money", None, "Accounting archives (Measures for Accounting Archives 14)"),
	("G.01", "Annual Accounts", 0, None),
	("G.02", "Vouchers and Ledgers", 30, None),
	("G.03", "Bills, Receipts and Bank Statements", 10, None),
	("G.04", "Fee Standards and Their Publication", 0, None),
	("H", "Contracts", None, None),
	("H.01", "Property Service Contract", 0, None),
	("H.02", "Contracts with Suppliers", 10, None),
	("H.03", "Leases of Common Parts", 10, None),
	("J", "Personnel", None, None),
	("J.01", "Staff Files", 30, None),
	("J.02", "Training and Assessment", 5, None),
	("J.03", "Attendance and Shifts", 3, None),
	("K", "Quality", None, None),
	("K.01", "Quality System and Audits", 5, None),
	("K.02", "Honours and Awards", 0, None),
	("K.03", "External Relations", 5, None),
)

INDEX = "archive_tokens"


def after_install() -> None:
	if "reading_days" not in frappe.db.get_singles_dict("Paper Settings"):
		frappe.get_doc("Paper Settings").save(ignore_permissions=True)  # set-up
	add_classes()
	add_kinds()
	add_index()


def add_classes() -> None:
	"""Seed the archive catalogue (L24) once; what a site renames, moves or removes stays as the site has it."""
	if frappe.db.count("Archive Class"):
		return
	for code, name, years, basis in CLASSES:
		parent = code.partition(".")[0] if "." in code else None
		frappe.get_doc(
			{
				"doctype": "Archive Class",
				"class_code": code,
				"class_name": name,
				"parent_archive_class": parent,
				"is_group": int(years is None),
				"retention_years": years or 0,
				"basis": basis,
			}
		).insert(ignore_permissions=True)  # set-up


def add_kinds() -> None:
	if frappe.db.count("Document Kind"):
		return
	for name, code, form, seal, archive_class in KINDS:
		frappe.get_doc(
			{
				"doctype": "Document Kind",
				"kind_name": name,
				"kind_code": code,
				"number_form": form,
				"needs_seal": seal,
				"archive_class": archive_class,
			}
		).insert(ignore_permissions=True)  # set-up


def add_index() -> None:
	"""Index for the full-text search; the framework's own indexes are of whole columns only."""
	if not frappe.db.sql("show index from `tabArchive Text` where Key_name = %s", INDEX):
		frappe.db.commit()  # an index is made outside transactions
		frappe.db.sql_ddl(f"alter table `tabArchive Text` add fulltext index {INDEX} (tokens)")
