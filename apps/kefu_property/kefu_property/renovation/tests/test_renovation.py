"""Renovation from the application to the refund of the deposit (D25, L11)."""

import json
from datetime import timedelta

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, get_datetime, getdate, now_datetime, today
from frappe.www.printview import get_html_and_style

from kefu_property.billing import api as billing
from kefu_property.patches import name_open_violations
from kefu_property.renovation import charges, checks, jobs, neighbours, permits, settings
from kefu_property.renovation import exceptions as errors
from kefu_property.renovation.page.patrol_round import patrol_round
from kefu_property.renovation.page.renovation_board import renovation_board
from kefu_property.renovation.portal import renovation as portal
from kefu_property.renovation.report.renovation_deposits_due.renovation_deposits_due import execute as deposits_report
from kefu_property.renovation.report.renovations_and_violations.renovations_and_violations import (
	execute as violations_report,
)
from kefu_property.suite import attachments
from kefu_property.suite.approval import SelfApproval
from kefu_property.suite.uploads import NotAPicture
from tests.factories.billing import pay
from tests.factories.registry import make_home, make_project
from tests.factories.renovation import (
	answers,
	make_application,
	make_permit,
	make_violation,
	new_application,
	picture,
	upload,
)
from tests.factories.users import as_role, as_user, make_user

AGENT = "CS Agent"


@pytest.fixture
def project():
	return make_project().name


def decide(doc, role: str, action: str, project: str):
	with as_role(role, project=project):
		return apply_workflow(frappe.get_doc(doc.doctype, doc.name), action)


def unit_state(unit: str) -> str:
	return frappe.db.get_value("Property Unit", unit, "state")


def test_from_the_application_to_the_permit(project):
	unit, resident, _occupancy = make_home(project, state="Vacant", building_area=100)
	with as_role(AGENT, project=project):
		doc = new_application(project, unit, resident, ("Flooring", "Air-conditioner")).insert()
		assert (doc.risk, doc.deposit, doc.refuse_fee) == ("Medium", 2000, 300)
		doc = apply_workflow(doc, "Submit to Engineering")
	doc = decide(doc, "Engineering Lead", "Approve", project)
	assert (doc.workflow_state, doc.docstatus) == ("Approved", 1) and doc.approved_by
	with as_role(AGENT, project=project):
		with pytest.raises(errors.ChargesOpen):
			doc.issue_permit()
		with pytest.raises(frappe.PermissionError):
			charges.receive_deposit(doc.name, "Cash")
		assert charges.state(doc.name) == {"Renovation Deposit": "2000.00", "Refuse Removal Fee": "300.00"}
	doc.reload()
	with as_role("Cashier", project=project):
		deposit = charges.receive_deposit(doc.name, "Cash")
		with pytest.raises(errors.ChargesOpen, match=deposit):
			charges.receive_deposit(doc.name, "Cash")
		pay(resident, "300", [(doc.refuse_bill, "300")], posting_date=today(), ignore_permissions=False)
		assert charges.state(doc.name) == {}
	with as_role(AGENT, project=project):
		permit = frappe.get_doc("Renovation Permit", frappe.get_doc(doc.doctype, doc.name).issue_permit())
		with pytest.raises(errors.PermitExists):
			frappe.get_doc(doc.doctype, doc.name).issue_permit()
	assert (permit.status, permit.deposit, permit.refund, permit.fee_deposit) == ("In Progress", 2000, 2000, deposit)
	assert permit.working_hours.startswith("08:00 to 18:00, quiet from 12:00 to 14:00")
	assert unit_state(unit.name) == "Renovating"
	with as_role("CS Supervisor", project=project), pytest.raises(errors.ApplicationIncomplete):
		frappe.get_doc(doc.doctype, doc.name).cancel()


