"""Duty rosters in force and what a handover sheet is filled with (D11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import format_datetime, get_datetime

from kefu_property.office.exceptions_desk import DutyClash, WrongProject
from kefu_property.rules import duty_rules
from kefu_property.suite import state

#: columns of a handover line that a module fills
LINE_FIELDS = ("subject", "details", "tone", "reference_doctype", "reference_name")


def check_same_project(doc, *links: tuple[str, str]) -> None:
	"""Raises WrongProject when a link of `doc` (field, DocType) leads to another project."""
	for fieldname, doctype in links:
		value = doc.get(fieldname)
		# lint: allow query-in-loop: two or three links of one form
		if value and frappe.db.get_value(doctype, value, "project") != doc.project:
			frappe.throw(
				_("{0} does not belong to the project {1}. Choose one of this project.").format(value, doc.project),
				WrongProject,
			)


def lock_post(post: str) -> None:
	"""Rosters and sheets of one post are made one after another."""
	frappe.db.sql("select name from `tabDuty Post` where name = %s for update", post)


def check_free(spans: Iterable[tuple[str, datetime, datetime]], leave_out: Iterable[str] = ()) -> None:
	"""Raises DutyClash when somebody would work two shifts at once, those of other posts counted.

	`spans` are (user, begin, end) of new shifts; `leave_out` names Post Shifts that go away. The users' rows are locked until the
	transaction ends, so that two rosters cannot take the same person at the same moment.
	"""
	spans = list(spans)
	if not spans:
		return
	people = sorted({person for person, _begin, _end in spans})
	frappe.db.sql("select name from `tabUser` where name in %s order by name for update", (tuple(people),))
	held = frappe.db.sql(
		"""select staff, starts_on, ends_on, post from `tabPost Shift`
		where staff in %(people)s and starts_on < %(end)s and ends_on > %(begin)s and name not in %(without)s
		lock in share mode""",
		{
			"people": tuple(people),
			"begin": min(begin for _person, begin, _end in spans),
			"end": max(end for _person, _begin, end in spans),
			"without": tuple(leave_out) or ("",),
		},
	)
	found = duty_rules.clashes([*spans, *((row[0], row[1], row[2]) for row in held)])
	if found:
		person, begin, _end = found[0]
		frappe.throw(
			_("{0} would work two shifts at the same time, from {1}. Give one of them to somebody else.").format(
				frappe.utils.get_fullname(person), format_datetime(begin)
			),
			DutyClash,
		)


def section_titles() -> dict[str, str]:
	"""Sections that modules contribute to the handover sheet: key → title in the reader's language."""
	return {section["key"]: section["title"] for section in _sections(None)}


def lines(project: str, user: str, since: datetime, wanted: Iterable[str] = ()) -> list[dict]:
	"""Rows of the handover sheet from all modules, in the reader's language.

	Extension point `shift_handover_lines`: a function `(context) -> list of sections`; a section has `key`, `title` and `rows`
	of `subject`, `details`, `tone`, `reference_doctype`, `reference_name`. `context` has `project`, `user` (the one on duty)
	and `since` (begin of duty); with None only keys and titles are asked for. `wanted` keeps to some sections; empty is all.
	"""
	wanted = set(wanted)
	context = frappe._dict(project=project, user=user, since=get_datetime(since))
	found = []
	for section in _sections(context):
		if wanted and section["key"] not in wanted:
			continue
		rows = section.get("rows") or [{"subject": _("Nothing to hand over"), "tone": "green"}]
		found += [
			{"section": section["title"], **{field: row.get(field) for field in LINE_FIELDS if row.get(field)}}
			for row in rows
		]
	return found


def _sections(context) -> list[dict]:
	return [section for function in state.contributions("shift_handover_lines") for section in function(context)]


def on_duty_at(project: str, moment: datetime) -> list[dict]:
	"""Shifts of a project that run at a moment: `post`, `staff`, `staff_name`, `shift_name`, `starts_on`, `ends_on`."""
	return frappe.get_all(
		"Post Shift",
		filters={"project": project, "starts_on": ["<=", moment], "ends_on": [">", moment]},
		fields=["name", "post", "staff", "staff_name", "shift_name", "starts_on", "ends_on"],
		order_by="post, staff_name",
	)
