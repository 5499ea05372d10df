"""The key desk: lending, returning, losing, counting and handing over keys (D14)."""

from datetime import timedelta

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import now_datetime, today
from frappe.www.printview import get_html_and_style

from kefu_property.keys import api, checks, jobs
from kefu_property.keys import exceptions as errors
from kefu_property.keys.page.key_board import key_board
from kefu_property.suite.approval import SelfApproval
from tests.factories.keys import lend, make_cabinet, make_key, new_loan
from tests.factories.registry import make_home, make_project, make_unit
from tests.factories.users import as_role, as_user, make_user

DESK = "CS Agent"


@pytest.fixture
def project():
	return make_project().name


def status(key) -> str:
	return frappe.db.get_value("Property Key", key.name, "status")


def test_a_lent_key_is_with_its_borrower_until_it_comes_back(project):
	key = make_key(project)
	with as_role(DESK, project=project) as agent:
		loan = lend(project, key.name)
		row = frappe.db.get_value("Property Key", key.name, ["status", "holder", "current_loan"])
		assert row == ("On Loan", "Wang Lift Service", loan.name)
		assert (loan.issued_by, loan.status, loan.workflow_state) == (agent, "On Loan", "Handed Out")
		assert loan.return_keys() == {"status": "Returned", "open_items": 0}
	assert status(key) == "In Cabinet"
	assert loan.returned_on


def test_some_of_the_keys_come_back(project):
	one, two = make_key(project), make_key(project)
	with as_role(DESK, project=project):
		loan = lend(project, one.name, two.name)
		assert loan.return_keys([one.name]) == {"status": "Partly Returned", "open_items": 1}
	assert (status(one), status(two)) == ("In Cabinet", "On Loan")


def test_a_key_comes_back_once(project):
	one, two = make_key(project), make_key(project)
	with as_role(DESK, project=project):
		loan = lend(project, one.name, two.name)
		loan.return_keys([one.name])
		with pytest.raises(errors.AlreadyReturned, match="already"):
			loan.return_keys([one.name])
		loan.return_keys()
		with pytest.raises(errors.AlreadyReturned):
			loan.return_keys()


def test_a_key_on_loan_is_not_lent_again(project):
	key = make_key(project)
	with as_role(DESK, project=project):
		second = new_loan(project, key.name).insert()
		lend(project, key.name)
		with pytest.raises(errors.KeyNotAvailable, match="Wang"):
			new_loan(project, key.name).insert()
		with pytest.raises(errors.KeyNotAvailable):
			second.submit()


def test_keys_stand_once_on_a_loan_and_belong_to_its_project(project):
	key, other = make_key(project), make_key(make_project().name)
	with pytest.raises(errors.KeyTwice):
		new_loan(project, key.name, key.name).insert()
	with pytest.raises(errors.WrongProject):
		new_loan(project, other.name).insert()


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"id_last4": ""}, errors.IdentityNotChecked),
		({"id_last4": "110101199003071234"}, errors.IdentityNotChecked),
		({"id_kind": ""}, errors.IdentityNotChecked),
		({"contact_phone": "12"}, errors.BorrowerMissing),
		({"company": ""}, errors.BorrowerMissing),
		({"borrower_kind": "Resident"}, errors.BorrowerMissing),
		({"borrower_kind": "Staff"}, errors.BorrowerMissing),
		({"hours": -1}, errors.DueTime),
		({"hours": 1000}, errors.DueTime),
	],
)
def test_a_loan_that_is_not_in_order_is_refused(project, values, error):
	key = make_key(project)
	with pytest.raises(error):
		lend(project, key.name, **values)


def test_a_restricted_key_goes_out_only_after_approval_by_somebody_else(project):
	key = make_key(project, restricted=1)
	with as_role(DESK, project=project):
		with pytest.raises(errors.NeedsApproval):
			lend(project, key.name)
		loan = apply_workflow(new_loan(project, key.name).insert(), "Submit for Approval")
		assert loan.status == "Pending Approval"
	both = make_user(DESK, "CS Supervisor", projects=(project,), email="keys-both@test.kefu.example")
	with as_user(both):
		own = apply_workflow(new_loan(project, make_key(project, restricted=1).name).insert(), "Submit for Approval")
		own.workflow_state = "Approved"
		with pytest.raises(SelfApproval):
			own.save()
	with as_role("CS Supervisor", project=project) as supervisor:
		loan = apply_workflow(loan, "Approve")
		assert loan.approved_by == supervisor
	with as_role(DESK, project=project):
		loan = apply_workflow(loan, "Hand Out")
	assert (loan.status, status(key)) == ("On Loan", "On Loan")


