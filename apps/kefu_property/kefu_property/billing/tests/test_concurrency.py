"""Several processes at the same rows: two runs, one worker killed, two payments of one bill, many cashiers at once.

These tests commit, because other processes have to see their rows; each works in a project of its own, which stays.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from decimal import Decimal
from pathlib import Path

import frappe
import pytest

from kefu_property.billing import audit, runs
from kefu_property.rules.money import D
from tests.factories import billing as make
from tests.factories.registry import make_building, make_home, make_project, make_resident

pytestmark = pytest.mark.concurrency
ROOT = Path(__file__).resolve().parents[5]


def process(code: str, *arguments: str) -> subprocess.Popen:
	"""A Python process connected to the test site; `code` sees `arguments` and the framework."""
	script = textwrap.dedent("""
		import sys
		import frappe
		frappe.init(site=sys.argv[1], sites_path=".")
		frappe.connect()
		frappe.set_user("Administrator")
		arguments = sys.argv[2:]
	""") + textwrap.dedent(code)
	environment = {**os.environ, "PYTHONPATH": str(ROOT)}
	return subprocess.Popen(
		[sys.executable, "-c", script, os.environ["KEFU_SITE"], *arguments],
		cwd=os.environ["KEFU_SITES_PATH"],
		env=environment,
		stdout=subprocess.PIPE,
		stderr=subprocess.PIPE,
		text=True,
	)


def finish(*processes: subprocess.Popen) -> list[str]:
	outputs = [child.communicate(timeout=180) for child in processes]
	for child, (_out, error) in zip(processes, outputs, strict=True):
		assert child.returncode == 0, error[-3000:]
	return [out.strip() for out, _error in outputs]


def make_street(homes: int) -> str:
	"""A project with one tariff and `homes` homes, written set-based."""
	from kefu_property.registry import bulk

	project = make_project().name
	building = make_building(project).name
	make.make_tariff(project, "1.37")
	owners, units, rows = [], [], []
	for number in range(homes):
		owner, unit = f"{project}-r{number:05d}", f"{project}-1-1-{number:05d}"
		owners.append({"name": owner, "project": project, "resident_name": f"业主{number}", "resident_type": "Person"})
		units.append(
			{"name": unit, "project": project, "building": building, "unit_code": unit.removeprefix(f"{project}-"),
			"unit_type": "Dwelling", "state": "Occupied", "building_area": 60 + number % 90}
		)  # fmt: skip
		rows.append(
			{"name": f"{project}-o{number:05d}", "project": project, "unit": unit, "resident": owner, "relation": "Owner",
			"is_payer": 1, "from_date": "2024-01-01", "status": "Current"}
		)  # fmt: skip
	for doctype, values in (("Resident", owners), ("Property Unit", units), ("Unit Occupancy", rows)):
		bulk.insert(doctype, values)
	frappe.db.commit()
	return project


PUBLISH = """
	from kefu_property.billing import planning, runs
	planning.UNITS_PER_CHUNK = int(arguments[1])
	print(runs.publish(arguments[0], check_plan=arguments[2:] != ["race"]))
