"""Parcels and left luggage: in, noticed, out once, disputed, counted (D20, L20)."""

import base64
import io
import time
from datetime import timedelta

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, now_datetime, today
from frappe.www.printview import get_html_and_style
from PIL import Image
from pypdf import PdfReader

from kefu_property.custody import api, checks, codes, intake, jobs, notices
from kefu_property.custody import exceptions as errors
from kefu_property.custody.portal import parcels
from kefu_property.suite import uploads
from kefu_property.suite.approval import SelfApproval
from tests.factories.custody import make_item, make_shelf
from tests.factories.registry import make_home, make_project, make_resident
from tests.factories.users import as_role, as_user, make_user

DESK = "CS Agent"
PAPER = {"id_kind": "Passport", "id_last4": "12a4"}


@pytest.fixture
def project():
	return make_project().name


def picture(name: str = "box.png") -> str:
	out = io.BytesIO()
	Image.new("RGB", (20, 20), "brown").save(out, "PNG")
	return attach(name, out.getvalue())


def attach(name: str, content: bytes) -> str:
	return frappe.get_doc({"doctype": "File", "file_name": name, "content": content, "is_private": 1}).insert().file_url


def test_a_parcel_is_taken_in_with_its_carrier(project):
	with as_role(DESK, project=project) as agent:
		item = make_item(project, tracking_number="sf1234567890123", shelf=make_shelf(project).name)
	assert (item.tracking_number, item.carrier, item.status, item.received_by) == (
		"SF1234567890123",
		"顺丰",
		"Waiting",
		agent,
	)


def test_the_same_parcel_is_not_taken_in_twice_while_it_waits(project):
	item = make_item(project, tracking_number="SF1234567890123")
	with pytest.raises(errors.DuplicateParcel):
		make_item(project, tracking_number="sf 1234567890123")
	item.pick_up("Resident's Paper", **PAPER)
	make_item(project, tracking_number="SF1234567890123")
	make_item(make_project().name, tracking_number="SF1234567890123")


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"tracking_number": "12"}, errors.InvalidTrackingNumber),
		({"recipient_name": " "}, errors.RecipientMissing),
		({"kind": "Valuables"}, errors.SealMissing),
		({"declared_value": 5000}, errors.SealMissing),
		({"depositor_id_last4": "110101199003071234"}, errors.ProofMissing),
		({"photo": "/files/none.jpg"}, uploads.NotAPicture),
	],
)
def test_an_item_that_is_not_in_order_is_refused(project, values, error):
	with pytest.raises(error):
		make_item(project, **values)


def test_a_shelf_of_another_project_is_refused(project):
	with pytest.raises(errors.WrongProject):
		make_item(project, shelf=make_shelf(make_project().name).name)


def test_valuables_with_value_seal_and_photo_are_taken_in(project):
	item = make_item(project, kind="Valuables", declared_value=5000, seal_number="A-1", photo=picture())
	assert item.status == "Waiting"


def test_a_photo_is_judged_by_its_content(project):
	with pytest.raises(uploads.NotAPicture, match="no picture"):
		make_item(project, photo=attach("photo.png", b"just words, no picture at all"))
	with pytest.raises(uploads.FileTooLarge, match="at most 10 MB"):
		uploads.check_picture(b"\xff\xd8\xff" + b"0" * uploads.PICTURE_LIMIT)
	with pytest.raises(uploads.NotAPicture, match="damaged"):
		uploads.check_picture(b"\x89PNG\r\n\x1a\n" + b"0" * 400)


def test_photos_lose_the_place_where_they_were_taken():
	image, out = Image.new("RGB", (8, 8)), io.BytesIO()
	exif = image.getexif()
	exif[0x8825] = {1: "N", 2: (30.0, 15.0, 0.0)}
	image.save(out, "JPEG", exif=exif)
	assert Image.open(io.BytesIO(out.getvalue())).getexif()
	assert not Image.open(io.BytesIO(uploads.without_metadata(out.getvalue()))).getexif()


