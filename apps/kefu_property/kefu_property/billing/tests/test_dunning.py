"""Dunning: ladder, run, messages, letters with proof, promises, evidence, limitation (D2, L1, L2)."""

import frappe
import pytest

from kefu_property.billing import dunning, dunning_papers, exceptions, limitation, promises
from kefu_property.billing.doctype.promise_to_pay import promise_to_pay
from kefu_property.billing.report.dunning_results import dunning_results
from kefu_property.billing.report.limitation_watch import limitation_watch
from kefu_property.rules.money import D
from tests.factories import billing as make
from tests.factories.arrears import LADDER, make_dunning_run, make_ladder, printed, steps_of
from tests.factories.billing import as_role
from tests.factories.registry import make_home, make_resident

PROOF = "/files/signed.png"


@pytest.fixture
def home():
	"""A bill of 250 yuan due on 15 January 2026, of a payer with a phone."""
	project, unit, resident, bills = make.make_billed_home("2.50", building_area=100)
	resident.new_phone = "13800001234"
	resident.save(ignore_permissions=True)
	make_ladder(project)
	return frappe._dict(project=project, unit=unit, resident=resident, bill=bills[0])


def taken(home, upto: int, day: str = "2026-02-01 10:00:00") -> None:
	"""The debtor went up the ladder to a step."""
	for number in range(1, upto + 1):
		frappe.get_doc(
			{
				"doctype": "Dunning Action",
				"project": home.project,
				"resident": home.resident.name,
				"action_type": LADDER[number - 1][0],
				"step_no": number,
				"done_on": day,
				"channel": "Phone",
				"result": "Not Reached",
			}
		).insert(ignore_permissions=True)


def run_at_letters(home):
	taken(home, 3)
	run = make_dunning_run(home.project, "2026-04-01")
	make.approve(run, "CS Supervisor")
	return run, steps_of(run.name)[0]


def test_a_run_finds_the_step_of_each_debtor(home):
	run = make_dunning_run(home.project, "2026-01-20")
	assert (run.debtor_count, run.message_count, D(run.total)) == (1, 1, D("250.00"))
	step = steps_of(run.name)[0]
	assert (step.state, step.resident, step.age_days, step.bills[0].invoice) == (
		"Planned",
		home.resident.name,
		5,
		home.bill.name,
	)
	assert make_dunning_run(home.project, "2026-01-19").debtor_count == 0


def test_previewing_again_replaces_the_plan(home):
	run = make_dunning_run(home.project, "2026-01-20")
	with as_role("CS Supervisor", project=home.project):
		dunning.preview(run.name)
	assert len(steps_of(run.name)) == 1


def test_messages_go_out_after_approval_only_and_once(home):
	run = make_dunning_run(home.project, "2026-01-20")
	assert dunning.send_messages(run.name) == 0
	make.approve(run, "CS Supervisor")
	assert dunning.send_messages(run.name) == 1
	step = steps_of(run.name)[0]
	text = frappe.db.get_value("Outgoing Message", step.message, "text")
	assert (step.state, step.result, step.channel) == ("Done", "Sent", "Text Message")
	assert "250.00" in text and "2026-01-15" in text
	assert dunning.send_messages(run.name) == 0


def test_whoever_paid_meanwhile_gets_no_message(home):
	run = make_dunning_run(home.project, "2026-01-20")
	make.approve(run, "CS Supervisor")
	make.pay(home.resident, "250.00", [(home.bill.name, "250.00")])
	dunning.send_messages(run.name)
	assert [(step.state, step.skip_reason) for step in steps_of(run.name)] == [("Cancelled", "Paid meanwhile")]


def test_a_payer_without_phone_is_reported_not_lost(home):
	other, _resident, _occupancy = make_home(home.project)
	make.publish_run(make.make_run(home.project, "2026-01-01", "2026-01-31", "2026-01-01"))
	run = make_dunning_run(home.project, "2026-01-20")
	make.approve(run, "CS Supervisor")
	assert dunning.send_messages(run.name) == 2
	assert sorted(step.state for step in steps_of(run.name)) == ["Done", "Failed"]
	assert other.name


def test_whoever_prepares_does_not_approve(home):
	run = make_dunning_run(home.project, "2026-01-20")
	with pytest.raises((frappe.PermissionError, frappe.ValidationError), match=r"(?i)approv"):
		with as_role("CS Supervisor", "Office Director", project=home.project):
			from frappe.model.workflow import apply_workflow

			apply_workflow(run, "Submit for Approval")
			apply_workflow(run, "Approve")