def test_staff_of_another_project_see_no_key(project):
	key = make_key(project)
	with as_role(DESK, project=make_project().name):
		assert not frappe.has_permission("Property Key", doc=key.name)
		with pytest.raises(frappe.PermissionError):
			key_board.get_board(project)
		with pytest.raises(frappe.PermissionError):
			key_board.scan(project, key.key_code)


def test_a_technician_sees_no_contact_of_a_borrower(project):
	lend(project, make_key(project).name)
	with as_role("Technician", project=project):
		for secret in ("contact_phone", "id_last4"):
			assert [list(row) for row in frappe.get_list("Key Loan", fields=["name", secret])] == [["name"]]
		with pytest.raises(frappe.PermissionError):
			new_loan(project, make_key(project).name).insert()


def test_the_scanner_takes_back_and_lists(project):
	key = make_key(project, "PUMP")
	with as_role(DESK, project=project):
		assert key_board.scan(project, "PUMP")["action"] == "lend"
		lend(project, key.name)
		assert key_board.scan(project, " PUMP ")["action"] == "returned"
		with pytest.raises(frappe.DoesNotExistError):
			key_board.scan(project, "NOPE")
	assert status(key) == "In Cabinet"


def test_the_picture_shows_each_key_on_its_hook(project):
	cabinet = make_cabinet(project)
	key = make_key(project, cabinet=cabinet.name, hook="b2")
	loose = make_key(project)
	board = key_board.get_board(project)
	rows = board["cabinets"][0]["rows"]
	assert (len(rows), len(rows[0])) == (2, 5)
	assert [hook["hook"] for row in rows for hook in row if hook["keys"]] == ["B02"]
	assert rows[1][1]["keys"][0]["name"] == key.name
	assert [row["name"] for row in board["without_hook"]] == [loose.name]


def test_a_hook_holds_one_key_or_one_set(project):
	cabinet = make_cabinet(project)
	make_key(project, cabinet=cabinet.name, hook="A01")
	with pytest.raises(errors.HookTaken):
		make_key(project, cabinet=cabinet.name, hook="A1")
	with pytest.raises(errors.InvalidHook):
		make_key(project, cabinet=cabinet.name, hook="Z9")
	with pytest.raises(errors.InvalidHook):
		make_key(project, hook="A02")
	ring = frappe.get_doc(
		{
			"doctype": "Key Set",
			"project": project,
			"set_code": "S1",
			"set_name": "Ring",
			"cabinet": cabinet.name,
			"hook": "A02",
		}
	).insert()
	first, second = make_key(project, key_set=ring.name), make_key(project, key_set=ring.name)
	assert (first.hook, second.hook) == ("A02", "A02")
	ring.hook = "A03"
	ring.save()
	assert frappe.db.get_value("Property Key", second.name, "hook") == "A03"
	cabinet.hooks_per_row = 2
	with pytest.raises(errors.CabinetTooSmall):
		cabinet.save()


def test_a_set_goes_out_as_a_whole(project):
	ring = frappe.get_doc({"doctype": "Key Set", "project": project, "set_code": "S1", "set_name": "Ring"}).insert()
	keys = [make_key(project, key_set=ring.name) for _ in range(3)]
	loan = new_loan(project, key_set=ring.name).insert()
	assert [row.property_key for row in loan.items] == [key.name for key in keys]


def test_where_a_key_is_cannot_be_written_by_hand(project):
	key = make_key(project)
	key.status = "Lost"
	with pytest.raises(errors.KeyInUse):
		key.save()
	lend(project, key.name)
	with pytest.raises(errors.KeyInUse):
		frappe.delete_doc("Property Key", key.name)


def test_copies_are_numbered_on(project):
	key = make_key(project, "M1")
	assert [name.removeprefix(project) for name in key.make_copies(2, "Locksmith")] == ["-M1-1", "-M1-2"]
	copy = frappe.get_doc("Property Key", f"{project}-M1-1")
	assert copy.make_copies(1, "Locksmith") == [f"{project}-M1-3"]
	assert frappe.db.get_value("Property Key", f"{project}-M1-3", ["copy_of", "status"]) == (key.name, "In Cabinet")
	with pytest.raises(frappe.ValidationError):
		key.make_copies(0, "Locksmith")


