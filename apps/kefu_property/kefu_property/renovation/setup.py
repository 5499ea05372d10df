"""What the renovation desk needs on a site: settings, kinds of work, checklists. Rows of the site stay as they are."""

from __future__ import annotations

from datetime import timedelta

import frappe
from frappe.utils import to_timedelta

#: name, risk, banned, needs a drawing, needs a closed-water test, legal reason
ITEMS = (
	("Painting and Wallpaper", "Low", 0, 0, 0, None),
	("Flooring", "Low", 0, 0, 0, None),
	("Doors and Furniture", "Low", 0, 0, 0, None),
	("Ceiling", "Low", 0, 0, 0, None),
	("Partition Wall", "Medium", 0, 1, 0, None),
	("Electricity and Lighting", "Medium", 0, 1, 0, None),
	("Water and Drains", "Medium", 0, 1, 1, None),
	("Water-proofing", "Medium", 0, 1, 1, None),
	("Air-conditioner", "Medium", 0, 0, 0, None),
	("Windows and Balcony Glazing", "Medium", 0, 1, 0, None),
	("Floor Heating", "Medium", 0, 1, 0, None),
	("Gas Pipes by the Gas Company", "High", 0, 1, 0, None),
	("Opening in a Non-bearing Wall", "High", 0, 1, 0, None),
	("Addition of Load on a Floor", "High", 0, 1, 0, None),
	(
		"Load-bearing Wall or Beam",
		"High",
		1,
		0,
		0,
		"Changing the main body or the load-bearing structure is banned (Measures for Interior Decoration, article 5; Civil Code 272).",
	),
	(
		"Room without Water-proofing as Bathroom or Kitchen",
		"High",
		1,
		0,
		0,
		"A room or balcony without water-proofing must not become a bathroom or kitchen (Measures for Interior Decoration, article 5).",
	),
	(
		"Wider Opening in the Outer Wall or Removal of the Wall below a Balcony Door",
		"High",
		1,
		0,
		0,
		"Widening openings in a load-bearing wall and removing the brick or concrete between room and balcony are banned (Measures for Interior Decoration, article 5).",
	),
	(
		"Gas Pipes by Oneself",
		"High",
		1,
		0,
		0,
		"Gas pipes and equipment are changed by the gas company alone (Measures for Interior Decoration, article 6; Gas Regulation 28).",
	),
	(
		"Change of the Façade",
		"High",
		1,
		0,
		0,
		"The outer face of the building belongs to all owners; it is changed with their decision and a permit of the planning authority (Civil Code 278; Measures for Interior Decoration, article 6).",
	),
	(
		"Fire Equipment or Escape Way",
		"High",
		1,
		0,
		0,
		"Fire equipment is not removed, and escape ways are not blocked (Fire Protection Law 28).",
	),
)

CHECKS = {
	"Patrol": (
		"The permit is posted at the door",
		"Workers carry valid passes",
		"Work is within the permit",
		"Bearing walls and beams are untouched",
		"Common pipes and shafts are untouched",
		"Fire extinguisher at hand, no open fire",
		"Refuse is packed, stairs are clean",
		"Working hours are kept",
	),
	"Acceptance": (
		"The works agree with the application",
		"Structure and façade are unchanged",
		"Drains and floor traps run freely",
		"Gas and flue are unchanged",
		"Common parts and lifts are undamaged",
		"Refuse is removed",
		"Air-conditioner stands at its place, its water is led off",
		"Workers' passes are handed in",
	),
}


HOURS = {"work_from": "08:00:00", "work_to": "18:00:00", "quiet_from": "12:00:00", "quiet_to": "14:00:00"}


def after_install() -> None:
	set_working_hours()
	existing = set(frappe.get_all("Renovation Item", pluck="name"))
	for name, risk, banned, drawing, water, reason in ITEMS:
		if name not in existing:
			_insert(
				"Renovation Item",
				item_name=name,
				risk=risk,
				banned=banned,
				needs_drawing=drawing,
				needs_water_test=water,
				legal_reason=reason,
			)
	existing = set(frappe.get_all("Renovation Check", pluck="name"))
	for used_for, texts in CHECKS.items():
		for position, text in enumerate(texts, 1):
			if text not in existing:
				_insert("Renovation Check", check_text=text, used_for=used_for, position=position * 10)


def set_working_hours() -> None:
	"""Where nobody has set them yet. The framework fills an empty time with the moment of installation: all four within a minute."""
	doc = frappe.get_doc("Renovation Settings")
	moments = [to_timedelta(str(doc.get(fieldname) or "0:00:00")) for fieldname in HOURS]
	if max(moments) - min(moments) < timedelta(minutes=1):
		doc.update(HOURS)
		doc.save(ignore_permissions=True)  # set-up


def _insert(doctype: str, **values) -> None:
	frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)  # set-up
