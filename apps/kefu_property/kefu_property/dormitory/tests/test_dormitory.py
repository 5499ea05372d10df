"""The staff dormitory from the application to the refund of the deposit (D17)."""

import io
from datetime import datetime

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import now_datetime, today
from openpyxl import load_workbook

from kefu_property.dormitory import api, beds, deductions, deposits, jobs
from kefu_property.dormitory import exceptions as errors
from kefu_property.dormitory.doctype.dormitory_deduction_list import dormitory_deduction_list as lists
from kefu_property.dormitory.doctype.dormitory_visitor import dormitory_visitor as visitors
from kefu_property.dormitory.page.dormitory_plan import dormitory_plan as plan
from kefu_property.dormitory.report.dormitory_costs.dormitory_costs import execute as costs_report
from kefu_property.dormitory.report.dormitory_deposits_held.dormitory_deposits_held import execute as deposits_report
from kefu_property.dormitory.report.dormitory_occupancy.dormitory_occupancy import execute as occupancy_report
from kefu_property.dormitory.report.dormitory_room_ranking.dormitory_room_ranking import execute as ranking_report
from kefu_property.suite.approval import SelfApproval
from tests.factories.arrears import printed
from tests.factories.dormitory import (
	approved_application,
	make_dormitory,
	make_room,
	make_stay,
	new_application,
	new_stay,
)
from tests.factories.registry import make_project
from tests.factories.renovation import picture, upload
from tests.factories.users import as_role, as_user, make_user
from tests.factories.workforce import make_staff

WARDEN, HR = "Dormitory Warden", "HR Clerk"


@pytest.fixture
def project():
	return make_project().name


@pytest.fixture
def house(project):
	return make_dormitory(project)


def step(doc, role: str, action: str):
	with as_role(role, project=doc.project):
		return apply_workflow(frappe.get_doc(doc.doctype, doc.name), action)


def approve(doc):
	step(doc, WARDEN, "Submit for Approval")
	return step(doc, HR, "Approve")


def bed_of(name: str):
	return frappe.get_doc("Dormitory Bed", name)


def test_from_the_application_to_the_refund(project, house):
	_room, (first, _second) = make_room(house)
	user = make_user("CS Agent", projects=(project,), email=f"dorm-{project.lower()}@test.kefu.example")
	staff = make_staff(project, "Lin", user=user).name
	with as_user(user):
		doc = new_application(project, staff).insert()
		doc = apply_workflow(doc, "Submit")
	with pytest.raises(errors.BedMissing):
		step(doc, WARDEN, "Forward to HR")
	with as_role(WARDEN, project=project):
		doc.reload()
		doc.bed = first
		doc.save()
	doc = step(doc, WARDEN, "Forward to HR")
	assert doc.reviewed_by and bed_of(first).status == beds.FREE
	doc = step(doc, HR, "Approve")
	assert (doc.workflow_state, bed_of(first).status, bed_of(first).reserved_for) == ("Approved", beds.RESERVED, staff)

	with as_role(WARDEN, project=project):
		stay = new_stay(doc, deposit_received=200).insert()
		assert (stay.deposit_due, [row.thing for row in stay.inventory]) == ("300.00", ["Desk", "Chair"])
		with pytest.raises(errors.DepositWrong):
			stay.submit()
		stay.reload()
		stay.deposit_received = 300
		stay.submit()
	assert (bed_of(first).status, bed_of(first).occupant) == (beds.TAKEN, staff)
	assert frappe.db.get_value(doc.doctype, doc.name, "workflow_state") == "Checked In"
	assert deposits.held(staff) == 300
	assert "Desk" in printed(stay, "Dormitory Check-in Sheet")
	with pytest.raises(errors.NotApproved):
		new_stay(doc).insert()
	with as_user(user):  # staff see their own papers, and nobody else's
		assert frappe.get_list("Dormitory Stay", pluck="name") == [stay.name]
	with as_role("Cashier", project=project):
		assert frappe.get_list("Dormitory Stay", pluck="name") == []
		assert not frappe.has_permission("Dormitory Stay", "read", doc=stay.name)

	with as_role(WARDEN, project=project):
		out = frappe.get_doc(
			{"doctype": "Dormitory Checkout", "project": project, "stay": stay.name, "left_on": "2026-04-10"}
		).insert()
		out.items[1].update({"returned": 0, "deduction": 80, "remark": "broken"})
		out.refund_method = "Cash"
		out.save()
	assert (out.damages, out.from_deposit, out.refund) == ("80.00", "80.00", "220.00")
	out = approve(out)
	stay.reload()
	assert (stay.status, str(stay.to_date), bed_of(first).status) == ("Ended", "2026-04-10", beds.FREE)
	assert deposits.held(staff) == 0
	kinds = frappe.get_all(
		"Dormitory Deposit Entry", {"staff": staff}, ["kind", "amount"], order_by="kind", as_list=True
	)
	assert [(kind, float(amount)) for kind, amount in kinds] == [
		("Deducted", -80.0),
		("Paid In", 300.0),
		("Refunded", -220.0),
	]
	assert "220.00" in printed(out, "Dormitory Check-out Sheet")
	with pytest.raises(errors.StayFixed):
		frappe.get_doc("Dormitory Checkout", out.name).cancel()


