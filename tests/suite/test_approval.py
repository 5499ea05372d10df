"""Whoever prepares does not approve, and every step leaves its trail (invariant 6)."""

from __future__ import annotations

import copy

import frappe
import pytest
from frappe.utils import getdate

from kefu_property.suite import approval
from tests.data.make_roster import citizen_number
from tests.factories.registry import make_home, make_project, make_resident
from tests.factories.users import as_user, make_user

REQUEST = "Move Request"


@pytest.fixture
def people(site):
	project = make_project().name
	return {
		"project": project,
		"agent": make_user("CS Agent", projects=(project,)),
		# a supervisor may prepare, too: then the other one approves
		"supervisor": make_user("CS Agent", "CS Supervisor", projects=(project,)),
		"other": make_user("CS Supervisor", projects=(project,), email="other-supervisor@test.kefu.example"),
	}


def step(doc, user: str, state: str):
	"""Take the document to `state` as `user`, through the rules alone."""
	doc._doc_before_save = copy.copy(doc)
	doc.workflow_state = state
	with as_user(user):
		approval.check_state_change(doc)
		approval.record_state_change(doc)
	return doc


def request(people, owner: str):
	doc = frappe.new_doc(REQUEST)
	doc.update({"name": frappe.generate_hash(length=10), "project": people["project"], "owner": people[owner]})
	doc.workflow_state = "Draft"
	doc.db_insert()
	doc.owner = people[owner]  # upstream writes the session's user
	return doc


def test_an_agent_prepares_and_a_supervisor_approves(people):
	doc = request(people, "agent")
	step(doc, people["agent"], "Pending Approval")
	assert doc.prepared_by == people["agent"]
	assert not doc.approved_by
	step(doc, people["supervisor"], "Approved")
	assert doc.approved_by == people["supervisor"]
	assert doc.approved_on
	trail = frappe.get_all(
		"Approval Record",
		filters={"reference_doctype": REQUEST, "reference_name": doc.name},
		fields=["from_state", "to_state", "action", "user", "is_approval"],
		order_by="creation asc, to_state desc",
	)
	assert [(row.from_state, row.to_state, row.action, row.user, row.is_approval) for row in trail] == [
		("Draft", "Pending Approval", "Submit for Approval", people["agent"], 0),
		("Pending Approval", "Approved", "Approve", people["supervisor"], 1),
	]


def test_nobody_approves_what_they_own(people):
	doc = request(people, "supervisor")
	step(doc, people["agent"], "Pending Approval")
	with pytest.raises(approval.SelfApproval, match="Somebody else"):
		step(doc, people["supervisor"], "Approved")


def test_nobody_approves_what_they_submitted_for_somebody(people):
	doc = request(people, "agent")
	step(doc, people["supervisor"], "Pending Approval")
	with pytest.raises(approval.SelfApproval):
		step(doc, people["supervisor"], "Approved")
	doc.workflow_state = "Pending Approval"
	assert step(doc, people["other"], "Approved").approved_by == people["other"]


def test_nobody_approves_a_run_that_they_submitted_after_the_system_had_previewed_it(people):
	accountant = make_user("Accountant", "Office Director", projects=(people["project"],))
	director = make_user("Office Director", projects=(people["project"],), email="run-director@test.kefu.example")
	run = frappe.new_doc("Billing Run")
	run.update({"name": frappe.generate_hash(length=10), "project": people["project"], "owner": people["agent"]})
	run.workflow_state = "Previewed"
	run.db_insert()
	step(run, accountant, "Pending Approval")
	assert run.prepared_by == accountant
	with pytest.raises(approval.SelfApproval):
		step(run, accountant, "Approved")
	run.workflow_state = "Pending Approval"
	step(run, director, "Approved")
	assert (run.prepared_by, run.approved_by) == (accountant, director)


def test_not_even_the_administrator(people):
	doc = request(people, "agent")
	doc.owner = "Administrator"
	step(doc, people["agent"], "Pending Approval")
	with pytest.raises(approval.SelfApproval):
		step(doc, "Administrator", "Approved")


def test_a_revised_request_loses_its_signatures(people):
	doc = request(people, "agent")
	step(doc, people["agent"], "Pending Approval")
	doc.reviewed_by = people["supervisor"]
	step(doc, people["supervisor"], "Rejected")
	step(doc, people["agent"], "Draft")
	assert not doc.reviewed_by
	assert not doc.approved_by


def test_the_trail_is_permanent(people):
	step(request(people, "agent"), people["agent"], "Pending Approval")
	record = frappe.get_last_doc("Approval Record")
	record.user = people["other"]
	with pytest.raises(frappe.ValidationError, match="cannot be changed"):
		record.save(ignore_permissions=True)
	with pytest.raises(frappe.ValidationError, match="cannot be deleted"):
		record.delete(ignore_permissions=True)
	with as_user(people["supervisor"]), pytest.raises(frappe.PermissionError):
		frappe.copy_doc(record).insert()


def test_nothing_is_submitted_around_its_workflow(people):
	"""A supervisor may submit what is approved; over the API they might try it with their own draft."""
	unit, _seller, _row = make_home(people["project"])
	buyer = make_resident(people["project"], phone="13800002222", id_number=citizen_number(getdate("1985-05-05"), 5))
	with as_user(people["supervisor"]):
		doc = frappe.get_doc(
			{
				"doctype": REQUEST,
				"project": people["project"],
				"unit": unit.name,
				"move_type": "Ownership Transfer",
				"effective_date": "2026-03-01",
				"unit_state_after": "Vacant",
				"incoming": [{"resident": buyer.name, "relation": "Owner", "share": 100}],
			}
		).insert()
		with pytest.raises(approval.SubmittedAround):
			doc.submit()
