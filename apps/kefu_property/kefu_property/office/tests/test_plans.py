"""Goals that roll up, summaries, proposals and cooperation (S1, R1 to R5)."""

from decimal import Decimal

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, today
from frappe.www.printview import get_html_and_style

from kefu_property.office import exceptions_desk as errors
from kefu_property.office import goals, jobs_desk
from kefu_property.office.report.goal_progress import goal_progress
from kefu_property.office.report.goals_by_person import goals_by_person
from kefu_property.office.report.proposal_results import proposal_results
from kefu_property.suite.approval import SelfApproval
from tests.factories.billing import make_billed_home, pay
from tests.factories.office_desk import approve, make_people
from tests.factories.registry import make_project
from tests.factories.users import as_role, as_user

AGENT = "CS Agent"


@pytest.fixture
def project():
	return make_project().name


def new_goal(project: str, title: str = "Goal", **values):
	values = {
		"period_kind": "Month",
		"starts_on": "2031-05-10",
		"responsible": frappe.session.user,
		"target": 10,
		"unit": "visits",
	} | values
	return frappe.get_doc({"doctype": "Work Goal", "project": project, "title": title, **values})


def goal_in_force(project: str, title: str = "Goal", **values):
	with as_role(AGENT, project=project):
		goal = new_goal(project, title, **values).insert()
		goal = approve(goal)
	return goal


def test_progress_rolls_up_from_month_to_year(project):
	year = goal_in_force(project, "Year", period_kind="Year", source="From Parts", target=0)
	quarter = goal_in_force(project, "Q2", period_kind="Quarter", source="From Parts", parent_goal=year.name, target=0)
	may = goal_in_force(project, "May", parent_goal=quarter.name, weight=3)
	june = goal_in_force(project, "June", parent_goal=quarter.name, starts_on="2031-06-02", weight=1)
	assert (str(may.starts_on), str(may.ends_on)) == ("2031-05-01", "2031-05-31")
	frappe.get_doc("Work Goal", may.name).report_progress(8, "Eight done")
	assert frappe.db.get_value("Work Goal", quarter.name, "progress") == 60  # 3 × 80 and 1 × 0 of 4
	frappe.get_doc("Work Goal", june.name).report_progress(10)
	assert frappe.db.get_value("Work Goal", year.name, "progress") == 85
	assert frappe.db.get_value("Work Goal", june.name, "tone") == "Achieved"
	rows = goal_progress.execute({"project": project, "year": 2031})[1]
	assert [(row["title"], row["indent"]) for row in rows] == [("Year", 0), ("Q2", 1), ("May", 2), ("June", 2)]
	html = get_html_and_style("Work Goal", quarter.name, print_format="Work Plan Sheet")["html"]
	assert "May" in html and "June" in html


def test_a_goal_is_no_part_of_itself_and_lies_in_its_period(project):
	year = new_goal(project, "Year", period_kind="Year", source="From Parts").insert()
	quarter = new_goal(project, "Quarter", period_kind="Quarter", parent_goal=year.name, source="From Parts").insert()
	same = new_goal(project, "Same", period_kind="Quarter", parent_goal=quarter.name, source="From Parts").insert()
	quarter.parent_goal = same.name
	with pytest.raises(errors.CircularGoal):
		quarter.save()
	with pytest.raises(errors.WrongPeriod):
		new_goal(project, period_kind="Year", parent_goal=quarter.name).insert()
	with pytest.raises(errors.WrongPeriod):
		new_goal(project, starts_on="2031-01-01", parent_goal=quarter.name).insert()
	with pytest.raises(errors.TargetMissing):
		new_goal(project, target=0).insert()
	with pytest.raises(errors.TargetMissing):
		new_goal(project, source="Measured", measure="nothing").insert()
	with pytest.raises(errors.WrongProject):
		new_goal(make_project().name, parent_goal=year.name).insert()


