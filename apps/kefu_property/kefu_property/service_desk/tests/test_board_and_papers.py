"""The wall board and the papers of the service desk (D3, D7, S5)."""

import frappe
import pytest
from frappe.www.printview import get_html_and_style

from kefu_property.service_desk import actions, board, dispatch, hotline
from tests.factories.service_desk import make_case, make_desk, staff
from tests.factories.users import as_user


@pytest.fixture
def desk():
	return make_desk()


def counts(page) -> dict:
	return {row["key"]: row["value"] for row in page["counts"]}


def test_board_counts_and_puts_late_cases_first(desk):
	with as_user(desk.agent):
		make_case("Complaint", desk, severity="Low")
		late = make_case("Repair Order", desk, received_on="2026-03-02 09:00:00", subject="Late one")
		hotline.receive(desk.project, "b1", phone="", direction="Incoming", ended_on=frappe.utils.now())
		page = board.get_board()
	found = counts(page)
	assert (found["Complaint"], found["Repair Order"], found["overdue"], found["missed"]) == (1, 1, 1, 1)
	assert found["calls"] == 1 and page["hours"][0]["missed"] == 1
	assert page["cases"][0]["name"] == late.name
	assert {row["value"] for row in page["projects"]} == {desk.project}


def test_board_orders_by_lateness_urgency_and_deadline(desk):
	facts = [  # in the order in which they are wanted
		("Repair Order", "Overdue", "Urgent", "2026-03-04 09:00:00"),
		("Complaint", "Overdue", "Normal", "2026-03-02 09:00:00"),
		("Enquiry", "Overdue", "Normal", "2026-03-03 09:00:00"),
		("Complaint", "Due Soon", "Low", "2026-03-02 10:00:00"),
		("Repair Order", "On Time", "Normal", "2026-03-09 09:00:00"),
		("Enquiry", "On Time", "Normal", None),
		("Complaint", "Waiting", "Urgent", "2026-03-01 09:00:00"),
	]
	names = []
	with as_user(desk.agent):
		for kind, state, severity, due in facts:
			name = make_case(kind, desk).name
			values = {"deadline_state": state, "severity": severity, "next_due": due, "assigned_to": desk.agent}
			frappe.db.set_value(kind, name, values)
			names.append(name)
		page = board.get_board(desk.project)
	assert [row["name"] for row in page["cases"]] == names
	assert [(row["open"], row["late"]) for row in page["people"]] == [(7, 3)]


def test_board_shows_no_names_and_no_other_project(desk):
	with as_user(desk.agent):
		make_case("Complaint", desk, reporter_name="Secret Name")
		text = frappe.as_json(board.get_board())
		assert "Secret Name" not in text
		assert board.get_board(make_desk().project)["cases"] == []
	with as_user(make_desk().agent):
		assert board.get_board()["cases"] == []


def test_board_is_for_staff_of_the_desk(desk):
	keeper = staff(f"clerk-{desk.project.lower()}", desk.project, "HR Clerk")
	with as_user(keeper), pytest.raises(frappe.PermissionError):
		board.get_board()


def paper(doc, name: str) -> str:
	return get_html_and_style(doc.doctype, doc.name, print_format=name)["html"]


def test_papers_print(desk):
	with as_user(desk.agent):
		complaint = make_case("Complaint", desk, category="Injury or Damage", subject="Glass fell <b>down</b>")
		enquiry = make_case("Enquiry", desk, subject="How to move in")
		order = make_case("Repair Order", desk)
		actions.write_reply(complaint, "We are looking into it", "First Answer", "Portal")
	with as_user(order.assigned_to):
		actions.accept("Repair Order", order.name)
		dispatch.set_cost(
			order.name, [], [{"description": "Tap DN15", "rate": "18.50", "quantity": 2}], "Property Office"
		)
		dispatch.finish(order.name, "Sealed")
	with as_user(desk.supervisor):
		sheet = paper(complaint, "Complaint Sheet")
		assert "We are looking into it" in sheet and "<b>down</b>" not in sheet
		assert complaint.major_reason in paper(complaint, "Major Complaint Report")
		assert "How to move in" in paper(enquiry, "Enquiry Sheet")
		assert "Tap DN15" in paper(order, "Repair Work Order")
		assert "Sealed" in paper(order, "Repair Acceptance") and "37.00" in paper(order, "Repair Acceptance")
