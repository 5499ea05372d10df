"""Handing over homes: from the batch to the registered owner, and the defects that the developer repairs (D24, L9)."""

import io

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, getdate, today
from frappe.www.printview import get_html_and_style
from openpyxl import Workbook

from kefu_property.handover import booking, checks, defects, homes, jobs, visits
from kefu_property.handover import exceptions as errors
from kefu_property.handover.doctype.handover_batch.handover_batch import homes_to_hand_over
from kefu_property.handover.page.handover_desk import handover_desk
from kefu_property.handover.page.home_check import home_check
from kefu_property.handover.portal import handover as portal
from kefu_property.handover.report.handover_defect_ageing.handover_defect_ageing import execute as ageing_report
from kefu_property.handover.report.handover_defects_by_contractor.handover_defects_by_contractor import (
	execute as contractor_report,
)
from kefu_property.handover.report.handover_progress.handover_progress import execute as progress_report
from kefu_property.registry.exceptions import InvalidIdNumber
from kefu_property.suite import attachments
from kefu_property.suite.approval import SelfApproval
from kefu_property.suite.uploads import NotAPicture
from tests.factories import billing
from tests.factories.handover import (
	SIGNATURE,
	answer_all,
	finishing,
	make_batch,
	make_developer_home,
	make_visit,
	new_batch,
	slots_of,
)
from tests.factories.keys import make_cabinet, make_key
from tests.factories.registry import make_project, make_resident, make_unit
from tests.factories.renovation import picture
from tests.factories.users import MAIL, as_role, as_user, make_user

AGENT = "CS Agent"


@pytest.fixture
def project():
	return make_project().name


def booked(slots: list[str]) -> dict[str, int]:
	return dict(frappe.get_all("Handover Slot", {"name": ["in", slots]}, ["name", "booked"], as_list=True))


def decide(doc, role: str, action: str):
	with as_role(role, project=doc.project):
		return apply_workflow(frappe.get_doc(doc.doctype, doc.name), action)