def test_a_measured_goal_takes_its_figure_from_the_suite():
	project, _home, resident, (bill,) = make_billed_home()
	start = str(bill.due_date)
	goal = goal_in_force(
		project,
		"Collection",
		period_kind="Month",
		starts_on=start,
		source="Measured",
		measure="collection_rate",
		target=50,
	)
	assert goal.unit == "visits" and goal.measure_title == "Collection Rate"
	assert goals.refresh(project, on=bill.due_date) == 1
	pay(resident, str(bill.total), [(bill.name, str(bill.total))], posting_date=start)
	goals.refresh(project, on=bill.due_date)
	assert frappe.db.get_value("Work Goal", goal.name, ["actual", "progress", "tone"]) == (100, 100, "Achieved")


def test_what_was_approved_stays_and_only_the_responsible_reports(project):
	one, other = make_people(project, 2)
	with as_user(one):
		goal = new_goal(project, responsible=one).insert()
		apply_workflow(goal, "Submit for Approval")
	with as_role("CS Supervisor", project=project):
		goal = apply_workflow(frappe.get_doc("Work Goal", goal.name), "Approve")
		goal.target = 5
		with pytest.raises(errors.GoalFrozen):
			goal.save()
	with as_user(other), pytest.raises(errors.NotYourGoal):
		frappe.get_doc("Work Goal", goal.name).report_progress(3)
	with as_user(one):
		assert frappe.get_doc("Work Goal", goal.name).report_progress(3) == 30
	with as_role("CS Supervisor", project=project):
		apply_workflow(frappe.get_doc("Work Goal", goal.name), "Close Goal")
	with as_user(one), pytest.raises(errors.GoalFrozen):
		frappe.get_doc("Work Goal", goal.name).report_progress(4)


def test_the_summary_of_the_week_is_prepared_and_read(project):
	(one,) = make_people(project, 1)
	goal = goal_in_force(project, "Calls", period_kind="Week", starts_on="2031-05-07", responsible=one)
	assert jobs_desk.prepare_summaries("2031-05-09") >= 1
	assert jobs_desk.prepare_summaries("2031-05-09") == 0, "once"
	name = frappe.db.get_value("Work Summary", {"project": project, "staff": one})
	summary = frappe.get_doc("Work Summary", name)
	assert str(summary.starts_on) == "2031-05-05"
	assert [row.goal for row in summary.goals] == [goal.name]
	assert any(row.label == "Collection Rate" for row in summary.figures)
	with as_user(one):
		summary.goals[0].comment = "Two owners were away"
		summary.done_text = "Calls"
		summary.save()
		summary.fill_again()
		assert summary.goals[0].comment == "Two owners were away"
		with pytest.raises(errors.SummaryExists):
			frappe.get_doc(
				{"doctype": "Work Summary", "project": project, "period_kind": "Week", "starts_on": "2031-05-06"}
			).insert()
		apply_workflow(summary, "Submit for Approval")
	with as_role("CS Supervisor", project=project):
		assert apply_workflow(frappe.get_doc("Work Summary", name), "Approve").workflow_state == "Reviewed"
		row = goals_by_person.execute({"project": project, "day": "2031-05-09"})[1][0]
	assert (row["person"], row["goals"], row["summary"]) == (one, 1, name)
	assert "Two owners were away" in get_html_and_style("Work Summary", name, print_format="Work Summary Sheet")["html"]


