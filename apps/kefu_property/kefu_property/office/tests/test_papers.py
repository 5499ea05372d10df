"""Issued documents, seals and letters: a number only at issue, approved by somebody else, read by everybody named (D9)."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, today

from kefu_property.office import paper_exceptions as errors
from kefu_property.office import paper_jobs, paper_readers
from kefu_property.suite.approval import SelfApproval, SubmittedAround
from tests.factories.office_papers import (
	approved_document,
	attach,
	issue,
	make_kind,
	make_letter,
	make_seal,
	new_document,
)
from tests.factories.registry import make_project
from tests.factories.users import as_role, as_user, make_user

CLERK, SUPERVISOR, DIRECTOR = "Office Clerk", "CS Supervisor", "Office Director"


@pytest.fixture
def project():
	return make_project().name


@pytest.fixture
def kind():
	return make_kind().name


def alerts(user: str, name: str) -> int:
	return frappe.db.count("Notification Log", {"for_user": user, "document_name": name})


def test_a_document_gets_its_number_only_when_it_is_issued(project, kind):
	doc = approved_document(project, kind)
	assert not doc.document_number
	assert len({doc.prepared_by, doc.reviewed_by, doc.approved_by}) == 3
	with as_role(CLERK, project=project):
		doc = apply_workflow(doc, "Issue the Document")
	year = getdate(today()).year
	assert doc.document_number == f"{project}-{kind}-{year}-1"
	assert issue(project, kind).number == 2
	assert issue(make_project().name, kind).number == 1


def test_a_failed_issue_gives_its_number_back(project, kind):
	doc = approved_document(project, kind, recipients=[{"audience": "Role", "role": "Store Keeper"}])
	frappe.db.savepoint("first_try")
	with as_role(CLERK, project=project), pytest.raises(errors.NoReaders):
		apply_workflow(doc, "Issue the Document")
	frappe.db.rollback(save_point="first_try")
	assert issue(project, kind).number == 1


def test_an_issued_document_neither_changes_nor_disappears(project, kind):
	doc = issue(project, kind)
	doc.subject = "Another subject"
	with pytest.raises(frappe.UpdateAfterSubmitError):
		doc.save()
	doc = frappe.get_doc("Issued Document", doc.name)
	with pytest.raises(errors.DocumentFrozen):
		doc.cancel()
	with pytest.raises(frappe.ValidationError):
		frappe.delete_doc("Issued Document", doc.name)
	assert frappe.db.get_value("Issued Document", doc.name, "docstatus") == 1


def test_nobody_approves_what_they_drafted_or_issues_without_approval(project, kind):
	both = make_user(CLERK, SUPERVISOR, projects=(project,), email=f"both-{project.lower()}@test.kefu.example")
	with as_user(both):
		doc = apply_workflow(new_document(project, kind).insert(), "Submit for Review")
		doc.workflow_state = "Pending Approval"
		with pytest.raises(SelfApproval):
			doc.save()
		doc = frappe.get_doc("Issued Document", doc.name)
		with pytest.raises((SubmittedAround, frappe.ValidationError)):
			doc.submit()


def test_readers_confirm_and_the_rest_are_reminded(project, kind):
	reader = make_user("Technician", projects=(project,), email=f"tech-{project.lower()}@test.kefu.example")
	clerk = make_user("Cashier", projects=(project,), email=f"cash-{project.lower()}@test.kefu.example")
	group = frappe.get_doc(
		{
			"doctype": "Reader Group",
			"project": project,
			"group_name": "Counter",
			"kind": "Department",
			"members": [{"user": clerk}, {"user": reader}],
		}
	).insert()
	doc = issue(
		project,
		kind,
		recipients=[
			{"audience": "Role", "role": "Technician"},
			{"audience": "Reader Group", "reader_group": group.name},
			{"audience": "User", "user": clerk},
		],
	)
	assert (doc.readers, doc.readers_done) == (2, 0)
	assert alerts(reader, doc.name) == alerts(clerk, doc.name) == 1
	with as_user(reader):
		assert doc.my_reading() == "Unread"
		doc.confirm_reading()
		doc.confirm_reading()
	assert frappe.db.get_value("Issued Document", doc.name, "readers_done") == 1
	stranger = make_user("Accountant", projects=(project,), email=f"acc-{project.lower()}@test.kefu.example")
	with as_user(stranger), pytest.raises(errors.NotAReader):
		doc.confirm_reading()
	day = add_days(today(), 10)
	paper_readers.remind(day)
	paper_readers.remind(day)
	assert (alerts(reader, doc.name), alerts(clerk, doc.name)) == (1, 2)


def test_a_withdrawn_document_says_why_and_a_new_one_replaces_it_once(project, kind):
	reader = make_user("Technician", projects=(project,), email=f"tech-{project.lower()}@test.kefu.example")
	old = issue(project, kind, recipients=[{"audience": "User", "user": reader}])
	with as_role(DIRECTOR, project=project):
		with pytest.raises(errors.WithdrawalReason):
			apply_workflow(old, "Withdraw")
	old = frappe.get_doc("Issued Document", old.name)
	with as_role(CLERK, project=project), pytest.raises(frappe.PermissionError):
		old.note_withdrawal("Not mine to say")
	with as_role(CLERK, project=project):
		first, second = old.make_replacement(), old.make_replacement()
		first = apply_workflow(frappe.get_doc("Issued Document", first), "Submit for Review")
		second = apply_workflow(frappe.get_doc("Issued Document", second), "Submit for Review")
	for doc in (first, second):
		with as_role(SUPERVISOR, project=project):
			apply_workflow(doc, "Pass Review")
		with as_role(DIRECTOR, project=project):
			apply_workflow(doc, "Approve")
	with as_role(CLERK, project=project):
		first = apply_workflow(first, "Issue the Document")
		with pytest.raises(errors.AlreadyReplaced):
			apply_workflow(second, "Issue the Document")
	old.reload()
	assert (old.docstatus, old.workflow_state, old.replaced_by) == (1, "Withdrawn", first.name)
	assert first.document_number in old.withdrawal_reason
	assert alerts(reader, old.name) == 2
	assert first.number == 2
	with as_role(DIRECTOR, project=project):
		first.note_withdrawal("Wrong date")
		first = apply_workflow(frappe.get_doc("Issued Document", first.name), "Withdraw")
	assert (first.workflow_state, first.document_number is None) == ("Withdrawn", False)


def test_a_kind_with_seal_is_issued_after_the_seal_was_approved(project):
	kind = make_kind(needs_seal=1).name
	doc = approved_document(project, kind)
	keeper = make_user(CLERK, projects=(project,), email=f"keeper-{project.lower()}@test.kefu.example")
	seal = make_seal(project, keeper)
	with as_role(CLERK, project=project):
		with pytest.raises(errors.SealMissing):
			apply_workflow(doc, "Issue the Document")
		request = frappe.get_doc(
			{
				"doctype": "Seal Request",
				"project": project,
				"seal": seal.name,
				"paper_title": doc.subject,
				"issued_document": doc.name,
				"purpose": "Letter to the street office",
				"copies": 2,
			}
		).insert()
		request = apply_workflow(request, "Submit for Approval")
	with as_role(DIRECTOR, project=project):
		request = apply_workflow(request, "Approve")
		with pytest.raises(errors.SealNotUsable):
			apply_workflow(request, "Note Use of the Seal")
	doc = frappe.get_doc("Issued Document", doc.name)
	with as_role(CLERK, project=project):
		assert apply_workflow(doc, "Issue the Document").document_number
	with as_user(keeper):
		request = apply_workflow(frappe.get_doc("Seal Request", request.name), "Note Use of the Seal")
	assert (request.sealed_by, request.sealed_copies, request.docstatus) == (keeper, 2, 1)


def test_a_seal_out_of_use_and_papers_of_other_projects_are_refused(project, kind):
	other = make_project().name
	seal = make_seal(project, "Administrator", disabled=1)
	values = {"doctype": "Seal Request", "paper_title": "P", "purpose": "P", "seal": seal.name, "copies": 1}
	with pytest.raises(errors.SealNotUsable):
		frappe.get_doc({**values, "project": project}).insert()
	with pytest.raises(errors.WrongProject):
		frappe.get_doc({**values, "project": other}).insert()
	with pytest.raises(errors.WrongProject):
		new_document(other, kind, incoming_letter=make_letter(project).name).insert()


@pytest.mark.parametrize("form", ["{year}-X", "{number}", "{project}{year}{number}{month}", "{year}-{number}"])
def test_a_form_of_numbers_that_could_collide_is_refused(form):
	with pytest.raises(errors.NumberForm):
		make_kind(number_form=form)


def test_a_letter_is_assigned_answered_and_closed(project, kind):
	handler = make_user("Technician", projects=(project,), email=f"tech-{project.lower()}@test.kefu.example")
	with as_role(CLERK, project=project):
		letter = make_letter(project, needs_answer=1, due_on="2026-03-10")
		letter = apply_workflow(letter, "Ask for Instruction")
	with as_role(DIRECTOR, project=project):
		with pytest.raises(errors.HandlersMissing):
			apply_workflow(letter, "Assign to Handlers")
		letter = frappe.get_doc("Incoming Letter", letter.name)
		letter.append("handlers", {"user": handler, "task": "Lead Handler", "due_on": "2026-03-06"})
		letter.director_opinion = "Answer within the week."
		letter.save()
		letter = apply_workflow(letter, "Assign to Handlers")
	assert alerts(handler, letter.name) == 1
	paper_jobs.remind_letters("2026-03-11")
	paper_jobs.remind_letters("2026-03-11")
	assert alerts(handler, letter.name) == 2
	with as_role(CLERK, project=project):
		with pytest.raises(errors.NotAHandler):
			frappe.get_doc("Incoming Letter", letter.name).give_opinion("Mine")
		with pytest.raises(errors.LetterOpen):
			apply_workflow(frappe.get_doc("Incoming Letter", letter.name), "Close")
	with as_user(handler):
		assert frappe.get_doc("Incoming Letter", letter.name).give_opinion("The pump was checked.") == 0
	with as_role(CLERK, project=project):
		with pytest.raises(errors.LetterOpen):
			apply_workflow(frappe.get_doc("Incoming Letter", letter.name), "Close")
	answer = issue(project, kind, incoming_letter=letter.name)
	with as_role(CLERK, project=project):
		letter = apply_workflow(frappe.get_doc("Incoming Letter", letter.name), "Close")
	assert (letter.answered_by, bool(letter.closed_on)) == (answer.name, True)


@pytest.mark.parametrize(
	"values",
	[{"letter_date": "2026-03-05"}, {"needs_answer": 1}, {"needs_answer": 1, "due_on": "2026-03-01"}],
)
def test_a_letter_with_impossible_dates_is_refused(project, values):
	with pytest.raises(errors.WrongDates):
		make_letter(project, **values)


@pytest.mark.parametrize(
	("name", "content"),
	[
		("plan.pdf", b"MZ\x90\x00 a program"),
		("plan.docx", b"%PDF-1.7 no word file"),
		("photo.png", b"<html><script>alert(1)</script></html>"),
		("tool.exe", b"MZ\x90\x00"),
		("note.txt", b"\x7fELF\x00\x01"),
	],
)
def test_an_attachment_that_is_not_what_it_says_is_refused(project, name, content):
	letter = make_letter(project)
	with pytest.raises(errors.NotWhatItSays):
		attach("Incoming Letter", letter.name, name, content)


def test_an_attachment_of_a_paper_is_private(project):
	letter = make_letter(project)
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": "note.txt",
			"content": "A note",
			"attached_to_doctype": "Incoming Letter",
			"attached_to_name": letter.name,
		}
	).insert()
	assert file.is_private
	assert file.file_url.startswith("/private/")