def test_the_owner_gets_place_and_code_in_their_language(project, monkeypatch):
	monkeypatch.setattr("kefu_property.suite.messages.codes_stay_readable", lambda: True)
	resident = make_resident(project, phone="13800002222", preferred_language="English")
	item = make_item(project, resident=resident.name, shelf=make_shelf(project).name)
	message = frappe.get_doc("Outgoing Message", notices.arrived(item.name))
	code = message.text.split("code ")[1][:6]
	assert "is at Desk" in message.text
	item.reload()
	assert item.code_hash and code not in item.code_hash
	assert item.notified_on
	assert item.pick_up("Code", code=code) == {"picked_up": True}
	assert (item.status, item.pickup_method, item.picked_up_by) == ("Picked Up", "Code", resident.resident_name)
	assert item.code_hash is None


def test_codes_are_masked_in_the_log_of_a_production_site(project, monkeypatch):
	monkeypatch.setattr("kefu_property.suite.messages.codes_stay_readable", lambda: False)
	item = make_item(project, resident=make_resident(project, phone="13800002222").name)
	text = frappe.get_doc("Outgoing Message", notices.arrived(item.name)).text
	assert "••••••" in text


def test_nobody_is_told_where_no_phone_is_known(project):
	item = make_item(project, resident=make_resident(project).name)
	assert notices.arrived(item.name) is None


def test_wrong_codes_are_counted_and_lock_the_item(project):
	with as_role(DESK, project=project):
		item = make_item(project)
		with pytest.raises(errors.CodeLocked):
			item.pick_up("Code", code="123456")
		code = codes.make(item.name)
		wrong = f"{(int(code) + 1) % 1_000_000:06d}"
		assert [item.pick_up("Code", code=wrong)["tries_left"] for _ in range(5)] == [4, 3, 2, 1, 0]
		with pytest.raises(errors.CodeLocked):
			item.pick_up("Code", code=code)
		again = codes.make(item.name)
		assert item.pick_up("Code", code=again)["picked_up"]


def test_the_hash_is_shown_to_nobody(project):
	item = make_item(project)
	codes.make(item.name)
	with as_role(DESK, project=project):
		html = get_html_and_style("Custody Item", item.name, print_format="Custody Receipt")["html"]
	assert frappe.db.get_value("Custody Item", item.name, "code_hash") not in html


def test_an_item_goes_out_once(project):
	with as_role(DESK, project=project):
		item = make_item(project)
		item.pick_up("Resident's Paper", **PAPER)
		with pytest.raises(errors.NotWaiting, match="Zhang"):
			frappe.get_doc("Custody Item", item.name).pick_up("Resident's Paper", **PAPER)
	assert item.picker_id_last4 == "12A4"


def test_without_a_code_a_paper_is_shown(project):
	item = make_item(project)
	for proof in ({}, {"id_kind": "Passport"}, {"id_kind": "Passport", "id_last4": "12345"}):
		with pytest.raises(errors.ProofMissing):
			item.pick_up("Resident's Paper", **proof)
	with pytest.raises(errors.ProofMissing):
		item.pick_up("Word of Honour", **PAPER)


def authorise(resident, **values):
	values = {"person_name": "Li", "id_last4": "55ab", "valid_until": today()} | values
	return frappe.get_doc({"doctype": "Custody Authorisation", "resident": resident.name, **values}).insert().name


def test_an_authorised_person_picks_up(project):
	resident, stranger = make_resident(project), make_resident(project)
	item, other = make_item(project, resident=resident.name), make_item(project, resident=resident.name)
	paper = {"id_kind": "Passport", "id_last4": "55AB"}

	def refused(authorisation, **values):
		with pytest.raises(errors.AuthorisationInvalid):
			item.pick_up("Authorised Person", authorisation=authorisation, **paper | values)

	refused(None)
	refused(authorise(stranger))
	refused(authorise(resident, custody_item=other.name))
	refused(authorise(resident), id_last4="0000")
	refused(authorise(resident, status="Revoked"))
	item.pick_up("Authorised Person", authorisation=authorise(resident), **paper)
	assert item.picked_up_by == "Li"
	with pytest.raises(errors.AuthorisationInvalid):
		authorise(resident, valid_until=add_days(today(), -1))
	with pytest.raises(errors.WrongProject):
		authorise(stranger, custody_item=other.name)


