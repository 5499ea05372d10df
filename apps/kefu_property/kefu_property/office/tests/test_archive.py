"""The archive: filing with one click, search in the texts, loans, disposal with approval, handover of a project (D9, L24, L25)."""

import io
import json
import zipfile
from pathlib import Path

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, get_files_path, today
from openpyxl import load_workbook

from kefu_property.office import archive, archive_package, archive_text, paper_jobs
from kefu_property.office import paper_exceptions as errors
from kefu_property.office.doctype.archive_class.archive_class import children
from kefu_property.office.report.archive_catalogue import archive_catalogue
from kefu_property.suite.approval import SelfApproval
from tests.factories.office_papers import attach, docx, issue, make_archive_file, make_kind, new_document
from tests.factories.registry import make_project
from tests.factories.users import as_role, as_user, make_user

CLERK, DIRECTOR, AGENT = "Office Clerk", "Office Director", "CS Agent"


@pytest.fixture
def project():
	return make_project().name


def status(file) -> str:
	return frappe.db.get_value("Archive File", file.name, "status")


def lend(project: str, *files, **values):
	with as_role(AGENT, project=project) as borrower:
		loan = frappe.get_doc(
			{
				"doctype": "Archive Loan",
				"project": project,
				"borrower": borrower,
				"purpose": "Check of a complaint",
				"due_on": add_days(today(), 7),
				"items": [{"archive_file": file.name} for file in files],
				**values,
			}
		).insert()
		loan = apply_workflow(loan, "Submit for Approval")
	with as_role(CLERK, project=project):
		return apply_workflow(loan, "Approve")


def disposal(project: str, *rows, **values):
	return frappe.get_doc(
		{
			"doctype": "Archive Disposal",
			"project": project,
			"disposal_title": "Disposal 2026",
			"reason": "Retention ended",
			"witness_one": "Li",
			"witness_two": "Wang",
			"items": list(rows),
			**values,
		}
	)


def test_the_catalogue_has_the_classes_that_the_law_names(project):
	classes = dict(frappe.get_all("Archive Class", fields=["name", "retention_years"], as_list=True))
	assert {"B.01": 0, "C.01": 0, "G.02": 30, "G.03": 10}.items() <= classes.items()
	make_archive_file(project, archive_class="D.01")
	with as_role(AGENT, project=project):
		top = children("Archive Class")
		below = children("Archive Class", parent="D")
	assert [row["value"] for row in top][:3] == ["A", "B", "C"]
	assert next(row for row in below if row["value"] == "D.01")["note"].startswith("1 files")


def test_a_paper_is_filed_once_with_its_print_and_attachments(project):
	doc = issue(project, make_kind(archive_class="A.01").name, subject="Fire drill on Friday")
	attach("Issued Document", doc.name, "plan.docx", docx("Assembly point at the north gate"))
	with as_role(AGENT, project=project):
		proposal = archive.filing("Issued Document", doc.name)
		assert (proposal["filed"], proposal["archive_class"]) == (None, "A.01")
		name = archive.file_document("Issued Document", doc.name, "A.01")
		with pytest.raises(errors.AlreadyFiled):
			archive.file_document("Issued Document", doc.name, "A.01")
	file = frappe.get_doc("Archive File", name)
	assert doc.document_number in file.file_title and "Fire drill" in file.file_title
	assert (file.retention_until, str(file.file_date)) == (None, str(doc.issued_on))
	kept = archive.attached([name])[name]
	assert [row.file_name.rpartition(".")[2] for row in kept] == ["pdf", "docx"]
	content = frappe.get_doc("File", kept[0].name).get_content()
	assert content.startswith(b"%PDF") if isinstance(content, bytes) else content.startswith("%PDF")


def test_drafts_and_foreign_papers_are_not_filed(project):
	draft = new_document(project, make_kind().name).insert()
	with as_role(AGENT, project=project):
		with pytest.raises(errors.NotFinal):
			archive.file_document("Issued Document", draft.name, "A.01")
		with pytest.raises(frappe.PermissionError):
			archive.file_document("User", frappe.session.user, "A.01")
	doc = issue(project, make_kind().name)
	with as_role(AGENT, project=make_project().name), pytest.raises(frappe.PermissionError):
		archive.file_document("Issued Document", doc.name, "A.01")