def test_a_dispute_and_a_promise_rest_with_their_reason(home):
	frappe.get_doc(
		{
			"doctype": "Arrears Hold",
			"project": home.project,
			"resident": home.resident.name,
			"from_date": "2026-01-01",
			"reason_type": "Dispute",
			"reason": "争议",
		}
	).insert(ignore_permissions=True)
	run = make_dunning_run(home.project, "2026-01-20")
	assert (run.debtor_count, run.skipped_count) == (0, 1)
	assert steps_of(run.name)[0].skip_reason == dunning.HELD


def test_letters_need_proof_of_delivery_and_restart_the_limitation(home):
	_run, step = run_at_letters(home)
	assert (step.action_type, step.state) == ("Written Demand", "To Do")
	with as_role("CS Agent", project=home.project):
		with pytest.raises(exceptions.ProofMissing):
			dunning.record(step.name, "Signed For", "Handed Over", "2026-04-02 09:00:00")
		dunning.record(step.name, "Signed For", "Handed Over", "2026-04-02 09:00:00", proof=PROOF)
	assert str(frappe.db.get_value("Fee Invoice", home.bill.name, "limitation_date")) == "2029-04-02"


def test_a_letter_that_came_back_restarts_nothing(home):
	_run, step = run_at_letters(home)
	with as_role("CS Agent", project=home.project):
		dunning.record(step.name, "Returned", "Registered Mail", "2026-04-02 09:00:00")
	assert str(frappe.db.get_value("Fee Invoice", home.bill.name, "limitation_date")) == "2029-01-15"


def test_a_demand_after_the_limitation_revives_nothing(home):
	_run, step = run_at_letters(home)
	frappe.db.set_value("Fee Invoice", home.bill.name, "limitation_date", "2026-03-01")
	with as_role("CS Agent", project=home.project):
		dunning.record(step.name, "Signed For", "Handed Over", "2026-04-02 09:00:00", proof=PROOF)
	assert str(frappe.db.get_value("Fee Invoice", home.bill.name, "limitation_date")) == "2026-03-01"


def test_what_was_done_is_evidence(home):
	_run, step = run_at_letters(home)
	with as_role("CS Agent", project=home.project):
		dunning.record(step.name, "Not Reached", "Visit", "2026-04-02 09:00:00")
		with pytest.raises(exceptions.DunningRefused):
			dunning.record(step.name, "Signed For", "Handed Over", proof=PROOF)
	step.reload()
	step.note = "changed"
	with pytest.raises(exceptions.DunningRefused):
		step.save(ignore_permissions=True)
	step.reload()
	step.proof = PROOF
	step.save(ignore_permissions=True)
	with pytest.raises(exceptions.DunningRefused):
		step.delete(ignore_permissions=True)


def test_a_call_is_logged_without_a_run_and_needs_arrears(home):
	with as_role("CS Agent", project=home.project):
		call = frappe.get_doc(
			{
				"doctype": "Dunning Action",
				"project": home.project,
				"resident": home.resident.name,
				"action_type": "Phone",
				"channel": "Phone",
				"result": "Reached",
			}
		).insert()
		assert (call.state, D(call.amount), call.done_by) == ("Done", D("250.00"), frappe.session.user)
		with pytest.raises(exceptions.NothingOpen):
			frappe.copy_doc(call).update({"resident": make_resident(home.project).name, "bills": []}).insert()
	with as_role("Technician", project=home.project), pytest.raises(frappe.PermissionError):
		frappe.copy_doc(call).insert()


def promise(home, pay_by: str = "2026-02-10"):
	_run, step = run_at_letters(home)
	with as_role("CS Agent", project=home.project):
		name = dunning.record(
			step.name, "Promised", "Phone", "2026-02-01 10:00:00", pay_by=pay_by, promised_amount="200"
		)
	return frappe.get_doc("Promise to Pay", name)


def test_a_promise_stops_the_ladder_is_reminded_once_and_kept_by_payment(home):
	doc = promise(home)
	run = make_dunning_run(home.project, "2026-02-09")
	assert (run.debtor_count, steps_of(run.name)[0].skip_reason if steps_of(run.name) else dunning.PROMISED) == (
		0,
		dunning.PROMISED,
	)
	day = frappe.utils.getdate("2026-02-09")
	assert promises.remind(day) >= 1
	doc.reload()
	assert str(doc.reminded_on) == "2026-02-09"
	text = frappe.get_last_doc("Outgoing Message", {"resident": home.resident.name}).text
	assert "200" in text and "2026-02-10" in text
	make.pay(home.resident, "200.00", [(home.bill.name, "200.00")], posting_date="2026-02-09")
	promises.decide(day)
	doc.reload()
	assert (doc.state, D(doc.paid)) == ("Kept", D("200.00"))


