"""How fast a billing run is, as ratios of one run of this program: `make bench-billing UNITS=10000`.

Makes a project of its own with homes, payers, meters and readings, three tariffs (area, tiered water meter, shared cost), and
publishes one run as the application does, in a process of its own. The same rows then go into copies of the three tables through
the bare driver and as finished statements, and some of the same bills through the framework's documents. The rows stay in the
site of the instance, which is meant for benchmarks only.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parents[1]
SITE = "kefu.localhost"
START, END = date(2026, 3, 1), date(2026, 3, 31)
TABLES = ("Fee Invoice", "Fee Invoice Line", "Fee Ledger Entry")
BILLS_PER_CHUNK = 1000
ROWS_PER_STATEMENT = 500
DOCUMENTS = 100


@contextmanager
def connected():
	instance = os.environ.get("KEFU_INSTANCE", "bench")
	os.chdir(ROOT / "sites" if instance == "run" else ROOT / "var" / instance / "sites")
	import frappe

	frappe.init(site=SITE, sites_path=".")
	frappe.connect()
	try:
		yield frappe
	finally:
		frappe.destroy()


def main() -> int:
	parser = argparse.ArgumentParser(prog="python3 -m benchmarks.billing", description=__doc__)
	parser.add_argument("--units", type=int, default=10_000)
	parser.add_argument("--json", type=Path, help="also write the figures to this file")
	parser.add_argument("--publish", help=argparse.SUPPRESS)  # the worker's part, in a process of its own
	options = parser.parse_args()
	if options.publish:
		publish(options.publish)
		return 0
	target = options.json.resolve() if options.json else None
	figures = measure(options.units)
	show(figures)
	if target:
		target.write_text(json.dumps(figures, indent=1) + "\n")
	return 0


def measure(units: int) -> dict:
	with connected() as frappe:
		began = monotonic()
		run = prepare(frappe, units)
		prepared = monotonic() - began
		preview = preview_seconds(frappe, run)
	worker = json.loads(
		subprocess.run(
			[sys.executable, "-m", "benchmarks.billing", "--publish", run],
			cwd=ROOT,
			check=True,
			stdout=subprocess.PIPE,
			text=True,
		).stdout.splitlines()[-1]
	)
	with connected() as frappe:
		rows = written_rows(frappe, run)
		driver, server = driver_seconds(frappe, rows)
		document = document_seconds(frappe, run)
	count = sum(len(part) for _columns, part in rows.values())
	return {
		"machine": {"processors": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()},
		"units": units,
		"bills": len(rows["Fee Invoice"][1]),
		"rows": count,
		"prepare_seconds": round(prepared, 2),
		"preview_seconds": round(preview, 2),
		"publish_seconds": worker["seconds"],
		"write_seconds": worker["write_seconds"],
		"peak_memory_mb": worker["peak_memory_mb"],
		"driver_seconds": round(driver, 2),
		"server_seconds": round(server, 2),
		"document_milliseconds": round(document * 1000, 2),
		"bill_milliseconds": round(worker["seconds"] * 1000 / units, 3),
		"ratios": {
			"writing / bare multi-row INSERT of the driver": round(worker["write_seconds"] / driver, 2),
			"writing / the server alone": round(worker["write_seconds"] / server, 2),
			"whole publication / bare multi-row INSERT": round(worker["seconds"] / driver, 2),
			"insert and submit of a document / a bill of the run": round(document * units / worker["seconds"], 1),
		},
	}


def prepare(frappe, units: int) -> str:
	"""A project with homes, payers, meters, readings and tariffs; returns the draft of its run."""
	from kefu_property.billing import bulk
	from tests.factories import billing as make
	from tests.factories.registry import make_building, make_project

	project = make_project().name
	buildings = [make_building(project, str(number + 1)).name for number in range(min(units // 200 + 1, 500))]
	homes = [
		(f"{project}-{n:07d}", project, buildings[n * len(buildings) // units], f"{n:07d}", "Dwelling", 60 + n % 90, "Occupied", 1)
		for n in range(units)
	]  # fmt: skip
	bulk.insert(
		"Property Unit",
		("name", "project", "building", "unit_code", "unit_type", "building_area", "state", "residents_count"),
		homes,
	)
	names = [home[0] for home in homes]
	bulk.insert("Resident", ("name", "project", "resident_name"), [(f"{n}-R", project, f"业主{n[-7:]}") for n in names])
	bulk.insert(
		"Unit Occupancy",
		("name", "project", "unit", "resident", "relation", "from_date", "is_payer", "share", "status"),
		[(f"{n}-O", project, n, f"{n}-R", "Owner", "2020-01-01", 1, 100, "Current") for n in names],
	)
	bulk.insert(
		"Utility Meter",
		("name", "project", "meter_no", "meter_kind", "unit", "multiplier", "digits", "installed_on", "status"),
		[(f"{n}-M", project, n, "Cold Water", n, 1, 5, "2020-01-01", "In Use") for n in names],
	)
	bulk.insert(
		"Meter Reading",
		("name", "project", "meter", "unit", "meter_kind", "read_on", "reading_type", "value", "previous_on", "previous_value", "consumption", "base"),
		[
			(f"{n}-1", project, f"{n}-M", n, "Cold Water", END, "Actual", 100 + i % 15, "2026-02-28", 100, i % 15, 100 + i % 15)
			for i, n in enumerate(names)
		],
	)  # fmt: skip
	tiers = [{"up_to": 18, "price_ratio": 1}, {"up_to": 25, "price_ratio": 1.5}, {"price_ratio": 3}]
	make.make_tariff(project, "2.35")
	make.make_tariff(project, "2.90", item="Water Fee", kind="Tiered Meter", meter_kind="Cold Water", tiers=tiers)
	pool = make.make_tariff(project, "1", item="Shared Cost", kind="Shared Pool")
	cost = frappe.get_doc(
		{
			"doctype": "Shared Cost",
			"title": "Lifts",
			"project": project,
			"tariff": pool.name,
			"period_start": START,
			"period_end": END,
			"amount": f"{units * 7}.77",
		}
	).insert(ignore_permissions=True)
	frappe.db.set_value("Shared Cost", cost.name, "workflow_state", "Approved")
	run = make.make_run(project, str(START), str(END), str(START))
	frappe.db.commit()  # the worker is another process
	return run.name


def preview_seconds(frappe, run: str) -> float:
	from kefu_property.billing import runs

	began = monotonic()
	runs.preview(run)
	took = monotonic() - began
	frappe.db.set_value("Billing Run", run, "workflow_state", "Publishing")
	frappe.db.commit()  # the worker is another process
	return took


def publish(run: str) -> None:
	"""Publish as a worker does; prints seconds, those of writing alone, and the peak of memory."""
	with connected():
		from kefu_property.billing import invoices, runs

		spent, write = 0.0, invoices.write

		def timed(*args, **kwargs):
			nonlocal spent
			began = monotonic()
			try:
				return write(*args, **kwargs)
			finally:
				spent += monotonic() - began

		invoices.write = timed
		began = monotonic()
		runs.publish(run)
		seconds = monotonic() - began
	peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
	print(json.dumps({"seconds": round(seconds, 2), "write_seconds": round(spent, 2), "peak_memory_mb": round(peak)}))


def written_rows(frappe, run: str) -> dict[str, tuple[list[str], list[tuple]]]:
	"""What the run wrote: columns and rows by DocType."""
	conditions = {
		"Fee Invoice": "billing_run = %s",
		"Fee Invoice Line": "parent in (select name from `tabFee Invoice` where billing_run = %s)",
		"Fee Ledger Entry": "invoice in (select name from `tabFee Invoice` where billing_run = %s)",
	}
	result = {}
	for doctype, condition in conditions.items():
		rows = frappe.db.sql(f"select * from `tab{doctype}` where {condition} order by name", run)
		result[doctype] = ([column[0] for column in frappe.db._cursor.description], list(rows))
	return result


def driver_seconds(frappe, rows: dict) -> tuple[float, float]:
	"""(bare driver, server alone) for the same rows in the same chunks, each the better of two passes."""
	cursor, best = frappe.db._cursor, [float("inf"), float("inf")]
	heads = {}
	for doctype, (columns, _rows) in rows.items():
		names = ", ".join(f"`{column}`" for column in columns)
		heads[doctype] = (
			f"insert into `bench {doctype}` ({names}) values ",
			f"({', '.join(['%s'] * len(columns))})",
		)
	for _pass in range(2):
		copies(frappe)
		began = monotonic()
		for doctype, part in chunked(rows):
			cursor.executemany("".join(heads[doctype]), part)
			frappe.db.commit()
		best[0] = min(best[0], monotonic() - began)
		copies(frappe)
		statements = []
		for doctype, part in chunked(rows):
			head, mark = heads[doctype]
			iterator = iter(part)
			while batch := list(islice(iterator, ROWS_PER_STATEMENT)):
				statements.append(head + ",".join(cursor.mogrify(mark, row) for row in batch))
		began = monotonic()
		for statement in statements:
			cursor.execute(statement)
			frappe.db.commit()
		best[1] = min(best[1], monotonic() - began)
	for doctype in TABLES:
		frappe.db.sql_ddl(f"drop table `bench {doctype}`")
	return best[0], best[1]


def copies(frappe) -> None:
	"""Empty copies of the three tables with their indexes."""
	for doctype in TABLES:
		frappe.db.sql_ddl(f"drop table if exists `bench {doctype}`")
		frappe.db.sql_ddl(f"create table `bench {doctype}` like `tab{doctype}`")


def chunked(rows: dict):
	"""(DocType, rows) in the order in which a run writes: bills, lines and entries of a thousand homes at a time."""
	bills = len(rows["Fee Invoice"][1])
	for start in range(0, bills, BILLS_PER_CHUNK):
		for doctype, (_columns, part) in rows.items():
			factor = len(part) / bills
			yield doctype, part[int(start * factor) : int(min(start + BILLS_PER_CHUNK, bills) * factor)]


def document_seconds(frappe, run: str) -> float:
	"""Seconds for one bill of the run through documents: insert, submit, and its ledger entries. Rolled back."""
	from kefu_property.billing.doctype.fee_invoice.fee_invoice import FeeInvoice
	from kefu_property.billing.doctype.fee_ledger_entry.fee_ledger_entry import FeeLedgerEntry

	bills = frappe.get_all("Fee Invoice", filters={"billing_run": run}, pluck="name", limit=DOCUMENTS, order_by="name")
	made = []
	for name in bills:
		bill = frappe.copy_doc(frappe.get_doc("Fee Invoice", name))
		bill.docstatus = 0
		for line in bill.lines:
			line.charge_key, line.docstatus = None, 0
		entries = frappe.get_all("Fee Ledger Entry", filters={"invoice": name}, fields=["*"])
		made.append((bill, entries))
	# documents refuse what only runs may write; here they are measured all the same
	before, refuse = FeeInvoice.before_insert, FeeLedgerEntry.refuse
	FeeInvoice.before_insert = FeeLedgerEntry.refuse = lambda self: None
	began = monotonic()
	try:
		for number, (bill, entries) in enumerate(made):
			bill.name = f"BENCH-{number}"
			bill.flags.name_set = True
			bill.insert(ignore_permissions=True, ignore_links=True)
			bill.submit()
			for position, entry in enumerate(entries):
				values = {key: value for key, value in entry.items() if key not in ("creation", "modified")}
				frappe.get_doc(
					{**values, "doctype": "Fee Ledger Entry", "name": f"BENCH-{number}-{position}", "invoice": None}
				).insert(ignore_permissions=True, ignore_links=True, set_name=f"BENCH-{number}-{position}")
		return (monotonic() - began) / len(made)
	finally:
		FeeInvoice.before_insert, FeeLedgerEntry.refuse = before, refuse
		frappe.db.rollback()


def show(figures: dict) -> None:
	print(
		f"{figures['units']} units → {figures['bills']} bills, {figures['rows']} rows"
		f" on {figures['machine']['processors']} processors"
	)
	for label, key, unit in (
		("preview", "preview_seconds", "s"),
		("publication", "publish_seconds", "s"),
		("  of it writing", "write_seconds", "s"),
		("bare driver, same rows", "driver_seconds", "s"),
		("server alone, same rows", "server_seconds", "s"),
		("one bill as documents", "document_milliseconds", "ms"),
		("one bill of the run", "bill_milliseconds", "ms"),
		("peak memory of the worker", "peak_memory_mb", "MB"),
	):
		print(f"  {label:<52}{figures[key]:>10} {unit}")
	for label, value in figures["ratios"].items():
		print(f"  {label:<52}{value:>10} ×")


if __name__ == "__main__":
	sys.exit(main())