def test_from_the_batch_to_the_registered_owner(project):
	home = make_developer_home(project)
	buyer = make_resident(project, "林若溪", "13800003333")
	make_cabinet(project)
	keys = [make_key(project, unit=home.name, kind="Dwelling", cabinet=f"{project}-A").name for _ in range(2)]
	meter = billing.make_meter(home)
	with as_role(AGENT, project=project):
		assert [row["unit"] for row in homes_to_hand_over(project)] == [home.name]
		batch = apply_workflow(new_batch(project, [home], [buyer]).insert(), "Submit for Approval")
	batch = decide(batch, "CS Supervisor", "Approve")
	assert frappe.db.count("Handover Slot", {"batch": batch.name}) == 6
	name = f"HH-{home.name}"
	with as_role(AGENT, project=project):
		booking.book(name, slots_of(batch.name)[0], "Desk")
		assert visits.check_in(name) == 1 == visits.check_in(name)
		assert visits.queue(project)["waiting"][0].name == name
		assert visits.call_next(project, "2")["unit_code"] == home.unit_code
		assert visits.call_next(project, "3") is None
		homes.begin(name)
		doc = frappe.get_doc("Home Handover", name)
		assert (len(doc.home_keys), len(doc.meters), doc.people[0].resident) == (2, 1, buyer.name)
		with pytest.raises(errors.HandoverIncomplete, match=r"lines of the checklist, reading of meter M-"):
			homes.finish(name, **finishing(doc))
		answer_all(doc)
		defect = homes.add_defect(
			name,
			{
				"room": "Kitchen",
				"defect_kind": "Water Leak",
				"description": "水槽下方渗水",
				"severity": "Serious",
				"plan_x": 130,
				"plan_y": 40.5,
				"request_id": "one",
			},
			[picture(place=True)],
		)
		assert homes.add_defect(name, {"request_id": "one"})["name"] == defect["name"]
		wife = {"name": "周明远", "phone": "13800004444", "relation": "Co-owner", "share": 40}
		answer = homes.finish(
			name,
			**finishing(
				doc,
				people=[{"resident": buyer.name, "relation": "Owner", "share": 60}, wife],
				meters=[{"meter_no": meter.meter_no, "reading_value": "123.5"}],
				given_keys=keys,
			),
		)
	assert answer["status"] == "Handed Over with Defects" and answer["open_defects"] == 1
	doc.reload()
	assert (doc.docstatus, doc.key_handover, doc.handled_by) == (1, answer["key_handover"], doc.modified_by)
	assert frappe.db.get_value("Key Handover", doc.key_handover, ["reference_name", "docstatus"]) == (name, 1)
	assert {frappe.db.get_value("Property Key", key, "status") for key in keys} == {"Handed Over"}
	assert frappe.db.get_value("Meter Reading", doc.meters[0].meter_reading, ["value", "reading_type"]) == (
		123.5,
		"Hand-over",
	)
	unit = frappe.get_doc("Property Unit", home.name)
	assert (unit.state, unit.handover_date, unit.current_payer) == ("Vacant", getdate(), buyer.name)
	rows = frappe.get_all(
		"Unit Occupancy", {"unit": home.name}, ["relation", "to_date", "share", "is_payer"], order_by="creation, name"
	)
	assert {(row.relation, row.share, row.is_payer) for row in rows} == {
		("Developer", 0, 1),
		("Owner", 60, 1),
		("Co-owner", 40, 0),
	}
	developer = next(row for row in rows if row.relation == "Developer")
	assert str(developer.to_date) == add_days(today(), -1)
	kept = frappe.get_doc("Handover Defect", defect["name"])
	assert (kept.plan_x, kept.due_date, kept.unit) == (100, getdate(add_days(today(), 7)), home.name)
	file = frappe.get_doc("File", {"file_url": kept.photos[0].image})
	assert file.is_private and b"SecretCamera" not in file.get_content()
	with pytest.raises(errors.HandoverFixed):
		doc.cancel()
	with pytest.raises(errors.HandoverStep):
		homes.refuse(name, "late")


def test_everything_or_nothing_when_a_reading_is_impossible(project):
	doc = make_visit(project)
	meter = billing.make_meter(frappe.get_doc("Property Unit", doc.unit), start_value="200")
	doc.append("meters", {"meter": meter.name, "meter_no": meter.meter_no})
	doc.save()
	answer_all(doc)
	frappe.db.savepoint("reading")
	with pytest.raises(frappe.ValidationError, match="showed 200"):
		homes.finish(doc.name, **finishing(doc, meters=[{"meter_no": meter.meter_no, "reading_value": "12"}]))
	frappe.db.rollback(save_point="reading")
	doc.reload()
	assert doc.docstatus == 0 and frappe.db.get_value("Property Unit", doc.unit, "state") == "Developer-held"


@pytest.mark.parametrize(
	("values", "missing"),
	[
		({"signature": ""}, "signature"),
		({"signature": "data:text/html;base64,PHNjcmlwdD4="}, "Sign again"),
		({"signature": SIGNATURE + "A" * 400_000}, "Sign again"),
		({"id_last4": ""}, "identity paper"),
		({"people": []}, "the owner"),
		({"signed": []}, "signature on"),
	],
)
def test_what_is_missing_is_told(project, values, missing):
	doc = make_visit(project)
	answer_all(doc)
	with pytest.raises(errors.HandoverIncomplete, match=missing):
		homes.finish(doc.name, **finishing(doc, **values))


