"""Clauses and controlled documents: one valid version, obsolete ones with their mark (D18)."""

import io

import frappe
import pytest
from frappe.utils import add_days, add_months, getdate, today
from frappe.www.printview import get_html_and_style
from pypdf import PdfReader

from kefu_property.quality import clauses, documents, setup
from kefu_property.quality import exceptions as errors
from kefu_property.quality.doctype.system_clause.system_clause import get_children
from tests.factories.quality import (
	Staff,
	approve_version,
	insert,
	make_document,
	make_version,
	step,
	told,
	upload,
)
from tests.factories.registry import make_project
from tests.factories.users import as_role, as_user


@pytest.fixture
def project():
	return make_project().name


@pytest.fixture
def people(project):
	return Staff(project)


def pdf_file(text: str = "Procedure", name: str = "paper.pdf") -> str:
	from weasyprint import HTML

	content = HTML(string=f"<p>{text}</p><p style='page-break-before: always'>2</p>").write_pdf()
	return upload(content, name)


# --- clauses ---------------------------------------------------------------------------------------------------------------


def test_the_clauses_form_a_tree_in_their_order():
	assert {row["value"] for row in get_children("System Clause")} == set(clauses.STANDARDS)
	children = [row["value"] for row in get_children("System Clause", "ISO 9001")]
	assert children == [f"ISO 9001 {number}" for number in (4, 5, 6, 7, 8, 9, 10)]
	frappe.local.lang = "zh"
	titles = {row["value"]: row["title"] for row in get_children("System Clause", "ISO 9001 10")}
	assert titles["ISO 9001 10.2"] == "不符合与纠正措施"
	rows = frappe.get_all("System Clause", fields=["lft", "rgt"])
	assert sorted(edge for row in rows for edge in (row.lft, row.rgt)) == list(range(1, 2 * len(rows) + 1))


def test_setup_leaves_the_site_s_clauses_alone():
	frappe.db.set_value("System Clause", "ISO 9001 8.2.1", {"title_zh": "与业主和租户沟通", "questions": "Ours"})
	number = frappe.db.count("System Clause")
	setup.after_install()
	assert frappe.db.count("System Clause") == number
	assert frappe.db.get_value("System Clause", "ISO 9001 8.2.1", ["title_zh", "questions"]) == (
		"与业主和租户沟通",
		"Ours",
	)


@pytest.mark.parametrize(
	("number", "parent"), [("8.x", "ISO 9001 8"), ("8.9", "ISO 9001 7"), ("8.9", "ISO 14001 8"), ("8.9", None)]
)
def test_a_clause_has_its_place(number, parent):
	with pytest.raises(errors.WrongClause):
		insert(
			"System Clause",
			standard="ISO 9001",
			clause_number=number,
			title="Ours",
			title_zh="自定",
			parent_system_clause=parent,
		)


def test_a_site_adds_its_own_clause():
	doc = insert(
		"System Clause",
		standard="ISO 9001",
		clause_number="8.9",
		title="Ours",
		title_zh="自定条款",
		parent_system_clause="ISO 9001 8",
	)
	assert doc.name == "ISO 9001 8.9"
	assert [row["value"] for row in get_children("System Clause", "ISO 9001 8")][-1] == doc.name


# --- controlled documents --------------------------------------------------------------------------------------------------


def test_one_version_is_valid_and_the_one_before_becomes_obsolete(project, people):
	document = make_document(project, clauses=[{"clause": "ISO 9001 8.2.1"}, {"clause": "ISO 9001 8.2.1"}])
	assert len(document.clauses) == 1 and document.status == "No Valid Version"
	readers = [{"user": people.agent}, {"user": people.technician, "copy_no": "01"}, {"user": people.agent}]
	first = approve_version(make_version(document, people.clerk, distribution=readers), people)
	assert (first.workflow_state, first.docstatus, len(first.distribution)) == ("In Force", 1, 2)
	assert (first.prepared_by, first.reviewed_by, first.approved_by) == (
		people.clerk,
		people.supervisor,
		people.director,
	)
	document.reload()
	assert (document.status, document.current_version, document.current_version_no) == ("In Force", first.name, "A/0")
	assert document.review_on == getdate(add_months(today(), 12))
	assert told(people.agent, first.name) == 1
	with as_user(people.agent):
		frappe.get_doc(first.doctype, first.name).confirm_reading()
	with as_user(people.lead), pytest.raises(errors.NotDistributed):
		frappe.get_doc(first.doctype, first.name).confirm_reading()
	first.reload()
	assert [bool(row.confirmed_on) for row in first.distribution] == [True, False]

	with as_user(people.clerk):
		assert frappe.get_doc("Controlled Document", document.name).following_version() == "A/1"
	second = approve_version(make_version(document, people.clerk, "A/1", change_note="Shorter"), people)
	first.reload()
	assert (first.workflow_state, first.replaced_by, first.docstatus) == ("Obsolete", second.name, 1)
	assert first.obsolete_on == getdate(today())
	assert told(people.technician, first.name) == 2, "the holder of the paper copy gives it back"
	with as_user(people.supervisor):
		frappe.get_doc(first.doctype, first.name).take_back("01")
		with pytest.raises(errors.WrongVersion):
			frappe.get_doc(first.doctype, first.name).take_back("01")
	assert frappe.db.get_value("Controlled Document", document.name, "current_version") == second.name
	in_force = frappe.get_all(first.doctype, {"document": document.name, "workflow_state": "In Force"}, pluck="name")
	assert in_force == [second.name]