@pytest.mark.parametrize(
	("item", "steps"),
	[
		("Flooring", [(AGENT, "Submit for Approval"), ("CS Supervisor", "Approve")]),
		("Air-conditioner", [(AGENT, "Submit to Engineering"), ("Engineering Lead", "Approve")]),
		(
			"Opening in a Non-bearing Wall",
			[
				(AGENT, "Submit to Engineering"),
				("Engineering Lead", "Forward to the Director"),
				("Office Director", "Approve"),
			],
		),
	],
)
def test_who_decides_follows_the_risk(project, item, steps):
	drawing = {"title": "Plan", "drawing": upload(picture())}
	doc = make_application(project, items=(item,), drawings=[drawing], opinion="No load is taken away.")
	for role, action in steps:
		doc = decide(doc, role, action, project)
	assert doc.workflow_state == "Approved"
	records = frappe.get_all("Approval Record", {"reference_name": doc.name, "is_approval": 1})
	assert len(records) == len(steps) - 1


def test_the_director_gets_an_opinion_and_nobody_approves_alone(project):
	drawing = {"title": "Plan", "drawing": upload(picture())}
	doc = make_application(project, items=("Opening in a Non-bearing Wall",), drawings=[drawing])
	doc = decide(doc, AGENT, "Submit to Engineering", project)
	with pytest.raises(errors.ApplicationIncomplete, match="opinion"):
		decide(doc, "Engineering Lead", "Forward to the Director", project)
	both = make_user(AGENT, "CS Supervisor", projects=(project,), email="reno-both@test.kefu.example")
	with as_user(both):
		own = apply_workflow(new_application(project).insert(), "Submit for Approval")
		own.workflow_state = "Approved"
		with pytest.raises(SelfApproval):
			own.save()


def test_banned_works_are_refused_with_the_law(project):
	with pytest.raises(errors.BannedItem, match="Civil Code 272"):
		make_application(project, items=("Flooring", "Load-bearing Wall or Beam"))
	assert {row.item_name for row in settings.banned_acts()} >= {"Change of the Façade", "Gas Pipes by Oneself"}


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"end_date": "2020-01-01"}, errors.RenovationPeriod),
		({"end_date": "2099-01-01"}, errors.RenovationPeriod),
		({"contractor": ""}, errors.ApplicationIncomplete),
		({"drawings": [{"title": "x", "drawing": "/files/not-here.jpg"}]}, NotAPicture),
	],
)
def test_an_application_that_is_not_in_order_is_refused(project, values, error):
	with pytest.raises(error):
		make_application(project, **values)


def test_an_application_waits_for_acknowledgement_and_drawings(project):
	for values, text in (({"banned_accepted": 0}, "accept"), ({"items": ("Partition Wall",)}, "drawing")):
		doc = make_application(project, **values)
		action = "Submit to Engineering" if doc.risk == "Medium" else "Submit for Approval"
		with pytest.raises(errors.ApplicationIncomplete, match=text):
			decide(doc, AGENT, action, project)


def test_drawings_are_pictures_without_place_or_pdf(project):
	url = upload(picture(place=True), "plan.jpg")
	paper = upload(b"%PDF-1.4\n%test\n", "plan.pdf")
	doc = make_application(project, drawings=[{"drawing": url}, {"drawing": paper}])
	kept = frappe.get_doc("File", {"file_url": doc.drawings[0].drawing}).get_content()
	assert b"SecretCamera" in picture(place=True) and b"SecretCamera" not in kept
	assert doc.drawings[1].drawing == paper
	with pytest.raises(NotAPicture):
		make_application(project, drawings=[{"drawing": upload(b"MZ\x90 program", "plan.png")}])