def report_loss(project, key, **values):
	values = {"lost_on": today(), "reported_by_name": "Gate", "circumstances": "Gone", "risk": "High"} | values
	return frappe.get_doc({"doctype": "Key Loss", "project": project, "property_key": key.name, **values}).insert()


def test_a_loss_ends_with_a_changed_lock_and_retires_the_keys_of_the_old_one(project):
	key, sister = make_key(project, lock_number="L1"), make_key(project, lock_number="L1")
	with as_role(DESK, project=project):
		loan = lend(project, key.name)
		loss = report_loss(project, key)
		assert (loss.key_loan, loss.responsible) == (loan.name, "Wang Lift Service")
		assert status(key) == "Lost"
		loan.reload()
		assert (loan.status, loan.items[0].outcome) == ("Returned", "Lost")
		loss = apply_workflow(loss, "Submit for Approval")
		with pytest.raises(errors.LossOpen):
			report_loss(project, key)
	with as_role("CS Supervisor", project=project):
		loss = apply_workflow(loss, "Approve")
	with as_role(DESK, project=project):
		with pytest.raises(errors.LockChangeMissing):
			apply_workflow(loss, "Close")
		loss.reload()
		loss.update({"lock_changed_on": today(), "lock_changed_by": "Locksmith", "new_lock_number": "L2"})
		loss.save()
		loss = apply_workflow(loss, "Close")
	assert (status(key), status(sister)) == ("Retired", "Retired")


def test_a_lost_key_that_is_found_hangs_again(project):
	key = make_key(project)
	with as_role(DESK, project=project):
		apply_workflow(report_loss(project, key), "Key Found")
	assert status(key) == "In Cabinet"


def test_a_loss_without_lock_change_needs_a_reason(project):
	with pytest.raises(errors.LockChangeMissing):
		report_loss(project, make_key(project), lock_change=0)


def test_a_count_finds_missing_misplaced_and_returned_keys(project):
	cabinet = make_cabinet(project)
	keys = [make_key(project, cabinet=cabinet.name, hook=f"A0{n}") for n in range(1, 5)]
	with as_role(DESK, project=project):
		loan = lend(project, keys[3].name)
		count = frappe.get_doc({"doctype": "Key Count", "project": project, "cabinet": cabinet.name}).insert()
		assert [row.expected for row in count.items] == ["In Cabinet"] * 3 + ["On Loan"]
		with pytest.raises(errors.CountIncomplete, match=keys[0].key_code):
			apply_workflow(count, "Submit for Approval")
		count.reload()
		for row, found in zip(count.items, ("Here", "Missing", "Here", "Here"), strict=True):
			row.found = found
		count.items[2].found_hook = "b5"
		count.save()
		assert (count.keys_expected, count.keys_found, count.differences) == (3, 3, 3)
		with pytest.raises(errors.CountIncomplete, match="Explain"):
			apply_workflow(count, "Submit for Approval")
		count.reload()
		count.remarks = "After the move of the desk"
		count.save()
		count = apply_workflow(count, "Submit for Approval")
		assert status(keys[1]) == "In Cabinet"
	with as_role("CS Supervisor", project=project):
		count = apply_workflow(count, "Approve")
	assert [status(key) for key in keys] == ["In Cabinet", "Lost", "In Cabinet", "In Cabinet"]
	assert frappe.db.get_value("Property Key", keys[2].name, "hook") == "B05"
	assert frappe.db.get_value("Key Loss", {"property_key": keys[1].name}, "status") == "Draft"
	assert frappe.db.get_value("Key Loan", loan.name, "status") == "Returned"


def test_keys_of_a_home_are_handed_over_and_come_back(project):
	unit, resident, _occupancy = make_home(project)
	key = make_key(project, unit=unit.name, kind="Dwelling")
	paper = {"id_kind": "Passport", "id_last4": "88a1"}
	with as_role(DESK, project=project):
		with pytest.raises(errors.IdentityNotChecked):
			api.hand_over(unit.name, resident.name, [key.name], id_kind="", id_last4="")
		name = api.hand_over(unit.name, resident.name, [key.name], **paper)
		assert status(key) == "Handed Over"
		with pytest.raises(errors.KeyNotAvailable):
			api.hand_over(unit.name, resident.name, [key.name], **paper)
		with pytest.raises(errors.NothingToHandOver):
			api.hand_over(unit.name, resident.name, [make_key(project).name], **paper)
		api.hand_over(unit.name, resident.name, [key.name], direction="Back from the Resident", **paper)
	assert status(key) == "In Cabinet"
	assert frappe.db.get_value("Key Handover", name, "docstatus") == 1


