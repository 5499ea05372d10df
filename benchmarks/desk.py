"""How the service desk stands a full site: `make bench-desk` (CLOSED=500000 OPEN=200).

Works on an instance of its own (`benchdesk`). The same calls of a CS Agent are timed on a small site, then with the given numbers of open cases per
agent and of closed ones, which are written by SQL. Prints milliseconds (median) and the ratio: a call
passes within twice its time on the small site, or under 20 ms (figures over all cases: 120 ms).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
AGENTS, HOMES, REPEATS = 20, 400, 9
SHARES = {"Complaint": 0.4, "Repair Order": 0.4, "Enquiry": 0.2}
CATEGORIES = {"Complaint": "Noise", "Repair Order": "Pipe Leak", "Enquiry": "Suggestion"}
AIM = 2.0
FAST_MS = 20.0  # of a list or board: nobody notices
FAST_FIGURES_MS = 120.0  # of what counts every case of a month, or of the site
FIGURES = ("statistics of 30 days", "job, watch deadlines")


def main() -> int:
	parser = argparse.ArgumentParser(prog="python3 -m benchmarks.desk", description=__doc__)
	parser.add_argument("--instance", default="benchdesk")
	parser.add_argument("--closed", type=int, default=500_000, help="closed cases on the large site")
	parser.add_argument("--open", type=int, default=200, help="open cases of each agent on the large site")
	parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
	options = parser.parse_args()
	if options.inside:
		return inside(options)
	from engine import services, sites
	from engine.instances import Instance

	instance = Instance(options.instance)
	with instance.lock():
		try:
			services.start(instance, services.DATA_SERVICES)
			sites.ensure(instance)
			command = [ROOT / "env/bin/python", "-m", "benchmarks.desk", "--inside", "--instance", options.instance]
			command += ["--closed", str(options.closed), "--open", str(options.open)]
			return subprocess.run(command, cwd=ROOT, check=False).returncode
		finally:
			services.stop(instance)


def inside(options) -> int:
	import frappe

	os.chdir(ROOT / "var" / options.instance / "sites")
	frappe.init(site="kefu.localhost", sites_path=".")
	frappe.connect()
	try:
		return compare(options)
	finally:
		frappe.db.rollback()
		frappe.destroy()


def compare(options) -> int:
	import frappe

	place = prepare()
	rows: dict[str, list[float]] = {}
	for label, closed, open_ in (("small", 1000, 10), ("large", options.closed, options.open)):
		began = perf_counter()
		for doctype, share in SHARES.items():
			fill(place, doctype, label, int(closed * share), int(open_ * AGENTS * share))
		frappe.db.commit()  # tables are analysed, and the numbers of rows are seen
		print(
			f"{label}: {closed} closed, {open_} open for each of {AGENTS} agents, written in {perf_counter() - began:.0f} s"
		)
		for name, milliseconds in measure(place).items():
			rows.setdefault(name, []).append(milliseconds)
	print(f"\n{'call':34} {'small ms':>9} {'large ms':>9} {'ratio':>6}")
	slow = 0
	for name, (small, large) in rows.items():
		over = large > small * AIM and large > (FAST_FIGURES_MS if name in FIGURES else FAST_MS)
		slow += over
		print(f"{name:34} {small:9.1f} {large:9.1f} {large / small:6.2f}{'  slow' if over else ''}")
	return 1 if slow else 0


def prepare():
	"""A project with homes and agents; what an earlier run left is removed."""
	import frappe

	from tests.factories.registry import make_building, make_project, make_resident
	from tests.factories.users import make_user

	project = make_project("BENCHDESK").name
	for doctype in SHARES:
		frappe.db.delete(doctype, {"project": project})
		frappe.db.commit()  # statements about tables end the transaction
		frappe.db.sql_ddl(f"optimize table `tab{doctype}`")  # or the small site would read what is deleted
	building = make_building(project, "1").name
	have = frappe.get_all("Property Unit", filters={"project": project}, pluck="name", order_by="name")
	for number in range(len(have), HOMES):
		code = f"1-{number // 100 + 1}-{number % 100 + 101}"
		values = {"doctype": "Property Unit", "project": project, "building": building, "unit_code": code}
		unit = frappe.get_doc({**values, "building_area": 90}).insert(ignore_permissions=True)  # a measurement
		resident = make_resident(project, f"业主{number}")
		occupancy = {"unit": unit.name, "resident": resident.name, "relation": "Owner", "from_date": "2024-01-01"}
		frappe.get_doc(
			{"doctype": "Unit Occupancy", "project": project, "share": 100, "is_payer": 1, **occupancy}
		).insert(ignore_permissions=True)  # a measurement
	homes = frappe.get_all(
		"Unit Occupancy", filters={"project": project}, fields=["unit", "resident"], order_by="unit", limit=HOMES
	)
	agents = [make_user("CS Agent", projects=(project,), email=f"agent{n}@bench.kefu.example") for n in range(AGENTS)]
	frappe.db.commit()  # stays for the next run
	return frappe._dict(
		project=project, building=building, homes=homes, agents=agents, department=f"{project}-客户服务部"
	)


def fill(place, doctype: str, label: str, closed: int, open_: int) -> None:
	"""Cases of one kind by SQL: closed ones spread over five years, open ones over the last ten days."""
	import frappe

	table = f"tab{doctype}"
	frappe.db.commit()  # statements about tables end the transaction
	frappe.db.sql(
		"create temporary table if not exists bench_home (n int primary key, unit varchar(140), resident varchar(140))"
	)
	frappe.db.sql("delete from bench_home")
	for number, home in enumerate(place.homes):
		frappe.db.sql("insert into bench_home values (%s, %s, %s)", (number, home.unit, home.resident))
	for state, count in (("Closed", closed), ("In Progress", open_)):
		is_open = state != "Closed"
		minutes = 14_400 if is_open else 2_628_000
		frappe.db.sql(
			f"""insert into `{table}` (name, owner, modified_by, creation, modified, docstatus, subject, status, deadline_state,
				severity, project, building, unit, resident, source, category, place, department, assigned_to, received_on,
				next_due, warn_on, close_due, closed_on)
			select concat('BENCH-', %(label)s, '-', %(state)s, '-', seq), 'Administrator', 'Administrator',
				now() - interval (seq * 7919 %% %(minutes)s) minute, now() - interval (seq * 7919 %% %(minutes)s) minute, 0,
				concat('Case ', seq), %(state)s, if(%(open)s, if(seq %% 5, 'On Time', 'Overdue'), 'Met'), 'Normal', %(project)s,
				%(building)s, h.unit, h.resident, 'Phone', %(category)s, 'Home', %(department)s,
				concat('agent', seq %% %(agents)s, '@bench.kefu.example'),
				now() - interval (seq * 7919 %% %(minutes)s) minute,
				if(%(open)s, now() + interval (seq %% 5000) minute, null), if(%(open)s, now() + interval 1 day, null),
				now() + interval 1 day, if(%(open)s, null, now() - interval (seq * 7919 %% %(minutes)s) minute)
			from seq_1_to_{max(count, 1)} join bench_home h on h.n = seq %% %(homes)s""",
			{
				"label": label,
				"state": state,
				"minutes": minutes,
				"open": int(is_open),
				"project": place.project,
				"building": place.building,
				"category": CATEGORIES[doctype],
				"department": place.department,
				"agents": AGENTS,
				"homes": len(place.homes),
			},
		)
	frappe.db.commit()  # as above
	frappe.db.sql(f"analyze table `{table}`")


def measure(place) -> dict[str, float]:
	"""Median milliseconds of each call, as a CS Agent of the project."""
	import frappe

	from kefu_property.service_desk import board, front_desk, jobs, proposals
	from tests.factories.users import as_user

	me = place.agents[3]
	home = place.homes[7]
	fields = ["name", "subject", "status", "deadline_state", "severity", "next_due", "unit", "assigned_to"]

	def rows(doctype: str, filters: dict, order: str = "received_on desc", limit: int = 20):
		return lambda: frappe.get_list(doctype, filters=filters, fields=fields, order_by=order, limit=limit)

	open_ = ["in", ["New", "Assigned", "In Progress", "Waiting for Owner", "Transfer Requested"]]
	today = frappe.utils.today()
	calls = {
		"list, newest": rows("Complaint", {}),
		"list, by change": rows("Complaint", {}, "modified desc"),
		"list, my open cases": rows("Complaint", {"assigned_to": me, "status": open_}, "next_due asc"),
		"list, open of the project": rows("Repair Order", {"project": place.project, "status": open_}),
		"list, overdue": rows("Repair Order", {"deadline_state": "Overdue"}, "next_due asc"),
		"list, of a home": rows("Complaint", {"unit": home.unit}),
		"kanban column, open": rows("Complaint", {"status": "In Progress"}, "modified desc", 100),
		"kanban column, closed": rows("Complaint", {"status": "Closed"}, "modified desc", 100),
		"front desk, search": lambda: front_desk.search(home.unit.rsplit("-", 1)[1]),
		"front desk, overview": lambda: front_desk.overview(unit=home.unit),
		"wall board": lambda: board.get_board(place.project),
		"statistics of 30 days": lambda: proposals.statistics(
			place.project, "category", frappe.utils.add_days(today, -29), today
		),
	}
	found = {}
	with as_user(me):
		for name, call in calls.items():
			found[name] = median_of(call)
	found["job, watch deadlines"] = median_of(jobs.watch_deadlines)
	return found


def median_of(call) -> float:
	call()
	times = []
	for _number in range(REPEATS):
		began = perf_counter()
		call()
		times.append((perf_counter() - began) * 1000)
	return statistics.median(times)


if __name__ == "__main__":
	sys.exit(main())
