"""Maintenance, booking of facilities, advertising places (D5, D26, L19)."""

from decimal import Decimal

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, add_months, getdate, today
from frappe.www.printview import get_html_and_style

from kefu_property.inspection import advertising, bookings, checks, jobs, upkeep
from kefu_property.inspection import exceptions as errors
from kefu_property.inspection.portal import facilities as portal
from kefu_property.inspection.report.advertising_income.advertising_income import execute as income
from kefu_property.inspection.report.facility_life_and_cost.facility_life_and_cost import execute as life
from kefu_property.suite import state
from kefu_property.suite.approval import SelfApproval
from tests.factories.inspection import make_contract, make_facility
from tests.factories.registry import make_home, make_project
from tests.factories.renovation import picture, upload
from tests.factories.users import as_role, as_user, make_user

AGENT, SUPERVISOR, LEAD, TECHNICIAN = "CS Agent", "CS Supervisor", "Engineering Lead", "Technician"


@pytest.fixture
def project():
	return make_project().name


# --- maintenance ---------------------------------------------------------------------------------------------------------


def test_maintenance_is_planned_reported_accepted_and_counted(project):
	lift = make_facility(project, installed_on="2016-01-01", purchase_cost=10_000)
	with as_role(LEAD, project=project):
		plan = frappe.get_doc(
			{
				"doctype": "Facility Maintenance Plan",
				"project": project,
				"plan_title": "Lift",
				"facility": lift.name,
				"work": "Grease and adjust",
				"expected_cost": 480,
				"frequency": "Weekly",
				"every": 2,
				"start_date": today(),
				"calendar_rule": "Keep the Day",
				"days_ahead": 30,
			}
		).insert()
	works = frappe.get_all("Facility Maintenance", {"plan": plan.name}, ["name", "planned_on"], order_by="planned_on")
	assert [str(row.planned_on) for row in works] == [add_days(today(), days) for days in (0, 14, 28)]
	assert upkeep.generate(plans=[plan.name]) == 0
	with as_role(TECHNICIAN, project=project):
		doc = frappe.get_doc("Facility Maintenance", works[0].name)
		with pytest.raises(errors.MaintenanceIncomplete):
			apply_workflow(doc, "Report Work")
		doc.reload()
		doc.update({"done_on": today(), "labour_cost": 300, "parts_cost": "99.90"})
		doc.save()
		doc = apply_workflow(doc, "Report Work")
		assert (doc.cost, doc.done_by) == (Decimal("399.90"), frappe.session.user)
	with as_role(LEAD, project=project):
		doc = apply_workflow(doc, "Accept Work")
		doc.work = "changed"
		with pytest.raises(errors.MaintenanceIncomplete):
			doc.save()
	lift.reload()
	assert lift.maintenance_cost == 399.9
	assert "Grease and adjust" in get_html_and_style(lift.as_json(), print_format="Facility Card")["html"]
	columns, rows, _none, _chart, summary = life({"project": project})
	assert (rows[0].period_cost, rows[0].share) == (Decimal("399.90"), Decimal("4.0"))
	assert summary[2]["value"] == Decimal("399.90") and all(column["fieldname"] in rows[0] for column in columns)
	plan.reload()
	plan.enabled = 0
	plan.save()
	assert frappe.db.count("Facility Maintenance", {"plan": plan.name}) == 1


@pytest.mark.parametrize("values", [{"labour_cost": -1}, {"status": "Work Accepted"}, {"done_on": "2999-01-01"}])
def test_maintenance_that_cannot_be_is_refused(project, values):
	lift = make_facility(project)
	doc = frappe.get_doc(
		{
			"doctype": "Facility Maintenance",
			"project": project,
			"facility": lift.name,
			"work": "x",
			"planned_on": today(),
		}
	).insert()
	doc.status = "Work Reported"
	doc.update(values)
	with pytest.raises(errors.MaintenanceIncomplete):
		doc.run_method("validate")


# --- booking -------------------------------------------------------------------------------------------------------------


def make_court(project: str, **values):
	return make_facility(
		project,
		"Sports Ground",
		"网球场",
		**{
			"on_portal": 1,
			"opening_hours": "7–21",
			"bookable": 1,
			"bookable_from": "07:00:00",
			"bookable_to": "21:00:00",
			"slot_minutes": 60,
			"photos": [{"image": upload(picture())}],
			**values,
		},
	)


