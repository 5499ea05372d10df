import frappe
from frappe.model.document import Document


class ProposalVote(Document):
	"""One vote of one staff member on a proposal (R5)."""


def on_doctype_update() -> None:
	frappe.db.add_unique("Proposal Vote", ["proposal", "voter"], "one_vote_each")
