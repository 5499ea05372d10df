"""Surveys from the draft to the archive: who is asked, who may answer, what is kept, what comes out (D10, S3, L14)."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, today
from frappe.www.printview import get_html_and_style

from kefu_property.suite.approval import SelfApproval, system_step
from kefu_property.survey import api, jobs, links, participation, results
from kefu_property.survey import exceptions as errors
from kefu_property.survey.page.survey_results import survey_results
from kefu_property.survey.portal import survey as page
from kefu_property.survey.portal import surveys as portal
from kefu_property.survey.report.satisfaction_by_item import satisfaction_by_item
from kefu_property.survey.report.survey_response_rate import survey_response_rate
from kefu_property.survey.setup import templates
from tests.factories.registry import make_home, make_occupancy, make_project, make_resident, make_unit
from tests.factories.survey import invitations, new_survey, open_survey, reply
from tests.factories.users import as_role, as_user, make_user

DESK = "CS Agent"


@pytest.fixture
def project():
	return make_project().name


@pytest.fixture
def homes(project):
	return [make_home(project, f"{building}-1-{room}") for building in (1, 2) for room in (101, 102, 103)]


def send(token: str, via: str = "", **given):
	return page.take(token, via, given)


def look(token: str):
	context = frappe._dict(rest=token)
	page.get_context(context)
	return context


# --- from the draft to the archive ------------------------------------------------------------------------------------


def test_a_survey_is_approved_by_somebody_else_before_it_is_published(project, homes):
	with as_role(DESK, project=project):
		doc = new_survey(project).insert()
		doc.status = "Open"
		with pytest.raises(frappe.ValidationError):
			doc.save()
		doc = apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Submit for Approval")
	both = make_user(DESK, "CS Supervisor", projects=(project,), email="survey-both@test.kefu.example")
	with as_user(both):
		own = apply_workflow(new_survey(project).insert(), "Submit for Approval")
		own.status = "Approved"
		with pytest.raises(SelfApproval):
			own.save()
	with as_role("CS Supervisor", project=project) as supervisor:
		doc = apply_workflow(doc, "Approve")
		assert doc.approved_by == supervisor
	assert not invitations(doc)
	with as_role(DESK, project=project):
		doc = apply_workflow(doc, "Publish")
	assert (doc.status, doc.invited, len(invitations(doc))) == ("Open", 6, 6)


def test_what_was_sent_for_approval_stays(project, homes):
	with as_role(DESK, project=project):
		doc = apply_workflow(new_survey(project).insert(), "Submit for Approval")
	with as_role("CS Supervisor", project=project):
		doc.questions[0].question = "Something else"
		with pytest.raises(errors.SurveyFrozen):
			doc.save()
		doc.reload()
		doc.anonymous = 0
		with pytest.raises(errors.SurveyFrozen):
			doc.save()
		doc.reload()
		doc.closes_on = add_days(today(), 20)
		doc.save()
		doc = apply_workflow(doc, "Reject")
	doc.questions[0].question = "Something else"
	doc.save()


def test_surveys_open_and_close_by_date(project, homes):
	doc = new_survey(project).insert()
	system_step(doc, "Approved")
	assert jobs.open_due() >= 1
	assert frappe.db.get_value(doc.doctype, doc.name, ["status", "invited"]) == ("Open", 6)
	reply(invitations(doc)[0])
	doc.reload()
	assert links.check_open(doc) is None
	doc.db_set("closes_on", add_days(today(), -1))
	assert jobs.close_due() >= 1
	row = frappe.db.get_value(doc.doctype, doc.name, ["status", "answered", "response_rate", "satisfaction"])
	assert row[:2] == ("Closed", 1)
	assert float(row[2]) == pytest.approx(16.67)
	assert jobs.close_due() == 0 or frappe.db.get_value(doc.doctype, doc.name, "status") == "Closed"


def test_a_survey_below_the_wanted_satisfaction_warns_and_needs_a_conclusion(project, homes):
	with as_role("Office Director", project=project) as director:
		pass
	doc = open_survey(project, anonymous=0, threshold=80)
	asked = invitations(doc)
	for invitation, value in zip(asked, ("5", "4", "3", "1"), strict=False):
		reply(invitation, q1=value, q2=["Slow"])
	with as_role("CS Supervisor", project=project):
		doc = apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Close")
		assert (float(doc.satisfaction), doc.below_threshold, doc.answered) == (50, 1, 4)
		assert frappe.db.exists("Notification Log", {"for_user": director, "document_name": doc.name})
		with pytest.raises(errors.ConclusionMissing):
			apply_workflow(doc, "Archive")
		doc.reload()
		doc.conclusion = "More staff at the gate."
		doc.save()
		doc = apply_workflow(doc, "Archive")
	file = frappe.get_doc("File", {"attached_to_name": doc.name})
	assert file.is_private
	assert file.get_content()[:4] in (b"%PDF", "%PDF")
	assert api.satisfaction(project, today(), add_days(today(), 30))["satisfaction"] == 50


# --- who is asked -----------------------------------------------------------------------------------------------------


def test_the_audience_follows_buildings_kind_of_home_and_residents(project, homes):
	make_home(project, "3-1-P01", unit_type="Parking")
	make_unit(project, "2-1-999")  # nobody lives there
	everybody = new_survey(project).insert()
	assert everybody.count_audience() == {"homes": 7, "people": 7}
	some = new_survey(project, unit_type="Dwelling", audience_buildings=[{"building": f"{project}-2"}]).insert()
	assert {row["unit"] for row in participation.audience(some)} == {home[0].name for home in homes[3:]}
	with pytest.raises(errors.WrongProject):
		other = make_home(make_project().name)[0]
		new_survey(project, audience_buildings=[{"building": other.building}]).insert()
	with pytest.raises(errors.NobodyToAsk):
		open_survey(make_project().name)


def test_a_sample_is_the_same_for_the_same_seed(project, homes):
	first, second = (new_survey(project, sample_percent=50, sample_seed="s1").insert() for _ in range(2))
	assert participation.audience(first) == participation.audience(second)
	assert len(participation.audience(first)) == 3
	for percent in (0, 101):
		with pytest.raises(errors.InvalidSample):
			new_survey(project, sample_percent=percent).insert()


def test_one_per_home_asks_the_payer_otherwise_everybody(project, homes):
	unit = homes[0][0]
	make_occupancy(unit, make_resident(project), relation="Family", is_payer=0)
	assert [row.resident for row in invitations(open_survey(project)) if row.unit == unit.name] == [homes[0][1].name]
	everybody = open_survey(project, one_per_home=0)
	assert len([row for row in invitations(everybody) if row.unit == unit.name]) == 2
	assert participation.invite(everybody) == 7  # twice changes nothing


def test_messages_go_out_once_and_reminders_only_to_those_who_are_silent(project):
	people = [make_home(project, f"1-1-10{number}") for number in range(2)]
	for number, (_unit, resident, _occupancy) in enumerate(people):
		resident.new_phone = f"1380000000{number}"
		resident.save()
	doc = open_survey(project, send_messages=1, reminders=1)
	assert participation.send_messages(doc.name) == 2
	assert participation.send_messages(doc.name) == 0
	text = frappe.get_last_doc("Outgoing Message", {"kind": "survey_invitation"}).text
	assert "/portal/survey/" in text
	reply(invitations(doc)[0])
	assert participation.send_messages(doc.name, "survey_reminder") == 0  # too early
	frappe.db.set_value("Survey Invitation", {"survey": doc.name}, "last_message_on", add_days(today(), -4))
	assert participation.send_messages(doc.name, "survey_reminder") == 1
	frappe.db.set_value("Survey Invitation", {"survey": doc.name}, "last_message_on", add_days(today(), -4))
	assert participation.send_messages(doc.name, "survey_reminder") == 0  # one reminder at most


def test_directors_hear_of_projects_that_were_not_asked_for_a_year(project, homes):
	frappe.db.set_value("Property Project", project, "status", "In Service")
	with as_role("Office Director", project=project) as director:
		pass
	jobs.tell_missing()
	alerts = {"for_user": director, "document_name": project}
	assert frappe.db.count("Notification Log", alerts) == 1
	open_survey(project)
	jobs.tell_missing()
	assert frappe.db.count("Notification Log", alerts) == 1


# --- links and answers ------------------------------------------------------------------------------------------------


def test_a_guest_answers_by_link_once(project, homes):
	doc = open_survey(project)
	token = links.token_of(invitations(doc)[0].name)
	with as_user("Guest"):
		assert [question["code"] for question in look(token).questions] == ["q1", "q2", "q3", "q4", "q5"]
		send(token, via="qr", q1="4", q4="Lift", cmd="x")
		assert look(token).answered
		with pytest.raises(errors.AlreadyAnswered):
			send(token, q1="5")
	assert frappe.get_all("Survey Response", {"survey": doc.name}, ["channel", "satisfaction"]) == [
		{"channel": "QR Code", "satisfaction": 100}
	]


@pytest.mark.parametrize(
	"forge", [lambda t: t[:-1] + ("0" if t[-1] != "0" else "1"), lambda t: "x" + t, lambda t: t[:8], lambda t: ""]
)
def test_a_forged_link_is_refused_and_says_so(project, homes, forge):
	token = forge(links.token_of(invitations(open_survey(project))[0].name))
	with as_user("Guest"):
		context = look(token)
		assert context.survey is None
		assert "not valid" in context.problem
		with pytest.raises(errors.InvalidLink):
			send(token, q1="5")


def test_a_link_ends_with_the_survey(project, homes):
	doc = open_survey(project)
	token = links.token_of(invitations(doc)[0].name)
	doc.db_set("closes_on", add_days(today(), -1))
	with as_user("Guest"):
		assert "ended on" in look(token).problem
		with pytest.raises(errors.SurveyNotOpen):
			send(token, q1="5")
	doc.db_set({"closes_on": add_days(today(), 5), "status": "Approved"})
	assert "not open yet" in look(token).problem


def test_answers_are_checked(project, homes):
	token = links.token_of(invitations(open_survey(project))[0].name)
	with pytest.raises(errors.AnswerMissing, match="Overall"):
		send(token)
	with pytest.raises(errors.AnswerMissing, match="Why"):
		send(token, q1="1")
	with pytest.raises(errors.AnswerNotOffered, match="Overall"):
		send(token, q1="9")


def test_anonymous_answers_lead_back_to_nobody(project, homes):
	doc = open_survey(project)
	asked = invitations(doc)[0]
	before = frappe.db.get_value("Survey Invitation", asked.name, ["modified", "modified_by"])
	with as_role(DESK, project=project):
		send(links.token_of(asked.name), q1="2", q2=["Slow", "Rude"], q5="Too loud")
	response = frappe.get_doc("Survey Response", {"survey": doc.name})
	opened = f"{doc.opens_on} 00:00:00"
	for row in (response, *response.answers):
		assert (row.owner, row.modified_by) == ("Guest", "Guest")
		assert str(row.creation)[:19] == str(row.modified)[:19] == opened
	values = {str(value) for row in (response, *response.answers) for value in row.as_dict().values()}
	assert not values & {asked.name, asked.unit, asked.resident, asked.building}
	assert not (response.unit or response.resident or response.entered_by or response.answered_on)
	# the participation keeps nothing of the moment either
	assert frappe.db.get_value("Survey Invitation", asked.name, ["modified", "modified_by"]) == before
	assert not frappe.db.exists("Version", {"docname": ["in", [asked.name, response.name]]})
	with pytest.raises(errors.NotAnonymous):
		frappe.copy_doc(response).update({"unit": asked.unit}).insert()


def test_staff_do_not_see_which_home_has_answered(project, homes):
	doc = open_survey(project)
	reply(invitations(doc)[0])
	with as_role("CS Supervisor", project=project):
		rows = frappe.get_list("Survey Invitation", filters={"survey": doc.name}, fields=["unit", "status"])
		assert len(rows) == 6
		assert all("status" not in row for row in rows)


def test_named_answers_carry_the_home_and_who_wrote_them_down(project, homes):
	doc = open_survey(project, anonymous=0)
	unit = homes[0][0].name
	with as_role(DESK, project=project) as agent:
		address = frappe.get_doc(doc.doctype, doc.name).phone_entry(unit)
		assert look(address.rsplit("/", 1)[1]).by_phone
		send(address.rsplit("/", 1)[1], q1="4")
		with pytest.raises(frappe.DoesNotExistError):
			doc.phone_entry("nowhere")
	row = frappe.get_doc("Survey Response", {"survey": doc.name})
	assert (row.channel, row.unit, row.entered_by) == ("Phone", unit, agent)
	row.channel = "Link"
	with pytest.raises(errors.ResponseIsFinal):
		row.save()


def test_staff_of_another_project_enter_nothing(project, homes):
	doc = open_survey(project)
	token = links.token_of(invitations(doc)[0].name)
	with as_role(DESK, project=make_project().name):
		with pytest.raises(frappe.PermissionError):
			send(token, q1="4")
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc(doc.doctype, doc.name).phone_entry(homes[0][0].name)
		with pytest.raises(frappe.PermissionError):
			survey_results.get_results(doc.name)


def test_residents_find_the_surveys_of_their_homes(project, homes):
	user = make_user("Property Resident", email="survey-owner@test.kefu.example", user_type="Website User")
	frappe.db.set_value("Resident", homes[0][1].name, "user", user)
	doc = open_survey(project)
	with as_user(user):
		(row,) = portal.invitations(user)
		assert (row.title, row.answered) == ("Yearly survey", False)
		assert portal.home_cards(user)[0]["value"] == 1
		send(row.href.rsplit("/", 1)[1], q1="5")
		assert portal.invitations(user)[0].answered
		assert portal.home_cards(user) == []
	assert frappe.db.get_value("Survey Response", {"survey": doc.name}, "channel") == "Portal"


# --- what comes out ---------------------------------------------------------------------------------------------------


def test_results_by_item_question_and_building(project, homes):
	doc = open_survey(project, anonymous=0)
	asked = invitations(doc)
	for invitation, value in zip(asked[:4], "5532", strict=True):
		reply(invitation, q1=value, q2=["Slow"], **{"q3:1": "4", "q3:2": "1"}, q4="Lift", q5="Fine")
	outcome = results.of(doc)
	assert (outcome["invited"], outcome["answered"], outcome["response_rate"]) == (6, 4, 66.67)
	assert outcome["overall"] == pytest.approx(50)  # 2 + 4 + 0 of 12
	assert outcome["below"]
	assert [(row["item"], row["rate"]) for row in outcome["items"]] == [
		("Safety", 0),
		("Service", 50),
		("Cleaning", 100),
	]
	assert [(row["building"], row["answered"], row["rate"]) for row in outcome["buildings"]] == [
		(f"{project}-1", 3, 100),
		(f"{project}-2", 1, 33.33),
	]
	by_code = {row["question"]: row for row in outcome["questions"]}
	assert by_code["First"]["spread"] == [{"label": "Lift", "number": 4}, {"label": "Garden", "number": 0}]
	assert by_code["Why"]["spread"][0] == {"label": "Slow", "number": 1}
	assert by_code["Overall"]["average"] == pytest.approx(68.8)
	assert by_code["Words"]["texts"] == ["Fine"] * 4


def test_few_anonymous_answers_are_not_shown(project, homes):
	doc = open_survey(project)
	asked = invitations(doc)
	for invitation in asked[:4]:
		reply(invitation)
	outcome = results.of(doc)
	assert outcome["hidden"]
	assert outcome["questions"] == outcome["items"] == []
	assert outcome["overall"] is None
	doc.finish()
	doc.db_set("status", "Closed")
	assert results.trend(project) == satisfaction_by_item.execute({"project": project})[1] == []
	assert api.satisfaction(project, today(), add_days(today(), 30)) is None
	doc.db_set("status", "Open")
	reply(asked[4])
	assert results.of(doc)["overall"] == 100


def test_trend_comparison_reports_and_papers(project, homes):
	doc = open_survey(project, anonymous=0, threshold=60)
	for invitation in invitations(doc)[:2]:
		reply(invitation, q5="Fine <b>")
	with as_role("CS Supervisor", project=project):
		doc = apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Close")
		result = survey_results.get_results(doc.name)
		assert [row["name"] for row in result["trend"]] == [doc.name]
		assert [(row["project"], row["satisfaction"]) for row in result["comparison"]] == [(project, 100)]
		assert [row["name"] for row in survey_results.get_surveys()] == [doc.name]
		rows = satisfaction_by_item.execute({"project": project})[1]
		assert [(row["item"], row["rated"], row["rate"]) for row in rows] == [("Service", 2, 100)]
		rows = survey_response_rate.execute({"survey": doc.name})[1]
		assert [(row.invited, row.answered) for row in rows] == [(3, 2), (3, 0)]
		survey_results.get_report(doc.name)
		assert frappe.local.response.filecontent.startswith(b"%PDF")
		for paper, target in (
			("Survey Report", doc),
			("Survey Paper Form", doc),
			("Survey Invitation Slip", frappe.get_doc("Survey Invitation", invitations(doc)[0].name)),
		):
			html = get_html_and_style(target.doctype, target.name, print_format=paper)["html"]
			assert "Yearly survey" in html
			assert "Fine <b>" not in html
	with as_role(DESK, project=make_project().name):
		assert survey_response_rate.execute({"survey": doc.name})[1] == []
		assert satisfaction_by_item.execute({"project": project})[1] == []


# --- questions --------------------------------------------------------------------------------------------------------


def test_a_survey_starts_from_a_template(project):
	for name, introduction, questions in templates():
		doc = new_survey(project, survey_template=name, questions=[]).insert()
		assert doc.introduction == introduction
		assert [row.question for row in doc.questions] == [row["question"] for row in questions]
		assert doc.questions[0].question_code == "q1"


@pytest.mark.parametrize(
	("questions", "error"),
	[
		([], errors.NoQuestions),
		([{"question": "A", "kind": "Single Choice", "choices": "one"}], errors.InvalidQuestion),
		([{"question": "A", "kind": "Matrix"}], errors.InvalidQuestion),
		([{"question": "A", "kind": "Scale", "show_when": "q1", "show_values": "1"}], errors.InvalidQuestion),
	],
)
def test_questions_that_nobody_can_answer_are_refused(project, questions, error):
	with pytest.raises(error):
		new_survey(project, questions=questions).insert()


def test_a_survey_does_not_end_before_it_begins(project):
	with pytest.raises(errors.SurveyPeriod):
		new_survey(project, closes_on=add_days(today(), -1)).insert()