def test_words_in_attached_files_are_found_by_those_who_may_read_them(project):
	file = make_archive_file(project, file_title="2026年二季度设备资料")
	attach("Archive File", file.name, "巡检.docx", docx("消防水泵房巡检记录", "压力表读数 0.35 MPa，负责人 Wang Qiang"))
	attach("Archive File", file.name, "note.txt", "电梯年检合格".encode("gb18030"))
	attach("Archive File", file.name, "broken.pdf", b"%PDF-1.7 not really")
	archive_text.read_waiting()
	states = frappe.get_all("Archive Text", filters={"archive_file": file.name}, pluck="status", order_by="creation")
	assert states == ["Extracted", "Extracted", "Failed"]
	frappe.db.commit()  # a full-text index answers of committed rows only
	try:
		with as_role(AGENT, project=project):
			for text in ("水泵房", "巡检 压力表", "qiang", "电梯年检", "二季度"):
				assert [row.name for row in archive_text.search(text, project=project)] == [file.name], text
			assert "水泵房" in archive_text.search("水泵房")[0].excerpt
			assert archive_text.search("水泵房", project=project, archive_class="D")[0].name == file.name
			assert archive_text.search("水泵房", project=project, archive_class="G") == []
			assert archive_text.search("房泵水", project=project) == []
		with as_role(AGENT, project=make_project().name):
			assert file.name not in [row.name for row in archive_text.search("水泵房")]
	finally:
		for name in frappe.get_all("File", filters={"attached_to_name": file.name}, pluck="name"):
			frappe.delete_doc("File", name, ignore_permissions=True)
		frappe.db.delete("Archive File", {"name": file.name})
		frappe.db.delete("Property Project", {"name": project})
		frappe.db.commit()  # as above
	assert not frappe.db.exists("Archive Text", {"archive_file": file.name})


def test_files_are_lent_returned_and_missed(project):
	one, two = make_archive_file(project), make_archive_file(project)
	loan = lend(project, one, two)
	assert (loan.status, status(one)) == ("Lent", "Lent")
	with pytest.raises(errors.FileNotAvailable):
		lend(project, one)
	with as_role(AGENT, project=project), pytest.raises(frappe.PermissionError):
		frappe.get_doc("Archive Loan", loan.name).take_back()
	day = add_days(today(), 9)
	paper_jobs.remind_loans(day)
	paper_jobs.remind_loans(day)
	assert frappe.db.count("Notification Log", {"for_user": loan.borrower, "document_name": loan.name}) == 1
	with as_role(CLERK, project=project):
		loan = frappe.get_doc("Archive Loan", loan.name)
		assert loan.take_back([one.name]) == "Partly Returned"
		with pytest.raises(errors.ReturnedBefore):
			loan.take_back([one.name])
		assert loan.take_back() == "Returned"
	assert (status(one), status(two)) == ("In the Archive", "In the Archive")
	assert frappe.db.get_value("Archive File", one.name, "borrower") is None


@pytest.mark.parametrize("case", ["twice", "past", "foreign"])
def test_a_loan_that_is_not_in_order_is_refused(project, case):
	file = make_archive_file(project)
	wanted = {"twice": errors.FileNotAvailable, "past": errors.WrongDates, "foreign": errors.WrongProject}[case]
	with pytest.raises(wanted):
		if case == "twice":
			lend(project, file, file)
		elif case == "past":
			lend(project, file, due_on="2020-01-01")
		else:
			lend(project, make_archive_file(make_project().name))


def test_only_files_whose_retention_ended_are_destroyed_with_approval(project):
	old = make_archive_file(project, archive_class="D.05", file_date="2019-05-01")
	longer = make_archive_file(project, archive_class="D.05", file_date="2019-06-01")
	young = make_archive_file(project, archive_class="D.05", file_date="2026-01-01")
	forever = make_archive_file(project, archive_class="B.01", file_date="1990-01-01")
	text = attach("Archive File", old.name, "note.txt", b"An old note")
	assert str(old.retention_until) == "2022-12-31"
	for file in (young, forever):
		with pytest.raises(errors.StillToBeKept):
			disposal(project, {"archive_file": file.name, "decision": "Destroy"}).insert()
	with as_role(CLERK, project=project):
		doc = disposal(
			project,
			{"archive_file": old.name, "decision": "Destroy"},
			{"archive_file": longer.name, "decision": "Keep Longer", "keep_until": "2030-12-31"},
		)
		assert {row.archive_file for row in doc.files_due()} == {old.name, longer.name}
		doc = apply_workflow(doc.insert(), "Submit for Approval")
	both = make_user(CLERK, DIRECTOR, projects=(project,), email=f"dis-{project.lower()}@test.kefu.example")
	with as_user(both):
		own = apply_workflow(disposal(project, {"archive_file": old.name}).insert(), "Submit for Approval")
		own.workflow_state = "Approved"
		with pytest.raises(SelfApproval):
			own.submit()
	with as_role(DIRECTOR, project=project):
		apply_workflow(doc, "Approve")
	assert (status(old), status(longer)) == ("Destroyed", "In the Archive")
	assert not frappe.db.exists("File", text.name)
	assert str(frappe.db.get_value("Archive File", longer.name, "retention_until")) == "2030-12-31"
	with pytest.raises(errors.FileNotAvailable):
		frappe.delete_doc("Archive File", old.name)
	with as_role(AGENT, project=project):
		rows = archive_catalogue.execute({"project": project, "archive_class": "D"})[1]
	assert {row.name: row.status for row in rows} == {
		old.name: "Destroyed",
		longer.name: "In the Archive",
		young.name: "In the Archive",
	}


