"""The disclosure board: live figures, period close, objections and answers (L5)."""

import json
from datetime import date

import frappe
import pytest
from frappe.utils import add_days, today
from frappe.www.printview import get_html_and_style

from kefu_property.community import disclosure, jobs
from kefu_property.community import exceptions as errors
from kefu_property.community.portal import disclosure as portal
from kefu_property.community.report.disclosure_status.disclosure_status import execute as status_report
from tests.factories.billing import make_billed_home, pay
from tests.factories.community import make_disclosure, make_owner, step
from tests.factories.registry import make_project
from tests.factories.service_desk import make_case, make_desk
from tests.factories.users import MAIL, as_role, as_user, make_user


@pytest.fixture
def project():
	return make_project().name


@pytest.fixture
def billed():
	"""A project with one home billed and half paid for January 2026, income from common parts, and its owner's account."""
	project, unit, resident, bills = make_billed_home("2.00", months=1, building_area=100)
	pay(resident, "100", [(bills[0].name, "100")], posting_date="2026-02-01")
	frappe.get_doc(
		{
			"doctype": "Common Income Entry",
			"project": project,
			"posting_date": "2026-02-10",
			"kind": "Income",
			"source": "Advertising",
			"amount": "3000",
			"description": "Lift screens",
		}
	).insert(ignore_permissions=True).db_set("workflow_state", "Approved")
	user = make_user("Property Resident", email=f"disc-{resident.name}@{MAIL}", user_type="Website User")
	frappe.db.set_value("Resident", resident.name, "user", user)
	return frappe._dict(project=project, unit=unit, resident=resident, bill=bills[0], user=user)


def published(project: str, period: str = "2026Q1"):
	doc = make_disclosure(project, period)
	with as_role("CS Supervisor", project=project):
		step(doc, "Submit for Approval")
	with as_role("Office Director", project=project):
		return step(doc, "Approve")


def page(user: str, rest: str = ""):
	context = frappe._dict(rest=rest)
	with as_user(user):
		portal.get_context(context)
	return context


def test_live_figures_are_frozen_at_the_close(billed):
	doc = published(billed.project)
	sections = {section["key"]: section for section in json.loads(doc.snapshot)}
	assert {"fee_standards", "fees", "common_income"} <= sections.keys()
	total = f"{billed.bill.total:,.2f}"
	fee_row = sections["fees"]["rows"][0]
	assert fee_row[1] == total and fee_row[3] == "50.0 %"
	assert [row[3] for row in sections["common_income"]["rows"]] == ["0.00", "3,000.00", "3,000.00"]
	pay(billed.resident, "100", [(billed.bill.name, "100")], posting_date="2026-03-01")
	live = {
		section["key"]: section for section in disclosure.collect(billed.project, date(2026, 1, 1), date(2026, 3, 31))
	}
	assert live["fees"]["rows"][0][3] == "100.0 %"
	doc.reload()
	assert disclosure.sections_of(doc)[1]["rows"][0][3] == "50.0 %" and disclosure.is_genuine(doc)
	context = page(billed.user, doc.name)
	assert context.genuine and context.is_owner and len(context.sections) == len(sections)
	assert [row.name for row in page(billed.user).rows] == [doc.name]
	doc.snapshot = doc.snapshot.replace("50.0 %", "99.0 %")
	with pytest.raises(errors.DisclosureFixed):
		doc.save(ignore_permissions=True)
	doc.db_set("snapshot", doc.snapshot)
	assert not disclosure.is_genuine(doc)
	html = get_html_and_style(doc.as_json(), print_format="Disclosure Board Sheet")["html"]
	assert total in html and doc.snapshot_hash[:32] in html


def test_quality_and_facilities_stand_on_the_board():
	desk = make_desk()
	with as_user(desk.agent):
		case = make_case("Complaint", desk)
	case.db_set(
		{"received_on": "2026-02-03 09:00:00", "rating": 4, "status": "Closed", "resolved_on": "2026-02-03 15:00:00"}
	)
	rows = [("Fire", "Done", "In Order"), ("Fire", "Missed Check", None), ("Common", "Done", "Problems")]
	for kind, status, result in rows:
		_row("Inspection Task", desk.project, kind=kind, status=status, result=result, scheduled_for="2026-02-10")
	_row("Rectification", desk.project, severity="Minor", status="Closed", found_on="2026-02-10 10:00:00")
	with as_user("Guest"):  # what everybody sees does not depend on who looks
		live = disclosure.collect(desk.project, date(2026, 1, 1), date(2026, 3, 31))
		other = disclosure.collect(desk.project, date(2025, 1, 1), date(2025, 3, 31))
	board = {section["key"]: section["rows"] for section in live}
	assert [row[1] for row in board["service_quality"]] == ["1", "1"] and board["service_quality"][0][-1] == "4.0"
	assert [row[1:] for row in board["facility_checks"]] == [["1", "1", "100.0 %", "1"], ["2", "1", "50.0 %", "0"]]
	assert board["rectifications"][0][1:] == ["1", "1"]
	assert not {"service_quality", "facility_checks"} & {section["key"] for section in other}


