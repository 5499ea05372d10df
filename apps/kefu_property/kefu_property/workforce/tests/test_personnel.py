"""Personnel actions, checklists, papers of the staff (D29)."""

import base64
from collections import Counter

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, today

from kefu_property.suite.approval import SelfApproval
from kefu_property.workforce import actions, api, jobs
from kefu_property.workforce import exceptions as errors
from tests.factories.keys import lend, make_key
from tests.factories.registry import make_project
from tests.factories.users import as_role, as_user, make_user
from tests.factories.workforce import make_department, make_post, make_staff, new_leave

PNG = base64.b64decode(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def project():
	return make_project().name


def new_action(staff, kind: str, **values):
	values = {"effective_on": today(), "reason": "As agreed"} | values
	return frappe.get_doc(
		{"doctype": "Personnel Action", "project": staff.project, "staff": staff.name, "action_kind": kind, **values}
	)


def approved(action):
	"""The action on its way through clerk and director."""
	with as_role("HR Clerk", project=action.project):
		action = apply_workflow(action.insert(), "Submit for Approval")
	with as_role("Office Director", project=action.project):
		return apply_workflow(frappe.get_doc("Personnel Action", action.name), "Approve")


def login(project: str, label: str, *roles: str) -> str:
	return make_user(
		*(roles or ("Technician",)), projects=(project,), email=f"{label}-{project.lower()}@test.kefu.example"
	)


def attach(name: str, content: bytes) -> str:
	return (
		frappe.get_doc({"doctype": "File", "file_name": name, "content": content})
		.insert(ignore_permissions=True)
		.file_url
	)


def test_somebody_is_hired_with_a_checklist(project):
	post = make_post(rank="Staff")
	staff = make_staff(project, status="Joining", date_of_joining=None)
	action = approved(new_action(staff, "Hire", to_post=post.name, probation_until=add_days(today(), 90)))
	staff.reload()
	assert (staff.status, staff.post, str(staff.date_of_joining)) == ("Probation", post.name, today())
	assert action.approved_by and action.prepared_by and frappe.db.get_value("Personnel Action", action.name, "applied")
	checklist = frappe.get_doc("Staff Checklist", {"personnel_action": action.name})
	assert checklist.kind == "Onboarding" and len(checklist.items) == 5
	with as_role("HR Clerk", project=project) as clerk:
		with pytest.raises(errors.TasksOpen, match="Contract signed"):
			checklist.complete()
		for row in checklist.items:
			row.done = 1
		checklist.complete()
	assert checklist.status == "Done" and checklist.items[0].done_by == clerk


def test_a_transfer_waits_for_its_day_and_takes_the_login_along(project):
	other = make_project().name
	user = login(project, "moves")
	staff = make_staff(project, user=user)
	department = make_department(other)
	action = approved(
		new_action(
			staff, "Post Transfer", to_project=other, to_department=department.name, effective_on=add_days(today(), 5)
		)
	)
	assert frappe.db.get_value("Staff Member", staff.name, "project") == project
	with pytest.raises(errors.ActionOpen, match=action.name):
		new_action(staff, "Promotion", to_rank="Team Lead").insert(ignore_permissions=True)
	actions.apply_due(add_days(today(), 5))
	actions.apply_due(add_days(today(), 6))  # a second run finds nothing to do
	staff.reload()
	assert (staff.project, staff.department) == (other, department.name)
	allowed = frappe.get_all("User Permission", {"user": user, "allow": "Property Project"}, pluck="for_value")
	assert allowed == [other]
	with pytest.raises(errors.ActionInEffect):
		frappe.get_doc("Personnel Action", action.name).cancel()


def test_actions_that_do_not_fit_are_refused(project):
	staff = make_staff(project)
	for kind, values, error in (
		("Hire", {}, errors.ActionNotPossible),
		("Return to Work", {}, errors.ActionNotPossible),
		("Promotion", {}, errors.ActionNotPossible),
		("Departure", {}, errors.ActionNotPossible),
		("Post Transfer", {"to_manager": staff.name}, errors.CircularHierarchy),
		("Post Transfer", {"to_department": make_department(make_project().name).name}, errors.ActionNotPossible),
	):
		with pytest.raises(error):
			new_action(staff, kind, **values).insert(ignore_permissions=True)
	below = make_staff(project, manager=staff.name)
	with pytest.raises(errors.CircularHierarchy):
		approved(new_action(staff, "Post Transfer", to_manager=below.name))


def test_nobody_approves_what_he_prepared_or_what_is_about_him(project):
	both = login(project, "both", "HR Clerk", "Office Director")
	with as_user(both):
		action = apply_workflow(
			new_action(make_staff(project), "Promotion", to_rank="Team Lead").insert(), "Submit for Approval"
		)
		action.workflow_state = "Approved"
		with pytest.raises(SelfApproval):
			action.submit()
	director = login(project, "director", "Office Director")
	own = make_staff(project, user=director)
	with as_role("HR Clerk", project=project):
		action = apply_workflow(new_action(own, "Promotion", to_rank="Manager").insert(), "Submit for Approval")
	with as_user(director), pytest.raises(errors.OwnPaper):
		apply_workflow(action, "Approve")


def test_leaving_waits_for_keys_people_and_tasks_then_closes_the_login(project):
	user = login(project, "leaver")
	staff = make_staff(project, user=user)
	report = make_staff(project, manager=staff.name)
	contract = frappe.get_doc(
		{
			"doctype": "Staff Contract",
			"project": project,
			"staff": staff.name,
			"contract_kind": "Open Ended",
			"from_date": "2024-01-01",
		}
	).insert(ignore_permissions=True)
	request = new_leave(staff, "2025-03-03", "2025-03-03").insert(ignore_permissions=True)
	loan = lend(project, make_key(project).name, borrower_kind="Staff", staff=user)
	action = approved(new_action(staff, "Departure", leaving_kind="Resignation"))
	checklist = frappe.get_doc("Staff Checklist", {"personnel_action": action.name})
	assert frappe.db.get_value("Staff Member", staff.name, "status") == "At Work"

	def complete():
		with as_role("HR Clerk", project=project):
			doc = frappe.get_doc("Staff Checklist", checklist.name)
			for row in doc.items:
				row.done = 1
			return doc.complete()

	states = {row["check"]: row["status"] for row in api.leaving_checks(staff.name)}
	assert states["keys.loans"] == states["workforce.reports"] == states["workforce.requests"] == "blocked"
	with pytest.raises(errors.LeavingBlocked, match=loan.items[0].key_code):
		complete()
	loan.return_keys()
	report.manager = None
	report.save(ignore_permissions=True)
	with pytest.raises(errors.LeavingBlocked, match=request.name):
		complete()
	request.delete(ignore_permissions=True)
	complete()
	staff.reload()
	assert (staff.status, str(staff.leaving_date)) == ("Departed", today())
	assert not frappe.db.get_value("User", user, "enabled")
	assert frappe.db.get_value("Staff Contract", contract.name, "status") == "Ended"
	with pytest.raises(errors.InUse):
		make_staff(project, manager=staff.name)


@pytest.mark.parametrize(
	("name", "content"),
	[("certificate.pdf", b"MZ\x90\x00 a program"), ("certificate.png", b"<svg onload='x'/>"), ("a.txt", b"text")],
)
def test_a_certificate_of_a_wrong_type_is_refused(project, name, content):
	with pytest.raises(errors.WrongFileType, match="neither a PDF nor a picture"):
		make_certificate(make_staff(project), file=attach(name, content))


def make_certificate(staff, **values):
	values = {"certificate_name": "Fire Control Operator", "issued_on": "2024-01-01"} | values
	return frappe.get_doc(
		{"doctype": "Staff Certificate", "project": staff.project, "staff": staff.name, **values}
	).insert(ignore_permissions=True)


def test_a_picture_or_pdf_is_kept_privately(project):
	picture = make_certificate(make_staff(project), file=attach("c.png", PNG))
	assert picture.file.startswith("/private/files/")
	paper = make_certificate(
		make_staff(project), file=attach("c.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF")
	)
	assert paper.file.startswith("/private/files/") and paper.file.endswith(".pdf")
	with pytest.raises(errors.WrongFileType):
		make_certificate(make_staff(project), file="https://example.com/c.pdf")


def test_papers_that_end_are_told_of_once_ahead_and_once_after(project):
	user = login(project, "holder")
	staff = make_staff(project, user=user)
	clerk = login(project, "clerk", "HR Clerk")
	soon = make_certificate(staff, expires_on=add_days(today(), 10))
	later = make_certificate(staff, expires_on=add_days(today(), 200))
	assert (soon.status, later.status) == ("Expiring", "Valid")

	def told(name) -> dict:
		return dict(Counter(frappe.get_all("Notification Log", {"document_name": name}, pluck="for_user")))

	jobs.tell_of_papers()
	jobs.tell_of_papers()
	assert told(soon.name) == {user: 1, clerk: 1} and told(later.name) == {}
	day = getdate(add_days(today(), 11))
	jobs.mark_papers(day)
	jobs.tell_of_papers(day)
	assert told(soon.name) == {user: 2, clerk: 2}
	assert frappe.db.get_value("Staff Certificate", soon.name, "status") == "Expired"
	with pytest.raises(errors.PeriodReversed):
		make_certificate(staff, expires_on="2023-01-01")


def test_contracts_of_a_kind_do_not_overlap(project):
	staff = make_staff(project)

	def contract(start, end, **values):
		return frappe.get_doc(
			{
				"doctype": "Staff Contract",
				"project": project,
				"staff": staff.name,
				"contract_kind": "Labour Contract",
				"from_date": start,
				"to_date": end,
				**values,
			}
		).insert(ignore_permissions=True)

	first = contract("2022-01-01", "2024-12-31", contract_no="HT-1")
	assert first.status == "Expired"
	with pytest.raises(errors.ContractOverlap, match="HT-1"):
		contract("2024-12-31", "2027-12-31")
	with pytest.raises(errors.PeriodReversed):
		contract("2025-01-02", "2025-01-01")
	assert contract("2025-01-01", "2099-12-31").status == "In Force"