def test_a_broken_promise_is_told_to_the_supervisor(home):
	doc = promise(home)
	with as_role("CS Supervisor", project=home.project) as supervisor:
		pass
	promises.decide(frappe.utils.getdate("2026-02-10"))
	assert frappe.db.get_value("Promise to Pay", doc.name, "state") == "Open"
	promises.decide(frappe.utils.getdate("2026-02-11"))
	assert frappe.db.get_value("Promise to Pay", doc.name, "state") == "Broken"
	assert frappe.db.exists("Notification Log", {"for_user": supervisor, "document_name": doc.name})
	with pytest.raises(exceptions.PromiseRefused):
		promise_to_pay.withdraw(doc.name)


@pytest.mark.parametrize("pay_by", [None, "2026-01-31", "2026-06-01"])
def test_a_promise_has_a_day_within_the_limit(home, pay_by):
	with pytest.raises(exceptions.PromiseRefused):
		promise(home, pay_by)


def test_the_ladder_goes_from_mild_to_severe(home):
	for steps in (
		(("Phone", 5), ("Message", 10)),
		(("Message", 20), ("Phone", 10)),
		(("Message", 5), ("Legal Letter", 90)),
		(("Message", 0),),
	):
		with pytest.raises(exceptions.WrongLadder):
			make_ladder(make.make_project().name, steps)


def test_without_a_ladder_nobody_is_dunned():
	project = make.make_project().name
	with pytest.raises(exceptions.NoDunningPolicy):
		make_dunning_run(project, "2026-01-20")


def test_the_letter_tells_bills_sum_and_that_nothing_is_cut(home):
	run, step = run_at_letters(home)
	html = printed(step, "Demand Letter")
	for part in ("Demand for Payment", "250.00", "贰佰伍拾元整", home.unit.unit_code, "stay as they are"):
		assert part in html
	with as_role("CS Supervisor", project=home.project):
		dunning_papers.letters(run.name)
		assert frappe.local.response.filecontent.startswith(b"%PDF")
		with pytest.raises(exceptions.NothingOpen):
			dunning_papers.letters(run.name, "no such building")


def test_the_evidence_file_has_bills_steps_ledger_and_letters(home):
	_run, step = run_at_letters(home)
	with as_role("CS Agent", project=home.project):
		dunning.record(step.name, "Signed For", "Handed Over", "2026-04-02 09:00:00", note="本人签收", proof=PROOF)
	pack = dunning_papers.pack(home.project, home.resident.name)
	assert [row[0] for row in pack["bills"]] == [home.bill.name] and pack["total"] == "250.00"
	assert len(pack["actions"]) == 4 and any("本人签收" in row for row in pack["actions"])
	assert pack["ledger"][-1][-1] == "250.00" and len(pack["letters"]) == 1
	with as_role("Accountant", project=home.project):
		dunning_papers.evidence(home.project, home.resident.name)
		assert frappe.local.response.filecontent.startswith(b"%PDF")
	with as_role("CS Agent", project=home.project), pytest.raises(frappe.PermissionError):
		dunning_papers.evidence(home.project, home.resident.name)


def test_debts_near_their_limitation_are_listed_and_told_on_mondays(home):
	day = frappe.utils.getdate("2028-12-04")
	rows = limitation.near([home.project], day, 90)
	assert [(row.invoice, row.days_left) for row in rows] == [(home.bill.name, 42)]
	with as_role("Accountant", project=home.project) as accountant:
		_columns, shown, _message, _chart, summary = limitation_watch.execute({"project": home.project, "as_of": day})
	assert [row.invoice for row in shown] == [home.bill.name] and summary[0]["value"] == D("250.00")
	assert limitation.weekly_alert("2028-12-05") == 0
	assert limitation.weekly_alert(day) >= 1
	assert frappe.db.exists("Notification Log", {"for_user": accountant, "document_name": home.bill.name})


def test_the_report_tells_what_dunning_brought(home):
	taken(home, 1)
	make.pay(home.resident, "100.00", [(home.bill.name, "100.00")], posting_date="2026-02-20")
	with as_role("Accountant", project=home.project):
		rows = dunning_results.execute({"project": home.project})[1]
	assert [(row.actions, row.demanded, row.paid) for row in rows] == [(1, D("250.00"), D("100.00"))]
