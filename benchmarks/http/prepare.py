"""Data for the measurement, made inside the site: a project with 300 homes and a member of staff who sees only that project.

Run by __main__.py with env/bin/python in the sites folder; prints the sign-in as JSON. Safe to repeat.
"""

import json
import os
import sys

import frappe

PROJECT = "BENCHHTTP"
USER = "bench-http@kefu.example"
PASSWORD = "bench-http-only-on-loopback"
UNITS = 300


def main(site: str) -> None:
	frappe.init(site=site, sites_path=os.getcwd())
	frappe.connect()
	if not frappe.db.exists("Property Project", PROJECT):
		insert("Property Project", project_code=PROJECT, project_name="Measurement")
		insert("Property Building", project=PROJECT, building_code="1")
		for n in range(UNITS):
			insert(
				"Property Unit",
				project=PROJECT,
				building=f"{PROJECT}-1",
				unit_code=f"1-{n // 4 + 1}-{n % 4 + 1}",
				building_area=80 + n % 40,
			)
	if not frappe.db.exists("User", USER):
		insert(
			"User",
			email=USER,
			first_name="Bench",
			send_welcome_email=0,
			new_password=PASSWORD,
			roles=[{"role": "CS Agent"}],
		)
		insert("User Permission", user=USER, allow="Property Project", for_value=PROJECT)
	frappe.db.commit()  # a script of its own: nobody else commits
	print(json.dumps({"usr": USER, "pwd": PASSWORD}))


def insert(doctype: str, **values) -> None:
	frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)


main(sys.argv[1])
