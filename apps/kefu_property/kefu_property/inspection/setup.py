"""What the inspection desk needs on a site: categories, check sheets with the law's fire checks. Rows of the site stay as they are."""

from __future__ import annotations

import frappe

#: group, kind, categories below with their usual life in years
CATEGORIES = (
	(
		"Common Facilities",
		"Common",
		(
			("Lift", 15),
			("Water Supply Pump", 15),
			("Power Distribution", 20),
			("Gate and Barrier", 8),
			("Camera System", 8),
			("Playground", 10),
			("Fitness Equipment", 8),
			("Meeting and Activity Room", 20),
			("Sports Ground", 15),
			("Swimming Pool", 20),
		),
	),
	(
		"Fire Facilities",
		"Fire",
		(
			("Key Fire Sites", 0),
			("Fire Extinguisher", 10),
			("Fire Hydrant", 20),
			("Fire Alarm System", 12),
			("Sprinkler System", 20),
			("Smoke Exhaust System", 20),
			("Emergency Light and Sign", 8),
			("Fire Door and Shutter", 15),
		),
	),
	(
		"Sanitation Areas",
		"Sanitation Area",
		(("Building Interior", 0), ("Roads and Squares", 0), ("Refuse Collection Point", 0), ("Garage", 0)),
	),
	("Green Areas", "Greenery", (("Lawn and Shrubs", 0), ("Trees", 0), ("Water Feature", 0))),
	(
		"Advertising Places",
		"Advertising Place",
		(("Lift Advertising", 8), ("Outdoor Light Box", 8), ("Screen", 6), ("Gate Advertising", 8)),
	),
)

YES, NUMBER, COUNTER, CHOICE, SCORE = "Yes or No", "Measured Value", "Meter Reading", "Choice", "Score"
#: name, kind, purpose, legal basis, days to rectify, items (text, answer, further columns)
TEMPLATES = (
	(
		"Fire Patrol of Key Sites",
		"Fire",
		"Patrol",
		"Fire Protection Law 16, 17",
		3,
		(
			("Escape ways and exits are free", YES, {}),
			("Fire lane is free of vehicles", YES, {}),
			("Fire doors are closed, shutters are clear", YES, {}),
			("Extinguishers and hydrants are at their place", YES, {}),
			("Control room is manned by certified staff", YES, {}),
			("No open fire, no charging of e-bikes indoors", YES, {}),
		),
	),
	(
		"Monthly Check of Fire Equipment",
		"Fire",
		"Routine Check",
		"Fire Protection Law 16",
		7,
		(
			("Outside undamaged, seal intact", YES, {}),
			("Pressure gauge", CHOICE, {"choices": "Green zone\n!Red zone\n!Yellow zone"}),
			("Within its period of use and test", YES, {}),
			("Accessible and marked", YES, {"photo_required": 1}),
		),
	),
	(
		"Yearly Full Test of Fire Equipment",
		"Fire",
		"Full Test",
		"Fire Protection Law 16 (1) 3",
		15,
		(
			("Tested in full by a qualified body", YES, {}),
			("Works as designed in the trial run", YES, {}),
			("Linked control works", YES, {}),
			("Static pressure at the most unfavourable point", NUMBER, {"min_value": 0.07, "measure": "MPa"}),
			("Test report is filed", YES, {"photo_required": 1}),
		),
	),
	(
		"Lift Check",
		"Common",
		"Routine Check",
		"Special Equipment Safety Law 39, 40",
		3,
		(
			("Inspection mark is valid and posted", YES, {}),
			("Alarm and intercom are answered", YES, {}),
			("Doors and light curtain work", YES, {}),
			("Stops level with the floor", YES, {}),
			("Temperature in the machine room", NUMBER, {"min_value": 5, "max_value": 40, "measure": "°C"}),
		),
	),
	(
		"Pump Room Check",
		"Common",
		"Routine Check",
		None,
		3,
		(
			("Door locked, room clean and dry", YES, {}),
			("Outlet pressure", NUMBER, {"min_value": 0.3, "max_value": 0.8, "measure": "MPa"}),
			("Main water meter", COUNTER, {"measure": "m³", "photo_required": 1}),
			("Pump runs without noise and leak", YES, {}),
		),
	),
	(
		"Playground and Fitness Check",
		"Common",
		"Routine Check",
		"Civil Code 1198",
		3,
		(
			("Bolts and joints are tight", YES, {}),
			("No sharp edge, no rust-through", YES, {}),
			("Ground is soft and level", YES, {}),
			("Rules of use are posted", YES, {}),
		),
	),
	(
		"Sanitation Scoring",
		"Sanitation Area",
		"Scoring",
		None,
		2,
		(
			("Floor and ground", SCORE, {"max_value": 30, "min_value": 18}),
			("Walls, rails and glass", SCORE, {"max_value": 20, "min_value": 12}),
			("Refuse cleared and bins clean", SCORE, {"max_value": 30, "min_value": 18}),
			("Drains and corners", SCORE, {"max_value": 20, "min_value": 12}),
		),
	),
	(
		"Green Area Check",
		"Greenery",
		"Routine Check",
		None,
		7,
		(
			("Lawn trimmed, no bare patches", YES, {}),
			("Trees safe, no dead branches", YES, {}),
			("No pests", YES, {}),
			("Watered and clean", YES, {}),
		),
	),
	(
		"Advertising Place Check",
		"Advertising Place",
		"Routine Check",
		"Advertising Law 9",
		3,
		(
			("Frame is firm and undamaged", YES, {}),
			("Content is the approved one", YES, {"photo_required": 1}),
			("Light and wiring are safe", YES, {}),
		),
	),
)


def after_install() -> None:
	make_categories()
	make_templates()
	if not frappe.db.get_singles_dict("Inspection Settings"):
		frappe.get_doc("Inspection Settings").save(ignore_permissions=True)  # set-up: the defaults


def make_categories() -> None:
	existing = set(frappe.get_all("Facility Category", pluck="name"))
	for group, kind, rows in CATEGORIES:
		if group not in existing:
			_insert("Facility Category", category_name=group, kind=kind, is_group=1)
		for name, years in rows:
			if name not in existing:
				_insert(
					"Facility Category",
					category_name=name,
					parent_facility_category=group,
					kind=kind,
					life_years=years,
				)


def make_templates() -> None:
	existing = set(frappe.get_all("Inspection Template", pluck="name"))
	for name, kind, purpose, basis, days, items in TEMPLATES:
		if name not in existing:
			_insert(
				"Inspection Template",
				template_name=name,
				kind=kind,
				purpose=purpose,
				legal_basis=basis,
				rectify_days=days,
				items=[{"item_text": text, "answer_type": answer, **columns} for text, answer, columns in items],
			)


def _insert(doctype: str, **values) -> None:
	frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)  # set-up