@pytest.fixture
def owner(project):
	unit, resident, _occupancy = make_home(project)
	user = make_user("Property Resident", email=f"owner-{project.lower()}@test.kefu.example", user_type="Website User")
	frappe.db.set_value("Resident", resident.name, "user", user)
	return frappe._dict(user=user, unit=unit.name, resident=resident.name)


def page(user: str, rest: str = "") -> frappe._dict:
	context = frappe._dict(rest=rest)
	with as_user(user):
		portal.get_context(context)
	return context


def test_a_resident_finds_a_facility_books_and_takes_back(project, owner):
	court, hidden = make_court(project), make_facility(project, name="不公开")
	strange = make_court(make_project().name)
	listed = page(owner.user)
	assert [row.name for row in listed.rows] == [court.name] and listed.rows[0].photo
	with as_user(owner.user):
		portal.photo(listed.rows[0].photo.name)
	assert frappe.local.response.filecontent[:2] == b"\xff\xd8"
	for name in (hidden.name, strange.name, "nothing"):
		with pytest.raises(frappe.DoesNotExistError):
			page(owner.user, name)
	with as_user(owner.user), pytest.raises(frappe.DoesNotExistError):
		portal.photo(strange.photos[0].name)
	day = add_days(today(), 1)
	one = page(owner.user, f"{court.name}/{day}")
	assert len(one.slots) == 14 and str(one.day) == day
	with as_user(owner.user):
		assert portal.book(court.name, owner.unit, day, "09:00-10:00", "4")["next"].endswith("/bookings")
		with pytest.raises(errors.SlotTaken):
			portal.book(court.name, owner.unit, day, "09:00-10:00")
		portal.book(court.name, owner.unit, day, "10:00-11:00")
		with pytest.raises(errors.BookingRefused, match="at most 2"):
			portal.book(court.name, owner.unit, day, "12:00-13:00")
		with pytest.raises(frappe.DoesNotExistError):
			portal.book(court.name, make_home(project)[0].name, day, "12:00-13:00")
	assert len(page(owner.user, f"{court.name}/{day}").slots) == 12
	mine = page(owner.user, "bookings").rows
	assert [(row.status, row.open) for row in mine] == [("Confirmed", True)] * 2
	assert checks.home_cards(owner.user)[0]["value"].endswith("09:00:00") or checks.home_cards(owner.user)
	other = make_user("Property Resident", email=f"other-{project.lower()}@test.kefu.example", user_type="Website User")
	with as_user(other), pytest.raises(frappe.DoesNotExistError):
		portal.withdraw(mine[0].name)
	with as_user(owner.user):
		portal.withdraw(mine[0].name)
		with pytest.raises(errors.BookingRefused):
			portal.withdraw(mine[0].name)
	assert len(page(owner.user, f"{court.name}/{day}").slots) == 13


@pytest.mark.parametrize(
	("day", "slot"),
	[(-1, "09:00-10:00"), (30, "09:00-10:00"), (1, "09:15-10:15"), (1, "21:00-22:00"), (1, "10:00-09:00"), (1, "soon")],
)
def test_slots_that_are_not_offered_are_refused(project, owner, day, slot):
	court = make_court(project)
	with as_user(owner.user), pytest.raises(errors.BookingRefused):
		portal.book(court.name, owner.unit, add_days(today(), day), slot)


def test_the_office_confirms_or_refuses_with_a_reason(project, owner):
	court = make_court(project, booking_approval=1)
	with as_user(owner.user):
		portal.book(court.name, owner.unit, add_days(today(), 1), "09:00-10:00")
		portal.book(court.name, owner.unit, add_days(today(), 1), "10:00-11:00")
	first, second = frappe.get_all("Facility Booking", {"facility": court.name}, pluck="name", order_by="from_time")
	with as_role(AGENT, project=project):
		cards = checks.front_desk({"project": project, "units": [owner.unit], "residents": [owner.resident]})
		assert len(cards[0]["items"]) == 2 and cards[0]["actions"][0]["values"]["unit"] == owner.unit
		doc = frappe.get_doc("Facility Booking", first)
		with pytest.raises(errors.BookingRefused):
			doc.decide(False)
		doc.decide(False, "Tournament")
		frappe.get_doc("Facility Booking", second).decide(True)
	with as_role(TECHNICIAN, project=project), pytest.raises(frappe.PermissionError):
		frappe.get_doc("Facility Booking", second).cancel_booking()
	rows = {row.name: row for row in page(owner.user, "bookings").rows}
	assert (rows[first].status, rows[first].decision_note, rows[second].status) == (
		"Refused",
		"Tournament",
		"Confirmed",
	)
	assert [unit for _start, _end, unit in bookings.taken(court.name, add_days(today(), 1))] == [owner.unit]


