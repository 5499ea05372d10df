"""What the buttons of a case do, for all kinds of cases (D3, D7)."""

import frappe
from frappe import _
from frappe.model.workflow import apply_workflow
from frappe.utils import now_datetime

from kefu_property.registry import api as registry
from kefu_property.rules import case_classifier
from kefu_property.rules.personal_data import clean_text
from kefu_property.service_desk import case as rules
from kefu_property.service_desk import departments, notices
from kefu_property.service_desk.exceptions import (
	DepartmentWithoutPeople,
	MergeRefused,
	ReasonMissing,
	StepRefused,
	TransferRefused,
)
from kefu_property.suite import messages

HISTORY = 400
REPLY_KINDS = ("First Answer", "Feedback", "Final Answer")
CHANNELS = ("Phone", "Message", "Portal", "Visit", "Letter")


def load(doctype: str, name: str, ptype: str = "write") -> rules.Case:
	"""A case that the session's user may read or write. Raises PermissionError, StepRefused for another DocType."""
	if doctype not in departments.CASES:
		frappe.throw(_("{0} is no kind of case.").format(doctype), StepRefused)
	doc = frappe.get_doc(doctype, name)
	doc.check_permission(ptype)
	return doc


def need_reason(reason: str | None) -> str:
	reason = clean_text(reason)
	if not reason:
		frappe.throw(_("Enter the reason."), ReasonMissing)
	return reason


@frappe.whitelist(methods=["POST"])
def assign(doctype: str, name: str, user: str, department: str | None = None) -> str:
	"""Give a case to a person. Returns the new state."""
	doc = load(doctype, name)
	doc.check_permission("write")
	doc.need_state(rules.NEW, rules.ASSIGNED, rules.IN_PROGRESS)
	doc.department = department or doc.department
	doc.assigned_to = user
	if doc.status == rules.NEW:
		doc.move(rules.ASSIGNED)
	else:
		doc.save()
	return doc.status


@frappe.whitelist(methods=["POST"])
def accept(doctype: str, name: str) -> str:
	"""Take a case up. Somebody else's case changes hands by this."""
	doc = load(doctype, name)
	doc.check_permission("write")
	doc.need_state(rules.NEW, rules.ASSIGNED)
	if doc.assigned_to != frappe.session.user:
		doc.assigned_to = frappe.session.user
	doc.move(rules.IN_PROGRESS)
	return doc.status


@frappe.whitelist(methods=["POST"])
def reply(doctype: str, name: str, text: str, kind: str = "Feedback", channel: str | None = None) -> str:
	"""Answer the owner. Sends a message where that is the channel, keeps the answer, and stops the clock that it meets.

	Whoever reported a duplicate of the case gets the same answer. Returns what became of the message.
	"""
	doc = load(doctype, name)
	doc.check_permission("write")
	return write_reply(doc, text, kind, channel)


def write_reply(doc: rules.Case, text: str, kind: str = "Feedback", channel: str | None = None) -> str:
	"""As `reply`, for callers that have checked the right to the case."""
	text = need_reason(text)
	if kind not in REPLY_KINDS:
		frappe.throw(_("{0} is no kind of answer.").format(kind), StepRefused)
	doc.need_state(*rules.OPEN, rules.RESOLVED, rules.VERIFIED, rules.CLOSED)
	channel = channel if channel in CHANNELS else doc.reply_channel
	delivery = ""
	for receiver in [doc, *duplicates_of(doc)]:
		delivery = send(receiver, text, channel)
		now = now_datetime()
		receiver.append(
			"replies",
			{
				"replied_on": now,
				"replied_by": frappe.session.user,
				"kind": kind,
				"channel": channel,
				"text": text,
				"delivery": delivery,
			},
		)
		receiver.first_answered_on = receiver.first_answered_on or now
		if kind != "First Answer":
			receiver.feedback_on = receiver.feedback_on or now
		receiver.flags.system_step = True
		receiver.save(ignore_permissions=True)  # the right to the case was checked; duplicates follow it
		receiver.add_comment(
			"Info", _("Answered the owner ({0}): {1}").format(_(channel), frappe.utils.escape_html(text))
		)
	return delivery


def duplicates_of(doc: rules.Case) -> list[rules.Case]:
	names = frappe.get_all(doc.doctype, filters={"duplicate_of": doc.name, "status": rules.MERGED}, pluck="name")
	return [frappe.get_doc(doc.doctype, name) for name in names]  # lint: allow query-in-loop: a few merged cases


