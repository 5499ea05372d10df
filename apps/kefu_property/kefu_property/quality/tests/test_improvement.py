"""Objectives, risks, audits, nonconformities and the management review (D18)."""

import io
import json
from datetime import date
from decimal import Decimal

import frappe
import pytest
from frappe.utils import add_days, add_months, getdate, today
from frappe.www.printview import get_html_and_style
from pypdf import PdfReader

from kefu_property.quality import audits, corrective, jobs, objectives, registers, reviews
from kefu_property.quality import exceptions as errors
from kefu_property.quality.doctype.audit_area.audit_area import add_usual
from kefu_property.suite import state
from tests.factories.quality import (
	Staff,
	act,
	approve_version,
	check,
	insert,
	make_area,
	make_document,
	make_nonconformity,
	make_objective,
	make_version,
	plan,
	step,
	told,
	upload,
)
from tests.factories.registry import make_project
from tests.factories.users import as_role, as_user

SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def project():
	return make_project().name


@pytest.fixture
def people(project):
	return Staff(project)


@pytest.fixture
def area(project, people):
	return make_area(project, responsible=people.lead, members=(people.technician,))


@pytest.fixture
def all_on(site):
	"""Which modules are on is kept in the cache as well, where nothing is rolled back."""
	yield
	frappe.db.rollback()
	state.forget()


def complaint(project: str, day: str) -> None:
	insert(
		"Complaint", project=project, subject="Noise", description="Loud", source="Phone", reporter_name="Wang"
	).db_set("received_on", f"{day} 09:00:00")


# --- objectives ------------------------------------------------------------------------------------------------------------


def test_an_objective_is_measured_from_live_figures(project, people, area):
	objective = make_objective(people, project, area=area.name, clause="ISO 9001 9.1.2")
	for day in ("2026-09-02", "2026-09-30", "2026-09-15", "2026-08-31"):
		complaint(project, day)
	assert objectives.figure(objective, SEPTEMBER)[0] == 3
	with as_user(people.supervisor):
		name = objectives.measure_now(objective.name, "2026-09-20")
	result = frappe.get_doc("Quality Objective Result", name)
	assert (result.month, result.value, result.target, result.outcome, result.by_hand) == (SEPTEMBER, 3, 2, "Missed", 0)
	assert result.inputs == "complaints = 3.00" and told(people.lead, name) == 1
	assert frappe.db.get_value("Quality Objective", objective.name, "attained") == "Missed"
	assert [row["outcome"] for row in objectives.trend(objective.name)] == ["Missed"]
	with as_user(people.supervisor):
		nonconformity = result.raise_nonconformity()
		assert result.raise_nonconformity() == nonconformity
	report = frappe.get_doc("Nonconformity Report", nonconformity)
	assert (report.source, report.area, report.responsible, report.status) == (
		"Objective Missed",
		area.name,
		people.lead,
		"Draft",
	)
	complaint(project, "2026-09-16")
	objectives.measure(objective.name, SEPTEMBER)
	assert frappe.db.get_value(result.doctype, name, "value") == 3, "a figure with a nonconformity stays"


def test_the_job_measures_each_month_once(project, people):
	objective = make_objective(people, project, span="Year to Date", target=100)
	complaint(project, "2026-02-03")
	assert objectives.measure_due("2026-04-10") >= 3
	rows = objectives.history(objective.name)
	assert [(row.month.month, row.value) for row in rows] == [(1, 0), (2, 1), (3, 1)]
	objectives.measure_due("2026-04-10")
	assert len(objectives.history(objective.name)) == 3
	draft = make_objective(people, project, approve=False)
	objectives.measure_due("2026-04-10")
	assert not objectives.history(draft.name)