def test_bad_entries_on_the_phone(project):
	doc = make_visit(project)
	row = doc.checks[0]
	for room, text, result in ((row.room, row.check_text, "Maybe"), ("Cellar", row.check_text, "OK")):
		with pytest.raises(errors.HandoverIncomplete):
			homes.answer(doc.name, room, text, result)
	assert homes.answer(doc.name, row.room, row.check_text, "Defect", "x" * 300)["open"] == len(doc.checks) - 1
	with pytest.raises(NotAPicture):
		homes.add_defect(
			doc.name, {"room": "a", "defect_kind": "Floor Finish", "description": "b"}, [b"<svg onload=x>"]
		)
	with pytest.raises(frappe.MandatoryError):
		homes.add_defect(doc.name, {"room": "", "defect_kind": "Floor Finish", "description": "b"})
	answer_all(doc)
	person = {
		"name": "王",
		"phone": "13800005555",
		"id_type": "Resident ID Card",
		"id_number": "1",
		"relation": "Owner",
	}
	with pytest.raises(InvalidIdNumber):
		homes.finish(doc.name, **finishing(doc, people=[person]))
	other = make_resident(make_project().name)
	stranger = {"resident": other.name, "relation": "Owner", "share": 100}
	with pytest.raises(errors.WrongPlace):
		homes.finish(doc.name, **finishing(doc, people=[stranger]))
	with as_role("Technician", project=project), pytest.raises(frappe.PermissionError):
		homes.finish(doc.name, **finishing(frappe.get_doc("Home Handover", doc.name)))


def test_a_refused_home_comes_again(project):
	doc = make_visit(project)
	answer_all(doc)
	homes.add_defect(
		doc.name, {"room": "客厅", "defect_kind": "Structure", "description": "裂缝", "severity": "Serious"}
	)
	with pytest.raises(errors.HandoverIncomplete):
		homes.refuse(doc.name, " ")
	homes.refuse(doc.name, "结构裂缝未处理")
	doc.reload()
	assert (doc.status, doc.open_defects, doc.checks) == ("Refused", 1, [])
	booking.book(doc.name, slots_of(doc.batch)[0], "Desk")
	visits.check_in(doc.name)
	homes.begin(doc.name)
	doc.reload()
	answer_all(doc)
	assert homes.finish(doc.name, **finishing(doc))["status"] == "Handed Over with Defects"


def test_appointments(project):
	units = [make_developer_home(project) for _ in range(3)]
	batch = make_batch(project, units, capacity=1)
	first, second, third = (f"HH-{unit.name}" for unit in units)
	slots = slots_of(batch.name)
	booking.book(first, slots[0], "Portal")
	with pytest.raises(errors.SlotFull):
		booking.book(second, slots[0], "Portal")
	booking.book(first, slots[1], "Portal")
	booking.book(second, slots[0], "Portal")
	with pytest.raises(errors.BookingClosed, match="not offered"):
		booking.book(third, "nothing", "Portal")
	other = make_batch(project, [make_developer_home(project)])
	with pytest.raises(errors.BookingClosed, match="not offered"):
		booking.book(third, slots_of(other.name)[0], "Portal")
	assert booked(slots) == {slots[0]: 1, slots[1]: 1}
	begins = booking.starts_at(frappe.get_doc("Handover Slot", slots[1]).as_dict())
	with pytest.raises(errors.BookingClosed, match="call the office"):
		booking.cancel(first, "Portal", now=frappe.utils.add_to_date(begins, hours=-11))
	booking.cancel(first, "Portal")
	with pytest.raises(errors.BookingClosed):
		booking.cancel(first, "Portal")
	assert booked(slots) == {slots[0]: 1, slots[1]: 0}
	slot = frappe.get_doc("Handover Slot", slots[0])
	slot.capacity = 0
	with pytest.raises(errors.SlotFull):
		slot.save()
	with pytest.raises(errors.BatchNotInOrder, match="1 homes"):
		batch.cancel()
	frappe.db.set_value("Home Handover", second, "appointment", add_days(today(), -1))
	assert jobs.note_absent() >= 1
	assert frappe.db.get_value("Home Handover", second, "status") == "Did Not Come"


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"to_date": "2020-01-01"}, errors.BatchNotInOrder),
		({"capacity": 0}, errors.BatchNotInOrder),
		({"slot_minutes": 0}, errors.BatchNotInOrder),
		({"slot_minutes": 300}, errors.BatchNotInOrder),
		({"to_date": "2099-01-01", "slot_minutes": 5}, errors.BatchNotInOrder),
	],
)
def test_a_batch_that_is_not_in_order(project, values, error):
	with pytest.raises(error):
		new_batch(project, [make_developer_home(project)], **values).insert()


