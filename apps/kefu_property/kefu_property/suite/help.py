"""Help on every form of the suite, in the reader's language (D8): made from what the form itself is.

What a form is for, how it goes on (from its workflow, as the site has it), what has to be filled in, who may do what, papers and reports.
So the help is never older than the form.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.workflow import get_workflow, get_workflow_name

from kefu_property.suite import state

#: fields that the system fills, of no interest to whoever fills in a form
SILENT = {"amended_from", "workflow_state", "naming_series"}


@frappe.whitelist()
def of_form(doctype: str) -> dict:
	"""Help on a form: `title`, `purpose`, `module`, `steps`, `fields`, `roles`, `papers`, `reports`. Texts are translated.

	Raises PermissionError for a form that the user may not read, DoesNotExistError for one that is not of the suite.
	"""
	key = state.owners()["doctype"].get(doctype)
	if not key:
		frappe.throw(_("There is no help on {0}.").format(_(doctype)), frappe.DoesNotExistError)
	if not frappe.has_permission(doctype, "read"):
		frappe.throw(_("You may not read {0}.").format(_(doctype)), frappe.PermissionError)
	meta = frappe.get_meta(doctype)
	module = state.all_modules()[key]
	return {
		"title": _(doctype),
		"purpose": _(meta.description) if meta.description else "",
		"module": {"title": _(module["name"]), "summary": _(module["summary"])},
		"steps": steps(doctype),
		"fields": fields(meta),
		"roles": roles(meta),
		"papers": papers(doctype),
		"reports": [
			{"name": name, "title": _(name)}
			for name in frappe.get_all(
				"Report", filters={"ref_doctype": doctype, "disabled": 0}, pluck="name", order_by="name"
			)
		],
	}


def steps(doctype: str) -> list[dict]:
	"""Steps of the form's workflow: `from`, `action`, `to`, `roles`, `approval`; empty without one."""
	if not get_workflow_name(doctype):
		return []
	found: dict[tuple, dict] = {}
	for row in get_workflow(doctype).transitions:
		step = found.setdefault(
			(row.state, row.action, row.next_state),
			{
				"from": _(row.state),
				"action": _(row.action),
				"to": _(row.next_state),
				"roles": [],
				"approval": not row.allow_self_approval,
			},
		)
		step["roles"].append(_("whoever may write it") if row.allowed == "All" else _(row.allowed))
	return list(found.values())


def fields(meta) -> list[dict]:
	"""Fields that have to be filled in or are explained: `label`, `required`, `text`, with the section they stand in."""
	rows, section = [], ""
	for field in meta.fields:
		if field.fieldtype in ("Section Break", "Tab Break"):
			section = _(field.label) if field.label else section
		if not field.label or field.hidden or field.fieldname in SILENT or field.fieldtype.endswith("Break"):
			continue
		required = bool(field.reqd and not field.read_only) or bool(field.mandatory_depends_on)
		if required or field.description:
			rows.append(
				{
					"label": _(field.label),
					"section": section,
					"required": required,
					"text": _(field.description) if field.description else "",
				}
			)
	return rows


def roles(meta) -> list[dict]:
	"""What each role may do on the form: `role` and `may`, a list of words."""
	words = (
		("create", _("create")),
		("write", _("change")),
		("submit", _("submit")),
		("cancel", _("cancel")),
		("read", _("read")),
	)
	rows = []
	for row in meta.permissions:
		may = [word for right, word in words if row.get(right)]
		if row.permlevel == 0 and may:
			rows.append({"role": _(row.role), "may": may[:-1] or may})
	return rows


def papers(doctype: str) -> list[str]:
	return [
		_(name)
		for name in frappe.get_all(
			"Print Format", filters={"doc_type": doctype, "disabled": 0}, pluck="name", order_by="name"
		)
	]
