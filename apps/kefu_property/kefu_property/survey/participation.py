"""Who is asked, who has answered: kept apart from the answers, so that an anonymous survey stays anonymous (D10)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint, now, today

from kefu_property.registry import api as registry
from kefu_property.rules import survey_rules
from kefu_property.suite import messages
from kefu_property.survey import links
from kefu_property.survey.exceptions import AlreadyAnswered, AnswerMissing, AnswerNotOffered, NobodyToAsk

INVITED, ANSWERED = "Invited", "Answered"
CHUNK = 100


def settings(field: str) -> int:
	return cint(frappe.db.get_single_value("Survey Settings", field))


def audience(survey) -> list[dict]:
	"""Who would be asked now: rows `unit`, `building`, `resident`, sampled by the seed of the survey."""
	buildings = {row.building for row in survey.audience_buildings}
	homes = {
		home["name"]: home["building"]
		for home in registry.units(survey.project)
		if (not buildings or home["building"] in buildings)
		and (not survey.unit_type or home["unit_type"] == survey.unit_type)
	}
	people: dict[str, list[dict]] = {}
	for row in registry.occupants(survey.project, today()):
		if row.unit in homes and row.relation != "Developer":
			people.setdefault(row.unit, []).append(row)
	size = survey_rules.sample_size(len(people), survey.sample_percent or 0)
	out = []
	for unit in survey_rules.sample(people, size, survey.sample_seed or ""):
		rows = sorted(people[unit], key=lambda row: (not row.is_payer, row.relation != "Owner", row.resident))
		asked = list(dict.fromkeys(row.resident for row in rows))
		for resident in asked[:1] if survey.one_per_home else asked:
			out.append({"unit": unit, "building": homes[unit], "resident": resident})
	return out


def invite(survey) -> int:
	"""Write the invitations of a survey that opens. Safe to run twice. Returns how many there are."""
	rows = audience(survey)
	if not rows:
		frappe.throw(_("Nobody lives in the homes that this survey would ask. Change the audience."), NobodyToAsk)
	stamp = now()
	fields = ["name", "owner", "modified_by", "creation", "modified", "docstatus", "project", "survey", "unit"]
	fields += ["building", "resident", "status", "messages_sent", "invitation_key"]
	values = []
	for row in rows:
		who = "" if survey.one_per_home else row["resident"]
		values.append(
			(
				frappe.generate_hash(length=16),
				"Administrator",
				"Administrator",
				stamp,
				stamp,
				0,
				survey.project,
				survey.name,
				row["unit"],
				row["building"],
				row["resident"],
				INVITED,
				0,
				f"{survey.name}:{row['unit']}:{who}",
			)
		)
	frappe.db.bulk_insert("Survey Invitation", fields, values, ignore_duplicates=True)
	return frappe.db.count("Survey Invitation", {"survey": survey.name})


def send_messages(survey: str, kind: str = "survey_invitation") -> int:
	"""Job: write to everybody who has not answered and was not written to today. Returns the number of messages.

	What was sent is kept in chunks, so that a job that stops goes on where it was.
	"""
	doc = frappe.get_doc("Satisfaction Survey", survey)
	if doc.status != "Open" or not doc.send_messages:
		return 0
	rows = frappe.get_all(
		"Survey Invitation",
		filters=[["survey", "=", survey], ["status", "=", INVITED], *_due(doc, kind)],
		fields=["name", "resident", "last_message_on"],
		order_by="name",
	)
	sent = 0
	for start in range(0, len(rows), CHUNK):
		done = [row.name for row in rows[start : start + CHUNK] if _write(doc, row, kind)]
		table = frappe.qb.DocType("Survey Invitation")
		(
			frappe.qb.update(table)  # lint: allow query-in-loop: one write per hundred messages
			.set(table.messages_sent, table.messages_sent + 1)
			.set(table.last_message_on, today())
			.where(table.name.isin(done or [""]))
			.run()
		)
		sent += len(done)
		if not frappe.flags.in_test:
			frappe.db.commit()  # messages that went out are not sent again when the job stops
	return sent


def _due(survey, kind: str) -> list[list]:
	if kind == "survey_invitation":
		return [["messages_sent", "=", 0]]
	before = frappe.utils.add_days(today(), -settings("remind_after_days"))
	most = cint(survey.reminders)
	return [["messages_sent", ">=", 1], ["messages_sent", "<=", most], ["last_message_on", "<=", before]]


def _write(survey, row: dict, kind: str) -> bool:
	phone = registry.phone_for_message(row.resident) if row.resident else None
	if not phone:
		return False
	args = {
		"title": survey.title,
		"until": frappe.utils.format_date(survey.closes_on),
		"link": links.url_of(row.name),
	}
	messages.send(kind, phone, args, resident=row.resident)
	return True


def has_answered(invitation: str) -> bool:
	return frappe.db.get_value("Survey Invitation", invitation, "status") == ANSWERED


def answer(invitation: dict, given: dict, channel: str, entered_by: str | None = None) -> str:
	"""Keep the answers of an invitation; `given` maps fields to text or lists. Returns the name of the Survey Response.

	The invitation's row is locked first: of two answers at the same moment one is refused (AlreadyAnswered). Raises
	AnswerMissing, AnswerNotOffered, SurveyNotOpen. An anonymous response holds no home, person, hour or author.
	"""
	survey = frappe.get_doc("Satisfaction Survey", invitation["survey"])
	links.check_open(survey)
	lines = _lines(survey, given)
	table = frappe.qb.DocType("Survey Invitation")
	status = (
		frappe.qb.from_(table)
		.select(table.status)
		.where(table.name == invitation["name"])
		.for_update()
		.run(pluck=True)[0]
	)
	if status == ANSWERED:
		frappe.throw(_("This questionnaire was answered already. Thank you."), AlreadyAnswered)
	doc = frappe.get_doc(
		{
			"doctype": "Survey Response",
			"project": survey.project,
			"survey": survey.name,
			"channel": channel,
			"answers": lines,
		}
	)
	if not survey.anonymous:
		doc.update({"unit": invitation["unit"], "entered_by": entered_by, "answered_on": now()})
		# one answer of a home is the home's: whoever of them wrote it
		doc.resident = None if survey.one_per_home else invitation["resident"]
	# whoever holds the signed link may answer; nobody has the right to write responses by hand
	doc.insert(ignore_permissions=True)
	frappe.qb.update(table).set(table.status, ANSWERED).where(table.name == invitation["name"]).run()
	return doc.name


def _lines(survey, given: dict) -> list[dict]:
	try:
		answers = survey_rules.check_answers(survey.rule_questions(), given)
	except survey_rules.AnswerError as error:
		if error.reason == "missing":
			frappe.throw(_("Please answer: {0}").format(error.question), AnswerMissing)
		frappe.throw(_("Please choose one of the offered answers: {0}").format(error.question), AnswerNotOffered)
	if not answers:
		frappe.throw(_("Please answer at least one question."), AnswerMissing)
	return [
		{
			"question_code": line.code,
			"matrix_row": line.row,
			"value": line.value,
			"score": line.score or 0,
			"satisfied": line.satisfied or 0,
			"is_scored": int(line.score is not None),
		}
		for line in answers
	]


def message_texts(kind: str, args: dict) -> str | None:
	"""Extension point `message_texts`: invitation and reminder."""
	if kind == "survey_invitation":
		return _("{title}: your opinion counts. Please answer by {until}: {link} {organisation}").format(**args)
	if kind == "survey_reminder":
		return _("{title} ends on {until}. We look forward to your answer: {link} {organisation}").format(**args)
	return None