def test_keys_on_loan_block_a_move_out(project):
	unit, resident, _occupancy = make_home(project)
	key = make_key(project, unit=unit.name, kind="Dwelling")
	move = {"unit": unit.name, "move_type": "Move-out", "leaving": [{"resident": resident.name}]}
	assert checks.keys_out(move)[0]["status"] == "ok"
	loan = lend(project, key.name)
	blocked = checks.keys_out(move)[0]
	assert blocked["status"] == "blocked"
	assert key.key_code in blocked["detail"]
	loan.return_keys()
	api.hand_over(unit.name, resident.name, [key.name], id_kind="Passport", id_last4="1234")
	assert checks.keys_out(move)[0]["status"] == "warning"
	# a key lent to the leaving resident for another door counts as well
	lend(project, make_key(project).name, borrower_kind="Resident", resident=resident.name)
	assert checks.keys_out(move)[0]["status"] == "blocked"


def test_loans_of_other_homes_do_not_block(project):
	unit, other = make_unit(project), make_unit(project)
	lend(project, make_key(project, unit=other.name).name)
	assert checks.keys_out({"unit": unit.name, "move_type": "Move-out", "leaving": []})[0]["status"] == "ok"


def test_overdue_keys_are_told_step_by_step_and_once(project):
	with as_role("Office Director", project=project) as director:
		pass
	with as_role("CS Supervisor", project=project) as supervisor:
		pass
	with as_role(DESK, project=project) as agent:
		loan = lend(project, make_key(project).name)

	def told(hours: float) -> set[str]:
		frappe.db.delete("Notification Log", {"document_name": loan.name})
		jobs.remind_overdue(loan.due_on + timedelta(hours=hours))
		return set(frappe.get_all("Notification Log", filters={"document_name": loan.name}, pluck="for_user"))

	assert told(-1) == set()
	assert told(0.1) == {agent}
	assert told(0.2) == set()
	assert supervisor in told(25)
	assert director in told(73)
	assert told(100) == set()
	loan.reload()
	assert loan.overdue_level == 3
	assert frappe.db.count("Outgoing Message", {"kind": "keys_overdue", "text": ["like", f"%{loan.name}%"]}) == 1


def test_a_new_due_time_starts_the_reminders_again(project):
	loan = lend(project, make_key(project).name)
	jobs.remind_overdue(loan.due_on + timedelta(hours=1))
	loan.reload()
	assert loan.overdue_level == 1
	loan.due_on = now_datetime() + timedelta(hours=10)
	loan.save()
	assert loan.overdue_level == 0
	assert frappe.db.get_value("Property Key", loan.items[0].property_key, "due_on") == loan.due_on.replace(
		microsecond=loan.due_on.microsecond
	)


def test_borrowers_are_forgotten_after_the_retention(project):
	loan = lend(project, make_key(project).name)
	loan.return_keys()
	frappe.db.set_value("Key Loan", loan.name, "returned_on", "2020-01-01")
	jobs.forget_borrowers()
	assert frappe.db.get_value("Key Loan", loan.name, ["contact_phone", "id_last4"]) == (None, None)


def test_the_reports_name_what_is_out_and_late(project):
	from kefu_property.keys.report.keys_out import keys_out
	from kefu_property.keys.report.overdue_keys import overdue_keys

	late, fresh = lend(project, make_key(project).name), lend(project, make_key(project).name)
	frappe.db.set_value("Key Loan", late.name, "due_on", now_datetime() - timedelta(hours=3))
	with as_role("CS Supervisor", project=project):
		rows = keys_out.execute({"project": project})[1]
		assert [row.loan for row in rows] == [late.name, fresh.name]
		assert [row.loan for row in overdue_keys.execute({"project": project})[1]] == [late.name]
		assert rows[0].hours_overdue == pytest.approx(3, abs=0.2)
	with as_role("CS Supervisor", project=make_project().name):
		assert keys_out.execute({})[1] == []


def test_papers_print_in_both_languages(project):
	loan = lend(project, make_key(project).name)
	for language, title in (("en", "Key Loan Slip"), ("zh", "钥匙借用单")):
		frappe.local.lang = language
		html = get_html_and_style("Key Loan", loan.name, print_format="Key Loan Slip")["html"]
		assert title in html
		assert "12AB" in html