def test_a_transfer_frees_the_old_bed_and_keeps_the_deposit(project, house):
	_room, (first, second) = make_room(house)
	stay = make_stay(project, first)
	with pytest.raises(errors.HasBed):
		new_application(project, stay.staff).insert()
	doc = approved_application(project, stay.staff, second, kind="Change of Bed", from_date="2026-03-15")
	moved = new_stay(doc, from_date="2026-03-15", deposit_received=0).insert()
	moved.submit()
	stay.reload()
	assert (moved.deposit_due, moved.previous_stay) == ("0.00", stay.name)
	assert (stay.status, str(stay.to_date)) == ("Ended", "2026-03-15")
	assert (bed_of(first).status, bed_of(second).occupant) == (beds.FREE, stay.staff)
	assert deposits.held(stay.staff) == 300


def test_gender_rank_and_closed_rooms(project, house):
	men, men_beds = make_room(house, gender="Male")
	_leads, lead_beds = make_room(house, lowest_rank="Team Lead")
	woman = make_staff(project, rank="Staff").name
	with pytest.raises(errors.GenderRule):
		new_application(project, woman, men_beds[0]).insert()
	with pytest.raises(errors.RankRule):
		new_application(project, woman, lead_beds[0]).insert()
	assert new_application(project, make_staff(project, rank="Manager").name, lead_beds[0]).insert()
	assert new_application(project, make_staff(project, gender="Male").name, men_beds[0]).insert()
	men.reload()
	men.closed = 1
	men.save()
	with pytest.raises(errors.BedNotFree):
		new_application(project, make_staff(project, gender="Male").name, men_beds[1]).insert()
	with pytest.raises(errors.WrongRoom):
		make_room(make_dormitory(project, gender="Female"), gender="Male")


def test_bad_applications(project, house):
	_room, (first, second) = make_room(house)
	stay = make_stay(project, first)
	staff = make_staff(project).name
	with pytest.raises(errors.BedNotFree):
		new_application(project, staff, first).insert()
	with pytest.raises(errors.NoBed):
		new_application(project, staff, second, kind="Change of Bed").insert()
	with pytest.raises(errors.DormitoryDates):
		new_application(project, staff, until_date="2026-02-01").insert()
	with pytest.raises(errors.WrongProject):
		new_application(make_project().name, staff, second).insert()
	waiting = new_application(project, staff, second).insert()
	with pytest.raises(errors.HasBed):
		new_application(project, staff).insert()
	with as_role("CS Agent", project=project), pytest.raises(frappe.PermissionError):
		new_application(project, staff).insert()
	with pytest.raises(errors.NotInService):
		new_application(project, make_staff(project, status="Suspended").name).insert()
	# the bed is taken out for repair before the approval
	bed_of(second).set_repair("lamp")
	with pytest.raises(errors.BedNotFree):
		waiting.save()
	bed_of(second).set_repair()
	with pytest.raises(errors.BedNotFree):
		bed_of(first).set_repair("lamp")
	bed = bed_of(first)
	bed.status = "Vacant"
	bed.save()
	assert bed_of(first).status == beds.TAKEN
	with pytest.raises(errors.RoomInUse):
		bed.delete()
	assert stay.status == beds.STAYING