def test_a_proposal_is_voted_on_answered_and_carried_out(project):
	proposer, voter = make_people(project, 2)
	values = {
		"doctype": "Work Proposal",
		"project": project,
		"subject": "Parcel shelf",
		"reason": "Full",
		"content": "More",
	}
	with as_user(proposer):
		proposal = frappe.get_doc(values).insert()
		apply_workflow(proposal, "Submit for Review")
		with pytest.raises(errors.VotingClosed):
			frappe.get_doc("Work Proposal", proposal.name).vote("For")
	get = lambda: frappe.get_doc("Work Proposal", proposal.name)
	with as_user(voter):
		assert get().vote("Against") == {"for": 0, "against": 1}
		assert get().vote("For", "Good") == {"for": 1, "against": 0}
	with as_role("CS Supervisor", project=project):
		apply_workflow(get(), "Review")
	with as_role("Office Director", project=project):
		with pytest.raises(errors.AnswerMissing):
			apply_workflow(get(), "Adopt")
		doc = get()
		doc.update({"answer": "Yes", "responsible": voter, "due_on": add_days(today(), 30), "reward": 200})
		doc.save()
		apply_workflow(get(), "Adopt")
	assert frappe.db.exists("ToDo", {"reference_name": proposal.name, "allocated_to": voter})
	with as_user(voter):
		with pytest.raises(errors.VotingClosed):
			get().vote("Against")
		with pytest.raises(errors.ResultMissing):
			apply_workflow(get(), "Report Result")
		doc = get()
		doc.reward = 5000
		with pytest.raises(errors.VotingClosed):
			doc.save()
		doc = get()
		doc.result = "Two shelves more"
		doc.save()
		assert apply_workflow(get(), "Report Result").workflow_state == "Carried Out"
	row = proposal_results.execute({"project": project})[1][0]
	assert (row["proposals"], row["adopted"], row["done"], row["votes"], row["reward"]) == (
		1,
		1,
		1,
		1,
		Decimal("200.00"),
	)
	html = get_html_and_style("Work Proposal", proposal.name, print_format="Work Proposal Sheet")["html"]
	assert "Parcel shelf" in html


def test_the_proposer_does_not_decide(project):
	with as_role("CS Supervisor", "Office Director", project=project):
		proposal = frappe.get_doc(
			{"doctype": "Work Proposal", "project": project, "subject": "A", "reason": "B", "content": "C"}
		).insert()
		apply_workflow(proposal, "Submit for Review")
		with pytest.raises((SelfApproval, frappe.ValidationError)):
			apply_workflow(frappe.get_doc("Work Proposal", proposal.name), "Review")


def test_a_request_to_another_department_is_answered_or_escalated(project):
	asker, asked = make_people(project, 2)
	director = "Office Director"
	with as_role(director, project=project):
		pass
	new = {
		"doctype": "Cooperation Request",
		"project": project,
		"subject": "Lights",
		"to_department": "Engineering",
		"to_staff": asked,
		"request": "Repair",
	}
	with as_user(asker):
		late = frappe.get_doc({**new, "due_on": add_days(today(), -1)}).insert()
		with pytest.raises(errors.DueDate):
			apply_workflow(late, "Send Request")
		request = frappe.get_doc({**new, "due_on": today()}).insert()
		apply_workflow(request, "Send Request")
	get = lambda: frappe.get_doc("Cooperation Request", request.name)
	told = lambda: frappe.db.count("Notification Log", {"document_name": request.name})
	before = told()
	assert jobs_desk.escalate_cooperation(add_days(today(), 1)) >= 1
	assert told() == before + 2, "both sides"
	jobs_desk.escalate_cooperation(add_days(today(), 2))
	assert told() == before + 2
	jobs_desk.escalate_cooperation(add_days(today(), 5))
	assert told() == before + 3, "the director"
	with as_user(asker):
		doc = get()
		doc.answer, doc.promised_on = "Me", today()
		doc.save()
		with pytest.raises(errors.NotYourGoal):
			apply_workflow(get(), "Promise")
	with as_user(asked):
		doc = get()
		doc.answer = ""
		doc.save()
		with pytest.raises(errors.AnswerMissing):
			apply_workflow(get(), "Promise")
		doc = get()
		doc.answer, doc.promised_on = "Tomorrow", add_days(today(), 1)
		doc.save()
		apply_workflow(get(), "Promise")
		with pytest.raises(errors.NotYourGoal):
			apply_workflow(get(), "Close")
	with as_user(asker):
		assert apply_workflow(get(), "Close").workflow_state == "Closed"
	html = get_html_and_style("Cooperation Request", request.name, print_format="Cooperation Letter")["html"]
	assert "Tomorrow" in html