def test_only_the_agreed_charge_holds_an_item_back(project):
	unit, resident, _occupancy = make_home(project)
	item = make_item(
		project,
		kind="Left Luggage",
		tracking_number=None,
		resident=resident.name,
		unit=unit.name,
		free_days=2,
		charge_per_day=3,
		received_on=now_datetime() - timedelta(days=5),
	)
	assert float(item.get_charge()) == 9
	with pytest.raises(errors.ChargeOpen, match="9"):
		item.pick_up("Resident's Paper", **PAPER)
	item.pick_up("Resident's Paper", charge_receipt="R-1", **PAPER)
	assert (float(item.keeping_charge), item.charge_receipt) == (9, "R-1")
	# nothing else is asked: the module does not know of arrears at all (L20, L1)
	import inspect

	from kefu_property.custody.doctype.custody_item import custody_item

	assert "billing" not in inspect.getsource(custody_item)


def test_an_item_goes_back_to_its_carrier_with_a_reason(project):
	with as_role(DESK, project=project):
		item = make_item(project)
		with pytest.raises(errors.ProofMissing):
			item.return_to_carrier(" ")
		item.return_to_carrier("Refused by the recipient")
	assert (item.status, item.picked_up_by) == ("Returned", "顺丰")


def test_the_status_cannot_be_written_by_hand(project):
	item = make_item(project)
	item.status = "Picked Up"
	with pytest.raises(errors.StatusByHand):
		item.save()


def test_staff_of_another_project_take_nothing_in(project):
	with as_role(DESK, project=make_project().name):
		with pytest.raises(frappe.PermissionError):
			intake.receive(project, "SF1234567890123", "Zhang")
		with pytest.raises(frappe.PermissionError):
			make_item(project)
	with as_role("Cashier", project=project):
		# the framework's versions differ in the class
		with pytest.raises((frappe.PermissionError, frappe.ValidationError)):
			intake.get_shelves()


def test_the_intake_finds_the_home_or_asks(project):
	shelf = make_shelf(project)
	unit, resident, _occupancy = make_home(project, "1-1-301", owner="王小明")
	make_home(project, "1-1-302", owner="王小红")
	with as_role(DESK, project=project):
		assert [row.name for row in intake.get_shelves()] == [shelf.name]
		home = intake.receive(project, "SF1000000000001", "1-1-301", shelf.name)
		assert (home["unit"], home["recipient_name"], home["found"]) == (unit.name, "王小明", True)
		asked = intake.receive(project, "SF1000000000002", "王小")
		assert {row["resident_name"] for row in asked["choices"]} == {"王小明", "王小红"}
		assert not frappe.db.exists("Custody Item", {"tracking_number": "SF1000000000002"})
		chosen = intake.receive(project, "SF1000000000002", "王小", resident=resident.name, unit=unit.name)
		assert chosen["found"]
		unknown = intake.receive(project, "SF1000000000003", "李四")
		assert (unknown["found"], unknown["recipient_name"]) == (False, "李四")
		with pytest.raises(errors.DuplicateParcel):
			intake.receive(project, "SF1000000000003", "李四")


def test_twenty_parcels_take_less_than_a_minute(project):
	shelf = make_shelf(project)
	make_home(project, "1-1-301")
	with as_role(DESK, project=project):
		start = time.monotonic()
		for number in range(20):
			intake.receive(project, f"SF20000000000{number:02d}", "1-1-301", shelf.name)
		assert time.monotonic() - start < 60
	assert frappe.db.count("Custody Item", {"project": project}) == 20


def test_labels_are_one_small_page_each(project):
	items = [make_item(project).name for _ in range(3)]
	with as_role(DESK, project=project):
		intake.labels(frappe.as_json(items))
	pdf = PdfReader(io.BytesIO(frappe.local.response.filecontent))
	assert len(pdf.pages) == 3
	width, height = (float(pdf.pages[0].mediabox[n]) * 25.4 / 72 for n in (2, 3))
	assert (round(width), round(height)) == (60, 40)
	with as_role(DESK, project=make_project().name), pytest.raises(frappe.PermissionError):
		intake.labels(frappe.as_json(items))
	assert base64.b64decode(frappe.get_doc("Custody Item", items[0]).qr().split(",")[1]).startswith(b"<?xml")


def claim(item, **values):
	values = {"kind": "Damage", "claimed_by": "Zhang", "description": "Broken", "claimed_amount": 200} | values
	return frappe.get_doc(
		{"doctype": "Custody Claim", "project": item.project, "custody_item": item.name, **values}
	).insert()