def test_nobody_approves_alone(project, house):
	_room, (first, _second) = make_room(house)
	both = make_user(WARDEN, HR, projects=(project,), email="dorm-both@test.kefu.example")
	with as_user(both):
		doc = new_application(project, make_staff(project).name, first).insert()
		doc = apply_workflow(doc, "Submit")
		doc = apply_workflow(doc, "Forward to HR")
		doc.workflow_state = "Approved"
		with pytest.raises(SelfApproval):
			doc.save()


def test_an_approval_can_be_taken_back_until_the_check_in(project, house):
	_room, (first, second) = make_room(house)
	doc = approved_application(project, make_staff(project).name, first)
	doc.reload()
	step(doc, HR, "Cancel")
	assert (bed_of(first).status, bed_of(first).reserved_for) == (beds.FREE, None)
	stay = make_stay(project, second)
	with pytest.raises(errors.StayFixed):
		frappe.get_doc("Dormitory Application", stay.application).cancel()


def test_no_check_out_with_open_deductions(project, house):
	_room, (first, _second) = make_room(house)
	stay = make_stay(project, first)
	paper = frappe._dict(project=project, name=stay.name, doctype=stay.doctype)
	deductions.add(paper, stay.staff, "Water", "35.20", "2026-03-31", stay.name)
	values = {"doctype": "Dormitory Checkout", "project": project, "stay": stay.name, "left_on": "2026-04-10"}
	out = frappe.get_doc(values | {"refund_method": "Cash"}).insert()
	with pytest.raises(errors.DeductionsOpen, match=r"35\.20"):
		step(out, WARDEN, "Submit for Approval")
	assert api.leaving_check({"name": stay.staff})[0]["status"] == "blocked"
	with as_role("CS Agent", project=project), pytest.raises(frappe.PermissionError):
		deductions.settle(stay.staff, "Cash")
	with as_role(WARDEN, project=project):
		assert deductions.settle(stay.staff, "Deposit") == "35.20"
		with pytest.raises(errors.SettlementWrong):
			deductions.settle(stay.staff, "Cash")
	out = approve(out)
	assert (out.deposit_held, out.refund) == ("264.80", "264.80")
	assert api.leaving_check({"name": stay.staff})[0]["status"] == "ok"


def test_damages_beyond_the_deposit_are_paid(project, house):
	_room, (first, _second) = make_room(house, inventory=[{"thing": "Wardrobe", "quantity": 1, "price": 500}])
	stay = make_stay(project, first)
	values = {"doctype": "Dormitory Checkout", "project": project, "stay": stay.name}
	with pytest.raises(errors.DormitoryDates):
		frappe.get_doc(values | {"left_on": "2026-02-01"}).insert()
	out = frappe.get_doc(values | {"left_on": "2026-04-10"}).insert()
	for item, keys in (
		({"condition": "Damaged"}, 1),
		({"returned": 2}, 1),
		({"returned": 0}, 1),
		({"deduction": 500}, 1),
		({}, 2),
		({}, 0),
	):
		out.reload()
		out.items[0].update(item)
		out.keys_returned = keys
		with pytest.raises(errors.InventoryWrong):
			out.save()
	out.reload()
	out.items[0].update({"condition": "Damaged", "deduction": 500})
	out.save()
	assert (out.from_deposit, out.to_pay, out.refund) == ("300.00", "200.00", "0.00")
	step(out, WARDEN, "Submit for Approval")
	with pytest.raises(errors.SettlementWrong):
		step(out, HR, "Approve")
	frappe.db.set_value(out.doctype, out.name, "cash_received", 200)
	step(out, HR, "Approve")
	assert deposits.held(stay.staff) == 0
	rows = frappe.get_all("Dormitory Deduction", {"staff": stay.staff}, ["settled_by", "amount"], as_list=True)
	assert sorted((method, float(amount)) for method, amount in rows) == [("Cash", 200.0), ("Deposit", 300.0)]