"""


def publishing_run(project: str, start: str = "2026-03-01", end: str = "2026-03-31"):
	run = make.make_run(project, start, end, start)
	runs.preview(run.name)
	frappe.db.set_value("Billing Run", run.name, "workflow_state", "Publishing")
	frappe.db.commit()
	run.reload()
	return run


def billed(project: str) -> tuple[int, int]:
	"""(valid bills, units with a valid bill)"""
	frappe.db.rollback()
	return frappe.db.sql(
		"select count(*), count(distinct unit) from `tabFee Invoice` where project = %s and docstatus = 1", project
	)[0]


def test_two_runs_of_a_period_at_once_make_no_duplicate_and_no_gap():
	project = make_street(300)
	first, second = publishing_run(project), publishing_run(project)
	# without the comparison with the approved plan, which would refuse the later one as a whole
	counts = [
		int(line.splitlines()[-1])
		for line in finish(*[process(PUBLISH, run.name, "40", "race") for run in (first, second)])
	]
	assert sum(counts) == 300
	assert billed(project) == (300, 300)
	assert audit.run(project) == []


def test_runs_that_overlap_in_part_charge_no_day_twice():
	project = make_street(120)
	month, quarter = publishing_run(project), publishing_run(project, "2026-01-01", "2026-03-31")
	counts = [
		int(line.splitlines()[-1])
		for line in finish(*[process(PUBLISH, run.name, "20", "race") for run in (month, quarter)])
	]
	assert sum(counts) == 120
	assert billed(project) == (120, 120)
	assert audit.run(project) == []


def test_two_workers_on_one_run_share_the_work():
	project = make_street(300)
	run = publishing_run(project)
	counts = [
		int(line.splitlines()[-1]) for line in finish(*[process(PUBLISH, run.name, "25") for _worker in range(2)])
	]
	assert sum(counts) == 300 and billed(project) == (300, 300)
	assert frappe.db.get_value("Billing Run", run.name, ["workflow_state", "published_bills"]) == ("Published", 300)
	assert audit.run(project) == []


def test_a_killed_run_goes_on_where_it_stopped():
	project = make_street(600)
	run = publishing_run(project)
	child = process(PUBLISH, run.name, "20")
	deadline = time.monotonic() + 120
	while billed(project)[0] < 40:
		assert child.poll() is None and time.monotonic() < deadline, child.communicate()[1][-3000:]
		time.sleep(0.01)
	os.kill(child.pid, signal.SIGKILL)
	child.communicate()
	written = billed(project)[0]
	assert 0 < written < 600 and written % 20 == 0, "a chunk is written as a whole or not at all"
	assert audit.run(project) == []
	assert frappe.db.get_value("Billing Run", run.name, "workflow_state") == "Publishing"
	(rest,) = finish(process(PUBLISH, run.name, "20"))
	assert int(rest.splitlines()[-1]) == 600 - written
	assert billed(project) == (600, 600)
	assert frappe.db.get_value("Billing Run", run.name, ["workflow_state", "published_bills"]) == ("Published", 600)
	assert D(frappe.db.get_value("Billing Run", run.name, "total")) == D(
		frappe.db.sql("select sum(total) from `tabFee Invoice` where billing_run = %s and docstatus = 1", run.name)[0][
			0
		]
	)
	assert audit.run(project) == []


def test_a_run_without_a_worker_is_found(monkeypatch):
	project = make_street(5)
	run = publishing_run(project)
	given = []
	monkeypatch.setattr(runs, "enqueue", given.append)
	runs.resume_stale()
	assert run.name not in given
	frappe.db.sql("update `tabBilling Run` set modified = now() - interval 1 hour where name = %s", run.name)
	runs.resume_stale()
	assert run.name in given
	assert runs.publish(run.name) == 5
	assert billed(project) == (5, 5)


PAY = """
	from kefu_property.billing import exceptions
	try:
		frappe.get_doc({"doctype": "Fee Payment", "docstatus": 1, "project": arguments[0], "resident": arguments[1],
			"amount": arguments[2], "method": "Cash", "posting_date": "2026-06-30", "keep_rest": 1,
			"allocations": [{"invoice": arguments[3], "amount": arguments[2]}]}).insert()
		frappe.db.commit()
		print("paid")
	except exceptions.MoreThanOpen:
		print("refused")
"""


def test_two_payments_of_one_bill_cannot_both_settle_it():
	project, _unit, resident, bills = make.make_billed_home("2.00", building_area=50)
	frappe.db.commit()
	children = [process(PAY, project, resident.name, "100.00", bills[0].name) for _cashier in range(4)]
	assert sorted(line.splitlines()[-1] for line in finish(*children)) == ["paid", "refused", "refused", "refused"]
	frappe.db.rollback()
	assert D(frappe.db.get_value("Fee Invoice", bills[0].name, "outstanding")) == 0
	assert frappe.db.count("Fee Payment", {"project": project}) == 1
	assert audit.run(project) == []


CASHIER = """
	for index in range(int(arguments[2])):
		frappe.get_doc({"doctype": "Fee Payment", "docstatus": 1, "project": arguments[0], "resident": arguments[1],
			"amount": "7.31", "method": "QR Code", "posting_date": "2026-06-30"}).insert()
		frappe.db.commit()
	print("done")
"""


def test_eight_cashiers_at_once_lose_nothing_and_leave_no_gap():
	project = make_project().name
	_unit, resident, _occupancy = make_home(project, building_area=50)
	others = [make_resident(project) for _n in range(3)]
	make.make_tariff(project, "2.00")
	for month in ("01", "02", "03"):
		make.publish_run(make.make_run(project, f"2026-{month}-01", str(frappe.utils.get_last_day(f"2026-{month}-01"))))
	frappe.db.commit()
	payers = [resident, *others, resident, *others]
	finish(*[process(CASHIER, project, payer.name, "6") for payer in payers])
	frappe.db.rollback()
	numbers = frappe.get_all("Fee Payment", filters={"project": project}, pluck="receipt_no", order_by="receipt_no")
	assert numbers == [f"{project}-{n:07d}" for n in range(1, 49)]
	total = frappe.db.sql("select sum(amount) from `tabFee Payment` where project = %s", project)[0][0]
	assert D(total) == 48 * Decimal("7.31")
	assert audit.run(project) == []


KEYED = """
	from kefu_property.billing import actions
	print(actions.collect(arguments[1], arguments[0], "5.00", "Cash", idempotency_key=arguments[2])["receipt_no"])
	frappe.db.commit()