def test_a_home_has_one_renovation_at_a_time(project):
	unit, resident, _occupancy = make_home(project)
	permit = make_permit(project, unit, resident)
	with pytest.raises(errors.RenovationOverlap, match=permit.name):
		make_application(project, unit, resident, start_date=add_days(today(), 30), end_date=add_days(today(), 60))
	later = make_application(project, unit, resident, start_date=add_days(today(), 31), end_date=add_days(today(), 60))
	decide(later, AGENT, "Submit for Approval", project)
	with pytest.raises(errors.RenovationOverlap):
		make_application(project, unit, resident, start_date=add_days(today(), 40), end_date=add_days(today(), 50))
	with as_role("CS Supervisor", project=project), pytest.raises(errors.RenovationOverlap):
		permit.extend_until(add_days(today(), 35), "delay")


def test_home_and_applicant_belong_together(project):
	unit, _resident, _occupancy = make_home(project)
	_other, stranger, _occupancy = make_home(project)
	with pytest.raises(errors.WrongHome):
		make_application(project, unit, stranger)
	foreign, far, _occupancy = make_home(make_project().name)
	with pytest.raises(errors.WrongHome):
		make_application(project, foreign, far)


def test_the_deposit_never_exceeds_the_cap(project):
	doc = frappe.get_doc("Renovation Settings")
	doc.deposit, doc.deposit_cap = 5000, 2000
	with pytest.raises(errors.DepositTooHigh):
		doc.save()
	doc.reload()
	doc.deposit = 1500
	doc.save()
	try:
		assert make_application(project).deposit == 1500
	finally:  # the value is cached beyond the rolled back transaction
		doc.deposit = 2000
		doc.save()


def test_workers_get_passes_with_photo_and_an_end(project):
	permit = make_permit(project)
	with as_role(AGENT, project=project):
		permit = frappe.get_doc(permit.doctype, permit.name)
		permit.append("workers", {"worker_name": "Li", "photo": upload(picture(place=True)), "id_last4": "12x4"})
		permit.append("workers", {"worker_name": "Zhao"})
		permit.save()
		assert [row.pass_number for row in permit.workers] == [f"{permit.name}-01", f"{permit.name}-02"]
		assert permit.workers[0].valid_until == permit.end_date and permit.workers[0].id_last4 == "12X4"
		html = get_html_and_style(permit.as_json(), print_format="Renovation Worker Passes")["html"]
		assert "data:image/jpeg;base64" in html and f"{permit.name}-02" in html
		permit.workers[1].valid_until = add_days(permit.end_date, 1)
		with pytest.raises(errors.WorkerPass):
			permit.save()
		permit.reload()
		permit.workers[1].withdrawn = 1
		permit.save()
		assert [row.worker_name for row in permit.passes()] == ["Li"]
		permit.conditions = "all is allowed"
		with pytest.raises(errors.PermitFixed):
			permit.save()


def test_workers_are_forgotten_after_the_retention(project):
	permit = make_permit(project)
	permit.append("workers", {"worker_name": "Li", "phone": "139", "photo": upload(picture()), "id_last4": "1234"})
	permit.save()
	assert jobs.forget_workers() == 0
	permit.db_set({"status": "Closed", "closed_on": add_days(today(), -181)})
	assert jobs.forget_workers() == 1
	row = frappe.get_doc(permit.doctype, permit.name).workers[0]
	assert (row.worker_name, row.phone, row.photo, row.id_last4) == ("Li", None, None, None)


def test_neighbours_above_below_and_beside_are_told(project):
	unit, resident, _occupancy = make_home(project, "1-1-501", floor="5", entrance="1")
	near = [
		make_home(project, code, floor=floor, entrance="1")[0] for code, floor in (("1-1-502", "5"), ("1-1-601", "6"))
	]
	make_home(project, "1-1-801", floor="8", entrance="1")
	make_home(project, "1-2-501", floor="5", entrance="2")
	assert set(neighbours.homes(unit.name, project)) == {home.name for home in near}
	permit = make_permit(project, unit, resident)
	neighbour = frappe.db.get_value("Unit Occupancy", {"unit": near[0].name}, "resident")
	doc = frappe.get_doc("Resident", neighbour)
	doc.new_phone = "13900007777"
	doc.save()
	with as_role(AGENT, project=project):
		assert permit.tell_neighbours() == 1
	message = frappe.get_last_doc("Outgoing Message", {"kind": "renovation_notice"})
	assert message.resident == neighbour and "1-1-501" in message.text


