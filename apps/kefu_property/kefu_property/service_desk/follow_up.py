"""Calls to owners after their case was finished (D10): chosen by rule, asked by a script, and followed by something when they are not content.

An owner who is not content gets the case opened again, or an Improvement Proposal is made of it.
"""

import frappe
from frappe import _
from frappe.utils import add_days, cint, getdate, now_datetime, today

from kefu_property.registry import api as registry
from kefu_property.rules import follow_up as rules
from kefu_property.rules.personal_data import clean_text
from kefu_property.service_desk import actions, departments, proposals, standards
from kefu_property.service_desk.exceptions import FollowUpRefused

FINISHED = ("Resolved", "Verified", "Closed")
RESULTS = ("Satisfied", "Partly Satisfied", "Dissatisfied")
#: what is finished longer ago is not sampled any more
LOOK_BACK = 14
TRIES = 3
FIELDS = {
	"name": "case_name",
	"subject": "subject",
	"reporter_name": "caller_name",
	"phone_masked": "phone_masked",
	"resident": "resident",
	"unit": "unit",
	"department": "department",
	"category": "category",
}


def make_tasks(day: str | None = None) -> int:
	"""Daily: the calls of a day in all projects. Safe to repeat: a case is chosen once for each time it was finished."""
	made = 0
	for project in frappe.get_all("Property Project", pluck="name"):
		made += make_tasks_of(project, day or today())
	return made


def make_tasks_of(project: str, day: str) -> int:
	"""As `make_tasks`, for one project. Returns the number of tasks made."""
	standard = standards.standard_of(project)
	shares = {
		"Complaint": standard.complaint_share or 0,
		"Repair Order": standard.repair_share or 0,
		"Enquiry": standard.enquiry_share or 0,
	}
	rows = finished_cases(project, day)
	chosen = rules.choose(
		[
			rules.Finished(row.name, row.kind, row.owner, getdate(row.resolved_on), bool(row.follow_up_required))
			for row in rows.values()
		],
		shares,
		last_called(project, day, cint(standard.quiet_days)),
		cint(standard.quiet_days),
		getdate(day),
	)
	desk = departments.department_for(project, None)
	for case, reason in chosen:
		row = rows[case.name]
		frappe.get_doc(
			{
				"doctype": "Follow Up Task",
				"project": project,
				"case_doctype": row.kind,
				"reason": reason,
				"due_on": day,
				"assigned_to": departments.next_person(desk, None, None) if desk else None,
				**{target: row[source] for source, target in FIELDS.items()},
			}
		).insert(ignore_permissions=True)  # the scheduler  # lint: allow query-in-loop: one row for each call
	return len(chosen)


def finished_cases(project: str, day: str) -> dict:
	"""Finished cases of a project about which somebody can be called and nobody has been, by name."""
	rows = {}
	for kind in departments.CASES:
		found = frappe.get_all(  # lint: allow query-in-loop: one query for each of the three kinds
			kind,
			filters={"project": project, "status": ["in", FINISHED], "followed_up_on": ["is", "not set"]},
			or_filters={"resolved_on": [">=", add_days(day, -LOOK_BACK)], "follow_up_required": 1},
			fields=[*FIELDS, "contact_phone", "resolved_on", "reopen_count", "follow_up_required", "status"],
		)
		for row in found:
			row.kind, row.owner = kind, row.resident or row.contact_phone
			waits = row.follow_up_required and row.status != "Closed"
			recent = getdate(row.resolved_on) >= getdate(add_days(day, -LOOK_BACK))
			if row.owner and (waits or recent):
				rows[row.name] = row
	taken = frappe.get_all(
		"Follow Up Task",
		filters={"round_key": ["in", [key_of(row.kind, row) for row in rows.values()] or [""]]},
		pluck="round_key",
	)
	return {name: row for name, row in rows.items() if key_of(row.kind, row) not in taken}


def key_of(kind: str, case) -> str:
	return f"{kind}:{case.name}:{cint(case.reopen_count)}"


def last_called(project: str, day: str, quiet_days: int) -> dict:
	"""Day of the last task of every owner within the quiet time, by resident; by phone for who is not registered."""
	rows = frappe.get_all(
		"Follow Up Task",
		filters={
			"project": project,
			"status": ["!=", "Withdrawn"],
			"due_on": [">", add_days(day, -max(quiet_days, 1))],
		},
		fields=["resident", "case_doctype", "case_name", "due_on"],
		order_by="due_on",
	)
	called = {row.resident: getdate(row.due_on) for row in rows if row.resident}
	for kind in departments.CASES:
		names = {row.case_name: row.due_on for row in rows if row.case_doctype == kind and not row.resident}
		for case in frappe.get_all(  # lint: allow query-in-loop: one query for each of the three kinds
			kind, filters={"name": ["in", list(names) or [""]]}, fields=["name", "contact_phone"]
		):
			called[case.contact_phone] = getdate(names[case.name])
	return called


