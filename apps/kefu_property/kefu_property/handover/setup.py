"""What handing over needs on a site: items of the takeover, checks of homes, kinds of defects. Rows of the site stay."""

from __future__ import annotations

import frappe

PARTS, EQUIPMENT, FACILITIES, PAPERS = "Common Parts", "Common Equipment", "Common Facilities", "Papers of the Project"

#: group → (item, method, standard); groups, items and papers of the Measures for Acceptance Inspection 14, 16, 17 (L12)
TAKEOVER_ITEMS = {
	PARTS: (
		("Foundation and Bearing Walls", "Comparison with Papers", "No cracks, settlement within the drawings"),
		("Columns, Beams and Floor Slabs", "Observation", "No cracks, no exposed steel"),
		("Roof", "Functional Test", "No leak after a water test, drains run freely"),
		("Outer Walls", "Observation", "No hollow spots, cracks or seepage"),
		("Lobbies", "Observation", "Floor, walls and ceiling are whole and clean"),
		("Staircases", "Observation", "Steps and walls are whole, lighting works"),
		("Corridors", "Observation", "Nothing blocks the escape way"),
		("Handrails and Guard Rails", "Measurement", "Firm, height and gaps as the standard demands"),
		("Lift Shafts", "Comparison with Papers", "Dry and clean, no foreign pipes"),
		("Open Ground Floor", "Observation", "Even, drained, lighting works"),
		("Equipment Rooms", "Observation", "Dry, ventilated, locked and signposted"),
		("Common Doors and Windows", "Use on Trial", "Open and close easily, seals are whole"),
	),
	EQUIPMENT: (
		("Lifts", "Functional Test", "In date inspection label, intercom and levelling work"),
		("Water Pumps", "Functional Test", "Run without noise, switch over by themselves"),
		("Water Tanks", "Comparison with Papers", "Clean, locked, hygiene report at hand"),
		("Lightning Protection", "Measurement", "Earth resistance within the test report"),
		("Fire Alarm System", "Functional Test", "Every loop reports to the control room"),
		("Fire Hydrants and Sprinklers", "Functional Test", "Pressure at the last point as designed"),
		("Smoke Extraction", "Functional Test", "Fans start from the control room"),
		("Corridor Lights", "Use on Trial", "Work and switch as designed"),
		("Power Distribution", "Measurement", "Labels, earthing and load as designed"),
		("Emergency Generator", "Functional Test", "Starts by itself and carries the load"),
		("Water and Drain Pipes", "Functional Test", "No leak under pressure, drains run freely"),
		("Heating and Air-conditioning", "Functional Test", "Temperatures and pressure as designed"),
		("Television and Network Lines", "Use on Trial", "Signal at the sockets"),
		("Door Intercom", "Use on Trial", "Every home can be called and opens the door"),
	),
	FACILITIES: (
		("Roads and Paths", "Observation", "Even, drained, kerbs are whole"),
		("Green Areas", "Comparison with Papers", "Area and plants as planned, irrigation works"),
		("Landscape and Water Features", "Use on Trial", "Work, edges are safe"),
		("Fences and Walls", "Observation", "Whole and firm"),
		("Gates and Barriers", "Use on Trial", "Open and close, cards are read"),
		("Mailboxes", "Use on Trial", "One for each home, locks work"),
		("Notice Boards", "Observation", "Firm and lit"),
		("Street Lights", "Use on Trial", "Work and switch as designed"),
		("Drainage Ditches and Wells", "Functional Test", "Run freely, covers are firm"),
		("Septic Tanks", "Comparison with Papers", "Emptied, covers are firm"),
		("Refuse Facilities", "Comparison with Papers", "Number and place as planned"),
		("Parking Places for Cars", "Comparison with Papers", "Number and marks as planned"),
		("Parking Places for Bicycles", "Comparison with Papers", "Roofed and lit, charging points protected"),
		("Sports and Play Facilities", "Use on Trial", "Firm, no sharp edges"),
		("Surveillance Cameras", "Functional Test", "All pictures are clear and kept 30 days"),
		("Civil Defence Facilities", "Comparison with Papers", "Doors and signs as the authority demands"),
		("Management Office Rooms", "Measurement", "Area as the plan demands"),
	),
	PAPERS: (
		(
			"As-built Site Plan and Drawings",
			"Comparison with Papers",
			"Buildings, structure, equipment, underground pipes",
		),
		("List and Manuals of Common Equipment", "Comparison with Papers", "Installation, use and maintenance"),
		("Permits to Use Water, Power, Gas, Heat and Network", "Comparison with Papers", ""),
		("Warranty and User Manuals of Homes", "Comparison with Papers", ""),
		(
			"Completion Acceptance Records",
			"Comparison with Papers",
			"Planning, fire protection, civil defence, completion filing",
		),
		("Lift Registration and Inspection Reports", "Comparison with Papers", ""),
		("Roll of Homes and Areas", "Comparison with Papers", "Unit, area, buyer"),
		("Contracts of Equipment under Warranty", "Comparison with Papers", ""),
	),
}

