"""Approval: whoever prepares does not approve, and every step leaves who, when and from where (DESIGN invariant 6)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.workflow import get_workflow, get_workflow_name, is_transition_condition_satisfied
from frappe.utils import now_datetime

#: read-only fields of a controlled document, filled on the way (编制/审核/批准)
PREPARED, REVIEWED, APPROVED = (
	("prepared_by", "prepared_on"),
	("reviewed_by", "reviewed_on"),
	("approved_by", "approved_on"),
)


class SelfApproval(frappe.PermissionError):
	"""The one who prepared a document tried to approve it."""


class SubmittedAround(frappe.ValidationError):
	"""A document was submitted while its workflow still has it as a draft."""


def check_state_change(doc, method: str | None = None) -> None:
	"""Refuse self-approval and fill the approval block. Runs before every save of the suite's documents."""
	change = _change(doc)
	if not change:
		return
	workflow, old, new = change
	if _is_approval(workflow, old, new):
		if frappe.session.user in {doc.owner, doc.get("prepared_by")}:
			frappe.throw(
				_("You prepared {0} {1}. Somebody else has to approve it.").format(_(doc.doctype), doc.name),
				SelfApproval,
			)
		_sign(doc, REVIEWED if _leads_to_approval(workflow, new) else APPROVED)
	first = workflow.states[0].state
	# a state that the system set may stand between the first one and the request for approval
	asks = not _is_approval(workflow, old, new) and not doc.get("prepared_by") and _leads_to_approval(workflow, new)
	if old == first or asks:
		_sign(doc, PREPARED)
	if new == first:
		for fieldname in (*PREPARED, *REVIEWED, *APPROVED):
			if doc.meta.has_field(fieldname):
				doc.set(fieldname, None)


def check_submitted(doc, method: str | None = None) -> None:
	"""Refuse what is submitted around its workflow. Runs before every submission.

	The framework moves a draft that somebody submits over the API to the first submitted state, whatever the transitions say: it would skip
	its approval. Here a transition has to lead from the state before to the new one, with its condition met.
	"""
	if not get_workflow_name(doc.doctype):
		return
	workflow = get_workflow(doc.doctype)
	before = doc.get_doc_before_save()
	new = doc.get(workflow.workflow_state_field)
	old = (before and before.get(workflow.workflow_state_field)) or workflow.states[0].state
	if old == new and any(row.state == old and not int(row.doc_status) for row in workflow.states):
		new = next((row.state for row in workflow.states if int(row.doc_status) == 1), new)
	ways = [row for row in workflow.transitions if row.state == old and row.next_state == new]
	if old != new and not any(is_transition_condition_satisfied(row, doc) for row in ways):
		frappe.throw(
			_("{0} {1} is in the state {2} and cannot be submitted. Use the actions of its form.").format(
				_(doc.doctype), doc.name, _(old)
			),
			SubmittedAround,
		)


def record_state_change(doc, method: str | None = None) -> None:
	"""Write the Approval Record of a change of state."""
	change = _change(doc)
	if not change:
		return
	workflow, old, new = change
	action = next((row.action for row in workflow.transitions if row.state == old and row.next_state == new), None)
	_write_record(doc, action, old, new, _is_approval(workflow, old, new))


def system_step(doc, state: str, **values) -> None:
	"""Move a document to a state that the system decides (published, failed, in force) and write the Approval Record.

	The caller has checked permissions and the state it comes from; no transition of the workflow leads there. Other columns can be
	set along with it.
	"""
	field = get_workflow(doc.doctype).workflow_state_field
	old = doc.get(field)
	doc.db_set({field: state, **values})
	_write_record(doc, None, old, state, False)


def _write_record(doc, action: str | None, old: str, new: str, is_approval: bool) -> None:
	frappe.get_doc(
		{
			"doctype": "Approval Record",
			"reference_doctype": doc.doctype,
			"reference_name": doc.name,
			"project": doc.get("project"),
			"action": action,
			"from_state": old,
			"to_state": new,
			"is_approval": int(is_approval),
			"user": frappe.session.user,
			"taken_on": now_datetime(),
			"ip_address": getattr(frappe.local, "request_ip", None),
		}
	).insert(ignore_permissions=True)  # the record is written by the system, nobody may write it by hand


def _change(doc):
	"""(workflow, old state, new state) when this save moves the document along its workflow, else None."""
	name = get_workflow_name(doc.doctype)
	before = doc.get_doc_before_save()
	if not name or not before:
		return None
	workflow = get_workflow(doc.doctype)
	old, new = before.get(workflow.workflow_state_field), doc.get(workflow.workflow_state_field)
	return (workflow, old, new) if old and new and old != new else None


def _is_approval(workflow, old: str, new: str) -> bool:
	steps = [row for row in workflow.transitions if row.state == old and row.next_state == new]
	return bool(steps) and not any(row.allow_self_approval for row in steps)


def _leads_to_approval(workflow, state: str) -> bool:
	return any(row.state == state and not row.allow_self_approval for row in workflow.transitions)


def _sign(doc, fields: tuple[str, str]) -> None:
	by, on = fields
	if doc.meta.has_field(by):
		doc.set(by, frappe.session.user)
	if doc.meta.has_field(on):
		doc.set(on, now_datetime())
