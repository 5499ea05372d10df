import frappe
from frappe.model.document import Document


class PollBallot(Document):
	"""A home on the roll of a poll, and its vote. Written by `polls` only (L27)."""


def on_doctype_update() -> None:
	frappe.db.add_unique("Poll Ballot", ["poll", "unit"], constraint_name="one_vote_per_home")