#: text, kind of room
HOME_CHECKS = (
	("Walls and ceiling: even, no cracks, no hollow spots", "Every Room"),
	("Floor: even, no hollow spots", "Every Room"),
	("Doors and windows: close tightly, glass is whole", "Every Room"),
	("Sockets and switches work", "Every Room"),
	("Entrance door, lock and intercom", "Entrance"),
	("Distribution box: breakers are labelled and trip", "Entrance"),
	("Network and television sockets", "Living Room"),
	("Taps, drain and flue", "Kitchen"),
	("Gas pipe and alarm", "Kitchen"),
	("Closed-water test passed, floor trap runs freely", "Bathroom"),
	("Sanitary ware and ventilation", "Bathroom"),
	("Guard rail is firm, height as the standard demands", "Balcony"),
	("Floor trap runs freely, no seepage", "Balcony"),
	("Water, power and gas are connected", "Whole Home"),
	("Area and layout as in the contract", "Whole Home"),
)

#: kind, trade, days to repair (0: the days of the settings)
DEFECT_KINDS = (
	("Wall or Ceiling", "Painting", 0),
	("Floor Finish", "Flooring", 0),
	("Doors and Windows", "Doors and Windows", 0),
	("Water Leak", "Water-proofing", 7),
	("Water Pipes and Drains", "Plumbing", 7),
	("Electrical Points", "Electrical", 7),
	("Kitchen and Sanitary Ware", "Fittings", 0),
	("Structure", "Civil Works", 0),
	("Equipment", "Equipment", 15),
	("Roads and Green", "Gardening", 0),
	("Cleanliness", "Cleaning", 3),
	("Other Defect", "", 0),
)

PAPERS_TO_SIGN = (
	("Home Check Sheet", 1),
	("Owner Registration", 1),
	("Interim Management Rules", 1),
	("Preliminary Service Contract", 1),
	("Fire Safety Undertaking", 1),
	("Warranty and User Manual", 0),
)
BRING = (
	"Identity papers of all owners",
	"Purchase contract and receipts",
	"Power of attorney, when somebody else comes",
)


def after_install() -> None:
	_add(
		"Takeover Item",
		[
			{"item_name": name, "item_group": group, "method": method, "standard": standard, "position": position}
			for base, (group, items) in enumerate(TAKEOVER_ITEMS.items(), start=1)
			for position, (name, method, standard) in enumerate(items, start=base * 100)
		],
		"item_name",
	)
	_add(
		"Handover Check",
		[
			{"check_text": text, "room_kind": kind, "position": number * 10}
			for number, (text, kind) in enumerate(HOME_CHECKS, start=1)
		],
		"check_text",
	)
	_add(
		"Handover Defect Kind",
		[{"kind_name": name, "trade": trade, "repair_days": days} for name, trade, days in DEFECT_KINDS],
		"kind_name",
	)
	set_papers()


def set_papers() -> None:
	"""Papers and what buyers bring, in the site's language; only where nobody has written any."""
	doc = frappe.get_doc("Handover Settings")
	if doc.papers or doc.bring:
		return
	language = frappe.db.get_default("lang") or frappe.local.lang
	for paper, required in PAPERS_TO_SIGN:
		doc.append("papers", {"paper": frappe._(paper, language), "required": required})
	doc.bring = "\n".join(frappe._(line, language) for line in BRING)
	doc.save(ignore_permissions=True)  # set-up


def _add(doctype: str, rows: list[dict], key: str) -> None:
	existing = set(frappe.get_all(doctype, pluck="name"))
	for row in rows:
		if row[key] not in existing:
			frappe.get_doc({"doctype": doctype, **row}).insert(ignore_permissions=True)  # set-up