def new_sheet(house, **values):
	return frappe.get_doc(
		{
			"doctype": "Dormitory Meter Sheet",
			"project": house.project,
			"building": house.name,
			"period_start": "2026-03-01",
			"period_end": "2026-03-31",
			"read_on": "2026-03-31",
		}
		| values
	)


def test_water_and_power_by_days_stayed_to_the_payroll_list(project, house):
	room, (first, second) = make_room(house)
	empty, _beds = make_room(house)
	whole = make_stay(project, first, make_staff(project, "Whole").name)
	part = make_stay(project, second, make_staff(project, "Part").name, from_date="2026-03-22")
	with as_role(WARDEN, project=project):
		sheet = new_sheet(house).insert()
		assert [row.room for row in sheet.lines] == sorted([room.name, empty.name])
		by_room = {row.room: row for row in sheet.lines}
		by_room[room.name].update({"water_to": 12, "power_to": 101})
		by_room[empty.name].update({"water_to": 1})
		sheet.save()
	# 41 person-days: free are 3 t × 41/31 and 10 kWh × 41/31; the empty room's 4 yuan are the company's
	assert (sheet.water_cost, sheet.power_cost) == ("52.00", "50.50")
	charged = 48 - round(3 * 41 / 31 * 4, 2)
	shares = {row.staff_name: row for row in sheet.shares}
	assert (shares["Whole"].days, shares["Part"].days) == (31, 10)
	assert float(shares["Whole"].water) + float(shares["Part"].water) == pytest.approx(charged)
	assert (shares["Whole"].rent, shares["Part"].rent) == ("310.00", "100.00")
	total = float(sheet.company_total) + float(sheet.staff_total) - float(sheet.rent_total)
	assert total == pytest.approx(102.50)
	with pytest.raises(errors.PeriodTaken):
		new_sheet(house, period_start="2026-03-31", period_end="2026-04-30").insert()
	sheet = approve(sheet)
	assert deductions.open_total(whole.staff) + deductions.open_total(part.staff) == deductions.D(sheet.staff_total)
	assert "Part" in printed(sheet, "Dormitory Cost Sheet")

	april = new_sheet(house, period_start="2026-04-01", period_end="2026-04-30").insert()
	assert [(row.water_from, row.power_from) for row in april.lines if row.room == room.name] == [(12, 101)]
	for change, text in (({"water_to": 11}, "lower"), ({"water_from": 0, "water_to": 2}, "last reading")):
		april.reload()
		next(row for row in april.lines if row.room == room.name).update(change)
		with pytest.raises(errors.ReadingWrong, match=text):
			april.save()
	april.reload()
	exchanged = {"water_from": 0, "water_to": 2, "water_extra": 3}
	next(row for row in april.lines if row.room == room.name).update(exchanged)
	april.save()
	assert next(row for row in april.lines if row.room == room.name).water_used == 5

	with as_role(WARDEN, project=project):
		paper = frappe.get_doc(
			{
				"doctype": "Dormitory Deduction List",
				"project": project,
				"month": "2026-04-09",
				"until_date": "2026-03-31",
			}
		).insert()
	assert (str(paper.month), paper.people, paper.total) == ("2026-04-01", 2, sheet.staff_total)
	step(paper, WARDEN, "Submit for Approval")
	deductions.settle(part.staff, "Cash")
	with pytest.raises(errors.ListChanged):
		step(paper, HR, "Approve")
	step(paper, HR, "Reject")
	paper.reload()
	paper.save()
	assert paper.people == 1
	paper = approve(paper)
	assert not deductions.open_total(whole.staff)
	with pytest.raises(errors.SettlementWrong):
		step(sheet, HR, "Cancel")
	with as_role(WARDEN, project=project):
		lists.excel(paper.name)
	rows = list(load_workbook(io.BytesIO(frappe.local.response.filecontent)).active.values)
	assert rows[1][1] == "Whole" and rows[-1][-1] == pytest.approx(float(paper.total))
	assert "Whole" in printed(paper, "Dormitory Payroll List")
	step(paper, HR, "Cancel")
	assert deductions.open_total(whole.staff) == deductions.D(paper.total)

	_columns, rows, _none, chart, summary = costs_report({"project": project})
	assert (rows[0].people, rows[0].water_used) == (2, 13) and chart and summary
	_columns, rows, _none, chart, summary = occupancy_report({"project": project})
	assert sum(row.in_use for row in rows) == 2 and summary[2]["value"] == 50
	rows = deposits_report({"project": project, "as_of": today()})[1]
	assert sum(row.held for row in rows) == 600
	with as_role(HR, project=make_project().name):
		assert not costs_report({})[1] and not occupancy_report({})[1] and not deposits_report({})[1]


