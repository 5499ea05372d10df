"""Improvement proposals: from the statistics of cases to a measure whose effect is counted (S4)."""

from datetime import date, timedelta

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import add_days, cint, getdate, today

from kefu_property.rules import case_effect
from kefu_property.service_desk import departments, notices
from kefu_property.service_desk.exceptions import InvalidProposal

#: field of the proposal: column of the cases
SCOPE = {
	"category": "category",
	"place": "place",
	"building": "building",
	"cause": "cause",
	"case_department": "department",
}
NOT_COUNTED = ("Cancelled", "Merged")
DAYS = 90
MOST_ROWS = 15


def count(project: str, scope: dict, start: date, end: date) -> int:
	"""Cases of a project that came in from `start` to `end`, both included, within the scope of a proposal."""
	return sum(row.cases for row in _grouped(project, scope, start, end, None))


def _grouped(project: str, scope: dict, start: date, end: date, by: str | None) -> list:
	rows = []
	kinds = (scope["case_kind"],) if scope.get("case_kind") else departments.CASES
	categories = _with_children(scope["category"]) if scope.get("category") else None
	for doctype in kinds:
		table = frappe.qb.DocType(doctype)
		query = (
			frappe.qb.from_(table)
			.select(Count("*").as_("cases"))
			.where(
				(table.project == project)
				& (table.received_on >= str(getdate(start)))
				& (table.received_on < str(getdate(end) + timedelta(days=1)))
				& table.status.notin(NOT_COUNTED)
			)
		)
		for field, column in SCOPE.items():
			if field == "category" and categories:
				query = query.where(table.category.isin(categories))
			elif scope.get(field):
				query = query.where(table[column] == scope[field])
		if by:
			query = query.select(table[SCOPE[by]].as_("value")).groupby(table[SCOPE[by]])
		rows += query.run(as_dict=True)  # lint: allow query-in-loop: one query for each of the three kinds
	return rows


def _with_children(category: str) -> list[str]:
	left, right = frappe.db.get_value("Case Category", category, ["lft", "rgt"])
	return frappe.get_all("Case Category", filters={"lft": [">=", left], "rgt": ["<=", right]}, pluck="name")


@frappe.whitelist()
def statistics(project: str, by: str, from_date: str, to_date: str, case_kind: str | None = None) -> list[dict]:
	"""Most frequent values of one column of the cases: `value`, `label`, `cases`, `share` in percent.

	`by` is one of SCOPE. Both days are included. Raises InvalidProposal for another column.
	"""
	if not frappe.has_permission("Improvement Proposal", "create"):
		frappe.throw(_("Your role may not make improvement proposals."), frappe.PermissionError)
	from kefu_property.registry import scope

	scope.projects(project)
	if by not in SCOPE or (case_kind and case_kind not in departments.CASES):
		frappe.throw(_("Cases cannot be counted by {0}.").format(by), InvalidProposal)
	counts: dict[str, int] = {}
	for row in _grouped(project, {"case_kind": case_kind}, getdate(from_date), getdate(to_date), by):
		counts[row.value or ""] = counts.get(row.value or "", 0) + row.cases
	total = sum(counts.values())
	ranked = sorted(((cases, value) for value, cases in counts.items() if value), reverse=True)[:MOST_ROWS]
	return [
		{"value": value, "label": _label(by, value), "cases": cases, "share": round(cases * 100 / total)}
		for cases, value in ranked
	]


def _label(by: str, value: str) -> str:
	if by == "case_department":
		return frappe.get_cached_value("Service Department", value, "department_name") or value
	return value if by == "building" else _(value)  # lint: allow translate-dynamic: a category or an option