def test_nothing_to_measure_is_no_failure(project, people):
	objective = make_objective(people, project, formula="100 * complaints / repairs", target=5)
	assert objectives.figure(objective, SEPTEMBER) == (None, {"complaints": 0, "repairs": 0})
	result = frappe.get_doc("Quality Objective Result", objectives.measure(objective.name, SEPTEMBER))
	assert result.outcome == "Not Measured"
	assert objectives.trend(objective.name)[0]["value"] is None
	other = make_objective(people, project, formula="satisfaction", direction="At Least", target=90)
	assert objectives.figure(other, SEPTEMBER)[0] is None


def test_a_figure_of_a_module_that_is_off(project, people, all_on):
	objective = make_objective(people, project)
	state.disable("service_desk")
	assert objectives.figure(objective, SEPTEMBER) == (None, {})


@pytest.mark.parametrize(
	"formula",
	[
		"complaints +",
		"__import__('os').system('id')",
		"complaints.__class__",
		"salaries",
		"complaints ** 9",
		"1e400",
		"complaints" + " + 1" * 80,
		"[complaints]",
	],
)
def test_only_arithmetic_over_measures_is_a_formula(project, people, formula):
	with pytest.raises((errors.WrongFormula, frappe.CharacterLengthExceededError)):
		make_objective(people, project, approve=False, formula=formula)


@pytest.mark.parametrize(
	"values",
	[
		{"year": 26},
		{"target": "1e309"},
		{"target": float("nan")},
		{"clause": "ISO 14001 6.1.2"},
	],
)
def test_an_objective_that_is_not_in_order_is_refused(project, people, values):
	with pytest.raises((errors.WrongObjective, errors.WrongFormula)):
		make_objective(people, project, approve=False, **values)


def test_figures_by_hand(project, people):
	objective = make_objective(people, project, formula="", direction="At Least", target=95, unit="%")

	def enter(month: str, value, **values):
		with as_user(people.lead):
			return frappe.get_doc(
				{"doctype": "Quality Objective Result", "objective": objective.name, "month": month, "value": value}
				| values
			).insert()

	result = enter("2026-09-17", 96.5)
	assert (result.month, result.outcome, result.by_hand) == (SEPTEMBER, "Attained", 1)
	with pytest.raises(errors.WrongObjective, match="already"):
		enter("2026-09-01", 1)
	for month, value in (("2099-01-01", 1), ("2025-12-01", 1), ("2026-08-01", "1e309")):
		with pytest.raises(errors.WrongObjective):
			enter(month, value)
	assert objectives.remind("2026-10-05") >= 0 and not told(people.lead, objective.name)
	objectives.remind("2026-09-05")
	assert told(people.lead, objective.name) == 1
	measured = make_objective(people, project)
	with pytest.raises(errors.WrongObjective, match="formula"), as_user(people.supervisor):
		insert("Quality Objective Result", objective=measured.name, month="2026-08-01", value=0)


# --- risks and aspects -----------------------------------------------------------------------------------------------------


def risk(project: str, responsible: str, **values):
	return insert(
		"Management Risk",
		project=project,
		risk_title="Lift stands still",
		description="Old parts",
		responsible=responsible,
		review_on=add_months(today(), 6),
		**values,
	)


def test_a_high_risk_is_treated_and_reviewed(project, people, area):
	with pytest.raises(errors.NotTreated):
		risk(project, people.lead, likelihood="4", severity="4")
	with pytest.raises(errors.NotTreated, match="accepted"):
		risk(project, people.lead, likelihood="4", severity="5", treatment="Accept")
	doc = risk(
		project,
		people.lead,
		likelihood="4",
		severity="4",
		area=area.name,
		treatment="Reduce",
		measures=[{"measure": "New rope", "responsible": people.technician, "due_on": today()}],
		residual_likelihood="1",
		residual_severity="4",
	)
	assert (doc.score, doc.level, doc.residual_level, doc.status) == (16, "High", "Low", "Under Treatment")
	registers.remind(add_days(today(), 1))
	assert told(people.technician, doc.name) == 1
	with as_user(people.lead):
		doc = frappe.get_doc(doc.doctype, doc.name)
		with pytest.raises(errors.NotTreated, match="Finish"):
			doc.review("Seen", add_months(today(), 3), 1)
		doc.reload()
		doc.measures[0].done_on = today()
		doc.save()
		assert doc.status == "Controlled"
		with pytest.raises(errors.WrongPeriod):
			doc.review("Seen", today())
		doc.review("Rope changed", add_months(today(), 3))
	assert (doc.reviews[0].reviewed_by, doc.reviews[0].note) == (people.lead, "Rope changed")
	assert doc.review_on == add_months(today(), 3) or getdate(doc.review_on) == getdate(add_months(today(), 3))
	registers.remind(getdate(doc.review_on))
	assert told(people.lead, doc.name) == 1
	with as_user(people.lead):
		doc.review("Gone", add_months(today(), 6), 1)
	assert doc.status == "Closed"