def test_violation_needs_evidence_and_becomes_a_deduction(project, house):
	room, (first, _second) = make_room(house)
	stay = make_stay(project, first)
	values = {
		"doctype": "Dormitory Violation",
		"project": project,
		"stay": stay.name,
		"kind": "Smoking",
		"occurred_on": "2026-03-10",
		"description": "Smoked in the room",
	}
	with pytest.raises(errors.EvidenceMissing):
		frappe.get_doc(values | {"amount": 50}).insert()
	with pytest.raises(errors.DormitoryDates):
		frappe.get_doc(values | {"occurred_on": "2026-02-10"}).insert()
	with as_role(WARDEN, project=project):
		doc = frappe.get_doc(values | {"amount": 50, "clause": "8.2", "evidence": upload(picture())}).insert()
	assert (doc.room, doc.within_year) == (room.name, 1)
	out = frappe.get_doc(
		{"doctype": "Dormitory Checkout", "project": project, "stay": stay.name, "left_on": "2026-04-10"}
	).insert()
	with pytest.raises(errors.DeductionsOpen, match="not decided"):
		step(out, WARDEN, "Submit for Approval")
	doc = approve(doc)
	assert deductions.open_total(stay.staff) == 50
	name = frappe.db.get_value("Dormitory Deduction", {"staff": stay.staff})
	with as_role(WARDEN, project=project), pytest.raises(frappe.PermissionError):
		deductions.waive(name, "first time")
	with as_role(HR, project=project):
		deductions.waive(name, "first time")
		with pytest.raises(errors.SettlementWrong):
			deductions.waive(name, "again")
	assert not deductions.open_total(stay.staff)
	entry = frappe.get_doc("Dormitory Deduction", name)
	with pytest.raises(errors.EntryFixed):
		entry.save()
	with pytest.raises(errors.EntryFixed):
		frappe.get_last_doc("Dormitory Deposit Entry", {"staff": stay.staff}).delete()


def test_inspection_ranks_rooms_and_follows_hazards(project, house):
	one, _beds = make_room(house)
	two, _beds = make_room(house)
	other, _beds = make_room(make_dormitory(project))
	lines = [
		{"room": one.name, "score": 95},
		{"room": two.name, "score": 80, "findings": "wire", "hazard": 1, "rectify_by": "2026-03-20"},
	]
	values = {
		"doctype": "Dormitory Inspection",
		"project": project,
		"building": house.name,
		"kind": "Safety",
		"inspected_on": "2026-03-12",
	}

	def bad(error, **change):
		with pytest.raises(error):
			frappe.get_doc(values | {"lines": [lines[0], lines[1] | change]}).insert()

	bad(errors.WrongRoom, room=other.name)
	bad(errors.WrongRoom, room=one.name)
	bad(errors.InspectionIncomplete, score=101)
	bad(errors.InspectionIncomplete, score=0)
	bad(errors.InspectionIncomplete, rectify_by=None)
	with as_role(WARDEN, project=project):
		doc = frappe.get_doc(values | {"lines": lines}).insert()
		doc.submit()
		assert ([row.place_no for row in doc.lines], doc.average, doc.status) == ([1, 2], 87.5, "Hazards Open")
		doc.lines[1].rectified_on = "2026-03-15"
		doc.save()
	assert (doc.status, doc.open_hazards) == ("Done", 0)
	rows = ranking_report({"project": project, "kind": "Safety"})[1]
	assert [(row.place, row.room, row.hazards) for row in rows] == [(1, one.name, 0), (2, two.name, 1)]


