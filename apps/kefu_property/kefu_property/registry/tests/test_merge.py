"""Two records of one person become one (D1)."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import getdate

from kefu_property.registry import merging, private_values
from kefu_property.registry.exceptions import MergeContradiction
from tests.data.make_roster import citizen_number
from tests.factories.registry import make_home, make_occupancy, make_project, make_resident, make_unit
from tests.factories.users import as_role

PHONE = "19900008888"


@pytest.fixture
def project():
	return make_project().name


def ask(project, survivor, merged, **values):
	return frappe.get_doc(
		{
			"doctype": "Resident Merge",
			"project": project,
			"survivor": survivor.name,
			"merged": merged.name,
			"reason": "same person, seen at the desk",
			**values,
		}
	).insert()


def carry_out(project, doc):
	doc = apply_workflow(doc, "Submit for Approval")
	with as_role("CS Supervisor", project=project):
		return apply_workflow(frappe.get_doc("Resident Merge", doc.name), "Approve")


def test_everything_follows_the_merged_record(project):
	unit, merged, _row = make_home(project, "1-1-101")
	other_unit, survivor, _row2 = make_home(project, "1-1-102")
	merged.new_phone = PHONE
	merged.append("contacts", {"contact_name": "联系人", "new_phone": "19900001111"})
	merged.save()
	vehicle = frappe.get_doc(
		{"doctype": "Resident Vehicle", "project": project, "resident": merged.name, "plate_number": "浙A11111"}
	).insert()
	comment = merged.add_comment("Comment", "calls in the evening")
	todo = frappe.get_doc(
		{"doctype": "ToDo", "description": "call", "reference_type": "Resident", "reference_name": merged.name}
	).insert()
	with as_role("CS Agent", project=project):
		doc = ask(project, survivor, merged)
		assert not doc.contradictions
		assert {"Unit Occupancy", "Resident Vehicle", "Comment", "ToDo"} <= {row.document_type for row in doc.moves}
		doc = apply_workflow(doc, "Submit for Approval")
		with pytest.raises(frappe.ValidationError):
			apply_workflow(doc, "Approve")
	with as_role("CS Supervisor", project=project):
		doc = apply_workflow(frappe.get_doc("Resident Merge", doc.name), "Approve")
	assert merging.references(merged.name) == []
	assert frappe.db.get_value("Resident Vehicle", vehicle.name, "resident") == survivor.name
	assert frappe.db.get_value("Comment", comment.name, "reference_name") == survivor.name
	assert frappe.db.get_value("ToDo", todo.name, "reference_name") == survivor.name
	assert frappe.db.get_value("Property Unit", unit.name, "current_owner") == survivor.name
	assert frappe.db.get_value("Property Unit", other_unit.name, "current_owner") == survivor.name
	merged.reload()
	survivor.reload()
	assert (merged.disabled, merged.merged_into) == (1, survivor.name)
	assert survivor.phone_masked == "199****8888"
	assert private_values.get(survivor.name, private_values.PHONE) == PHONE
	assert private_values.get(survivor.name, private_values.CONTACT_PHONE, survivor.contacts[0].name) == "19900001111"
	assert "Unit Occupancy.resident: 1" in frappe.db.get_value("Resident Merge", doc.name, "log")


def test_every_link_of_the_site_is_found():
	found = {(doctype, fieldname) for doctype, fieldname, _type_field in merging.link_fields()}
	declared = set(
		frappe.get_all(
			"DocField",
			filters={"fieldtype": "Link", "options": "Resident"},
			fields=["parent", "fieldname"],
			as_list=True,
		)
	)
	assert {pair for pair in declared if pair[0] not in merging.KEPT} <= found
	assert ("Comment", "reference_name") in found and ("File", "attached_to_name") in found


def test_double_entries_of_one_home_become_one(project):
	unit = make_unit(project)
	survivor, merged = make_resident(project, "王甲子"), make_resident(project, "王甲子")
	first = make_occupancy(
		unit, survivor, "Co-owner", from_date="2022-01-01", to_date="2024-06-30", share=50, is_payer=0
	)
	second = make_occupancy(unit, merged, "Co-owner", from_date="2024-01-01", share=50, is_payer=1)
	carry_out(project, ask(project, survivor, merged))
	assert not frappe.db.exists("Unit Occupancy", second.name)
	first.reload()
	assert (first.share, first.is_payer, first.to_date) == (100, 1, None)


def test_different_ids_need_a_confirmation(project):
	one = make_resident(project, id_number=citizen_number(getdate("1970-01-01"), 1))
	other = make_resident(project, id_number=citizen_number(getdate("1970-01-01"), 2))
	doc = ask(project, one, other)
	assert doc.contradictions
	with pytest.raises(MergeContradiction):
		carry_out(project, doc)
	doc = frappe.get_doc("Resident Merge", doc.name)
	doc.confirm_different_ids = 1
	doc.save()
	with as_role("CS Supervisor", project=project):
		apply_workflow(doc, "Approve")
	assert frappe.db.get_value("Resident", other.name, "disabled") == 1
	assert private_values.get(other.name, private_values.ID_NUMBER), "the second number stays with the merged record"


def test_two_payers_of_one_home_contradict(project):
	"""As one person they would pay twice on the days when only one of the rows was to pay."""
	unit = make_unit(project)
	survivor, merged, third = (make_resident(project) for _number in range(3))
	make_occupancy(unit, survivor, "Tenant", from_date="2024-01-01", is_payer=0)
	make_occupancy(unit, merged, "Tenant", from_date="2024-06-01", is_payer=1)
	make_occupancy(unit, third, "Family", from_date="2024-01-01", to_date="2024-05-31", is_payer=1)
	doc = ask(project, survivor, merged)
	assert doc.contradictions
	with pytest.raises(MergeContradiction):
		carry_out(project, doc)


@pytest.mark.parametrize("case", ["same", "other project", "already merged", "person and company"])
def test_impossible_pairs_are_refused(project, case):
	one, other = make_resident(project), make_resident(project)
	if case == "same":
		other = one
	elif case == "other project":
		other = make_resident(make_project().name)
	elif case == "already merged":
		other.db_set("disabled", 1)
	else:
		other.db_set("resident_type", "Company")
	with pytest.raises(MergeContradiction):
		carry_out(project, ask(project, one, other))
