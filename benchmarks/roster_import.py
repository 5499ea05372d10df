"""How long the import of 10,000 homes takes: `KEFU_INSTANCE=dev env/bin/python -m benchmarks.roster_import`.

Works on a project of its own in the site of the instance and rolls everything back. Prints seconds per step.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parents[1]


def rows(count: int) -> list[dict]:
	"""`count` homes with an owner each, a family member in every fourth."""
	from datetime import date, timedelta

	from tests.data.make_roster import citizen_number

	made = []
	for number in range(count):
		building, rest = divmod(number, 200)
		floor, room = divmod(rest, 8)
		born = date(1950, 1, 1) + timedelta(days=number % 18000)
		code = f"{building + 1}-1-{floor + 1}{room + 1:02d}"
		made.append(
			{
				"building": str(building + 1),
				"entrance": "1",
				"floor": str(floor + 1),
				"unit_code": code,
				"unit_type": "住宅",
				"building_area": 60 + number % 90,
				"resident_name": f"业主{number}",
				"phone": f"199{number:08d}",
				"id_number": citizen_number(born, number // 18000 + number),
				"relation": "业主",
				"share": "100%",
				"from_date": "2020-01-01",
				"is_payer": "是",
			}
		)
		if number % 4 == 0:
			made.append({"unit_code": code, "resident_name": f"家属{number}", "relation": "家属"})
	return made


def main() -> None:
	parser = argparse.ArgumentParser(description=__doc__)
	parser.add_argument("--units", type=int, default=10_000)
	units = parser.parse_args().units
	instance = os.environ.get("KEFU_INSTANCE", "run")
	sites = ROOT / "sites" if instance == "run" else ROOT / "var" / instance / "sites"

	import frappe

	os.chdir(sites)
	frappe.init(site="kefu.localhost", sites_path=".")
	frappe.connect()
	try:
		measure(units)
	finally:
		frappe.db.rollback()
		frappe.destroy()


def measure(units: int) -> None:
	import frappe

	from kefu_property.registry.doctype.roster_import import roster_import
	from tests.data.make_roster import book
	from tests.factories.registry import make_project

	project = make_project().name
	began = monotonic()
	content = book(rows(units))
	print(f"workbook of {units} homes, {len(content) / 1e6:.1f} MB, made in {monotonic() - began:.1f} s")
	file = frappe.get_doc(
		{"doctype": "File", "file_name": "benchmark.xlsx", "content": content, "is_private": 1}
	).insert()
	values = {"doctype": "Roster Import", "project": project, "file": file.file_url, "as_of": "2024-06-30"}
	for title in ("first import", "same file again"):
		doc = frappe.get_doc(values).insert()
		began = monotonic()
		roster_import.run_check(doc.name)
		checked = monotonic()
		doc.reload()
		assert doc.status == "Ready", doc.report
		roster_import.run_import(doc.name)
		doc.reload()
		assert doc.status == "Completed", doc.failure
		print(
			f"{title}: check {checked - began:.1f} s, import {monotonic() - checked:.1f} s; "
			f"{doc.to_create} created, {doc.to_update} updated, {doc.unchanged} unchanged"
		)


if __name__ == "__main__":
	main()