def test_a_version_waits_for_its_day(project, people):
	document = make_document(project)
	version = approve_version(make_version(document, people.clerk, effective_on=add_days(today(), 3)), people)
	assert version.workflow_state == "Approved" and version.mark()
	documents.put_due_in_force(add_days(today(), 2))
	assert frappe.db.get_value(version.doctype, version.name, "workflow_state") == "Approved"
	documents.put_due_in_force(add_days(today(), 3))
	assert frappe.db.get_value("Controlled Document", document.name, "current_version") == version.name
	with pytest.raises(errors.WrongVersion, match="kept"):
		frappe.get_doc(version.doctype, version.name).cancel()


def test_nobody_approves_their_own_version(project, people):
	version = make_version(make_document(project), people.supervisor)
	version = step(version, people.supervisor, "Submit for Review")
	with pytest.raises(frappe.ValidationError, match="Self approval"):
		step(version, people.supervisor, "Review")
	assert step(version, people.second, "Review").workflow_state == "Pending Approval"


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"version_no": "A/0"}, errors.VersionExists),
		({"version_no": "A/../1"}, errors.WrongVersion),
		({"version_no": "<b>1</b>"}, errors.WrongVersion),
		({"effective_on": "2020-01-01"}, errors.WrongVersion),
		({"attachment": "/files/nothing-there.pdf"}, errors.NotAPdf),
	],
)
def test_a_version_that_is_not_in_order_is_refused(project, people, values, error):
	document = make_document(project)
	approve_version(make_version(document, people.clerk), people)
	with pytest.raises(error):
		make_version(document, people.clerk, **{"version_no": "B/0", **values})


def test_what_is_no_pdf_or_empty_goes_to_nobody(project, people):
	document = make_document(project)
	for content, name in ((b"MZ\x90\x00 not a paper", "paper.pdf"), (b"%PDF-1.4 broken", "broken.pdf")):
		with pytest.raises(errors.NotAPdf):
			make_version(document, people.clerk, attachment=upload(content, name))
	empty = make_version(document, people.clerk, content="<p><br></p>")
	with pytest.raises(errors.WrongVersion, match="text"):
		step(empty, people.clerk, "Submit for Review")
	with pytest.raises(errors.VersionExists, match="on its way"):
		make_version(document, people.clerk, "B/0")


def test_an_obsolete_version_is_printed_with_its_mark(project, people):
	document = make_document(project)
	first = approve_version(make_version(document, people.clerk, attachment=pdf_file("OLD-RULE")), people)
	second = approve_version(make_version(document, people.clerk, "A/1"), people)
	first.reload()

	def printed(doc) -> str:
		return get_html_and_style(doc=doc.doctype, name=doc.name, print_format="Controlled Document Paper")["html"]

	assert first.mark() == "Obsolete" and not second.mark()
	assert "kefu-mark" in printed(first) and "kefu-mark" not in printed(second)
	with as_user(people.agent):
		documents.paper(first.name)
	pages = PdfReader(io.BytesIO(frappe.local.response.filecontent)).pages
	assert len(pages) == 2
	assert all("Obsolete" in page.extract_text() for page in pages) and "OLD-RULE" in pages[0].extract_text()
	with as_user(people.agent), pytest.raises(errors.WrongVersion):
		documents.paper(second.name)
	with as_role("CS Agent", project=make_project().name), pytest.raises(frappe.PermissionError):
		documents.paper(first.name)


def test_a_document_is_reviewed_and_withdrawn(project, people):
	document = make_document(project, keeper=people.lead)
	version = approve_version(make_version(document, people.clerk), people)
	frappe.db.set_value("Controlled Document", document.name, "review_on", today())
	documents.remind(today())
	assert told(people.lead, document.name) == 1
	documents.remind(add_days(today(), 1))
	assert told(people.lead, document.name) == 1, "once a week"
	with as_user(people.lead):
		frappe.get_doc("Controlled Document", document.name).confirm_review("Compared with practice")
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("Controlled Document", document.name).withdraw("no")
	with as_user(people.director):
		frappe.get_doc("Controlled Document", document.name).withdraw("The service ended")
	document.reload()
	assert (document.status, document.current_version, document.withdrawn_reason) == (
		"Withdrawn",
		None,
		"The service ended",
	)
	assert frappe.db.get_value(version.doctype, version.name, "workflow_state") == "Obsolete"
	with pytest.raises(errors.WrongVersion):
		document.delete()


def test_readers_are_reminded_each_week(project, people):
	version = approve_version(
		make_version(make_document(project), people.clerk, distribution=[{"user": people.agent}]), people
	)
	before = told(people.agent, version.name)
	documents.remind(add_days(today(), 6))
	assert told(people.agent, version.name) == before
	documents.remind(add_days(today(), 7))
	assert told(people.agent, version.name) == before + 1
	with as_user(people.agent):
		frappe.get_doc(version.doctype, version.name).confirm_reading()
	documents.remind(add_days(today(), 14))
	assert told(people.agent, version.name) == before + 1