@pytest.mark.parametrize("marks", [("0", "3"), ("3", "6"), ("x", "1"), ("", "1")])
def test_marks_are_from_one_to_five(project, people, marks):
	with pytest.raises((errors.WrongMark, frappe.MandatoryError, frappe.ValidationError)):
		risk(project, people.lead, likelihood=marks[0], severity=marks[1])


def test_treatment_does_not_make_a_risk_greater(project, people):
	with pytest.raises(errors.WrongMark, match="greater"):
		risk(project, people.lead, residual_likelihood="5", residual_severity="5")
	assert risk(project, people.lead, kind="Opportunity", likelihood="5", severity="5").status == "To Be Treated"


def test_a_significant_aspect_is_controlled(project, people):
	values = {
		"project": project,
		"activity": "Emergency generator",
		"aspect": "Diesel",
		"impact": "Soil",
		"responsible": people.lead,
		"review_on": add_months(today(), 12),
	}
	with pytest.raises(errors.NotTreated, match="control"):
		insert("Environmental Aspect", **values, severity="5")
	with pytest.raises((errors.NotTreated, frappe.MandatoryError)):
		insert("Environmental Aspect", **values, legal=1, control="Tray")
	doc = insert("Environmental Aspect", **values, severity="5", control="Tray below the tank")
	assert (doc.score, doc.significant) == (9, 1)
	with as_user(people.lead):
		doc = frappe.get_doc(doc.doctype, doc.name)
		doc.review("Generator sold", add_months(today(), 12), 1)
	assert doc.ended and doc.reviews
	assert not insert("Environmental Aspect", **values).significant


# --- audits ----------------------------------------------------------------------------------------------------------------


def programme(people, project: str, *lines: dict, user: str | None = None):
	with as_user(user or people.auditor):
		return frappe.get_doc(
			{
				"doctype": "Audit Programme",
				"project": project,
				"year": 2026,
				"programme_title": "Internal audits 2026",
				"lines": [{"standards": "ISO 45001", "planned_on": "2026-10-20", **line} for line in lines],
			}
		).insert()


def audit_of(people, area, **values):
	return insert(
		"Internal Audit",
		project=area.project,
		area=area.name,
		planned_on="2026-10-20",
		lead_auditor=people.auditor,
		auditee=people.lead,
		clauses=[{"clause": "ISO 9001 8.5.1"}, {"clause": "ISO 9001 7.2"}],
		**values,
	)


def test_the_year_s_programme_becomes_audits(project, people, area):
	other = make_area(project, "Customer Service", people.supervisor)
	doc = programme(people, project, {"area": area.name, "lead_auditor": people.auditor})
	with pytest.raises(errors.AuditIncomplete, match="Customer Service"):
		step(doc, people.auditor, "Submit for Approval")
	with as_user(people.auditor):
		doc = frappe.get_doc(doc.doctype, doc.name)
		doc.append(
			"lines",
			{"area": other.name, "planned_on": "2026-11-03", "lead_auditor": people.lead, "standards": "All Three"},
		)
		doc.save()
	doc = step(step(doc, people.auditor, "Submit for Approval"), people.director, "Approve")
	with as_user(people.auditor):
		names = audits.create_audits(doc.name)
		assert audits.create_audits(doc.name) == []
	audit = frappe.get_doc("Internal Audit", names[0])
	assert (audit.area, audit.lead_auditor, audit.auditee) == (area.name, people.auditor, people.lead)
	assert audit.clauses and {row.clause[:9] for row in audit.clauses} == {"ISO 45001"}
	doc.reload()
	assert [row.audit for row in doc.lines] == names
	audits.announce("2026-10-13")
	assert told(people.auditor, audit.name) == told(people.lead, audit.name) == 1
	with as_user(people.director), pytest.raises(errors.AuditIncomplete):
		frappe.get_doc(doc.doctype, doc.name).cancel()


