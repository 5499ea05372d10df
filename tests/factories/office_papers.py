"""Records of papers, archive, rules and external relations for tests."""

from __future__ import annotations

import io
import zipfile
from itertools import count
from typing import Any

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import today

from tests.factories.users import as_role

_numbers = count(1)


def make_kind(name: str | None = None, **values: Any):
	number = next(_numbers)
	name = name or f"Kind {number}{frappe.generate_hash(length=4)}"
	values = {
		"kind_code": frappe.generate_hash(length=6),
		"number_form": f"{{project}}-{name}-{{year}}-{{number}}",
	} | values
	return _insert("Document Kind", kind_name=name, **values)


def new_document(project: str, kind: str, **values: Any):
	"""A draft of an issued document, not saved yet."""
	values = {"subject": f"Subject {next(_numbers)}", "body": "<p>Text</p>"} | values
	return frappe.get_doc({"doctype": "Issued Document", "project": project, "kind": kind, **values})


def approved_document(project: str, kind: str, **values: Any):
	"""A document that was drafted, reviewed and approved by three people."""
	with as_role("Office Clerk", project=project):
		doc = apply_workflow(new_document(project, kind, **values).insert(), "Submit for Review")
	with as_role("CS Supervisor", project=project):
		doc = apply_workflow(doc, "Pass Review")
	with as_role("Office Director", project=project):
		return apply_workflow(doc, "Approve")


def issue(project: str, kind: str, **values: Any):
	doc = approved_document(project, kind, **values)
	with as_role("Office Clerk", project=project):
		return apply_workflow(doc, "Issue the Document")


def make_seal(project: str, keeper: str, **values: Any):
	values = {"seal_name": f"Seal {next(_numbers)}", "kind": "Official Seal"} | values
	return _insert("Office Seal", project=project, keeper=keeper, **values)


def make_letter(project: str, **values: Any):
	values = {"subject": f"Letter {next(_numbers)}", "sender": "Street Office", "received_on": "2026-03-02"} | values
	return _insert("Incoming Letter", project=project, **values)


def make_archive_file(project: str, **values: Any):
	values = {"archive_class": "D.01", "file_title": f"File {next(_numbers)}", "file_date": "2026-03-02"} | values
	return _insert("Archive File", project=project, **values)


def make_rule(**values: Any):
	code = f"R{frappe.generate_hash(length=6)}"
	values = {"rule_code": code, "rule_title": f"Rule {code}", "category": "Office Work"} | values
	return _insert("Company Rule", **values)


def new_version(rule, **values: Any):
	values = {"effective_from": today(), "body": "<p>Seals are kept in the safe.</p>"} | values
	return frappe.get_doc({"doctype": "Rule Version", "rule": rule.name, **values})


def publish_rule(project: str, rule, **values: Any):
	"""A version of the rule in force."""
	with as_role("Office Clerk", project=project):
		doc = apply_workflow(new_version(rule, **values).insert(), "Submit for Approval")
	with as_role("Office Director", project=project):
		return apply_workflow(doc, "Approve")


def attach(doctype: str, name: str, file_name: str, content: bytes):
	return _insert(
		"File",
		file_name=file_name,
		content=content,
		attached_to_doctype=doctype,
		attached_to_name=name,
		is_private=1,
	)


def docx(*paragraphs: str) -> bytes:
	"""A small Word file."""
	body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w") as archive:
		archive.writestr("[Content_Types].xml", "<Types/>")
		archive.writestr(
			"word/document.xml",
			'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
			f"<w:body>{body}</w:body></w:document>",
		)
	return out.getvalue()


def make_organisation(project: str, **values: Any):
	values = {"organisation_name": f"Organisation {next(_numbers)}", "kind": "Street Office"} | values
	return _insert("External Organisation", project=project, **values)


def _insert(doctype: str, **values: Any):
	return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)