def open_from(doc, title: str | None = None, problem: str | None = None) -> str:
	"""Open a draft from another document: a dissatisfied follow-up, a case, a forum. Returns its name.

	`doc` needs `project`; of `category`, `place`, `building`, `cause`, `department` whatever it has is taken over as the scope
	of the count. A document that has an open proposal gets no second one: its name is returned. The caller has checked
	that whoever is signed in may do this to `doc`.
	"""
	open_one = frappe.db.get_value(
		"Improvement Proposal",
		{"source_doctype": doc.doctype, "source_name": doc.name, "status": ["not in", ["Closed", "Rejected"]]},
	)
	if open_one:
		return open_one
	end = getdate(today())
	case = doc if doc.doctype in departments.CASES else _case_of(doc)
	proposal = frappe.get_doc(
		{
			"doctype": "Improvement Proposal",
			"project": doc.project,
			"title": title or case.get("subject") or doc.get("subject") or doc.name,
			"source": "Owner Forum" if doc.doctype == "Owner Forum" else "Follow-up",
			"source_doctype": doc.doctype,
			"source_name": doc.name,
			"department": case.get("department"),
			"case_kind": case.doctype if case.doctype in departments.CASES else None,
			"category": case.get("category"),
			"place": case.get("place"),
			"before_from": add_days(end, 1 - DAYS),
			"before_to": end,
			"problem": problem or case.get("description") or doc.get("remarks") or case.get("subject") or doc.name,
		}
	)
	proposal.insert(ignore_permissions=True)  # the caller has checked
	notices.tell(
		departments.users_with_role("CS Supervisor", doc.project),
		_("Improvement proposal {0} was opened: {1}").format(proposal.name, proposal.title),
		proposal,
	)
	return proposal.name


def _case_of(doc):
	"""The case that a follow-up or another document of the desk is about, else the document itself."""
	for kind_field, name_field in (("case_doctype", "case_name"), ("reference_doctype", "reference_name")):
		if doc.get(kind_field) in departments.CASES and doc.get(name_field):
			return frappe.get_doc(
				doc.get(kind_field), doc.get(name_field)
			)  # lint: allow query-in-loop: returns at once
	return doc


@frappe.whitelist(methods=["POST"])
def open_from_document(doctype: str, name: str) -> str:
	"""Button *Improvement Proposal* of a case or forum. Returns the name of the proposal."""
	if doctype not in (*departments.CASES, "Owner Forum"):
		frappe.throw(
			_("No proposal can be opened from {0}.").format(_(doctype)), InvalidProposal
		)  # lint: allow translate-dynamic: a DocType
	if not frappe.has_permission("Improvement Proposal", "create"):
		frappe.throw(_("Your role may not make improvement proposals."), frappe.PermissionError)
	doc = frappe.get_doc(doctype, name)
	doc.check_permission("read")
	return open_from(doc)


def check_effects(day: date | None = None) -> int:
	"""Daily: count the cases of effect checks whose time is over, and tell who decides. Returns their number."""
	day = getdate(day)
	names = frappe.get_all(
		"Improvement Proposal",
		filters={"status": "Effect Check", "effect": "Waiting", "after_to": ["<", day]},
		pluck="name",
	)
	for name in names:
		doc = frappe.get_doc("Improvement Proposal", name)  # lint: allow query-in-loop: a few proposals a day
		measure(doc)
		notices.tell(
			[doc.responsible, *departments.users_with_role("CS Supervisor", doc.project)],
			_("{0}: the effect was counted, {1} cases before, {2} after").format(
				doc.title, doc.cases_before, doc.cases_after
			),
			doc,
		)
	return len(names)


def measure(doc) -> None:
	after = count(doc.project, doc.scope(), doc.after_from, doc.after_to)
	doc.cases_after = after
	doc.change_percent = case_effect.change_percent(doc.cases_before, after)
	reached = case_effect.is_reached(doc.cases_before, after, cint(doc.target_percent))
	doc.effect = "Reached" if reached else "Not Reached"
	doc.save(ignore_permissions=True)  # the figures are the system's


def remind_measures(day: date | None = None) -> int:
	"""Daily: tell people of measures and forum actions that are late. Returns the number of rows told of."""
	day, told = getdate(day), 0
	for parent, child, text in (
		("Improvement Proposal", "Improvement Measure", "measure"),
		("Owner Forum", "Forum Action", "action"),
	):
		head, row = frappe.qb.DocType(parent), frappe.qb.DocType(child)
		late = (
			frappe.qb.from_(row)
			.join(head)
			.on(head.name == row.parent)
			.select(head.name, head.project, row.responsible, row.due_on, row[text].as_("text"))
			.where((row.parenttype == parent) & row.done_on.isnull() & (row.due_on <= day))
			.where(head.status.notin(["Closed", "Rejected", "Cancelled", "Draft"]))
			.run(as_dict=True)  # lint: allow query-in-loop: two kinds
		)
		for entry in late:
			notices.tell(
				[entry.responsible],
				_("Due on {0}: {1}").format(frappe.utils.format_date(entry.due_on), entry.text),
				frappe._dict(doctype=parent, name=entry.name),
			)
		told += len(late)
	return told