def test_nobody_audits_their_own_work(project, people, area):
	with pytest.raises(errors.OwnWork, match="works in it"):
		audit_of(people, area, auditors=[{"user": people.technician}])
	with pytest.raises(errors.OwnWork, match="in charge"):
		audit_of(people, area, auditors=[{"user": people.lead}])
	with pytest.raises(errors.OwnWork):
		programme(people, project, {"area": area.name, "lead_auditor": people.lead})
	foreign = make_area(make_project().name, "Engineering")
	with pytest.raises(errors.OtherProject):
		programme(people, project, {"area": foreign.name, "lead_auditor": people.auditor})
	with pytest.raises(errors.WrongPeriod):
		programme(people, project, {"area": area.name, "lead_auditor": people.auditor, "planned_on": "2027-01-05"})


def test_findings_of_an_audit_become_nonconformities(project, people, area):
	audit = audit_of(people, area)
	with as_user(people.auditor):
		audit = frappe.get_doc(audit.doctype, audit.name)
		rows = audits.questions(json.dumps([row.clause for row in audit.clauses]))
		assert [row["clause"] for row in rows] == ["ISO 9001 7.2", "ISO 9001 8.5.1"]
		audit.extend("checks", rows)
		audit.save()
	audit = step(audit, people.auditor, "Start")
	with pytest.raises(errors.AuditIncomplete, match="day"):
		step(audit, people.auditor, "Submit for Approval")
	with as_user(people.auditor):
		audit = frappe.get_doc(audit.doctype, audit.name)
		audit.update({"held_on": today(), "conclusion": "The system works, with one gap."})
		audit.checks[0].result = "Conform"
		audit.save()
		with pytest.raises(errors.AuditIncomplete, match="open rows: 2"):
			step(audit, people.auditor, "Submit for Approval")
		audit.reload()
		audit.checks[1].result = "Major Nonconformity"
		with pytest.raises(errors.AuditIncomplete, match="evidence"):
			audit.save()
		audit.reload()
		audit.checks[1].result = "Major Nonconformity"
		audit.checks[1].evidence = "Three of five orders are not signed"
		audit.save()
	audit = step(step(audit, people.auditor, "Submit for Approval"), people.director, "Approve")
	assert (audit.docstatus, audit.conform, audit.major) == (1, 1, 1)
	report = frappe.get_doc("Nonconformity Report", audit.checks[1].nonconformity)
	assert (report.source, report.severity, report.clause, report.area, report.responsible, report.found_by) == (
		"Internal Audit",
		"Major",
		"ISO 9001 8.5.1",
		area.name,
		people.lead,
		people.auditor,
	)
	assert report.plan_due == getdate(add_days(today(), 7))
	html = get_html_and_style(doc=audit.doctype, name=audit.name, print_format="Internal Audit Report")["html"]
	assert report.name in html and "The system works" in html
	with as_user(people.director), pytest.raises(errors.AuditIncomplete):
		frappe.get_doc(audit.doctype, audit.name).cancel()


def test_usual_departments_are_added_once(project, people):
	with as_user(people.supervisor):
		assert len(add_usual(project)) == 6
		assert add_usual(project) == []
	with as_user(people.technician), pytest.raises(frappe.PermissionError):
		add_usual(project)


# --- nonconformities -------------------------------------------------------------------------------------------------------