def _row(doctype: str, project: str, **values) -> None:
	"""The bare row: its module tests how it comes about."""
	frappe.get_doc(
		{"doctype": doctype, "name": frappe.generate_hash(length=10), "project": project, **values}
	).db_insert()


def test_periods(project):
	doc = make_disclosure(project, "2026Q1")
	assert (str(doc.from_date), str(doc.to_date), str(doc.due_on)) == ("2026-01-01", "2026-03-31", "2026-04-15")
	for period in ("2026Q1", "2026Q9", "x"):
		with pytest.raises(errors.DisclosurePeriod):
			make_disclosure(project, period)
	running = make_disclosure(project, str(date.today().year + 1))
	with pytest.raises(errors.DisclosurePeriod, match="not ended"):
		running.submit()
	with pytest.raises(errors.DisclosurePeriod, match="nothing to publish"):
		doc.submit()


def test_the_job_opens_the_period_and_tells_when_it_is_late(project):
	frappe.db.set_value("Property Project", project, {"creation": "2025-01-01", "status": "In Service"})
	supervisor = make_user("CS Supervisor", projects=(project,), email=f"sup-{project.lower()}@{MAIL}")
	jobs.open_disclosures(date(2026, 4, 3))
	jobs.open_disclosures(date(2026, 4, 4))
	[name] = frappe.get_all("Community Disclosure", {"project": project}, pluck="name")
	assert frappe.db.get_value("Community Disclosure", name, "period") == "2026Q1"
	jobs.tell_of_overdue()
	jobs.tell_of_overdue()
	assert frappe.db.count("Notification Log", {"for_user": supervisor, "document_name": name}) == 1
	with as_role("CS Agent", project=project):
		_columns, rows, _message, _chart, summary = status_report({"project": project})
	assert rows[0].days_late > 0 and summary[0]["value"] == 1


def test_objections_and_answers(billed):
	doc = published(billed.project)
	with as_user(billed.user):
		portal.raise_objection(doc.name, "Fees Due and Paid", "Why only 50 %?")
	objection = frappe.get_last_doc("Disclosure Objection", {"disclosure": doc.name})
	assert str(objection.due_on) == add_days(today(), 7) and objection.status == "Waiting for Answer"
	assert frappe.db.get_value(doc.doctype, doc.name, "open_objections") == 1
	with as_role("CS Agent", project=billed.project):
		objection.status = "Answered"
		with pytest.raises(errors.ChangedByHand):
			objection.save()
		objection.reload()
		objection.answer, objection.answer_public = "Half was paid in February.", 1
		objection.save()
		assert (objection.status, objection.answered_by) == ("Answered", frappe.session.user)
		objection.answer = "Something else"
		with pytest.raises(errors.ObjectionClosed):
			objection.save()
	assert frappe.db.get_value(doc.doctype, doc.name, "open_objections") == 0
	_h, _r, neighbour = make_owner(billed.project)
	assert page(neighbour, doc.name).answers[0].answer == "Half was paid in February."
	assert "resident_name" not in page(neighbour, doc.name).answers[0] and not page(neighbour, doc.name).objections
	with as_user(billed.user), pytest.raises(errors.ObjectionClosed):
		portal.withdraw(objection.name)
	with as_user(neighbour), pytest.raises(frappe.DoesNotExistError):
		portal.withdraw(objection.name)


def test_who_may_object_and_see(billed):
	doc = published(billed.project)
	_h, _r, stranger = make_owner(make_project().name)
	with as_user(stranger), pytest.raises(frappe.DoesNotExistError):
		portal.raise_objection(doc.name, "Fees", "No")
	_h, tenant, user = make_owner(billed.project)
	frappe.db.set_value("Unit Occupancy", {"resident": tenant.name}, "relation", "Tenant")
	with as_user(user):
		with pytest.raises(errors.NotAnOwner):
			portal.raise_objection(doc.name, "Fees", "No")
	with as_user(billed.user):
		with pytest.raises(errors.ObjectionClosed):
			portal.raise_objection(doc.name, "Fees", "  ")
		portal.raise_objection(doc.name, "Fees", "A mistake of mine")
		mine = page(billed.user, doc.name).objections[0]
		portal.withdraw(mine.name)
	assert page(billed.user, doc.name).objections[0].status == "Withdrawn"
	assert page(billed.user, f"running-{billed.project}").provisional
	with pytest.raises(frappe.DoesNotExistError):
		page(stranger, f"running-{billed.project}")