def test_a_home_stands_in_one_batch(project):
	home = make_developer_home(project)
	with pytest.raises(errors.HomeTwice, match="twice"):
		new_batch(project, [home, home]).insert()
	with pytest.raises(errors.WrongPlace):
		new_batch(project, [make_unit(make_project().name)]).insert()
	with pytest.raises(errors.WrongPlace, match="buyer"):
		new_batch(project, [home], [make_resident(make_project().name)]).insert()
	batch = make_batch(project, [home])
	with pytest.raises(errors.HomeTwice, match=batch.name):
		new_batch(project, [home]).insert()
	batch.reload()
	batch.cancel()
	assert not frappe.db.exists("Home Handover", f"HH-{home.name}")
	make_batch(project, [home])
	both = make_user(AGENT, "CS Supervisor", projects=(project,), email="handover-both@test.kefu.example")
	with as_user(both):
		own = apply_workflow(new_batch(project, [make_developer_home(project)]).insert(), "Submit for Approval")
		own.workflow_state = "Approved"
		with pytest.raises(SelfApproval):
			own.save()


def test_a_defect_is_repaired_and_looked_at_by_somebody_else(project):
	home = make_developer_home(project)
	frappe.get_doc(
		{"doctype": "Handover Contractor", "project": project, "contractor_name": "总包", "is_developer": 1}
	).insert()
	plumber = frappe.get_doc(
		{
			"doctype": "Handover Contractor",
			"project": project,
			"contractor_name": "水电",
			"kinds": "Water Leak\nElectrical Points",
		}
	).insert()
	with as_role(AGENT, project=project):
		doc = frappe.get_doc(
			{
				"doctype": "Handover Defect",
				"project": project,
				"unit": home.name,
				"room": "卫生间",
				"defect_kind": "Electrical Points",
				"description": "插座无电",
				"found_on": add_days(today(), -20),
			}
		).insert()
		assert (doc.contractor, doc.due_date) == (plumber.name, getdate(add_days(today(), -13)))
		doc.note_notice()
		doc.reload()
		with pytest.raises(errors.DefectStep, match="what was repaired"):
			apply_workflow(doc, "Report Repair")
		doc.reload()
		doc.repair_note = "更换插座"
		doc.save()
		apply_workflow(doc, "Report Repair")
	with as_role("Engineering Lead", project=project):
		doc.reload()
		with pytest.raises(errors.DefectStep, match="why"):
			apply_workflow(doc, "Send Back")
		doc.reload()
		doc.recheck_note = "仍然无电"
		doc.save()
		doc = apply_workflow(doc, "Send Back")
		assert doc.rechecks[0].outcome == "Failed" and not doc.repaired_on
	with as_role(AGENT, project=project):
		doc.reload()
		doc = apply_workflow(doc, "Report Repair")
	with as_role("Engineering Lead", project=project):
		doc.reload()
		doc = apply_workflow(doc, "Confirm")
	assert [row.outcome for row in doc.rechecks] == ["Failed", "Passed"] and doc.closed_on == getdate()
	with pytest.raises(errors.DefectStep):
		doc.delete()