def test_a_nonconformity_is_closed_when_somebody_else_saw_the_effect(project, people, area):
	doc = step(make_nonconformity(people, area), people.auditor, "Issue")
	assert doc.next_due == getdate(add_days(today(), 15)) and told(people.lead, doc.name) == 1
	with pytest.raises(errors.NonconformityStep, match="cause"):
		step(doc, people.lead, "Submit Plan")
	doc = plan(doc, people)
	assert (doc.status, doc.plan_by) == ("Plan to Approve", people.lead)
	doc = step(doc, people.auditor, "Approve")
	assert (doc.status, doc.plan_approved_by) == ("In Action", people.auditor)
	assert doc.next_due == getdate(add_days(today(), 10)) and told(people.technician, doc.name) == 1
	with pytest.raises(errors.NonconformityStep, match="done"):
		step(doc, people.lead, "Report Done")
	doc = act(doc, people)
	assert doc.next_due == getdate(add_days(today(), 30))
	doc = check(doc, people.supervisor, "Confirm Effect")
	assert (doc.status, getdate(doc.closed_on), doc.next_due) == ("Closed", getdate(today()), None)
	assert [(row.effect, row.checked_by) for row in doc.checks] == [("Effective", people.supervisor)]
	html = get_html_and_style(doc=doc.doctype, name=doc.name, print_format="Nonconformity Sheet")["html"]
	assert "Train the staff" in html and "Five logs seen" in html


def test_what_did_not_help_is_reopened(project, people, area):
	doc = act(
		step(plan(step(make_nonconformity(people, area), people.auditor, "Issue"), people), people.auditor, "Approve"),
		people,
	)
	doc = check(doc, people.supervisor, "Not Effective", "Two logs without signature again")
	assert (doc.status, doc.round, doc.reopen_count) == ("Plan Due", 2, 1)
	with pytest.raises(errors.NonconformityStep, match="this round"):
		step(doc, people.lead, "Submit Plan")
	with as_user(people.lead):
		doc = frappe.get_doc(doc.doctype, doc.name)
		doc.actions[0].action = "Something else"
		with pytest.raises(errors.NonconformityLocked):
			doc.save()
		doc.reload()
		doc.actions = []
		with pytest.raises(errors.NonconformityLocked, match="stay"):
			doc.save()
	doc = plan(doc, people, action="Put the form on the wall")
	assert [row.round for row in doc.actions] == [1, 2]
	doc = check(act(step(doc, people.auditor, "Approve"), people), people.auditor, "Confirm Effect")
	assert [row.effect for row in doc.checks] == ["Not Effective", "Effective"] and doc.status == "Closed"


def test_the_own_action_is_approved_and_checked_by_others(project, people, area):
	doc = step(make_nonconformity(people, area, responsible=people.supervisor), people.auditor, "Issue")
	doc = plan(doc, people, people.supervisor)
	with pytest.raises(errors.NonconformityStep, match="Somebody else"):
		step(doc, people.supervisor, "Approve")
	doc = act(step(doc, people.second, "Approve"), people)
	with pytest.raises(errors.NonconformityStep, match="Somebody else"):
		check(doc, people.supervisor, "Confirm Effect")
	doc.reload()
	with pytest.raises(errors.NonconformityStep, match="what the check saw"):
		step(doc, people.second, "Confirm Effect") if not doc.effect_note else check(
			doc, people.second, "Confirm Effect", " "
		)
	assert check(doc, people.second, "Confirm Effect").status == "Closed"