def test_visitors_come_and_go(project, house, monkeypatch):
	_room, (first, _second) = make_room(house)
	stay = make_stay(project, first)
	stranger = make_staff(project).name
	frappe.db.set_value("Dormitory Building", house.name, "visitors_until", "22:00")
	monkeypatch.setattr(visitors, "now_datetime", lambda: datetime(2026, 3, 10, 19))
	values = {"doctype": "Dormitory Visitor", "project": project, "building": house.name, "visitor_name": "Zhao"}
	with as_role(WARDEN, project=project):
		with pytest.raises(errors.NoBed):
			frappe.get_doc(values | {"staff": stranger}).insert()
		doc = frappe.get_doc(values | {"staff": stay.staff, "phone": "13900001111"}).insert()
		assert (doc.room, doc.status, str(doc.leave_by)) == (stay.room, "Inside", "2026-03-10 22:00:00")
	late = frappe.utils.add_to_date(doc.leave_by, minutes=1)
	assert jobs.tell_of_late_visitors(late) >= 1
	assert frappe.db.get_value(doc.doctype, doc.name, "told") == 1
	with as_role(WARDEN, project=project):
		doc.reload()
		doc.leave()
		with pytest.raises(errors.VisitorHours):
			doc.leave()
	jobs.forget_visitors(frappe.utils.add_days(now_datetime(), 100))
	assert frappe.db.get_value(doc.doctype, doc.name, ["visitor_name", "phone"]) == ("—", None)
	monkeypatch.setattr(visitors, "now_datetime", lambda: datetime(2026, 3, 10, 22, 1))
	with pytest.raises(errors.VisitorHours):
		frappe.get_doc(values | {"staff": stay.staff}).insert()


def test_plan_of_the_floors(project, house):
	_room, (first, second) = make_room(house, floor=2)
	make_room(house, floor=1)
	make_stay(project, first)
	bed_of(second).set_repair("lamp")
	with as_role(WARDEN, project=project):
		assert [row.name for row in plan.get_buildings()] == [house.name]
		found = plan.get_plan(house.name)
	assert found["counts"] == {"Vacant": 2, "In Use": 1, "Reserved": 0, "Repair": 1}
	assert [floor["floor"] for floor in found["floors"]] == [2, 1]
	assert [bed.status for bed in found["floors"][0]["rooms"][0].beds] == ["In Use", "Repair"]
	for role, where in (("Cashier", project), (WARDEN, make_project().name)):
		with as_role(role, project=where), pytest.raises(frappe.PermissionError):
			plan.get_plan(house.name)


def test_rooms_and_beds(project, house):
	room, (first, second) = make_room(house)
	with pytest.raises(errors.RoomFull):
		frappe.get_doc({"doctype": "Dormitory Bed", "room": room.name, "bed_code": "9"}).insert()
	room.reload()
	room.capacity = 1
	with pytest.raises(errors.RoomFull):
		room.save()
	make_stay(project, first)
	room.reload()
	room.gender = "Male"
	with pytest.raises(errors.RoomInUse):
		room.save()
	house.reload()
	house.gender = "Male"
	with pytest.raises(errors.RoomInUse):
		house.save()
	bed_of(second).delete()
	room.reload()
	assert room.make_beds() == 1