def test_a_violation_stops_the_works_until_somebody_else_confirms(project):
	permit = make_permit(project)
	with as_role("Technician", project=project):
		violation = make_violation(permit)
		assert get_datetime(violation.report_due) == get_datetime(violation.found_on) + timedelta(hours=24)
		permit.reload()
		assert (permit.status, permit.open_violations) == ("Stopped", 1)
		violation.serve_order("Foreman Wang")
		with pytest.raises(errors.ViolationStep):
			violation.serve_order("again")
		with pytest.raises(errors.ViolationStep):
			apply_workflow(violation, "Report Rectification")
		violation.reload()
		violation.rectification = "The wall is restored."
		violation.append("rectified_photos", {"image": upload(picture())})
		violation.save()
		violation = apply_workflow(violation, "Report Rectification")
	violation = decide(violation, "CS Supervisor", "Confirm", project)
	permit.reload()
	assert (violation.status, permit.status, permit.open_violations) == ("Closed", "In Progress", 0)
	html = get_html_and_style(violation.as_json(), print_format="Renovation Stop Order")["html"]
	assert "Foreman Wang" in html


def test_the_clock_to_reporting(project):
	supervisor = make_user("CS Supervisor", projects=(project,), email=f"reno-sup-{project.lower()}@test.kefu.example")
	permit = make_permit(project)
	found = now_datetime() - timedelta(hours=1)
	violation = make_violation(permit, found_on=found)

	def told() -> int:
		return frappe.db.count("Notification Log", {"for_user": supervisor, "document_name": violation.name})

	jobs.watch_violations(found + timedelta(hours=11))
	assert told() == 0
	jobs.watch_violations(found + timedelta(hours=13))
	jobs.watch_violations(found + timedelta(hours=14))
	assert told() == 1
	jobs.watch_violations(found + timedelta(hours=25))
	jobs.watch_violations(found + timedelta(hours=26))
	assert told() == 2
	with as_role(AGENT, project=project):
		violation.reload()
		violation.report_to_authority("Housing Bureau", "2026-1")
		with pytest.raises(errors.ViolationStep):
			violation.report_to_authority("Housing Bureau")
	assert not violation.is_report_overdue()


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"found_on": "2099-01-01 10:00:00"}, errors.ViolationStep),
		({"rectify_by": "2020-01-01"}, errors.ViolationStep),
	],
)
def test_a_violation_that_is_not_in_order_is_refused(project, values, error):
	with pytest.raises(error):
		make_violation(make_permit(project), **values)


def deduction(permit, amount, **values):
	return frappe.get_doc(
		{
			"doctype": "Renovation Deduction",
			"project": permit.project,
			"permit": permit.name,
			"amount": amount,
			"kind": "Damage of Common Parts",
			"reason": "The lift's door is bent.",
			"clause": "2.6",
			"told_on": today(),
			"evidence": upload(picture()),
			**values,
		}
	)


def test_nothing_is_taken_from_a_deposit_without_evidence_and_approval(project):
	permit = make_permit(project)
	with as_role(AGENT, project=project):
		for wrong in ({"evidence": None}, {"evidence": "https://example.com/x.jpg"}):
			with pytest.raises((errors.DeductionRefused, frappe.MandatoryError)):
				deduction(permit, 100, **wrong).insert()
		with pytest.raises(errors.DeductionRefused):
			deduction(permit, 2000.01).insert()
		with pytest.raises(errors.DeductionRefused):
			deduction(permit, 0).insert()
		doc = apply_workflow(deduction(permit, 300).insert(), "Submit for Approval")
	permit.reload()
	assert permit.refund == 2000
	doc = decide(doc, "Office Director", "Approve", project)
	permit.reload()
	assert (permit.deducted, permit.refund) == (300, 1700)
	with as_role("Office Director", project=project):
		doc.reload()
		doc.cancel()
	permit.reload()
	assert permit.refund == 2000