@pytest.mark.parametrize(
	"values", [{"found_on": "2099-01-01"}, {"due_date": "2020-01-01"}, {"repaired_on": "2020-01-01"}]
)
def test_days_of_a_defect(project, values):
	with pytest.raises(errors.DefectStep):
		frappe.get_doc(
			{
				"doctype": "Handover Defect",
				"project": project,
				"room": "x",
				"defect_kind": "Floor Finish",
				"description": "y",
				**values,
			}
		).insert()


def test_reminders_and_neighbouring_modules(project):
	doc = make_visit(project)
	homes.add_defect(doc.name, {"room": "客厅", "defect_kind": "Floor Finish", "description": "空鼓"})
	lead = make_user("Engineering Lead", projects=(project,), email=f"lead-{project.lower()}@test.kefu.example")
	for day, told in ((26, 0), (27, 1), (28, 0), (31, 1), (40, 0)):
		before = frappe.db.count("Notification Log", {"for_user": lead})
		jobs.remind_of_defects(add_days(today(), day))
		assert frappe.db.count("Notification Log", {"for_user": lead}) - before == told, day
	answer_all(doc)
	homes.finish(doc.name, **finishing(doc))
	move = frappe._dict(unit=doc.unit)
	assert checks.open_defects(move)[0]["status"] == "warning"
	card = checks.front_desk({"project": project, "units": [doc.unit], "residents": []})[0]
	assert card["items"][0]["text"] == "1 defects open"
	layer = checks.grid_layer(project)
	assert layer["units"][doc.unit] == "Handed Over with Defects"
	frappe.db.set_value("Handover Defect", {"unit": doc.unit}, "due_date", "2020-01-01")
	assert checks.grid_layer(project)["units"][doc.unit] == "Defects Overdue"
	assert defects.count_open("home_handover", doc.name) == 1


def test_buyers_are_invited_and_reminded(project):
	homes_ = [make_developer_home(project) for _ in range(2)]
	buyer = make_resident(project, phone="13800006666")
	batch = make_batch(project, homes_, [buyer])
	assert batch.invite() == 1
	text = frappe.get_last_doc("Outgoing Message", {"resident": buyer.name}).text
	assert homes_[0].unit_code in text and "/portal/handover" in text
	booking.book(f"HH-{homes_[0].name}", slots_of(batch.name, 1)[0], "Desk")
	jobs.remind_of_appointments()
	assert frappe.get_last_doc("Outgoing Message", {"resident": buyer.name}).kind == "handover_reminder"


def workbook(*rows) -> bytes:
	book = Workbook()
	for row in rows:
		book.active.append(row)
	stream = io.BytesIO()
	book.save(stream)
	return stream.getvalue()


def listed(batch, content: bytes) -> str:
	"""Address of a list that was uploaded to a batch."""
	file = {
		"doctype": "File",
		"file_name": "buyers.xlsx",
		"is_private": 1,
		"content": content,
		"attached_to_doctype": batch.doctype,
		"attached_to_name": batch.name,
	}
	return frappe.get_doc(file).insert(ignore_permissions=True).file_url


def test_the_developers_list_of_buyers(project):
	units = [make_developer_home(project) for _ in range(3)]
	known = make_resident(project, "林若溪", "13800007771")
	batch = new_batch(project, units).insert()
	content = workbook(
		("二期买受人名单",),
		("序号", "房号", "买受人姓名", "手机号码", "身份证号"),
		(1, units[0].unit_code, "林若溪", "13800007771", ""),
		(2, units[1].name, "周明远", 13800007772, ""),
		(3, "99-9-999", "孙立", "13800007773", ""),
		(4, units[2].unit_code, "赵思琪", "12", ""),
	)
	url = listed(batch, content)
	with as_role(AGENT, project=project):
		answer = frappe.get_doc("Handover Batch", batch.name).read_buyers(url)
	assert answer["entered"] == 2 and len(answer["problems"]) == 2 and "99-9-999" in answer["problems"][0]
	batch.reload()
	assert [row.resident == known.name for row in batch.units] == [True, False, False]
	assert batch.units[1].buyer_name == "周明远" and not batch.units[2].resident
	assert not frappe.db.exists("File", {"file_url": url})
	for bad in (workbook(("a", "b")), b"PK\x03\x04 no workbook"):
		with pytest.raises(frappe.ValidationError):
			batch.read_buyers(listed(batch, bad))
	with pytest.raises(errors.UnreadableList):
		batch.read_buyers("/private/files/of-somebody-else.xlsx")