def test_a_project_is_handed_over_as_one_package_with_an_index(project):
	issue(project, make_kind().name, subject="Fire drill")
	file = make_archive_file(project, archive_class="B.01", file_title="Drawing: floor 1/2", file_date="2026-01-05")
	attach("Archive File", file.name, "plan.txt", b"first")
	attach("Archive File", file.name, "plan.txt", b"second one")
	lost = make_archive_file(project, archive_class="B.02", file_date="2026-01-06")
	gone = attach("Archive File", lost.name, "gone.txt", b"will be lost")
	Path(get_files_path(gone.file_url.rpartition("/")[2], is_private=1)).unlink()
	make_archive_file(make_project().name, archive_class="B.01", file_date="2026-01-05")
	with as_role(CLERK, project=project):
		doc = frappe.get_doc(
			{
				"doctype": "Archive Handover",
				"project": project,
				"handover_title": "Handover to the new company",
				"receiver": "New Property Company",
				"reason": "The contract ended.",
				"to_date": add_days(today(), 1),
			}
		).insert()
		with pytest.raises(errors.NotFinal):
			doc.build_again()
		doc = apply_workflow(doc, "Submit for Approval")
	with as_role(AGENT, project=project):
		assert not frappe.has_permission("Archive Handover", "read", doc=doc)
		with pytest.raises(frappe.PermissionError):
			doc.build_again()
	with as_role(DIRECTOR, project=project):
		doc = apply_workflow(doc, "Approve")
	assert doc.status == "Queued"
	archive_package.build(doc.name)
	doc.reload()
	assert (doc.status, doc.files_count, doc.missing_count, doc.progress) == ("Package Ready", 2, 1, 100)
	path = get_files_path(doc.package.rpartition("/")[2], is_private=1)
	assert archive_package.checksum(Path(path)) == doc.checksum
	with zipfile.ZipFile(path) as package:
		names = package.namelist()
		assert len(names) == len(set(names))
		inside = [name for name in names if name.startswith("files/")]
		assert sorted(package.read(name) for name in inside) == [b"first", b"second one"]
		assert all(" floor 1 2/" in name for name in inside)
		index = package.read("index.html").decode()
		book = load_workbook(io.BytesIO(package.read("index.xlsx")))
	assert "Fire drill" in index and "Missing" in index
	rows = list(book.worksheets[0].iter_rows(values_only=True))
	assert len(rows) == 4  # head, two attachments of one file, the lost one
	assert "Fire drill" in json.dumps([list(row) for row in book.worksheets[1].iter_rows(values_only=True)])
	package = doc.package
	archive_package.build(doc.name)
	doc.reload()
	assert doc.package != package and not frappe.db.exists("File", {"file_url": package})


def test_a_package_that_fails_says_so(project, monkeypatch):
	with as_role(CLERK, project=project):
		doc = frappe.get_doc(
			{
				"doctype": "Archive Handover",
				"project": project,
				"handover_title": "Handover",
				"receiver": "X",
				"reason": "End",
				"to_date": today(),
			}
		).insert()
	monkeypatch.setattr(archive_package, "write", lambda doc, path: 1 / 0)
	monkeypatch.setattr(frappe.db, "rollback", lambda *args, **kwargs: None)
	archive_package.build(doc.name)
	doc.reload()
	assert doc.status == "Failed" and "ZeroDivisionError" in doc.error
