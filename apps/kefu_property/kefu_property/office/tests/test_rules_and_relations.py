"""Rules with versions, acknowledgement and breaches (D13); external organisations, commitments and plan (D30)."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, today

from kefu_property.office import paper_exceptions as errors
from kefu_property.office import paper_jobs, paper_rules
from kefu_property.office.report.external_commitments_due import external_commitments_due
from kefu_property.office.report.rules_not_acknowledged import rules_not_acknowledged
from tests.factories.office_papers import make_organisation, make_rule, new_version, publish_rule
from tests.factories.registry import make_project
from tests.factories.users import as_role, as_user, make_user

CLERK, SUPERVISOR, DIRECTOR = "Office Clerk", "CS Supervisor", "Office Director"
QUIZ = [{"question": "Who keeps the seal?", "answers": "The director\nThe keeper", "right_answer": 2}]


@pytest.fixture
def project():
	return make_project().name


def alerts(user: str, name: str) -> int:
	return frappe.db.count("Notification Log", {"for_user": user, "document_name": name})


def technician(project: str) -> str:
	return make_user("Technician", projects=(project,), email=f"tech-{project.lower()}@test.kefu.example")


def test_staff_acknowledge_a_rule_by_answering_its_quiz(project):
	user = technician(project)
	version = publish_rule(project, make_rule(), audience=[{"role": "Technician"}], quiz=QUIZ)
	assert (version.force, alerts(user, version.name)) == ("In Force", 1)
	with as_user(user):
		doc = frappe.get_doc("Rule Version", version.name)
		assert doc.my_acknowledgement() == "To Be Acknowledged"
		assert "right_answer" not in str(doc.questions())
		assert doc.acknowledge("[1]") == [1]
		assert doc.acknowledge([]) == [1]
		assert doc.my_acknowledgement() == "To Be Acknowledged"
		assert doc.acknowledge([2]) == []
		assert doc.my_acknowledgement() == "Acknowledged"
	row = frappe.get_doc("Rule Acknowledgement", {"rule_version": version.name, "user": user})
	assert (row.attempts, row.project) == (3, project)
	with as_role("Cashier", project=project), pytest.raises(errors.NotAReader):
		frappe.get_doc("Rule Version", version.name).acknowledge([2])


def test_the_solutions_of_a_quiz_are_not_told_to_the_staff(project):
	version = publish_rule(project, make_rule(), audience=[{"role": "Technician"}], quiz=QUIZ)
	with as_user(technician(project)):
		doc = frappe.get_doc("Rule Version", version.name)
		doc.apply_fieldlevel_read_permissions()
	assert not doc.quiz[0].get("right_answer")


def test_a_new_version_takes_effect_on_its_day_and_supersedes_the_old_one(project):
	user, rule = technician(project), make_rule()
	first = publish_rule(project, rule, audience=[{"role": "Technician"}])
	later = add_days(today(), 5)
	second = publish_rule(project, rule, audience=[{"role": "Technician"}], effective_from=later)
	assert (second.version, second.force) == (2, "Not Yet in Force")
	paper_rules.put_in_force(add_days(today(), 4))
	assert frappe.db.get_value("Rule Version", first.name, "force") == "In Force"
	paper_rules.put_in_force(later)
	paper_rules.put_in_force(later)
	force = dict(frappe.get_all("Rule Version", filters={"rule": rule.name}, fields=["name", "force"], as_list=True))
	assert force == {first.name: "Superseded", second.name: "In Force"}
	assert frappe.db.get_value("Company Rule", rule.name, "current_version") == second.name
	states = dict(
		frappe.get_all("Rule Acknowledgement", filters={"user": user}, fields=["rule_version", "status"], as_list=True)
	)
	assert (states[first.name], states[second.name]) == ("No Longer Needed", "To Be Acknowledged")
	with as_role(DIRECTOR, project=project), pytest.raises(errors.RuleChanged):
		frappe.get_doc("Rule Version", second.name).cancel()


def test_new_staff_are_asked_and_the_slow_are_reminded_and_reported(project):
	version = publish_rule(project, make_rule(), audience=[{"role": "Technician"}])
	user = technician(project)
	paper_rules.put_in_force(today())
	assert frappe.db.exists("Rule Acknowledgement", {"rule_version": version.name, "user": user})
	day = add_days(today(), 10)
	before = alerts(user, version.name)
	paper_rules.remind(day)
	paper_rules.remind(day)
	assert alerts(user, version.name) == before + 1
	with as_role(SUPERVISOR, project=project):
		rows = rules_not_acknowledged.execute({"project": project, "user": user})[1]
	assert [(row.rule_version, row.reminders) for row in rows if row.rule_version == version.name] == [
		(version.name, 1)
	]


@pytest.mark.parametrize(("answers", "right"), [("Only one", 1), ("One\nTwo", 0), ("One\nTwo", 3), ("One\n\n", 1)])
def test_a_quiz_without_a_solution_is_refused(answers, right):
	quiz = [{"question": "Which?", "answers": answers, "right_answer": right}]
	with pytest.raises(errors.QuizInvalid):
		new_version(make_rule(), quiz=quiz).insert()


def test_a_breach_is_approved_with_the_persons_statement(project):
	rule, user = make_rule(), technician(project)
	version = publish_rule(project, rule, audience=[{"role": "Technician"}], effective_from="2026-01-01")
	values = {
		"doctype": "Rule Breach",
		"project": project,
		"rule": rule.name,
		"user": user,
		"occurred_on": today(),
		"facts": "The key was lent without a slip.",
		"measure": "Verbal Warning",
	}
	with as_role(SUPERVISOR, project=project):
		with pytest.raises(errors.WrongDates):
			frappe.get_doc({**values, "occurred_on": "2025-12-31"}).insert()
		with pytest.raises(errors.MeasureMissing):
			frappe.get_doc({**values, "measure": "Penalty Points"}).insert()
		doc = apply_workflow(frappe.get_doc(values).insert(), "Submit for Approval")
		assert doc.rule_version == version.name
	with as_role(DIRECTOR, project=project), pytest.raises(errors.MeasureMissing):
		apply_workflow(doc, "Approve")
	doc = frappe.get_doc("Rule Breach", doc.name)
	doc.db_set("statement", "I forgot it.")
	with as_role(DIRECTOR, project=project):
		apply_workflow(frappe.get_doc("Rule Breach", doc.name), "Approve")
	assert alerts(user, doc.name) == 1


def test_visits_set_the_next_one_and_a_due_visit_is_told(project):
	user = technician(project)
	organisation = make_organisation(project, responsible=user, visit_days=30)
	with as_role(CLERK, project=project):
		for day in ("2026-03-01", "2026-02-01"):
			visit = frappe.get_doc(
				{
					"doctype": "External Visit",
					"project": project,
					"organisation": organisation.name,
					"subject": "Fire safety",
					"held_on": day,
					"our_people": "Li",
					"notes": "Talked about the fire lane.",
				}
			).insert()
	row = frappe.db.get_value("External Organisation", organisation.name, ["last_visit", "next_visit"])
	assert [str(day) for day in row] == ["2026-03-01", "2026-03-31"]
	paper_jobs.remind_visits("2026-04-01")
	paper_jobs.remind_visits("2026-04-02")
	assert alerts(user, organisation.name) == 1
	with pytest.raises(errors.WrongProject):
		frappe.copy_doc(visit).update({"project": make_project().name}).insert()
	with pytest.raises(errors.WrongDates):
		frappe.copy_doc(visit).update({"held_on": add_days(today(), 1)}).insert()


def test_a_commitment_is_followed_until_it_is_fulfilled(project):
	user = technician(project)
	with as_role(CLERK, project=project):
		doc = frappe.get_doc(
			{
				"doctype": "External Commitment",
				"project": project,
				"organisation": make_organisation(project).name,
				"commitment": "Mark the fire lane",
				"responsible": user,
				"due_on": "2026-03-10",
			}
		).insert()
	director = make_user(DIRECTOR, projects=(project,), email=f"dir-{project.lower()}@test.kefu.example")
	paper_jobs.remind_commitments("2026-03-06")
	assert alerts(user, doc.name) == 0
	paper_jobs.remind_commitments("2026-03-08")
	paper_jobs.remind_commitments("2026-03-08")
	assert (alerts(user, doc.name), alerts(director, doc.name)) == (1, 0)
	paper_jobs.remind_commitments("2026-03-11")
	assert (alerts(user, doc.name), alerts(director, doc.name)) == (2, 1)
	with as_role(SUPERVISOR, project=project):
		rows = external_commitments_due.execute({"project": project})[1]
		assert [row.name for row in rows] == [doc.name]
		doc = frappe.get_doc("External Commitment", doc.name)
		with pytest.raises(errors.CommitmentOpen):
			doc.close(" ")
		doc.close("Marked in yellow.")
		with pytest.raises(errors.CommitmentOpen):
			doc.close("Again")
	assert doc.status == "Fulfilled"


def test_the_yearly_plan_counts_what_was_carried_out(project):
	organisation, other = make_organisation(project), make_organisation(project)
	values = {
		"doctype": "Relations Plan",
		"project": project,
		"plan_year": 2026,
		"goals": "Good relations",
		"items": [
			{"organisation": organisation.name, "activity": "Visit", "planned_month": 3, "cost": 300},
			{"organisation": other.name, "activity": "Drill", "planned_month": 6, "cost": 1200.5},
		],
	}
	with as_role(CLERK, project=project):
		plan = apply_workflow(frappe.get_doc(values).insert(), "Submit for Approval")
		with pytest.raises(errors.PlanExists):
			frappe.get_doc(values).insert()
		with pytest.raises(errors.WrongDates):
			frappe.get_doc(
				{**values, "plan_year": 2027, "items": [{**values["items"][0], "planned_month": 13}]}
			).insert()
	with as_role(DIRECTOR, project=project):
		plan = apply_workflow(plan, "Approve")
	assert (plan.planned, plan.carried_out, str(plan.total_cost)) == (2, 0, "1500.50")
	with as_role(CLERK, project=project):
		visit = frappe.get_doc(
			{
				"doctype": "External Visit",
				"project": project,
				"organisation": organisation.name,
				"subject": "Visit",
				"held_on": "2026-03-03",
				"our_people": "Li",
				"notes": "Done",
			}
		).insert()
		plan = frappe.get_doc("Relations Plan", plan.name)
		with pytest.raises(errors.WrongProject):
			plan.carry_out(plan.items[1].name, visit.name)
		plan.carry_out(plan.items[0].name, visit.name)
	assert (plan.carried_out, frappe.db.get_value("External Visit", visit.name, "plan")) == (1, plan.name)