def acceptance(permit, kind="Completion Check", **values):
	texts = settings.checks("Acceptance")
	return frappe.get_doc(
		{
			"doctype": "Renovation Acceptance",
			"project": permit.project,
			"permit": permit.name,
			"kind": kind,
			"checked_on": today(),
			"lines": [{"check_text": text, "result": "OK"} for text in texts],
			**values,
		}
	)


def water(hours: int, leaks: int = 0) -> dict:
	end = now_datetime()
	return {"room": "Bathroom", "started_on": end - timedelta(hours=hours), "ended_on": end, "leaks": leaks}


def test_from_the_completion_to_the_refund(project):
	unit, resident, _occupancy = make_home(project, state="Vacant")
	drawing = {"drawing": upload(picture())}
	permit = make_permit(project, unit, resident, ("Water-proofing",), drawings=[drawing])
	with as_role("Engineering Lead", project=project):
		with pytest.raises(errors.AcceptanceIncomplete, match="closed-water"):
			acceptance(permit).submit()
		with pytest.raises(errors.AcceptanceIncomplete, match="24"):
			acceptance(permit, water_tests=[water(23)]).insert()
		failed = acceptance(permit, water_tests=[water(25, leaks=1)])
		failed.submit()
		permit.reload()
		assert (failed.result, permit.status, unit_state(unit.name)) == ("Failed", "In Progress", "Renovating")
		acceptance(permit, water_tests=[water(24)]).submit()
		permit.reload()
		assert (permit.status, permit.recheck_due) == ("To Be Re-checked", getdate(add_days(today(), 90)))
		assert unit_state(unit.name) == "Vacant"
		with pytest.raises(errors.AcceptanceIncomplete, match="due"):
			acceptance(permit, "Re-check").insert()
		permit.db_set("recheck_due", today())
		acceptance(permit, "Re-check").submit()
	permit.reload()
	assert permit.status == "Refund Due"
	with as_role(AGENT, project=project):
		with pytest.raises(frappe.PermissionError):
			permit.ask_refund()
		damage = deduction(permit, 200).insert()
	with as_role("Cashier", project=project), pytest.raises(errors.RefundNotDue, match=damage.name):
		permit.ask_refund()
	damage = decide(damage, AGENT, "Submit for Approval", project)
	decide(damage, "Office Director", "Approve", project)
	with as_role("Cashier", project=project):
		refund = permit.ask_refund("Bank Transfer", "6222 0000 1111")
		with pytest.raises(errors.RefundNotDue, match=refund):
			permit.ask_refund()
	doc = frappe.get_doc("Fee Refund", refund)
	assert (doc.amount, doc.deducted, doc.deductions[0].evidence) == (1800, 200, damage.evidence)
	doc.delete(ignore_permissions=True)
	billing.release_deposits(charges.reference(permit.application), today())
	with as_role("Cashier", project=project):
		permit.reload()
		doc = frappe.get_doc("Fee Refund", permit.ask_refund())
		doc = apply_workflow(doc, "Submit for Approval")
	doc = decide(doc, "Accountant", "Approve", project)
	decide(doc, "Cashier", "Pay Back", project)
	permit.reload()
	assert (permit.status, permit.fee_refund, permit.closed_on) == ("Closed", doc.name, getdate())
	assert billing.deposit_state(charges.reference(permit.application))["status"] == "Returned"