def test_what_was_found_and_planned_stays(project, people, area):
	doc = step(make_nonconformity(people, area), people.auditor, "Issue")
	with as_user(people.lead):
		doc = frappe.get_doc(doc.doctype, doc.name)
		doc.severity = "Major"
		with pytest.raises(errors.NonconformityLocked, match="Grade"):
			doc.save()
	doc = plan(frappe.get_doc(doc.doctype, doc.name), people)
	doc = step(doc, people.auditor, "Approve")
	with as_user(people.lead):
		doc = frappe.get_doc(doc.doctype, doc.name)
		doc.actions[0].due_on = add_days(today(), 300)
		with pytest.raises(errors.NonconformityLocked, match="fixed"):
			doc.save()
		doc.reload()
		doc.append("actions", {"action": "More", "responsible": people.lead, "due_on": today()})
		with pytest.raises(errors.NonconformityLocked, match="Send the plan back"):
			doc.save()
	doc = step(doc, people.supervisor, "Change the Plan")
	assert doc.status == "Plan Due"
	with pytest.raises(errors.NonconformityLocked):
		doc.delete()
	with pytest.raises(errors.NonconformityStep, match="why"):
		step(doc, people.supervisor, "Cancel")


@pytest.mark.parametrize(
	"values", [{"found_on": "2099-01-01"}, {"evidence": "/files/none.png"}, {"clause": "ISO 9001 77"}]
)
def test_a_nonconformity_that_is_not_in_order_is_refused(project, people, area, values):
	with pytest.raises(frappe.ValidationError):
		make_nonconformity(people, area, **values)
	with pytest.raises(errors.OtherProject):
		make_nonconformity(people, area, project=make_project().name, user="Administrator")


def test_overdue_steps_are_told_of_until_the_director_hears(project, people, area):
	doc = step(make_nonconformity(people, area, plan_due=today()), people.auditor, "Issue")
	before = told(people.lead, doc.name)
	corrective.watch(today())
	assert told(people.lead, doc.name) == before, "due today is not overdue"
	corrective.watch(add_days(today(), 1))
	corrective.watch(add_days(today(), 2))
	assert told(people.lead, doc.name) == before + 1 and not told(people.director, doc.name)
	corrective.watch(add_days(today(), 8))
	assert told(people.director, doc.name) == 1


# --- management review -----------------------------------------------------------------------------------------------------


def review_of(people, project: str, **values):
	with as_user(people.supervisor):
		return frappe.get_doc(
			{
				"doctype": "Management Review",
				"project": project,
				"review_on": today(),
				"period_from": "2026-01-01",
				"period_to": add_days(today(), -1),
				"chair": people.director,
				"members": [{"user": people.lead, "post": "Engineering"}],
				**values,
			}
		).insert()


def test_the_review_collects_decides_and_follows(project, people, area):
	objective = make_objective(people, project)
	complaint(project, "2026-09-02")
	objectives.measure(objective.name, SEPTEMBER)
	step(make_nonconformity(people, area, severity="Major"), people.auditor, "Issue")
	approve_version(make_version(make_document(project), people.clerk), people)
	risk(project, people.lead, likelihood="3", severity="3", treatment="Accept")
	doc = review_of(people, project, period_to=today())
	with pytest.raises(errors.ReviewIncomplete, match="inputs"):
		step(doc, people.supervisor, "Submit for Approval")
	with as_user(people.supervisor):
		doc.collect()
	found = json.loads(doc.inputs)
	assert [(row["objective_title"], row["reached"], row["measured"]) for row in found["objectives"]] == [
		("Few complaints", 1, 1)
	]
	assert (found["nonconformities"]["found"], found["nonconformities"]["major"]) == (1, 1)
	figures = {row["name"]: row for row in found["figures"]}
	assert figures["complaints"]["value"] == "1" and figures["satisfaction"]["value"] is None
	assert (found["risks"]["levels"]["Medium"], found["documents"]["in_force"]) == (1, 1)
	with as_user(people.supervisor):
		doc.conclusion = "The systems suit us."
		doc.append(
			"decisions", {"decision": "Train twice a year", "responsible": people.lead, "due_on": add_days(today(), 30)}
		)
		doc.save()
		html = doc.show_inputs()
		assert "Few complaints" in html and "<svg" in html
	doc = step(step(doc, people.supervisor, "Submit for Approval"), people.director, "Approve")
	assert doc.docstatus == 1 and told(people.lead, doc.name) == 1
	with as_user(people.agent):
		reviews.pack(doc.name)
	text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(frappe.local.response.filecontent)).pages)
	assert "Train twice a year" in text and "The systems suit us." in text
	assert frappe.db.exists("File", {"attached_to_name": doc.name, "file_name": ["like", f"{doc.name}%"]})
	with as_user(people.supervisor), pytest.raises(errors.ReviewIncomplete):
		frappe.get_doc(doc.doctype, doc.name).collect()
	reviews.remind(add_days(today(), 31))
	assert told(people.lead, doc.name) == 2 and told(people.director, doc.name) == 1
	row = doc.decisions[0].name
	with as_user(people.agent), pytest.raises(frappe.PermissionError):
		frappe.get_doc(doc.doctype, doc.name).finish_decision(row, "Done")
	with as_user(people.lead):
		frappe.get_doc(doc.doctype, doc.name).finish_decision(row, "Both held")
		with pytest.raises(errors.ReviewIncomplete, match="already"):
			frappe.get_doc(doc.doctype, doc.name).finish_decision(row, "Again")
	following = reviews.collect(project, date(2026, 1, 1), getdate(today()))
	assert [(entry["decision"], entry["outcome"]) for entry in following["decisions"]] == [
		("Train twice a year", "Both held")
	]