def load(name: str):
	"""An open task that the session's user may write. Raises PermissionError, FollowUpRefused."""
	task = frappe.get_doc("Follow Up Task", name, for_update=True)
	task.check_permission("write")
	if task.status != "Open":
		frappe.throw(_("This call has its answer already."), FollowUpRefused)
	return task


@frappe.whitelist()
def script(name: str) -> str:
	"""What to say, with the names filled in."""
	task = frappe.get_doc("Follow Up Task", name)
	task.check_permission("read")
	standard = standards.standard_of(task.project)
	facts = registry.project_facts(task.project)
	values = {
		"caller": task.caller_name or "",
		"case": task.case_name,
		"subject": task.subject or "",
		"organisation": facts["company_name"] or facts["project_name"],
	}
	text = standard.follow_up_script or usual_script(task.case_doctype)
	for key, value in values.items():
		text = text.replace("{" + key + "}", value)
	return text


def usual_script(kind: str) -> str:
	"""The script of a project that has none of its own."""
	questions = {
		"Complaint": _("Has what you complained about been put right? Did somebody tell you what was done?"),
		"Repair Order": _(
			"Does everything work since the repair? Did the technician come in time, wear the badge and leave the place clean?"
		),
		"Enquiry": _("Was your question answered completely?"),
	}
	return "\n".join(
		[
			_("Good day, {caller}. This is the service desk of {organisation}. I am calling about {case}: {subject}."),
			questions[kind],
			_("How content are you, from 1 to 5 stars? What could we do better?"),
			_("Thank you for your time. You reach us at any hour on the hotline."),
		]
	)


@frappe.whitelist(methods=["POST"])
def phone(name: str) -> str:
	"""The number to call; reading it is written to the access log."""
	task = load(name)
	task.check_permission("write")
	number = registry.phone_for_visit(task.resident) if task.resident else None
	number = number or frappe.db.get_value(task.case_doctype, task.case_name, "contact_phone")
	if not number:
		frappe.throw(_("No phone number is known."), FollowUpRefused)
	return number


@frappe.whitelist(methods=["POST"])
def not_reached(name: str, note: str | None = None) -> str:
	"""Nobody took the call: it is tried again the next day, three times in all. Returns the state of the task."""
	task = load(name)
	task.check_permission("write")
	task.tries = cint(task.tries) + 1
	task.last_try_on, task.done_by = now_datetime(), frappe.session.user
	task.said = clean_text(note) or task.said
	if task.tries >= TRIES:
		task.status = "Not Reached"
		mark_case(task, _("Called back {0} times without reaching the owner").format(task.tries))
	else:
		task.due_on = add_days(today(), 1)
	task.save()
	return task.status


@frappe.whitelist(methods=["POST"])
def record(name: str, result: str, said: str, stars: int | None = None, consequence: str | None = None) -> str:
	"""Keep the answer of an owner. Returns the consequence.

	Who is not content, by word or by fewer stars than the project's limit, needs one: `Reopened` or `Improvement Proposed`.
	"""
	task = load(name)
	task.check_permission("write")
	if result not in RESULTS:
		frappe.throw(_("{0} is no answer.").format(result), FollowUpRefused)
	if stars and not 1 <= stars <= 5:
		frappe.throw(_("The stars are 1 to 5."), FollowUpRefused)
	said = actions.need_reason(said)
	limit = cint(standards.standard_of(task.project).dissatisfied_below)
	discontent = result == "Dissatisfied" or bool(stars and stars < limit)
	if discontent and consequence not in ("Reopened", "Improvement Proposed"):
		frappe.throw(
			_("The owner is not content. Choose whether the case is opened again or an improvement is proposed."),
			FollowUpRefused,
		)
	task.update(
		{
			"status": "Done",
			"result": result,
			"stars": stars,
			"said": said,
			"consequence": consequence if discontent else "",
			"tries": cint(task.tries) + 1,
			"last_try_on": now_datetime(),
			"done_by": frappe.session.user,
		}
	)
	if task.consequence == "Improvement Proposed":
		task.proposal = proposals.open_from(task, problem=f"{task.case_name}: {said}")
	task.save()
	case = mark_case(task, _("Called the owner back: {0}").format(frappe.utils.escape_html(said)))
	if task.consequence == "Reopened":
		actions.reopen_case(case, said)
	return task.consequence


def mark_case(task, text: str):
	"""Write to the case that its owner was called; the stars count when the owner gave none on the portal."""
	case = frappe.get_doc(task.case_doctype, task.case_name)
	if case.status in FINISHED:
		case.followed_up_on = now_datetime()
		if task.stars and not case.rating:
			case.rating, case.rated_on = task.stars, now_datetime()
		case.flags.system_step = True
		case.save(ignore_permissions=True)  # the right to the task was checked
	case.add_comment("Info", text)
	return case
