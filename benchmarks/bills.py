"""How lists and reports of billing stand a full site: `make bench-bills` (BILLS=3000000).

One project with 30,000 bills of 1,000 homes is measured alone, then again after other projects have filled the site up to the wanted
number of bills, with three ledger entries for each. A call passes within twice its time on the small site, or under 120 ms.
Works on an instance of its own (`benchbills`); the rows are written by SQL and stay for the next run.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
SITE, INSTANCE = "kefu.localhost", "benchbills"
HOMES, MONTHS, REPEATS = 1000, 30, 7
BILLS_OF_A_PROJECT = HOMES * MONTHS
AIM, FAST_MS = 2.0, 120.0
DAY = "2026-06-30"


def main() -> int:
	parser = argparse.ArgumentParser(prog="python3 -m benchmarks.bills", description=__doc__)
	parser.add_argument("--bills", type=int, default=3_000_000, help="bills of the full site")
	parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
	options = parser.parse_args()
	if options.inside:
		return inside(options.bills)
	from engine import services, sites
	from engine.instances import Instance

	instance = Instance(INSTANCE)
	with instance.lock():
		try:
			services.start(instance, services.DATA_SERVICES)
			sites.ensure(instance)
			command = [ROOT / "env/bin/python", "-m", "benchmarks.bills", "--inside", "--bills", str(options.bills)]
			return subprocess.run(command, cwd=ROOT, check=False).returncode
		finally:
			services.stop(instance)


def inside(bills: int) -> int:
	import frappe

	os.chdir(ROOT / "var" / INSTANCE / "sites")
	frappe.init(site=SITE, sites_path=".")
	frappe.connect()
	try:
		return compare(bills)
	finally:
		frappe.db.rollback()
		frappe.destroy()


def compare(bills: int) -> int:
	import frappe

	project = make_project("BILLS0000")
	if frappe.db.count("Property Project", {"name": ["like", "BILLS%"]}) > 1:
		print("The other projects of an earlier run are removed first.")
		remove_others(project)
	analyse()
	rows: dict[str, list[float]] = {}
	for label in ("small", "large"):
		if label == "large":
			began = perf_counter()
			for number in range(1, max(bills // BILLS_OF_A_PROJECT, 2)):
				make_project(f"BILLS{number:04d}")
			analyse()
			print(f"written in {perf_counter() - began:.0f} s")
		found = frappe.db.count("Fee Invoice"), frappe.db.count("Fee Ledger Entry")
		print(f"{label}: {found[0]} bills, {found[1]} ledger entries")
		for name, milliseconds in measure(project).items():
			rows.setdefault(name, []).append(milliseconds)
	print(f"\n{'call':44} {'small ms':>9} {'large ms':>9} {'ratio':>6}")
	slow = 0
	for name, (small, large) in rows.items():
		over = large > small * AIM and large > FAST_MS
		slow += over
		print(f"{name:44} {small:9.1f} {large:9.1f} {large / small:6.2f}{'  slow' if over else ''}")
	return 1 if slow else 0


def remove_others(project: str) -> None:
	import frappe

	for doctype in ("Property Project", "Property Building", "Property Unit", "Resident", "Unit Occupancy"):
		field = "name" if doctype == "Property Project" else "project"
		frappe.db.delete(doctype, {field: ["like", "BILLS%"], "name": ["not like", f"{project}%"]})
	# what is measured stays: rows of one project are copied, the tables emptied and filled again
	for doctype in ("Fee Invoice", "Fee Invoice Line", "Fee Ledger Entry"):
		mine = "parent like %s" if doctype == "Fee Invoice Line" else "project = %s"
		value = f"{project}%" if doctype == "Fee Invoice Line" else project
		frappe.db.sql_ddl("drop table if exists bench_kept")
		frappe.db.sql_ddl(f"create table bench_kept like `tab{doctype}`")
		frappe.db.sql(f"insert into bench_kept select * from `tab{doctype}` where {mine}", value)
		frappe.db.commit()  # statements about tables end the transaction
		frappe.db.sql_ddl(f"truncate `tab{doctype}`")
		frappe.db.sql(f"insert into `tab{doctype}` select * from bench_kept")
		frappe.db.commit()  # as above
		frappe.db.sql_ddl("drop table bench_kept")


def make_project(code: str) -> str:
	"""A project with homes, payers, bills of 30 months (nine of ten paid), a line and three entries for each bill."""
	import frappe

	if frappe.db.exists("Property Project", code):
		return code
	from tests.factories import registry

	project = registry.make_project(code).name
	building = registry.make_building(project, "1").name
	values = {"project": project, "building": building, "homes": HOMES, "months": MONTHS}
	stamp = "'Administrator', 'Administrator', now(), now(), 0"
	stamps = "owner, modified_by, creation, modified, docstatus"
	home = "concat(%(project)s, '-', lpad(seq, 5, '0'))"
	for statement in (
		f"""insert into `tabProperty Unit` ({stamps}, name, project, building, unit_code, unit_type, building_area, state)
		select {stamp}, {home}, %(project)s, %(building)s, lpad(seq, 5, '0'), 'Dwelling', 60 + seq %% 90, 'Occupied'
		from seq_1_to_{HOMES}""",
		f"""insert into `tabResident` ({stamps}, name, project, resident_name)
		select {stamp}, concat({home}, '-R'), %(project)s, concat('业主', lpad(seq, 5, '0')) from seq_1_to_{HOMES}""",
		f"""insert into `tabUnit Occupancy` ({stamps}, name, project, unit, resident, relation, from_date, is_payer, share, status)
		select {stamp}, concat({home}, '-O'), %(project)s, {home}, concat({home}, '-R'), 'Owner', '2020-01-01', 1, 100, 'Current'
		from seq_1_to_{HOMES}""",
		f"""insert into `tabFee Invoice` ({stamps}, name, title, project, building, unit, resident, payer_name, status, origin,
			period_start, period_end, posting_date, due_date, limitation_date, total, tax_total, outstanding)
		select 'Administrator', 'Administrator', b.start + interval u.seq second, b.start + interval u.seq second, 1,
			concat(%(project)s, '-', lpad(u.seq, 5, '0'), '-', lpad(b.seq, 2, '0')), concat(lpad(u.seq, 5, '0'), ' ', b.start),
			%(project)s, %(building)s, concat(%(project)s, '-', lpad(u.seq, 5, '0')),
			concat(%(project)s, '-', lpad(u.seq, 5, '0'), '-R'), concat('业主', lpad(u.seq, 5, '0')),
			if((u.seq + b.seq) %% 10, 'Paid', 'Unpaid'), 'Billing Run', b.start, last_day(b.start), b.start, last_day(b.start),
			last_day(b.start) + interval 3 year, 200 + u.seq %% 100, 0, if((u.seq + b.seq) %% 10, 0, 200 + u.seq %% 100)
		from seq_1_to_{HOMES} u
		join (select seq, date '2024-01-01' + interval (seq - 1) month start from seq_1_to_{MONTHS}) b""",
		"""insert into `tabFee Invoice Line` (owner, modified_by, creation, modified, docstatus, name, parent, parenttype, parentfield,
			idx, fee_item, charge_key, period_from, period_to, quantity, price, amount, outstanding)
		select owner, modified_by, creation, modified, 1, concat(name, '-1'), name, 'Fee Invoice', 'lines', 1, 'Property Fee',
			concat('bench|', name), period_start, period_end, 1, total, total, outstanding
		from `tabFee Invoice` where project = %(project)s""",
		# three items charged; what was paid is one more entry in the last of the three
		"""insert into `tabFee Ledger Entry` (owner, modified_by, creation, modified, docstatus, name, posting_date, project, unit,
			resident, fee_item, account, kind, amount, invoice, voucher_type, voucher)
		select i.owner, i.modified_by, i.creation, i.modified, 0, concat(i.name, '-', part.seq), i.posting_date, i.project, i.unit,
			i.resident, 'Property Fee', 'Receivable', if(part.seq = 3, 'Payment', 'Bill'),
			case part.seq when 1 then 100 when 2 then i.total - 100 else i.outstanding - i.total end, i.name, 'Fee Invoice', i.name
		from `tabFee Invoice` i join seq_1_to_3 part where i.project = %(project)s""",
	):
		frappe.db.sql(statement, values)
	frappe.db.commit()  # stays for the next run
	return project


def analyse() -> None:
	import frappe

	frappe.db.commit()  # statements about tables end the transaction
	for doctype in ("Fee Invoice", "Fee Invoice Line", "Fee Ledger Entry", "Property Unit", "Resident"):
		frappe.db.sql(f"analyze table `tab{doctype}`")


def measure(project: str) -> dict[str, float]:
	"""Median milliseconds of each call, as an Accountant or Cashier of the project."""
	import frappe

	from kefu_property.billing import actions, api
	from kefu_property.billing.report.arrears_ageing import arrears_ageing
	from kefu_property.billing.report.fee_collection_rate import fee_collection_rate
	from kefu_property.billing.report.unit_statement import unit_statement
	from tests.factories.users import as_user, make_user

	unit = f"{project}-00007"
	accountant = make_user("Accountant", projects=(project,), email="accountant@bench.kefu.example")
	cashier = make_user("Cashier", projects=(project,), email="cashier@bench.kefu.example")
	frappe.db.commit()  # the users stay for the next run
	fields = ["name", "title", "unit", "payer_name", "status", "due_date", "total", "outstanding"]

	def rows(**filters):
		return lambda: frappe.get_list(
			"Fee Invoice", filters=filters, fields=fields, order_by="modified desc", limit=20
		)

	by_user: dict[str, dict[str, Callable]] = {
		accountant: {
			"bill list, first page": rows(),
			"bill list of the project": rows(project=project),
			"bill list, unpaid of the project": rows(project=project, status="Unpaid"),
			"bill list of a home": rows(unit=unit),
			"unit statement": lambda: unit_statement.execute({"unit": unit, "project": project}),
			"ageing of the project": lambda: arrears_ageing.execute({"project": project, "as_of": DAY}),
			"ageing of the project by building": lambda: arrears_ageing.execute(
				{"project": project, "as_of": DAY, "group_by": "Building"}
			),
			"collection rate of the project": lambda: fee_collection_rate.execute({"project": project}),
			"balance of the project": lambda: api.balance(project=project),
			"balance of the project on a day": lambda: api.balance(project=project, as_of="2025-06-30"),
			"balance of a home": lambda: api.balance(unit=unit),
		},
		cashier: {
			"Collect Payment, search by unit": lambda: actions.search_payers("00007"),
			"Collect Payment, search by name": lambda: actions.search_payers("业主00007"),
			"Collect Payment, open bills": lambda: actions.open_bills(f"{unit}-R"),
		},
	}
	found = {}
	for user, calls in by_user.items():
		with as_user(user):
			for name, call in calls.items():
				found[name] = median_of(call)
	return found


def median_of(call: Callable) -> float:
	call()
	times = []
	for _number in range(REPEATS):
		began = perf_counter()
		call()
		times.append((perf_counter() - began) * 1000)
	return statistics.median(times)


if __name__ == "__main__":
	sys.exit(main())