"""


def test_one_key_sent_twice_at_once_is_one_receipt():
	project, _unit, resident, _bills = make.make_billed_home("2.00", building_area=50)
	frappe.db.commit()
	key = frappe.generate_hash(length=12)
	answers = finish(*[process(KEYED, project, resident.name, key) for _request in range(3)])
	assert {answer.splitlines()[-1] for answer in answers} == {f"{project}-0000001"}
	frappe.db.rollback()
	assert frappe.db.count("Fee Payment", {"project": project}) == 1
	assert audit.run(project) == []


COLLECT_AS = """
	from kefu_property.billing import actions, exceptions
	frappe.set_user(arguments[3])
	try:
		if arguments[0] == "pay":
			print(actions.collect(arguments[2], arguments[1], "5.00", "QR Code")["receipt_no"])
		else:
			print(actions.reverse_receipt(arguments[2], "test")["receipt_no"])
		frappe.db.commit()
	except exceptions.DayClosed:
		print("closed")
"""
HAND_IN = """
	from frappe.model.workflow import apply_workflow
	frappe.set_user(arguments[1])
	doc = apply_workflow(frappe.get_doc("Till Closing", arguments[0]), "Hand In")
	frappe.db.commit()
	print(doc.expected_total)
"""


def test_a_day_that_is_handed_in_counts_every_receipt_and_reversal_or_refuses_it():
	project = make_project().name
	_unit, resident, _occupancy = make_home(project)
	with make.as_role("Cashier", project=project) as cashier:
		receipts = [
			make.pay(resident, "10.00", method="QR Code", posting_date=frappe.utils.today()).name for _n in range(3)
		]
		closing = frappe.get_doc(
			{
				"doctype": "Till Closing",
				"project": project,
				"closing_date": frappe.utils.today(),
				# what is counted is typed before the others come
				"difference_reason": "其他窗口同时收款",
			}
		).insert()
	frappe.db.commit()
	children = [
		process(COLLECT_AS, "reverse", project, receipts[0], cashier),
		process(COLLECT_AS, "pay", project, resident.name, cashier),
		process(HAND_IN, closing.name, cashier),
		process(COLLECT_AS, "reverse", project, receipts[1], cashier),
		process(COLLECT_AS, "pay", project, resident.name, cashier),
	]
	finish(*children)
	frappe.db.rollback()
	total = frappe.db.sql("select sum(amount) from `tabFee Payment` where project = %s", project)[0][0]
	closing.reload()
	assert closing.workflow_state == "Pending Approval"
	assert D(closing.expected_total) == D(total)
	(late,) = finish(process(COLLECT_AS, "reverse", project, receipts[2], cashier))
	assert late.splitlines()[-1] == "closed"
	assert audit.run(project) == []


def test_two_refunds_of_one_deposit_cannot_both_be_paid():
	from frappe.model.workflow import apply_workflow

	from kefu_property.billing import api

	project = make_project().name
	unit, resident, _occupancy = make_home(project)
	deposit = api.take_deposit(project, resident.name, "100", "Key Deposit", unit.name, method="Cash")
	requests = []
	for _n in range(2):
		with make.as_role("Cashier", project=project) as cashier:
			doc = frappe.get_doc(
				{"doctype": "Fee Refund", "fee_deposit": deposit, "amount": "80", "method": "Cash", "reason": "退房"}
			).insert()
			assert doc.name.startswith(f"RF-{project}-")
			apply_workflow(doc, "Submit for Approval")
		with make.as_role("Accountant", project=project):
			apply_workflow(doc, "Approve")
		requests.append(doc.name)
	frappe.db.commit()
	code = """
	from frappe.model.workflow import apply_workflow
	from kefu_property.billing import exceptions
	frappe.set_user(arguments[1])
	try:
		apply_workflow(frappe.get_doc("Fee Refund", arguments[0]), "Pay Back")
		frappe.db.commit()
		print("paid")
	except exceptions.DepositTooSmall:
		print("refused")
	"""
	answers = finish(*[process(code, name, cashier) for name in requests])
	assert sorted(answer.splitlines()[-1] for answer in answers) == ["paid", "refused"]
	frappe.db.rollback()
	assert D(frappe.db.get_value("Fee Deposit", deposit, "balance")) == 20
	assert audit.run(project) == []


def test_a_line_of_a_bank_statement_is_posted_once():
	project = make_project().name
	_unit, resident, _occupancy = make_home(project)
	line = frappe.generate_hash(length=12)
	frappe.db.sql(
		"""insert into `tabBank Transfer Line` (name, creation, modified, owner, modified_by, project, value_date, amount, status, resident, line_key)
		values (%(name)s, now(), now(), 'Administrator', 'Administrator', %(project)s, '2026-03-02', 9.5, 'Proposed', %(resident)s, %(name)s)""",
		{"name": line, "project": project, "resident": resident.name},
	)
	frappe.db.commit()
	code = """
	from kefu_property.billing import bank
	answer = bank.post([arguments[0]])
	frappe.db.commit()
	print(len(answer["posted"]), len(answer["refused"]))
	"""
	answers = finish(*[process(code, line) for _n in range(3)])
	assert sorted(answer.splitlines()[-1] for answer in answers) == ["0 1", "0 1", "1 0"]
	frappe.db.rollback()
	assert frappe.db.count("Fee Payment", {"project": project}) == 1
	assert audit.run(project) == []
