"""Moving in and out, as a day at the front desk (D19)."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, nowdate

from kefu_property.registry import api, jobs
from kefu_property.registry.doctype.move_request import move_request
from kefu_property.registry.exceptions import MoveBlocked, MoveCarriedOut, MoveConflict, MoveIncomplete, WaiverRefused
from kefu_property.suite.approval import SelfApproval
from tests.data.make_roster import citizen_number
from tests.factories.registry import make_home, make_occupancy, make_project, make_resident
from tests.factories.users import as_role


@pytest.fixture
def project():
	return make_project().name


@pytest.fixture
def buyer(project):
	return make_resident(project, "买家甲子", phone="19900002222", id_number=citizen_number(getdate("1985-05-05"), 5))


def request_move(unit, move_type, effective=None, incoming=(), **values):
	return frappe.get_doc(
		{
			"doctype": "Move Request",
			"project": unit.project,
			"unit": unit.name,
			"move_type": move_type,
			"effective_date": effective or nowdate(),
			"incoming": [
				{"resident": doc.name, "relation": relation, "share": share} for doc, relation, share in incoming
			],
			**values,
		}
	).insert()


def approve(doc, project, role="CS Supervisor"):
	with as_role(role, project=project):
		doc = apply_workflow(frappe.get_doc("Move Request", doc.name), "Approve")
	doc.reload()
	return doc


def test_a_home_is_sold(project, buyer):
	"""The agent prepares, the supervisor approves, the new owner pays from that day on and the past keeps its payer."""
	unit, seller, _row = make_home(project, "1-1-101")
	with as_role("CS Agent", project=project) as agent:
		doc = request_move(unit, "Ownership Transfer", incoming=[(buyer, "Owner", 100)], unit_state_after="Vacant")
		assert [row.resident for row in doc.leaving] == [seller.name]
		assert (doc.new_payer, doc.previous_payer) == (buyer.name, seller.name)
		assert {row.check_code: row.status for row in doc.checks}["registry.identity"] == "ok"
		doc = apply_workflow(doc, "Submit for Approval")
		assert doc.prepared_by == agent
		with pytest.raises(frappe.ValidationError):
			apply_workflow(doc, "Approve")
	doc = approve(doc, project)
	assert doc.workflow_state == "Completed"
	assert doc.approved_by.startswith("cs_supervisor")
	assert api.payer_of(unit.name, add_days(nowdate(), -1)) == seller.name
	assert api.payer_of(unit.name, nowdate()) == buyer.name
	unit.reload()
	assert (unit.current_owner, unit.state, str(unit.vacant_since)) == (buyer.name, "Vacant", nowdate())
	periods = api.payers(project, add_days(nowdate(), -5), add_days(nowdate(), 5))
	assert [(row.resident, row.from_date) for row in periods] == [
		(seller.name, getdate(add_days(nowdate(), -5))),
		(buyer.name, getdate(nowdate())),
	]
	records = frappe.get_all(
		"Approval Record", filters={"reference_name": doc.name}, pluck="to_state", order_by="creation"
	)
	assert records == ["Pending Approval", "Approved"]


def test_nobody_approves_what_they_prepared(project, buyer):
	unit, _seller, _row = make_home(project)
	with as_role("CS Agent", "CS Supervisor", project=project):
		doc = apply_workflow(
			request_move(unit, "Ownership Transfer", incoming=[(buyer, "Owner", 100)]), "Submit for Approval"
		)
		with pytest.raises((SelfApproval, frappe.PermissionError, frappe.ValidationError)):
			apply_workflow(doc, "Approve")
	assert frappe.db.get_value("Move Request", doc.name, "docstatus") == 0


def test_a_blocked_check_blocks_until_the_director_waives_it(project):
	stranger = make_resident(project, "无证人")
	unit, _seller, _row = make_home(project)
	with as_role("CS Agent", project=project):
		doc = apply_workflow(
			request_move(unit, "Ownership Transfer", incoming=[(stranger, "Owner", 100)]), "Submit for Approval"
		)
		assert {row.check_code: row.status for row in doc.checks}["registry.identity"] == "blocked"
	with pytest.raises(MoveBlocked):
		approve(doc, project)
	with as_role("CS Supervisor", project=project), pytest.raises(WaiverRefused):
		move_request.waive(doc.name, "registry.identity", "known for years")
	with as_role("Office Director", project=project) as director:
		with pytest.raises(WaiverRefused):
			move_request.waive(doc.name, "registry.identity", " ")
		move_request.waive(doc.name, "registry.identity", "court order 12/2024")
	doc.reload()
	waived = next(row for row in doc.checks if row.check_code == "registry.identity")
	assert (waived.status, waived.waiver_reason, waived.waived_by) == ("waived", "court order 12/2024", director)
	assert approve(doc, project).workflow_state == "Completed"


def test_a_waiver_ends_when_the_matter_is_settled(project):
	person = make_resident(project, "无证人")
	unit, _seller, _row = make_home(project)
	doc = request_move(unit, "Ownership Transfer", incoming=[(person, "Owner", 100)])
	move_request.waive(doc.name, "registry.identity", "papers follow")
	person.new_phone, person.new_id_number = "19900007777", citizen_number(getdate("1980-01-01"), 9)
	person.save()
	move_request.refresh(doc.name)
	doc.reload()
	assert {row.check_code: row.status for row in doc.checks}["registry.identity"] == "ok"


def test_a_future_move_waits_for_its_day(project, buyer):
	unit, seller, _row = make_home(project)
	day = add_days(nowdate(), 10)
	doc = request_move(unit, "Ownership Transfer", day, [(buyer, "Owner", 100)])
	apply_workflow(doc, "Submit for Approval")
	doc = approve(doc, project)
	assert (doc.workflow_state, doc.applied_on) == ("Approved", None)
	jobs.daily()
	assert frappe.db.get_value("Property Unit", unit.name, "current_owner") == seller.name
	move_request.apply_due(getdate(day))
	doc.reload()
	assert doc.workflow_state == "Completed"
	assert api.payer_of(unit.name, day) == buyer.name
	assert api.payer_of(unit.name, nowdate()) == seller.name


def test_an_approved_move_can_be_cancelled_only_before_its_day(project, buyer):
	unit, seller, _row = make_home(project)
	waiting = request_move(unit, "Ownership Transfer", add_days(nowdate(), 10), [(buyer, "Owner", 100)])
	apply_workflow(waiting, "Submit for Approval")
	waiting = approve(waiting, project)
	with as_role("CS Supervisor", project=project):
		assert apply_workflow(waiting, "Cancel").docstatus == 2
	move_request.apply_due(getdate(add_days(nowdate(), 11)))
	assert api.payer_of(unit.name, add_days(nowdate(), 11)) == seller.name
	done = request_move(unit, "Ownership Transfer", incoming=[(buyer, "Owner", 100)])
	apply_workflow(done, "Submit for Approval")
	done = approve(done, project)
	with pytest.raises(MoveCarriedOut):
		done.cancel()


def test_a_move_that_became_impossible_is_told_and_others_go_on(project, buyer):
	day = add_days(nowdate(), 3)
	homes = [make_home(project) for _number in range(2)]
	docs = []
	for unit, _owner, _row in homes:
		doc = request_move(unit, "Ownership Transfer", day, [(buyer, "Owner", 100)])
		apply_workflow(doc, "Submit for Approval")
		docs.append(approve(doc, project))
	other = make_resident(project)
	row = homes[0][2]
	row.to_date = add_days(nowdate(), 1)
	row.save()
	make_occupancy(homes[0][0], other, from_date=add_days(nowdate(), 2))
	move_request.apply_due(getdate(day))
	states = [frappe.db.get_value("Move Request", doc.name, "workflow_state") for doc in docs]
	assert states == ["Approved", "Completed"]
	assert frappe.db.count("Comment", {"reference_name": docs[0].name, "comment_type": "Comment"}) == 1
	assert frappe.db.get_value("Property Unit", homes[0][0].name, "current_owner") != buyer.name


def test_a_tenant_comes_and_goes(project, buyer):
	unit, owner, _row = make_home(project)
	doc = request_move(
		unit, "New Tenant", incoming=[(buyer, "Tenant", 0)], new_payer=buyer.name, unit_state_after="Let"
	)
	apply_workflow(doc, "Submit for Approval")
	approve(doc, project)
	unit.reload()
	assert (unit.current_owner, unit.current_payer, unit.state) == (owner.name, buyer.name, "Let")
	tenancy = frappe.get_doc("Unit Occupancy", {"unit": unit.name, "relation": "Tenant"})
	day = add_days(nowdate(), 30)
	leave = request_move(unit, "Move-out", day, leaving=[{"occupancy": tenancy.name}], unit_state_after="Vacant")
	assert leave.new_payer == owner.name
	apply_workflow(leave, "Submit for Approval")
	approve(leave, project)
	move_request.apply_due(getdate(day))
	assert api.payer_of(unit.name, day) == owner.name
	assert api.payer_of(unit.name, add_days(day, -1)) == buyer.name


def test_the_developer_hands_over(project, buyer):
	from tests.factories.registry import make_unit

	unit = make_unit(project)
	developer = make_resident(project, "虚构地产有限公司", resident_type="Developer")
	make_occupancy(unit, developer, "Developer", from_date="2020-01-01")
	partner = make_resident(project, "买家乙丑")
	doc = request_move(
		unit, "Move-in", "2024-05-15", [(buyer, "Owner", 60), (partner, "Co-owner", 40)], unit_state_after="Occupied"
	)
	move_request.waive(doc.name, "registry.identity", "papers seen at the sale")
	apply_workflow(frappe.get_doc("Move Request", doc.name), "Submit for Approval")
	approve(doc, project)
	unit.reload()
	assert str(unit.handover_date) == "2024-05-15"
	assert [row.resident for row in api.payers(project, "2024-05-01", "2024-05-31")] == [developer.name, buyer.name]
	with pytest.raises(MoveConflict):
		request_move(unit, "Ownership Transfer", "2024-05-15", [(developer, "Owner", 100)])


@pytest.mark.parametrize(
	("move_type", "relation"),
	[("Move-out", "Owner"), ("Ownership Transfer", "Tenant"), ("New Tenant", "Owner"), ("Move-in", None)],
)
def test_each_kind_of_move_needs_its_people(project, buyer, move_type, relation):
	unit, _owner, _row = make_home(project)
	with pytest.raises(MoveIncomplete):
		request_move(unit, move_type, incoming=[(buyer, relation, 0)] if relation else [])


def test_an_agent_of_another_project_sees_no_request(project, buyer):
	unit, _owner, _row = make_home(project)
	doc = request_move(unit, "Ownership Transfer", incoming=[(buyer, "Owner", 100)])
	with as_role("CS Agent", project=make_project().name):
		assert doc.name not in frappe.get_list("Move Request", pluck="name")
		with pytest.raises(frappe.PermissionError):
			move_request.refresh(doc.name)
		with pytest.raises(frappe.PermissionError):
			move_request.people_of(unit.name)