def send(doc: rules.Case, text: str, channel: str) -> str:
	"""Send the answer where the channel is a message. Returns the delivery as the owner's desk reads it."""
	if channel != "Message":
		return ""
	phone = doc.contact_phone or (registry.phone_for_message(doc.resident) if doc.resident else None)
	if not phone:
		return _("No phone number: not sent")
	name = messages.send("case_answer", phone, {"case": doc.name, "text": text}, resident=doc.resident)
	return _(frappe.db.get_value("Outgoing Message", name, "status"))


@frappe.whitelist(methods=["POST"])
def wait_for_owner(doctype: str, name: str, reason: str) -> str:
	"""Stop the clock while the owner has to do something."""
	doc = load(doctype, name)
	doc.check_permission("write")
	doc.need_state(rules.IN_PROGRESS)
	doc.move(rules.WAITING, reason=need_reason(reason))
	return doc.status


@frappe.whitelist(methods=["POST"])
def carry_on(doctype: str, name: str) -> str:
	"""Let the clock run on after waiting for the owner."""
	doc = load(doctype, name)
	doc.check_permission("write")
	doc.need_state(rules.WAITING)
	doc.move(rules.IN_PROGRESS)
	return doc.status


@frappe.whitelist(methods=["POST"])
def request_transfer(doctype: str, name: str, department: str, reason: str) -> str:
	"""Ask another department to take the case over. It counts as theirs when they accept."""
	doc = load(doctype, name)
	doc.check_permission("write")
	doc.need_state(rules.NEW, rules.ASSIGNED, rules.IN_PROGRESS)
	target = frappe.db.get_value("Service Department", department, ["project", "disabled", "lead"], as_dict=True)
	if not target or target.project != doc.project or target.disabled:
		frappe.throw(_("Department {0} does not take cases of this project.").format(department), TransferRefused)
	if department == doc.department:
		frappe.throw(_("The case is with this department already."), TransferRefused)
	if not departments.has_people(department):
		frappe.throw(
			_("Nobody in {0} is available. Choose another department or ask its lead to enter people.").format(
				department
			),
			DepartmentWithoutPeople,
		)
	doc.append(
		"transfers",
		{
			"from_department": doc.department,
			"to_department": department,
			"reason": need_reason(reason),
			"answer": "Waiting",
			"requested_by": frappe.session.user,
			"requested_on": now_datetime(),
		},
	)
	doc.move(rules.TRANSFER)
	people = [member.user for member in departments.members_of(department)] + [target.lead]
	notices.tell(people, _("{0}: {1} is to be taken over").format(doc.name, doc.subject), doc)
	return doc.status


@frappe.whitelist(methods=["POST"])
def answer_transfer(doctype: str, name: str, accepted: bool, note: str | None = None) -> str:
	"""Answer of the department that was asked: take the case over, or send it back with the reason."""
	doc = load(doctype, name)
	doc.check_permission("write")
	doc.need_state(rules.TRANSFER)
	row = doc.open_transfer()
	own = {member.user for member in departments.members_of(row.to_department)}
	own.add(frappe.db.get_value("Service Department", row.to_department, "lead"))
	if frappe.session.user not in own and "CS Supervisor" not in frappe.get_roles():
		frappe.throw(_("Only {0} answers this transfer.").format(row.to_department), TransferRefused)
	row.answer = "Accepted" if accepted else "Refused"
	row.answered_by, row.answered_on = frappe.session.user, now_datetime()
	row.answer_note = clean_text(note) if accepted else need_reason(note)
	if accepted:
		doc.department = row.to_department
		skill = frappe.db.get_value("Case Category", doc.category, "skill") if doc.category else None
		doc.assigned_to = departments.next_person(row.to_department, doc.building, skill) or frappe.session.user
		doc.accepted_on = None
		doc.move(rules.ASSIGNED)
	else:
		doc.move(rules.IN_PROGRESS if doc.accepted_on else rules.ASSIGNED if doc.assigned_to else rules.NEW)
	notices.tell(
		[row.requested_by],
		_("{0}: transfer accepted").format(doc.name) if accepted else _("{0}: transfer refused").format(doc.name),
		doc,
	)
	return doc.status


@frappe.whitelist(methods=["POST"])
def resolve(doctype: str, name: str, result: str, cause: str | None = None) -> str:
	"""Finish the work on a case: what was done is the answer."""
	doc = load(doctype, name)
	doc.result = result
	doc.cause = cause or doc.cause
	doc.save()
	apply_workflow(doc.as_json(), "Resolve")
	return rules.RESOLVED


@frappe.whitelist(methods=["POST"])
def cancel_case(doctype: str, name: str, reason: str) -> str:
	"""Take back a case that was entered by mistake."""
	doc = load(doctype, name)
	doc.cancel_reason = need_reason(reason)
	doc.save()
	apply_workflow(doc.as_json(), "Cancel Case")
	return rules.CANCELLED