def test_an_application_with_money_is_not_cancelled(project):
	doc = make_application(project)
	doc = decide(decide(doc, AGENT, "Submit for Approval", project), "CS Supervisor", "Approve", project)
	with as_role("CS Supervisor", project=project), pytest.raises(errors.ApplicationIncomplete, match="bill"):
		doc.cancel()
	charges.receive_deposit(doc.name, "Cash")
	doc.reload()
	with as_role("CS Supervisor", project=project), pytest.raises(errors.ApplicationIncomplete, match="deposit"):
		doc.cancel()


def test_open_violations_stop_the_completion(project):
	permit = make_permit(project)
	make_violation(permit)
	with pytest.raises(errors.AcceptanceIncomplete, match="violations"):
		acceptance(permit).insert()


def test_a_permit_is_extended_and_taken_back_by_the_supervisor(project):
	permit = make_permit(project)
	with as_role(AGENT, project=project), pytest.raises(frappe.PermissionError):
		permit.extend_until(add_days(today(), 40), "delay")
	with as_role("CS Supervisor", project=project):
		with pytest.raises(errors.RenovationPeriod):
			permit.extend_until(today(), "delay")
		permit.extend_until(add_days(today(), 40), "delay")
		permit.reload()
		assert permit.end_date == getdate(add_days(today(), 40)) and "delay" in permit.extensions
		permit.cancel_permit("not begun")
	permit.reload()
	assert (permit.status, unit_state(permit.unit)) == ("Refund Due", "Developer-held")


def test_other_modules_are_told(project):
	unit, resident, _occupancy = make_home(project)
	permit = make_permit(project, unit, resident)
	move = {"unit": unit.name, "move_type": "Move-out", "leaving": []}
	assert checks.running_works(move)[0]["status"] == "blocked"
	with as_role(AGENT, project=project):
		card = checks.front_desk({"units": [unit.name], "residents": [resident.name], "project": project})[0]
		assert card["items"][0]["route"][2] == permit.name
	permit.db_set("status", "To Be Re-checked")
	assert checks.running_works(move)[0]["status"] == "warning"
	permit.db_set("status", "Closed")
	assert checks.running_works(move)[0]["status"] == "ok"


def test_expired_permits_are_told_of_once(project):
	supervisor = make_user("CS Supervisor", projects=(project,), email=f"reno-exp-{project.lower()}@test.kefu.example")
	permit = make_permit(project, start_date=add_days(today(), -20), end_date=add_days(today(), -1))
	jobs.tell_of_expired_permits()
	jobs.tell_of_expired_permits()
	assert frappe.db.count("Notification Log", {"for_user": supervisor, "document_name": permit.name}) == 1


def test_staff_of_another_project_see_nothing(project):
	permit = make_permit(project)
	with as_role("Engineering Lead", project=make_project().name):
		assert not frappe.has_permission("Renovation Permit", doc=permit.name)
		assert permit.name not in frappe.get_list("Renovation Permit", pluck="name")
		with pytest.raises(frappe.PermissionError):
			make_violation(permit)


def test_papers_are_printed_in_both_languages(project):
	doc = make_application(project, conditions="Only on weekdays")
	permit = make_permit(project)
	papers = [
		(doc, "Renovation Agreement", "Only on weekdays"),
		(permit, "Renovation Permit Sheet", permit.code),
		(permit, "Renovation Neighbour Notice", permit.unit_code()),
		(acceptance(permit).insert(), "Renovation Acceptance Sheet", permit.name),
	]
	before = frappe.local.lang
	try:
		for language in ("en", "zh"):
			frappe.local.lang = language
			for paper, print_format, text in papers:
				html = get_html_and_style(paper.as_json(), print_format=print_format)["html"]
				assert text in html, print_format
	finally:
		frappe.local.lang = before


def test_the_code_at_the_door(project):
	permit = make_permit(project)
	for code in (permit.code, f" {permit.code.lower()} ", f"https://example.com/app/patrol-round/{permit.code}"):
		assert permits.by_code(code).name == permit.name
	for wrong in ("", "NOPE", permit.name):
		with pytest.raises(errors.UnknownPermit):
			permits.by_code(wrong)


