"""Taking over common parts from the developer (D24, L12)."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, today
from frappe.www.printview import get_html_and_style

from kefu_property.handover import exceptions as errors
from kefu_property.suite.uploads import NotAPicture
from tests.factories.handover import fill_takeover, new_takeover
from tests.factories.registry import make_building, make_project
from tests.factories.renovation import picture, upload
from tests.factories.users import as_role


@pytest.fixture
def project():
	return make_project(developer="虚构翠园置业有限公司").name


def test_from_the_list_to_the_approved_report(project):
	with as_role("Engineering Lead", project=project):
		doc = new_takeover(project, developer=None).insert()
		assert doc.developer == "虚构翠园置业有限公司"
		groups = {row.item_group for row in doc.lines}
		assert groups == {"Common Parts", "Common Equipment", "Common Facilities"} and len(doc.papers) == 8
		with pytest.raises(errors.TakeoverIncomplete, match="have no result yet"):
			apply_workflow(doc, "Submit for Approval")
		doc.reload()
		fill_takeover(doc, 2, photo=upload(picture(place=True)))
		doc.papers[0].received, doc.papers[0].due_date = "No", add_days(today(), 10)
		doc.save()
		doc = apply_workflow(doc, "Submit for Approval")
	with as_role("Office Director", project=project):
		doc = apply_workflow(frappe.get_doc("Project Takeover", doc.name), "Approve")
	assert (doc.docstatus, doc.conclusion, doc.defects_found, doc.papers_missing) == (1, "Accepted with Defects", 2, 1)
	made = frappe.get_all(
		"Handover Defect", {"takeover": doc.name}, ["name", "status", "due_date", "room", "found_on", "source"]
	)
	assert {row.due_date for row in made} == {getdate(add_days(today(), 30))}
	assert {row.name for row in made} == {row.defect for row in doc.lines if row.defect}
	first = frappe.get_doc("Handover Defect", made[0].name)
	assert b"SecretCamera" not in frappe.get_doc("File", {"file_url": first.photos[0].image}).get_content()
	with as_role("Technician", project=project):
		first.reload()
		first.repair_note = "压浆处理"
		first.save()
		apply_workflow(first, "Report Repair")
	with as_role("Engineering Lead", project=project):
		apply_workflow(frappe.get_doc("Handover Defect", first.name), "Confirm")
	assert frappe.db.get_value("Project Takeover", doc.name, "open_defects") == 1
	doc.reload()
	html = get_html_and_style(doc.as_json(), print_format="Takeover Report")["html"]
	assert "虚构翠园置业有限公司" in html and "Closed" in html and html.count("data:image/png") == 2
	with pytest.raises(errors.TakeoverIncomplete, match="1 defects"):
		doc.cancel()


def test_a_cancelled_takeover_withdraws_its_defects(project):
	doc = new_takeover(project).insert()
	fill_takeover(doc, 1)
	doc.save()
	doc.db_set({"docstatus": 1, "workflow_state": "Approved"})
	doc.reload()
	doc.on_submit()
	with as_role("Office Director", project=project):
		apply_workflow(frappe.get_doc("Project Takeover", doc.name), "Cancel")
	assert frappe.db.get_value("Handover Defect", {"takeover": doc.name}, "status") == "Called Off"


@pytest.mark.parametrize(
	("change", "text"),
	[
		(lambda doc: doc.papers[1].update({"received": None}), "every paper"),
		(lambda doc: doc.papers[1].update({"received": "Partly"}), "by when"),
		(lambda doc: doc.update({"office_signature": None}), "sign before"),
		(lambda doc: doc.lines[3].update({"result": None}), "row 4"),
	],
)
def test_what_is_missing_before_the_approval(project, change, text):
	doc = new_takeover(project).insert()
	fill_takeover(doc)
	change(doc)
	doc.save()
	with pytest.raises(errors.TakeoverIncomplete, match=text):
		apply_workflow(doc, "Submit for Approval")


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"checked_on": "2099-01-01"}, errors.TakeoverIncomplete),
		({"ended_on": "2020-01-01"}, errors.TakeoverIncomplete),
	],
)
def test_days_are_in_order(project, values, error):
	with pytest.raises(error):
		new_takeover(project, **values).insert()


def test_bad_lines_are_refused(project):
	doc = new_takeover(project).insert()
	for values, error in (
		({"defect_kind": None}, errors.TakeoverIncomplete),
		({"description": " "}, errors.TakeoverIncomplete),
		({"due_date": "2020-01-01"}, errors.TakeoverIncomplete),
		({"photo": upload(b"<svg onload=x>", "a.txt")}, NotAPicture),
		({"photo": "/files/not-here.jpg"}, NotAPicture),
	):
		doc.reload()
		fill_takeover(doc, 1, **values)
		with pytest.raises(error):
			doc.save()
	other = make_project()
	with pytest.raises(errors.WrongPlace):
		new_takeover(project, building=make_building(other.name).name).insert()
	contractor = frappe.get_doc(
		{"doctype": "Handover Contractor", "project": other.name, "contractor_name": "X"}
	).insert()
	doc.reload()
	fill_takeover(doc, 1, contractor=contractor.name)
	with pytest.raises(errors.WrongPlace):
		doc.save()