@frappe.whitelist(methods=["POST"])
def reopen(doctype: str, name: str, reason: str) -> str:
	"""Open a finished case again."""
	doc = load(doctype, name)
	doc.check_permission("write")
	doc.need_state(rules.RESOLVED, rules.VERIFIED, rules.CLOSED)
	reopen_case(doc, need_reason(reason))
	return doc.status


def reopen_case(doc: rules.Case, reason: str) -> None:
	"""As `reopen`, for callers that have checked the right to the case."""
	doc.move(rules.IN_PROGRESS if doc.assigned_to else rules.NEW)
	doc.add_comment("Info", _("Reopened: {0}").format(frappe.utils.escape_html(reason)))
	notices.tell([doc.assigned_to], _("{0}: {1} was reopened").format(doc.name, doc.subject), doc)


@frappe.whitelist(methods=["POST"])
def merge(doctype: str, name: str, into: str) -> str:
	"""Make a case the duplicate of another: one is worked on, both reporters are answered. Returns the case that stays."""
	doc, target = load(doctype, name), load(doctype, into)
	doc.check_permission("write")
	if doc.name == target.name:
		frappe.throw(_("A case cannot be the duplicate of itself."), MergeRefused)
	if doc.project != target.project:
		frappe.throw(_("The two cases belong to different projects."), MergeRefused)
	if doc.status not in rules.OPEN or target.status not in rules.OPEN:
		frappe.throw(_("Only open cases are merged."), MergeRefused)
	for row in doc.photos:
		target.append("photos", {key: row.get(key) for key in ("image", "stage", "note", "added_by", "added_on")})
	target.flags.system_step = True
	target.save()
	for other in duplicates_of(doc):
		other.duplicate_of = target.name
		other.flags.system_step = True
		other.save(ignore_permissions=True)  # follows the merged case
	doc.duplicate_of = target.name
	doc.move(rules.MERGED)
	target.add_comment("Info", _("{0} was merged into this case").format(doc.name))
	return target.name


@frappe.whitelist()
def suggest_category(text: str, kind: str, project: str | None = None, place: str | None = None) -> list[dict]:
	"""Up to three categories that fit a description, best first: `category`, `score`, `severity`, `place`."""
	frappe.has_permission("Case Category", throw=True)
	return suggestions(text, kind, project, place)


def suggestions(text: str, kind: str, project: str | None = None, place: str | None = None) -> list[dict]:
	"""As `suggest_category`; history is the last few hundred cases of the same kind that people have categorised."""
	if kind not in departments.CASES or not clean_text(text):
		return []
	rows = frappe.get_all(
		"Case Category",
		filters={"is_group": 0, "disabled": 0, "kind": ["in", ["", kind]]},
		fields=["name", "keywords", "severity", "place"],
	)
	if place:
		rows = [row for row in rows if row.place in ("", None, place)] or rows
	filters = {"category": ["is", "set"], **({"project": project} if project else {})}
	history = frappe.get_all(
		kind, filters=filters, fields=["subject", "category"], order_by="creation desc", limit=HISTORY, as_list=True
	)
	words = [(row.name, [row.name, _(row.name), *departments.parts(row.keywords)]) for row in rows]
	facts = {row.name: row for row in rows}
	return [
		{"category": name, "score": score, "severity": facts[name].severity, "place": facts[name].place}
		for name, score in case_classifier.suggest(text, words, history)
	]


@frappe.whitelist(methods=["POST"])
def check_quality(doctype: str, name: str, score: int, note: str | None = None) -> None:
	"""The supervisor's own score of the work, 0 to 100, apart from the owner's stars."""
	frappe.only_for(("CS Supervisor", "Office Director"))
	doc = load(doctype, name)
	if not 0 <= score <= 100:
		frappe.throw(_("The score lies between 0 and 100."), StepRefused)
	doc.need_state(rules.RESOLVED, rules.VERIFIED, rules.CLOSED)
	doc.quality_score, doc.quality_note, doc.quality_by = score, clean_text(note), frappe.session.user
	doc.save()


@frappe.whitelist(methods=["POST"])
def record_follow_up(doctype: str, name: str, satisfied: bool, said: str) -> str:
	"""Keep what the owner said when called back. Dissatisfaction opens the case again. Returns the new state."""
	doc = load(doctype, name)
	doc.check_permission("write")
	doc.need_state(rules.RESOLVED, rules.VERIFIED, rules.CLOSED)
	said = need_reason(said)
	doc.add_comment("Info", _("Called the owner back: {0}").format(frappe.utils.escape_html(said)))
	rules.withdraw_calls(doc)
	if satisfied:
		doc.followed_up_on = now_datetime()
		doc.flags.system_step = True
		doc.save()
	else:
		reopen_case(doc, said)
	return doc.status