def test_a_patrol_answers_every_line_and_moves_the_plan(project):
	permit = make_permit(project)
	with as_role("Technician", project=project) as technician:
		doc = frappe.get_doc(
			{"doctype": "Renovation Patrol", "project": project, "permit": permit.name, "lines": answers()}
		).insert()
	permit.reload()
	assert (doc.result, doc.patrolled_by) == ("In Order", technician)
	assert permit.next_patrol_on == getdate(add_days(today(), 3))


def test_a_problem_needs_a_photo_and_is_sent_once(project, monkeypatch):
	permit = make_permit(project)
	send = {"code": permit.code, "lines": json.dumps(answers(problem=True)), "request_id": frappe.generate_hash()}
	with as_role("Technician", project=project):
		found = patrol_round.find(permit.code)
		assert found["running"] and not found["expired"] and len(found["checks"]) == len(answers())
		with pytest.raises(errors.PatrolIncomplete, match="photo"):
			patrol_round.send(**send)
		monkeypatch.setattr(attachments, "uploads_of", lambda field, most: [b"no picture"])
		with pytest.raises(NotAPicture):
			patrol_round.send(**send)
		monkeypatch.setattr(attachments, "uploads_of", lambda field, most: [picture(place=True)])
		first = patrol_round.send(**send)
		assert first["result"] == "Problems" and patrol_round.send(**send)["name"] == first["name"]
		send |= {"request_id": "other", "lines": json.dumps([{"check_text": "x"}])}
		with pytest.raises(errors.PatrolIncomplete):
			patrol_round.send(**send)
	photo = frappe.get_doc("Renovation Patrol", first["name"]).photos[0].image
	file = frappe.get_doc("File", {"file_url": photo})
	assert b"SecretCamera" not in file.get_content() and file.is_private
	assert frappe.db.count("Renovation Patrol", {"permit": permit.name}) == 1


def test_a_patrol_on_an_expired_permit_is_refused(project):
	permit = make_permit(project, start_date=add_days(today(), -20), end_date=add_days(today(), -1))
	send = {"code": permit.code, "lines": json.dumps(answers()), "request_id": frappe.generate_hash()}
	with as_role("Technician", project=project):
		assert patrol_round.find(permit.code)["expired"]
		with pytest.raises(errors.PermitNotValid, match="expired"):
			patrol_round.send(**send)
		permit.db_set({"end_date": add_days(today(), 5), "status": "Refund Due"})
		with pytest.raises(errors.PermitNotValid):
			patrol_round.send(**send)
	with as_role("Cashier", project=project), pytest.raises(frappe.PermissionError):
		patrol_round.find(permit.code)
	with as_role("Technician", project=make_project().name), pytest.raises(frappe.PermissionError):
		patrol_round.find(permit.code)


def test_the_plan_shows_what_is_due(project):
	late, later = make_permit(project), make_permit(project)
	later.db_set("next_patrol_on", add_days(today(), 2))
	with as_role("Technician", project=project):
		assert [row.name for row in patrol_round.due()] == [late.name]


def test_the_board_shows_works_by_building(project):
	unit, resident, _occupancy = make_home(project, "2-1-101")
	permit = make_permit(project, unit, resident)
	make_violation(permit)
	make_permit(project, *make_home(project, "1-1-101")[:2])
	with as_role("Engineering Lead", project=project):
		board = renovation_board.get_board(project)
		assert [row["building"] for row in board] == [f"{project}-1", f"{project}-2"]
		work = board[1]["works"][0]
		assert (work.name, work.tone, work.open_violations) == (permit.name, "red", 1)
		assert project in [row.name for row in renovation_board.get_projects()]
	with as_role("Engineering Lead", project=make_project().name), pytest.raises(frappe.PermissionError):
		renovation_board.get_board(project)


