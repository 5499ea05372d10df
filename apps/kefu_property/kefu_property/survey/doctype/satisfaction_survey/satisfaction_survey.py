import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime, today

from kefu_property.rules import survey_rules
from kefu_property.suite import qr
from kefu_property.survey import links, participation, results
from kefu_property.survey.exceptions import (
	ConclusionMissing,
	InvalidQuestion,
	InvalidSample,
	NoQuestions,
	SurveyFrozen,
	SurveyPeriod,
	WrongProject,
)

FROZEN = ("project", "anonymous", "one_per_home", "unit_type", "sample_percent", "sample_seed")
FROZEN_TABLES = {
	"questions": (
		"question_code",
		"question",
		"kind",
		"required",
		"item",
		"scale_max",
		"choices",
		"matrix_rows",
		"show_when",
		"show_values",
	),
	"audience_buildings": ("building",),
}


class SatisfactionSurvey(Document):
	"""A survey of a project's residents: what is asked, whom, until when, and what came out (D10, S3, L14)."""

	def validate(self) -> None:
		self.copy_template()
		number_questions(self)
		self.check_period()
		self.check_audience()
		self.check_frozen()
		self.check_conclusion()

	def copy_template(self) -> None:
		if self.survey_template and not self.questions:
			template = frappe.get_cached_doc("Survey Template", self.survey_template)
			self.introduction = self.introduction or template.introduction
			for row in template.questions:
				self.append("questions", {field: row.get(field) for field in FROZEN_TABLES["questions"]})

	def check_period(self) -> None:
		if getdate(self.closes_on) < getdate(self.opens_on):
			frappe.throw(_("The survey ends before it begins. Correct the dates."), SurveyPeriod)
		if self.status in ("Approved", "Open") and getdate(self.closes_on) < getdate(today()):
			frappe.throw(_("The last day of the survey is over. Choose a later one."), SurveyPeriod)

	def check_audience(self) -> None:
		for row in self.audience_buildings:
			if frappe.get_cached_value("Property Building", row.building, "project") != self.project:
				frappe.throw(_("Building {0} belongs to another project.").format(row.building), WrongProject)
		if not 0 < (self.sample_percent or 0) <= 100:
			frappe.throw(_("Enter a sample between 1 and 100 percent."), InvalidSample)
		if not self.sample_seed:
			self.sample_seed = frappe.generate_hash(length=8)

	def check_frozen(self) -> None:
		"""From the request for approval on, questions and audience stay; a draft that came back may change again."""
		before = self.get_doc_before_save()
		if not before or "Draft" in (before.status, self.status):
			return
		same = all((before.get(field) or "") == (self.get(field) or "") for field in FROZEN)
		for table, fields in FROZEN_TABLES.items():
			old, new = ([[row.get(f) or "" for f in fields] for row in doc.get(table)] for doc in (before, self))
			same = same and old == new
		if not same:
			frappe.throw(
				_(
					"Questions and audience stay as they were sent for approval. Reject it first, or start a new survey."
				),
				SurveyFrozen,
			)

	def check_conclusion(self) -> None:
		if self.status == "Archived" and self.below_threshold and not self.conclusion:
			frappe.throw(
				_("Satisfaction is below {0} %. Write conclusion and measures before archiving.").format(
					self.wanted_satisfaction()
				),
				ConclusionMissing,
			)

	def on_update(self) -> None:
		before = self.get_doc_before_save()
		if not before or before.status == self.status:
			return
		if self.status == "Open":
			self.publish()
		elif self.status == "Closed":
			self.finish()
		elif self.status == "Archived":
			results.attach_report(self)

	def publish(self) -> None:
		"""Invite everybody and let a job write to them. The state is Open already."""
		self.db_set({"invited": participation.invite(self), "published_on": now_datetime()})
		if self.send_messages:
			frappe.enqueue(
				"kefu_property.survey.participation.send_messages",
				queue="long",
				enqueue_after_commit=True,
				survey=self.name,
			)

	def finish(self) -> None:
		"""Keep the result of a survey that was closed; warn when it is below what is wanted (L14)."""
		outcome = results.of(self)
		self.db_set(
			{
				"closed_on": now_datetime(),
				"invited": outcome["invited"],
				"answered": outcome["answered"],
				"response_rate": outcome["response_rate"] or 0,
				"satisfaction": outcome["overall"] or 0,
				"below_threshold": int(outcome["below"]),
				"result_hidden": int(outcome["hidden"]),
			}
		)
		results.warn(self, outcome)

	def wanted_satisfaction(self) -> float:
		return self.threshold or participation.settings("threshold")

	def rule_questions(self) -> list[dict]:
		return rule_questions(self.questions)

	def report_data(self) -> dict:
		"""Everything that the report prints."""
		return results.of(self) | {"trend": results.trend(self.project)}

	def portal_url(self) -> str:
		return frappe.utils.get_url("/portal/surveys")

	def qr_code(self) -> str:
		"""The address of the portal's surveys as a picture, for the lobby and the paper form."""
		return qr.data_uri(self.portal_url())

	@frappe.whitelist()
	def count_audience(self) -> dict:
		"""How many homes and people the survey would ask, before anything is sent."""
		self.check_permission("read")
		rows = participation.audience(self)
		return {"homes": len({row["unit"] for row in rows}), "people": len(rows)}

	@frappe.whitelist(methods=["POST"])
	def phone_entry(self, unit: str, resident: str | None = None) -> str:
		"""Address of the questionnaire of a home for an interview by phone. Raises for homes that are not asked."""
		self.check_permission("write")
		links.check_open(self)
		filters = {"survey": self.name, "unit": unit} | ({"resident": resident} if resident else {})
		names = frappe.get_all("Survey Invitation", filters=filters, pluck="name", order_by="name")
		if not names:
			frappe.throw(_("The home {0} is not asked in this survey.").format(unit), frappe.DoesNotExistError)
		if len(names) > 1:
			frappe.throw(_("Several residents of {0} are asked. Choose the resident, too.").format(unit))
		return f"{links.PAGE}/{links.token_of(names[0])}"


def rule_questions(rows: list) -> list[dict]:
	"""The questions as `survey_rules` takes them."""
	return [
		{
			"code": row.question_code,
			"question": row.question,
			"kind": row.kind,
			"required": bool(row.required),
			"item": row.item or "",
			"scale_max": int(row.scale_max or survey_rules.SCALES[0]),
			"choices": survey_rules.lines(row.choices),
			"rows": survey_rules.lines(row.matrix_rows),
			"show_when": (row.show_when or "").strip(),
			"show_values": survey_rules.lines(row.show_values),
		}
		for row in rows
	]


def number_questions(doc) -> None:
	"""Number the questions q1, q2, … in their order and check that each can be answered; of a survey or template."""
	if not doc.questions:
		frappe.throw(_("Add at least one question, or choose a template."), NoQuestions)
	for number, row in enumerate(doc.questions, 1):
		row.question_code = f"q{number}"
	questions = rule_questions(doc.questions)
	for question in questions:
		choices = question["kind"] in (survey_rules.SINGLE, survey_rules.MULTIPLE)
		if (choices and len(question["choices"]) < 2) or (
			question["kind"] == survey_rules.MATRIX and not question["rows"]
		):
			frappe.throw(_("Enter the choices or rows of: {0}").format(question["question"]), InvalidQuestion)
	try:
		survey_rules.check_logic(questions)
	except survey_rules.LogicError as error:
		frappe.throw(
			_("“{0}” is shown by an answer that no earlier question has. Correct “Show When”.").format(error.question),
			InvalidQuestion,
		)