def test_a_dispute_holds_the_item_until_somebody_else_decides(project):
	both = make_user(DESK, "CS Supervisor", projects=(project,), email="custody-both@test.kefu.example")
	with as_user(both):
		item = make_item(project, declared_value=100)
		case = apply_workflow(claim(item), "Start Review")
		with pytest.raises(errors.NotWaiting):
			item.pick_up("Resident's Paper", **PAPER)
		with pytest.raises(errors.ClaimOpen):
			claim(item)
		with pytest.raises(errors.ClaimIncomplete):
			apply_workflow(case, "Submit for Approval")
		case.reload()
		case.update({"findings": "Fell", "decision": "Sorry", "item_status_after": "Waiting", "compensation": 250})
		for amount in (250, 150):  # above the claim; above the declared value
			case.compensation = amount
			with pytest.raises(errors.ClaimIncomplete):
				case.check_decision()
		case.compensation = 100
		case.save()
		case = apply_workflow(case, "Submit for Approval")
		case.status = "Settled"
		with pytest.raises(SelfApproval):
			case.save()
	with as_role("CS Supervisor", project=project):
		case = apply_workflow(frappe.get_doc("Custody Claim", case.name), "Approve")
	assert frappe.db.get_value("Custody Item", item.name, "status") == "Waiting"
	assert case.approved_by


def test_a_large_compensation_is_the_directors(project):
	with as_role(DESK, project=project):
		case = apply_workflow(claim(make_item(project), claimed_amount=900), "Start Review")
		case.update({"findings": "Fell", "decision": "Sorry", "item_status_after": "Lost", "compensation": 900})
		case.save()
		case = apply_workflow(case, "Submit for Approval")
	with as_role("CS Supervisor", project=project), pytest.raises(frappe.ValidationError):
		apply_workflow(case, "Approve")
	with as_role("Office Director", project=project):
		case = apply_workflow(frappe.get_doc("Custody Claim", case.name), "Approve")
	assert case.status == "Settled"
	assert frappe.db.get_value("Custody Item", case.custody_item, "status") == "Lost"


def test_a_shelf_count_finds_missing_and_misplaced_items(project):
	one, two = make_shelf(project, "S1"), make_shelf(project, "S2")
	items = [make_item(project, shelf=one.name) for _ in range(3)]
	with as_role(DESK, project=project):
		count = frappe.get_doc({"doctype": "Custody Count", "project": project, "shelf": one.name}).insert()
		assert [row.custody_item for row in count.items] == [item.name for item in items]
		with pytest.raises(errors.CountIncomplete):
			apply_workflow(count, "Submit for Approval")
		count.reload()
		for row, found in zip(count.items, ("Here", "Here", "Missing"), strict=True):
			row.found = found
		count.items[1].found_shelf = two.name
		count.remarks = "Evening count"
		count.save()
		assert (count.items_expected, count.items_found, count.differences) == (3, 2, 2)
		count = apply_workflow(count, "Submit for Approval")
	with as_role("CS Supervisor", project=project):
		apply_workflow(count, "Approve")
	assert frappe.db.get_value("Custody Item", items[1].name, "shelf") == two.name
	assert frappe.db.get_value("Custody Item", items[2].name, "status") == "In Dispute"
	assert frappe.db.get_value("Custody Claim", {"custody_item": items[2].name}, ["kind", "source"]) == (
		"Loss",
		"Count",
	)


def test_owners_are_reminded_at_most_three_times(project):
	resident = make_resident(project, phone="13800002222")
	item = make_item(project, resident=resident.name)
	for day, reminded in ((1, 0), (3, 1), (4, 1), (6, 2), (9, 3), (12, 3), (30, 3)):
		jobs.remind_owners(item.received_on + timedelta(days=day, hours=1))
		assert (frappe.db.get_value("Custody Item", item.name, "reminders") or 0) == reminded


def test_supervisors_hear_of_items_that_wait_too_long(project):
	item = make_item(project, received_on=now_datetime() - timedelta(days=8))
	make_item(project, received_on=now_datetime() - timedelta(days=8), keep_until=add_days(today(), 3))
	with as_role("CS Supervisor", project=project) as supervisor:
		pass
	jobs.tell_overdue()
	log = frappe.get_all(
		"Notification Log",
		filters={"for_user": supervisor},
		fields=["subject", "document_name"],
		order_by="creation desc",
	)
	assert log[0].document_name == item.name
	assert log[0].subject.startswith("1 items")