def test_reports(project):
	permit = make_permit(project, start_date=add_days(today(), -20), end_date=add_days(today(), -2))
	violation = make_violation(permit, found_on=now_datetime() - timedelta(hours=30))
	other = make_permit(project)
	other.db_set({"status": "Refund Due", "recheck_due": add_days(today(), -5), "refund": 1700, "deducted": 300})
	with as_role("CS Supervisor", project=project):
		_columns, rows, _message, chart, summary = violations_report({"project": project})
		row = next(row for row in rows if row.name == permit.name)
		assert (row.violations, row.report_overdue, row.days_overdue) == (1, 1, 2)
		assert chart and summary[0]["value"] == 1
		violation.reload()
		violation.db_set("reported_on", now_datetime() - timedelta(hours=10))
		assert violations_report({"project": project})[1][0].report_overdue == 0
	with as_role("Cashier", project=project):
		_columns, rows, _message, _chart, summary = deposits_report({"project": project})
		assert [(row.name, row.refund) for row in rows][-1] == (other.name, 1700)
		assert [row["value"] for row in summary] == [3700, 1700]
		assert len(deposits_report({"project": project, "due_by": today()})[1]) == 1
	with as_role("CS Supervisor", project=make_project().name):
		assert violations_report({"project": project})[1] == deposits_report({"project": project})[1] == []


def test_an_owner_applies_on_the_portal(project, monkeypatch):
	unit, resident, _occupancy = make_home(project, building_area=80)
	owner = make_user("Property Resident", email=f"reno-{project.lower()}@test.kefu.example", user_type="Website User")
	resident.db_set("user", owner)
	form = {
		"unit": unit.name,
		"kind": "First Renovation",
		"start_date": add_days(today(), 5),
		"end_date": add_days(today(), 40),
		"items": ["Partition Wall"],
		"contractor": "Good Builders",
		"manager_name": "Wang",
		"manager_phone": "13900001111",
		"rules_accepted": "1",
		"banned_accepted": "1",
	}
	with as_user(owner):
		with pytest.raises(errors.ApplicationIncomplete):
			portal.apply(**form | {"banned_accepted": None})
		with pytest.raises(errors.BannedItem):
			portal.apply(**form | {"items": ["Load-bearing Wall or Beam"]})
		with pytest.raises(frappe.DoesNotExistError):
			portal.apply(**form | {"unit": make_home(project)[0].name})
		name = portal.apply(**form)["next"].rpartition("/")[2]
		with pytest.raises(errors.ApplicationIncomplete, match=name):
			portal.apply(**form)
		with pytest.raises(errors.ApplicationIncomplete):
			portal.add_drawings(name)
		monkeypatch.setattr(attachments, "uploads_of", lambda field, most: [picture()] if field == "pictures" else [])
		portal.add_drawings(name)
		assert [row.state for row in portal.rows_of(owner)] == ["Received"]
	doc = frappe.get_doc("Renovation Application", name)
	assert (doc.source, doc.resident, len(doc.drawings), doc.refuse_fee) == ("Portal", resident.name, 1, 240)
	decide(doc, AGENT, "Submit to Engineering", project)
	other = make_home(project)[1]
	stranger = make_user(
		"Property Resident", email=f"reno2-{project.lower()}@test.kefu.example", user_type="Website User"
	)
	other.db_set("user", stranger)
	with as_user(stranger), pytest.raises(frappe.DoesNotExistError):
		portal.own(name)
	with as_user(owner), pytest.raises(errors.ApplicationIncomplete):
		portal.add_drawings(name)


def test_the_patch_names_open_violations(project):
	violation = make_violation(make_permit(project))
	violation.db_set("status", "Open")
	for _again in range(2):
		name_open_violations.execute()
		assert frappe.db.get_value(violation.doctype, violation.name, "status") == "To Be Rectified"