@pytest.mark.parametrize(
	"values",
	[
		{"period_from": "2026-06-01", "period_to": "2026-05-01"},
		{"period_to": "2099-01-01"},
		{"period_from": "2010-01-01"},
	],
)
def test_the_period_of_a_review_is_in_order(project, people, values):
	with pytest.raises(errors.WrongPeriod):
		review_of(people, project, **values)


def test_what_people_wrote_is_no_markup_in_the_pack(project, people):
	make_objective(people, project, objective_title="<script>x</script>")
	doc = review_of(people, project)
	with as_user(people.supervisor):
		doc.collect()
		assert "<script>x" not in doc.show_inputs()


# --- who sees and writes what ----------------------------------------------------------------------------------------------


def test_the_auditor_of_hq_reads_all_projects_and_writes_audits(project, people, area):
	other = make_area(make_project().name, "Cleaning", people.lead)
	with as_user(people.auditor):
		for place in (area, other):
			audit = frappe.get_doc(
				{
					"doctype": "Internal Audit",
					"project": place.project,
					"area": place.name,
					"planned_on": today(),
					"lead_auditor": people.auditor,
					"auditee": people.lead,
					"clauses": [{"clause": "ISO 9001 9.2"}],
				}
			).insert()
			assert frappe.get_list("Internal Audit", {"name": audit.name})
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc({"doctype": "Quality Objective", "project": project}).insert()
	with as_user(people.supervisor):
		assert {row.project for row in frappe.get_list("Internal Audit", fields=["project"])} == {project}
	with as_user(people.agent), pytest.raises(frappe.PermissionError):
		frappe.get_doc({"doctype": "Internal Audit", "project": project, "area": area.name}).insert()


def test_the_daily_job_runs_with_nothing_to_do():
	assert set(jobs.daily_quality()) >= {"measured", "nonconformities", "decisions"}


def test_evidence_is_a_picture_or_a_pdf(project, people, area):
	with pytest.raises(frappe.ValidationError):
		make_nonconformity(people, area, evidence=upload(b"MZ\x90 program", "photo.png"))


def test_decimals_of_a_figure(project, people):
	objective = make_objective(people, project, formula="10 / 3 + 0 * complaints", target=3.33)
	assert objectives.figure(objective, SEPTEMBER)[0] == Decimal("3.33")


# --- reports, page, other modules ------------------------------------------------------------------------------------------