def test_reports_and_papers(project):
	doc = make_visit(project)
	refused = make_visit(project)
	answer_all(doc)
	firm = frappe.get_doc(
		{"doctype": "Handover Contractor", "project": project, "contractor_name": "土建公司", "kinds": "Structure"}
	).insert()
	for kind in ("Structure", "Structure", "Floor Finish"):
		homes.add_defect(doc.name, {"room": "客厅", "defect_kind": kind, "description": f"问题 {kind}"})
	homes.finish(doc.name, **finishing(doc))
	homes.refuse(refused.name, "渗水")
	late, closed, _other = frappe.get_all("Handover Defect", {"home_handover": doc.name}, pluck="name", order_by="name")
	frappe.db.set_value(
		"Handover Defect", late, {"found_on": add_days(today(), -50), "due_date": add_days(today(), -20)}
	)
	frappe.db.set_value(
		"Handover Defect", closed, {"status": "Closed", "found_on": add_days(today(), -4), "closed_on": today()}
	)
	with as_role(AGENT, project=project):
		_columns, rows, _message, chart, summary = progress_report({"project": project})
		assert [(row["total"], row["with_defects"], row["refused"], row["percent"]) for row in rows] == [
			(2, 1, 1, 50.0)
		]
		assert summary[0]["value"] == 2 and chart["data"]["datasets"][0]["values"] == [50.0]
		_columns, rows, _message, chart, summary = ageing_report({"project": project})
		assert next((row.name, row.age, row.days_overdue) for row in rows) == (late, "8 to 30 Days", 20)
		assert chart["data"]["datasets"][0]["values"] == [1, 0, 1, 0] and summary[1]["value"] == 1
		assert len(ageing_report({"project": project, "contractor": firm.name})[1]) == 1
		_columns, rows, _message, chart = contractor_report({"project": project, "by_kind": 1})
		found = {(row["contractor_name"], row["found"], row["closed"], row["overdue"], row["days"]) for row in rows}
		assert found == {("土建公司", 2, 1, 1, 4.0), ("Nobody yet", 1, 0, 0, None)}
		assert chart["data"]["labels"] and contractor_report({"project": project, "from_date": "2099-01-01"})[1] == []
		with pytest.raises(frappe.PermissionError):
			progress_report({"project": make_project().name})
		for name, paper, text in (
			(doc.name, "Home Check Sheet", "问题 Structure"),
			(doc.name, "Home Handover Receipt", "…123X"),
			(late, "Defect Repair Notice", "土建公司"),
		):
			doctype = "Handover Defect" if name == late else "Home Handover"
			assert text in get_html_and_style(frappe.get_doc(doctype, name).as_json(), print_format=paper)["html"]


