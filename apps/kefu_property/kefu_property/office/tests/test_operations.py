"""Operations board, data quality, honours and help on forms (D8, D22)."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, today
from frappe.www.printview import get_html_and_style

from kefu_property.office import exceptions_desk as errors
from kefu_property.office import jobs_desk, operations
from kefu_property.office.page.data_quality import data_quality
from kefu_property.office.page.honour_wall import honour_wall
from kefu_property.office.page.operations_board import operations_board
from kefu_property.suite import help as form_help
from kefu_property.suite import state
from tests.factories.billing import make_billed_home, pay
from tests.factories.keys import lend, make_key
from tests.factories.office_desk import approve, make_people, make_post
from tests.factories.registry import make_project
from tests.factories.users import as_role, as_user


@pytest.fixture
def project():
	return make_project().name


@pytest.fixture
def switch_off():
	"""Function that switches a module off for this test; the switch is cached beyond a rollback."""
	yield state.disable
	frappe.db.rollback()
	state.forget()


def figure(board: dict, key: str) -> dict:
	return next(row for section in board["sections"] for row in section["figures"] if row["key"] == key)


def test_the_board_shows_the_projects_of_its_reader_and_leads_to_what_lies_behind():
	project, _home, resident, (bill,) = make_billed_home()
	other = make_project().name
	pay(resident, str(bill.total), [(bill.name, str(bill.total))], posting_date=today())
	with as_role("Office Director", project=project):
		board = operations_board.get_board()
		assert board["shown"] == [project]
		assert {"collection", "service", "satisfaction", "staffing", "plans", "budget"} <= {
			section["key"] for section in board["sections"]
		}
		rate = figure(board, "collection_rate")
		assert rate["values"][project] == {"value": 100.0, "text": "100 %", "tone": "green"}
		assert rate["target"]["report"] == "Fee Collection Rate"
		assert figure(board, "received_today")["values"][project]["value"] == float(bill.total)
		with pytest.raises(frappe.PermissionError):
			operations_board.get_board(other)
	with as_role("CS Agent", project=project), pytest.raises(frappe.PermissionError):
		operations_board.get_board()
	with as_role("HQ Quality Auditor"):
		assert {project, other} <= set(operations_board.get_board()["shown"])


def test_a_module_that_is_off_has_no_part_of_the_board(project, switch_off):
	switch_off("billing")
	assert "collection" not in {section["key"] for section in operations.sections([project])}


def test_the_daily_report_is_kept_printed_and_told(project):
	with as_role("Office Director", project=project) as director:
		pass
	assert jobs_desk.report_operations(today()) >= 1
	name = frappe.db.get_value("Operations Report", {"project": project, "day": today()})
	assert frappe.db.exists("Notification Log", {"for_user": director, "document_name": name})
	assert operations.write_report(project) == name, "the same day has one report"
	doc = frappe.get_doc("Operations Report", name)
	assert len({row.section for row in doc.figures}) >= 6
	html = get_html_and_style("Operations Report", name, print_format="Operations Daily")["html"]
	assert doc.figures[0].section in html
	with as_role("Office Director", project=project):
		assert operations_board.make_report(project) == name


def test_what_is_left_open_is_found_by_person_and_module(project):
	one, other = make_people(project, 2)
	with as_user(one):
		loan = lend(project, make_key(project).name)
		sheet = frappe.get_doc(
			{
				"doctype": "Shift Handover",
				"project": project,
				"post": make_post(project).name,
				"due_on": add_days(frappe.utils.now_datetime(), -1),
			}
		).insert()
	frappe.db.set_value("Key Loan", loan.name, "due_on", "2026-01-01 10:00:00")
	with as_role("CS Supervisor", project=project):
		board = data_quality.get_board(project)
	rows = {(check["module"], check["key"]): check["rows"] for check in board["checks"]}
	assert [row["name"] for row in rows["keys", "overdue"]] == [loan.name]
	assert [(row["name"], row["user"]) for row in rows["office", "shifts"]] == [(sheet.name, one)]
	assert board["everybody"] and one in board["people"]
	with as_user(other):
		assert data_quality.get_board()["checks"] == [], "others' gaps are not theirs to see"
	with as_user(one):
		assert {check["module"] for check in data_quality.get_board()["checks"]} == {"keys", "office"}
	with as_role("CS Supervisor", project=project), pytest.raises(frappe.PermissionError):
		data_quality.get_board(make_project().name)


def new_campaign(project: str, **values):
	criteria = [
		{"criterion": "Collection above 95 %", "full_score": 10, "own_score": 9, "measure": "collection_rate"},
		{"criterion": "Green areas", "full_score": 5, "own_score": 0, "gap": "Lawn", "responsible": "Administrator"},
	]
	values = {"apply_by": add_days(today(), 30), "period_from": "2026-01-01", "period_to": today()} | values
	return frappe.get_doc(
		{
			"doctype": "Honour Campaign",
			"project": project,
			"title": "Model Estate",
			"organiser": "City",
			"criteria": criteria,
			**values,
		}
	)


def test_a_campaign_gathers_evidence_closes_gaps_and_becomes_an_honour():
	project, _home, resident, (bill,) = make_billed_home()
	pay(resident, str(bill.total), [(bill.name, str(bill.total))])
	with as_role("Office Clerk", project=project):
		campaign = new_campaign(project).insert()
		assert (campaign.full_score, campaign.own_score) == (15, 9)
		with pytest.raises(errors.EvidenceMissing):
			apply_workflow(campaign, "Submit for Approval")
		campaign = frappe.get_doc("Honour Campaign", campaign.name)
		assert campaign.collect_evidence() == 1
		assert "100 %" in campaign.criteria[0].evidence
		assert campaign.make_tasks() == 1 and campaign.make_tasks() == 0
		assert frappe.db.get_value("ToDo", campaign.criteria[1].task, "allocated_to") == "Administrator"
		campaign = approve(campaign)
	with as_role("Office Clerk", project=project):
		campaign = frappe.get_doc("Honour Campaign", campaign.name)
		with pytest.raises(errors.ResultMissing):
			apply_workflow(campaign, "Enter Result")
		campaign = frappe.get_doc("Honour Campaign", campaign.name)
		campaign.result = "Won"
		campaign.save()
		campaign = apply_workflow(campaign, "Enter Result")
		honour = frappe.get_doc("Honour Record", campaign.honour)
		assert (honour.title, honour.issuer) == ("Model Estate", "City")
		honour.valid_until = add_days(today(), 20)
		honour.save()
		assert [row.name for row in honour_wall.get_wall()] == [honour.name]
		with pytest.raises(errors.DueDate):
			honour.update({"valid_until": "2020-01-01"}).save()
	assert (
		"Green areas" in get_html_and_style("Honour Campaign", campaign.name, print_format="Honour Application")["html"]
	)
	assert jobs_desk.remind_honours() >= 1
	assert frappe.db.get_value("Honour Record", honour.name, "reminded_on") == getdate(today())


def test_scores_and_periods_of_a_campaign(project):
	with pytest.raises(errors.ScoreTooHigh):
		new_campaign(project, criteria=[{"criterion": "A", "full_score": 5, "own_score": 6}]).insert()
	with pytest.raises(errors.DueDate):
		new_campaign(project, period_to="2025-01-01").insert()


def test_every_form_of_the_suite_explains_itself():
	for doctype in state.owners()["doctype"]:
		meta = frappe.get_meta(doctype)
		if not meta.istable:
			help_ = form_help.of_form(doctype)
			assert help_["roles"] or doctype in ("Approval Record",) or help_["title"], doctype


def test_help_tells_steps_fields_and_papers(project):
	with as_role("CS Agent", project=project):
		help_ = form_help.of_form("Key Loan")
	assert {step["action"] for step in help_["steps"]} >= {"Hand Out", "Approve"}
	assert next(step for step in help_["steps"] if step["action"] == "Approve")["approval"]
	assert any(field["label"] == "Due" and field["required"] for field in help_["fields"])
	assert "Key Loan Slip" in help_["papers"]
	frappe.local.lang = "zh"
	assert form_help.of_form("Shift Handover")["purpose"].startswith("上一班")
	frappe.local.lang = "en"
	with pytest.raises(frappe.DoesNotExistError):
		form_help.of_form("User")
	with as_role("Technician", project=project), pytest.raises(frappe.PermissionError):
		form_help.of_form("Yearly Budget")