def test_reports_show_what_is_there(project, people, area):
	from kefu_property.quality.report.clause_coverage.clause_coverage import execute as coverage
	from kefu_property.quality.report.controlled_document_list.controlled_document_list import execute as documents
	from kefu_property.quality.report.corrective_action_ageing.corrective_action_ageing import execute as ageing
	from kefu_property.quality.report.findings_by_clause.findings_by_clause import GROUPS
	from kefu_property.quality.report.findings_by_clause.findings_by_clause import execute as findings
	from kefu_property.quality.report.objective_attainment.objective_attainment import execute as attainment
	from kefu_property.quality.report.risk_register.risk_register import execute as register

	document = make_document(project, clauses=[{"clause": "ISO 9001 8.5.1"}], area=area.name)
	approve_version(make_version(document, people.clerk, distribution=[{"user": people.agent}]), people)
	doc = step(
		make_nonconformity(people, area, found_on=add_days(today(), -40), plan_due=add_days(today(), -9)),
		people.auditor,
		"Issue",
	)
	objective = make_objective(people, project)
	objectives.measure(objective.name, SEPTEMBER)
	risk(project, people.lead, likelihood="3", severity="3")
	with as_user(people.supervisor):
		rows = {row.clause: row for row in coverage({"standard": "ISO 9001"})[1]}
		assert (rows["ISO 9001 8.5.1"].documents, rows["ISO 9001 8.5.1"].open_findings) == (1, 1)
		assert rows["ISO 9001 7.2"].gap and "ISO 9001 8.5.1" in {row.clause for row in coverage({"gaps_only": 1})[1]}
		(row,) = documents({})[1]
		assert (row.current_version_no, row.sent, row.unread) == ("A/0", 1, 1)
		(row,) = ageing({})[1]
		assert (row.name, row.days_overdue, row.age, row.band) == (doc.name, 9, 40, "31–60")
		for group in GROUPS:
			_columns, rows, _message, chart, _summary = findings({"group_by": group})
			assert [(row["total"], row["overdue"]) for row in rows] == [(1, 1)] and chart
		(row,) = attainment({"year": 2026})[1]
		assert (row.reached, row.measured, row["m9"], row.outcomes[9]) == (1, 1, "0", "Attained")
		_columns, rows, matrix, _chart, _summary = register({})
		assert [row.score for row in rows] == [9] and "<b>1</b>" in matrix
	with as_role("CS Supervisor", project=make_project().name):
		for execute in (documents, ageing, findings, attainment, register):
			assert execute({})[1] == []


def test_answers_of_an_audit_round_are_kept_one_by_one(project, people, area):
	from kefu_property.quality.page.audit_round import audit_round

	audit = audit_of(
		people, area, auditors=[{"user": people.clerk}], checks=[{"clause": "ISO 9001 7.2", "question": "Papers?"}]
	)
	row = audit.checks[0].name
	with as_user(people.clerk):
		assert [entry["name"] for entry in audit_round.mine()] == [audit.name]
		with pytest.raises(errors.AuditIncomplete, match="Start"):
			audit_round.answer(audit.name, row, "Conform", "")
	step(audit, people.auditor, "Start")
	with as_user(people.clerk):
		assert audit_round.load(audit.name)["editable"]
		with pytest.raises(errors.AuditIncomplete, match="evidence"):
			audit_round.answer(audit.name, row, "Minor Nonconformity", " ")
		with pytest.raises(frappe.ValidationError):
			audit_round.answer(audit.name, row, "Perfect", "")
		assert audit_round.answer(audit.name, row, "Conform", "Three seen") == {"answered": 1, "all": 1}
		with pytest.raises(errors.AuditIncomplete):
			audit_round.answer(audit.name, "other", "Conform", "")
	with as_user(people.agent), pytest.raises(frappe.PermissionError):
		audit_round.answer(audit.name, row, "Conform", "")
	with as_user(people.second):
		assert audit_round.mine() == []


def test_another_module_opens_one_nonconformity(project, people):
	from kefu_property.quality import api

	values = (project, "Complaint", "Lift again", "Third complaint this month", ("Property Project", project), "Major")
	name = api.open_nonconformity(*values)
	assert api.open_nonconformity(*values) == name
	doc = frappe.get_doc("Nonconformity Report", name)
	assert (doc.status, doc.severity, doc.reference_name) == ("Draft", "Major", project)
	with pytest.raises(frappe.ValidationError):
		step(doc, people.auditor, "Issue")