# --- advertising places --------------------------------------------------------------------------------------------------


def make_place(project: str):
	return make_facility(project, "Lift Advertising", "轿厢框架")


def test_a_contract_is_approved_by_the_director_and_its_rent_is_scheduled(project):
	place = make_place(project)
	with as_role(SUPERVISOR, project=project):
		doc = make_contract(place, submit=False, owners_resolution="")
		assert [line.amount for line in doc.schedule] == [3000] * 4 and doc.total_rent == 12_000
		with pytest.raises(errors.ContractInvalid, match="resolution"):
			apply_workflow(doc, "Submit for Approval")
		doc.reload()
		doc.owners_resolution = "Meeting 2026-1"
		doc.save()
		doc = apply_workflow(doc, "Submit for Approval")
		with pytest.raises(frappe.ValidationError):
			apply_workflow(doc, "Approve")
	both = make_user(
		SUPERVISOR, "Office Director", projects=(project,), email=f"both-{project.lower()}@test.kefu.example"
	)
	with as_user(both):
		own = make_contract(make_facility(project, "Screen", "屏"), submit=False)
		own = apply_workflow(own, "Submit for Approval")
		own.workflow_state, own.docstatus = "Approved", 1
		with pytest.raises(SelfApproval):
			own.save()
	with as_role("Office Director", project=project):
		doc = apply_workflow(frappe.get_doc(doc.doctype, doc.name), "Approve")
	assert (doc.docstatus, doc.workflow_state, doc.outstanding) == (1, "Approved", 12_000)
	html = get_html_and_style(doc.as_json(), print_format="Advertising Contract Sheet")["html"]
	assert "Focus Media" in html and "12,000.00" in html
	with pytest.raises(errors.PlaceTaken, match="Focus Media"):
		make_contract(place, submit=False, from_date="2026-12-31", to_date="2027-06-30")
	assert make_contract(place, submit=False, from_date="2027-01-01", to_date="2027-06-30").name


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"to_date": "2025-01-01"}, errors.ContractInvalid),
		({"rent": 0}, errors.ContractInvalid),
		({"rent": -5}, errors.ContractInvalid),
	],
)
def test_contracts_that_are_not_in_order_are_refused(project, values, error):
	with pytest.raises(error):
		make_contract(make_place(project), submit=False, **values)
	with pytest.raises(errors.ContractInvalid, match="advertising place"):
		make_contract(make_facility(project), submit=False)


def test_rent_goes_to_the_owners_books(project):
	contract = make_contract(make_place(project), from_date=add_months(today(), -6), to_date=add_months(today(), 6))
	with as_role(SUPERVISOR, project=project), pytest.raises(frappe.PermissionError):
		advertising.receive_rent(contract.name, "3000", today())
	with as_role("Cashier", project=project):
		entry = advertising.receive_rent(contract.name, "4000.50", today(), "Bank Transfer", "BANK-1")
		for amount, day, reference in (
			("9000", today(), None),
			("0", today(), None),
			("0.001", today(), None),
			("10", add_days(today(), 1), None),
			("10", today(), "BANK-1"),
		):
			with pytest.raises(errors.RentInvalid):
				advertising.receive_rent(contract.name, amount, day, reference_no=reference)
	contract.reload()
	assert [line.received for line in contract.schedule][:3] == [3000, 1000.5, 0]
	assert contract.next_due_on == contract.schedule[1].due_on
	books = frappe.get_doc("Common Income Entry", entry)
	assert (books.source, books.kind, books.amount, books.workflow_state) == ("Advertising", "Income", 4000.5, "Draft")
	assert books.counterparty == "Focus Media" and contract.receipts[0].income_entry == entry
	row = income({"project": project})[1][0]
	assert (row.got, row.booked, row.overdue) == (Decimal("4000.50"), Decimal("0.00"), Decimal("1999.50"))
	with as_role("Cashier", project=project):
		wrong = advertising.receive_rent(contract.name, "100", today(), "Cash")
		receipt = frappe.get_doc(contract.doctype, contract.name).receipts[1].name
		with pytest.raises(errors.RentInvalid):
			advertising.take_back_receipt(contract.name, receipt, " ")
		advertising.take_back_receipt(contract.name, receipt, "belongs to another contract")
	assert not frappe.db.exists("Common Income Entry", wrong)
	contract.reload()
	assert (contract.received, len(contract.receipts)) == (4000.5, 1)
	books.db_set("workflow_state", "Approved")
	with as_role("Cashier", project=project), pytest.raises(errors.RentInvalid, match="reversed"):
		advertising.take_back_receipt(contract.name, contract.receipts[0].name, "mistake")
	columns, rows, _none, _chart, summary = income({"project": project})
	assert rows[0].booked == summary[1]["value"] == Decimal("4000.50")
	assert all(column["fieldname"] in rows[0] for column in columns)