def test_pickers_are_forgotten_after_the_retention(project):
	item = make_item(project)
	item.pick_up("Resident's Paper", signature="data:image/png;base64,AA", **PAPER)
	frappe.db.set_value("Custody Item", item.name, "picked_up_on", "2020-01-01")
	jobs.forget_pickers()
	assert frappe.db.get_value("Custody Item", item.name, ["pickup_signature", "picker_id_last4"]) == (None, None)


def test_the_reports_sort_by_age_and_project(project):
	from kefu_property.custody.report.custody_throughput import custody_throughput
	from kefu_property.custody.report.overdue_custody import overdue_custody
	from kefu_property.custody.report.parcels_waiting import parcels_waiting

	old = make_item(project, received_on=now_datetime() - timedelta(days=9))
	make_item(project)
	make_item(project).pick_up("Resident's Paper", **PAPER)
	with as_role("CS Supervisor", project=project):
		_columns, rows, _none, chart, _summary = parcels_waiting.execute({})
		assert [row.days for row in rows] == [9, 0]
		assert chart["data"]["datasets"][0]["values"] == [1, 0, 0, 1, 0]
		assert [row.name for row in overdue_custody.execute({})[1]] == [old.name]
		carriers = custody_throughput.execute({"group_by": "Carrier"})[1]
		assert [(row.group, row.received, row.handed_out) for row in carriers] == [("顺丰", 3, 1)]
	with as_role("CS Supervisor", project=make_project().name):
		assert parcels_waiting.execute({})[1] == []


def test_items_of_leavers_are_pointed_out_but_never_block(project):
	resident = make_resident(project)
	move = {"leaving": [{"resident": resident.name}]}
	assert checks.items_waiting(move)[0]["status"] == "ok"
	item = make_item(project, resident=resident.name)
	assert checks.items_waiting(move)[0]["status"] == "warning"
	assert [row.name for row in api.waiting(residents=[resident.name])] == [item.name]


@pytest.fixture
def owner(project):
	user = make_user("Property Resident", email="parcels@test.kefu.example", user_type="Website User")
	return make_resident(project, phone="13800003333", user=user)


def test_residents_see_and_do_only_what_is_theirs(project, owner):
	mine, other = make_item(project, resident=owner.name), make_item(project, resident=make_resident(project).name)
	with as_user(owner.user):
		context = frappe._dict(rest="")
		parcels.get_context(context)
		assert [row.name for row in context.waiting] == [mine.name]
		for call in (
			lambda: parcels.get_code(other.name),
			lambda: parcels.authorise(other.name, "Li", "1234", today()),
			lambda: parcels.complain(other.name, "Damage", "Broken"),
			lambda: parcels.my_item(other.name),
		):
			with pytest.raises(frappe.DoesNotExistError):
				call()
		parcels.get_code(mine.name)
		code = codes.shown_to(owner.user, mine.name)
		parcels.authorise(mine.name, "Li", "1234", today())
		context = frappe._dict(rest=mine.name)
		parcels.get_context(context)
		assert context.code == code
		assert [row.person_name for row in context.papers] == ["Li"]
		parcels.revoke(context.papers[0].name)
		assert parcels.authorisations(context.item) == []
	assert frappe.get_doc("Custody Item", mine.name).pick_up("Code", code=code)["picked_up"]
	with as_user(owner.user):
		with pytest.raises(errors.NotWaiting):
			parcels.authorise(mine.name, "Li", "1234", today())
		parcels.complain(mine.name, "Given to the Wrong Person", "It was not me")
	assert frappe.db.get_value("Custody Claim", {"custody_item": mine.name}, "source") == "On the Portal"


def test_staff_are_no_residents(project):
	with as_role(DESK, project=project), pytest.raises(frappe.PermissionError):
		parcels.my_item(make_item(project).name)


def test_papers_print_in_both_languages(project):
	item = make_item(project)
	for language, title in (("en", "Custody Receipt"), ("zh", "寄存代收凭证")):
		frappe.local.lang = language
		assert title in get_html_and_style("Custody Item", item.name, print_format="Custody Receipt")["html"]
	assert item.name in get_html_and_style("Custody Item", item.name, print_format="Custody Label")["html"]