def test_the_buyer_on_the_portal(project, monkeypatch):
	home = make_developer_home(project)
	user = make_user("Property Resident", email=f"buyer-{project.lower()}@{MAIL}", user_type="Website User")
	buyer = make_resident(project, phone="13800008888")
	buyer.db_set("user", user)
	batch = make_batch(project, [home, other := make_developer_home(project)], [buyer])
	name, strange = f"HH-{home.name}", f"HH-{other.name}"
	slot = slots_of(batch.name)[0]
	with as_user(user):
		context = frappe._dict(rest="")
		portal.get_context(context)
		assert context.view == "one" and context.may_book and len(context.days) >= 2
		with pytest.raises(errors.BookingClosed):
			portal.book(name)
		portal.book(name, slot)
		for call in (
			lambda: portal.book(strange, slot),
			lambda: portal.cancel(strange),
			lambda: portal.report_defect(strange, "a", "Structure", "b"),
			lambda: portal.get_context(frappe._dict(rest=strange)),
		):
			with pytest.raises(frappe.DoesNotExistError):
				call()
		with pytest.raises(errors.DefectStep, match="first year"):
			portal.report_defect(name, "a", "Structure", "b")
		assert checks.home_cards(user)[0]["text"] == "Your appointment"
		portal.cancel(name)
		with pytest.raises(frappe.PermissionError):
			home_check.get_home(name)
	visits.check_in(name)
	homes.begin(name)
	doc = frappe.get_doc("Home Handover", name)
	answer_all(doc)
	homes.finish(name, **finishing(doc))
	with as_user(user):
		assert checks.home_cards(user) == []
		with pytest.raises(errors.DefectStep, match="kind"):
			portal.report_defect(name, "卧室", "Nonsense", "b")
		monkeypatch.setattr(attachments, "uploads_of", lambda field, most: [b"no picture"])
		with pytest.raises(NotAPicture):
			portal.report_defect(name, "卧室", "Structure", "b")
		monkeypatch.setattr(attachments, "uploads_of", lambda field, most: [picture(place=True)])
		portal.report_defect(name, "卧室", "Structure", "<b>裂缝</b>")
		context = frappe._dict(rest=name)
		portal.get_context(context)
		assert [row.status for row in context.defects] == ["To Be Repaired"] and not context.may_book
	assert frappe.db.get_value("Handover Defect", {"home_handover": name}, "source") == "Later"


def test_pages_keep_to_the_project_and_the_role(project):
	doc = make_visit(project)
	with as_role(AGENT, project=make_project().name):
		for call in (
			lambda: home_check.get_home(doc.name),
			lambda: home_check.begin(doc.name),
			lambda: home_check.refuse(doc.name, "x"),
			lambda: home_check.finish(doc.name, "{}"),
			lambda: handover_desk.get_queue(project),
			lambda: handover_desk.find(project, "1"),
			lambda: handover_desk.call_next(project, "1"),
			lambda: handover_desk.check_in(doc.name),
			lambda: handover_desk.absent(doc.name),
		):
			with pytest.raises(frappe.PermissionError):
				call()
	with as_role("Store Keeper", project=project), pytest.raises(frappe.PermissionError):
		handover_desk.get_projects()
	with as_role(AGENT, project=project):
		assert [row["name"] for row in handover_desk.get_projects()] == [project]
		assert handover_desk.get_queue(project)["progress"] == {"done": 0, "total": 1, "percent": 0.0}
		assert (
			handover_desk.find(project, "2222")[0].name
			== doc.name
			== handover_desk.find(project, doc.unit_code)[0].name
		)
		assert handover_desk.find(project, "%") == [] == handover_desk.find(project, " ")
		with pytest.raises(errors.HandoverStep, match="counter"):
			handover_desk.call_next(project, " ")
		with pytest.raises(errors.HandoverStep):
			handover_desk.absent(doc.name)
		assert home_check.get_home(doc.name)["running"] and home_check.running()[0].name == doc.name
		with pytest.raises(errors.HandoverIncomplete, match="cannot be read"):
			home_check.finish(doc.name, "[1")
		with pytest.raises(errors.HandoverIncomplete, match="Still missing"):
			home_check.finish(doc.name, '{"people": 5, "meters": ["x"], "signed": [1]}')
		defect = home_check.add_defect(doc.name, '{"room": "厨房", "defect_kind": "Structure", "description": "裂缝"}')
		other = make_visit(project)
		with pytest.raises(errors.HandoverStep, match="another home"):
			home_check.drop_defect(other.name, defect["name"])
		home_check.drop_defect(doc.name, defect["name"])
		assert home_check.get_home(doc.name)["defects"] == []
