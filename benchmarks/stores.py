"""Stock as of a day at 10,000 and at 1,000,000 ledger rows: `make bench-stores`.

Works on a project of its own in the site of the instance and removes it afterwards. Prints the median of each size and their
ratio; ends with an error when the larger ledger takes more than twice as long (D15).
"""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
ITEMS = 500
SIZES = (10_000, 1_000_000)
MOST = 2.0
CODE = "BENCHSTORE"


def main() -> None:
	instance = os.environ.get("KEFU_INSTANCE", "run")
	os.chdir(ROOT / "sites" if instance == "run" else ROOT / "var" / instance / "sites")

	import frappe

	frappe.init(site="kefu.localhost", sites_path=".")
	frappe.connect()
	try:
		clean()
		took = {}
		for size in SIZES:
			store = f"{CODE}-{size}"
			fill(store, size)
			took[size] = measure(store, size)
			print(f"{size:>9,} rows: {took[size] * 1000:.1f} ms for the stock of {ITEMS} items on any day", flush=True)
	finally:
		clean()
		frappe.destroy()
	ratio = took[SIZES[1]] / took[SIZES[0]]
	print(f"ratio {ratio:.2f} (at most {MOST})")
	if ratio > MOST:
		raise SystemExit("the longer ledger is too slow")


def fill(store: str, size: int) -> None:
	"""Ledger rows over 2,500 days, spread evenly over the items; each receipt brings one piece for one yuan."""
	import frappe

	stamp = "2020-01-01 00:00:00"
	frappe.db.bulk_insert(
		"Store Stock",
		["name", "creation", "modified", "store", "item", "item_name", "unit", "project"],
		[(f"{store}-{item}", stamp, stamp, store, f"{CODE}-{item}", "Item", "pc", store) for item in range(ITEMS)],
	)
	each = size // ITEMS
	for item in range(ITEMS):
		# lint: allow query-in-loop: one insert per item, the benchmark's data
		frappe.db.sql(
			"""insert into `tabStore Ledger Row` (name, creation, modified, project, store, item, stock, number, position, posting_date,
				posted_on, quantity, value, quantity_after, value_after, kind)
			select concat(%(stock)s, '-', seq), %(stamp)s, %(stamp)s, %(store)s, %(store)s, %(item)s, %(stock)s, seq,
				concat(date_format(date_add('2018-01-01', interval seq * 2500 div %(each)s day), '%%Y%%m%%d'), '-', lpad(seq, 10, '0')),
				date_add('2018-01-01', interval seq * 2500 div %(each)s day), %(stamp)s, 1, 1, seq, seq, 'Goods Receipt'
			from seq_1_to_1000000 where seq <= %(each)s""",
			{
				"stock": f"{store}-{item}",
				"item": f"{CODE}-{item}",
				"store": store,
				"stamp": stamp,
				"each": each,
			},
		)
	frappe.db.commit()  # the statistics of committed rows decide how the database reads
	frappe.db.sql_ddl("analyze table `tabStore Ledger Row`")


def measure(store: str, size: int) -> float:
	"""Median seconds of the stock on nine days; the sum proves that the day was understood."""
	from datetime import date, timedelta

	from kefu_property.stores import ledger

	seconds = []
	for step in range(1, 10):
		day = date(2018, 1, 1) + timedelta(days=250 * step)
		ledger.balance(store, day)  # both sizes are measured with their pages in memory
		began = perf_counter()
		rows = ledger.balance(store, day)
		seconds.append(perf_counter() - began)
		each = size // ITEMS
		expected = sum(1 for number in range(1, each + 1) if number * 2500 // each <= 250 * step)
		assert len(rows) == ITEMS, (len(rows), day)
		assert rows[0]["quantity"] == expected, (rows[0], expected, day)
	return median(seconds)


def clean() -> None:
	import frappe

	for size in SIZES:
		for doctype in ("Store Ledger Row", "Store Stock"):
			frappe.db.delete(doctype, {"project": f"{CODE}-{size}"})
	frappe.db.commit()  # what the benchmark committed goes as well


if __name__ == "__main__":
	main()