def test_without_billing_rent_waits_for_the_books(project, monkeypatch):
	contract = make_contract(make_place(project))
	on = {"billing": False}
	real = state.is_enabled
	monkeypatch.setattr(state, "is_enabled", lambda key: on["billing"] if key == "billing" else real(key))
	with as_role("Accountant", project=project):
		assert advertising.receive_rent(contract.name, "3000", "2026-02-01") is None
		assert income({"project": project})[1][0].booked == 0
		assert advertising.post_open(contract.name) == 0
		on["billing"] = True
		assert advertising.post_open(contract.name) == 1
		assert advertising.post_open(contract.name) == 0
	contract.reload()
	assert frappe.db.get_value("Common Income Entry", contract.receipts[0].income_entry, "amount") == 3000


def test_a_contract_that_ends_early_owes_its_days(project):
	place = make_place(project)
	contract = make_contract(place)
	with as_role("Cashier", project=project):
		advertising.receive_rent(contract.name, "3000", "2026-02-01")
	with as_role(SUPERVISOR, project=project):
		doc = frappe.get_doc(contract.doctype, contract.name)
		for day, error in (("2025-12-31", "day of the contract"), ("2026-02-15", "more than is owed")):
			with pytest.raises(errors.ContractInvalid, match=error):
				doc.end_early(day, "moved")
		doc.end_early("2026-05-15", "The shop closed.")
	contract.reload()
	assert [line.amount for line in contract.schedule] == [3000, 1483.52, 0, 0]
	assert (contract.outstanding, str(contract.ended_on), contract.state_text()) == (1483.52, "2026-05-15", "Ended")
	assert make_contract(place, submit=False, from_date="2026-05-16", to_date="2026-12-31").name


def test_content_that_is_not_allowed_becomes_a_rectification(project):
	contract = make_contract(make_place(project))
	values = {
		"doctype": "Advertising Content Check",
		"project": project,
		"facility": contract.facility,
		"contract": contract.name,
		"content": "Poster",
		"checked_on": today(),
		"true_content": 1,
		"permit_seen": 1,
		"safe_mount": 1,
	}
	with as_role(AGENT, project=project):
		with pytest.raises(errors.CheckIncomplete):
			frappe.get_doc(values | {"result": "Allowed"}).insert()
		with pytest.raises(errors.CheckIncomplete):
			frappe.get_doc(values | {"result": "To Be Removed"}).insert()
		check = frappe.get_doc(values | {"result": "To Be Removed", "reason": "Claims to be the best"}).insert()
	defect = frappe.get_doc("Rectification", check.rectification)
	assert (defect.severity, str(defect.due_date)) == ("Serious", add_days(today(), 1))
	contract.reload()
	assert (str(contract.last_content_check), contract.content_result) == (today(), "To Be Removed")


def test_ends_and_overdue_rent_are_told_once(project):
	boss = make_user(SUPERVISOR, LEAD, projects=(project,), email=f"boss-{project.lower()}@test.kefu.example")
	contract = make_contract(make_place(project), from_date=add_months(today(), -11), to_date=add_days(today(), 20))
	lift = make_facility(
		project,
		installed_on=add_months(today(), -11),
		warranty_until=add_days(today(), 10),
		documents=[{"title": "Certificate", "document": upload(picture()), "valid_until": add_days(today(), 5)}],
	)

	def told() -> list[str]:
		return sorted(frappe.get_all("Notification Log", {"for_user": boss}, pluck="document_name"))

	jobs.tell_of_ends()
	assert told() == sorted([contract.name, contract.name, lift.name, lift.name])
	jobs.tell_of_ends()
	assert len(told()) == 4
	lift.reload()
	lift.warranty_until = add_days(today(), 25)
	lift.save()
	assert getdate(lift.warranty_until) and jobs.tell_of_ends() >= 1 and len(told()) == 5
