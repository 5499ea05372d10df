"""Errors of duty, plans, budget, proposals and honours, each named for the rule that was broken."""

import frappe


class WrongProject(frappe.ValidationError):
	"""What a document names belongs to another project."""


class InvalidPattern(frappe.ValidationError):
	"""A shift pattern has no cycle, an unknown shift in it, or the same shift code twice."""


class PersonTwice(frappe.ValidationError):
	"""The same person stands twice in a roster."""


class NotInRoster(frappe.ValidationError):
	"""A day of the roster names a person or a shift that the roster does not have."""


class DutyClash(frappe.ValidationError):
	"""Somebody would work two shifts at the same time."""


class RosterExists(frappe.ValidationError):
	"""The post has a roster for this month."""


class DutyUsed(frappe.ValidationError):
	"""Shifts of the roster have begun or were handed over; they cannot be taken back."""


class SwapRefused(frappe.ValidationError):
	"""A shift that has begun, or that does not belong to the one who gives it away."""


class ShiftNotTakenOver(frappe.ValidationError):
	"""The shift before was not taken over yet."""


class SignatureMissing(frappe.ValidationError):
	"""Whoever hands over and whoever takes over sign the sheet."""


class NotOnDuty(frappe.ValidationError):
	"""Only the one on duty hands over; somebody else takes over."""


class LinesUnchecked(frappe.ValidationError):
	"""A line of the sheet was neither checked nor remarked at takeover."""


class UnknownSection(frappe.ValidationError):
	"""A section of the handover sheet that no module contributes."""


class CircularGoal(frappe.ValidationError):
	"""A goal would be part of itself."""


class WrongPeriod(frappe.ValidationError):
	"""A goal does not lie in the period of the goal above it."""


class TargetMissing(frappe.ValidationError):
	"""A goal has a target, or parts, or a measure of the suite."""


class GoalFrozen(frappe.ValidationError):
	"""What was approved of a goal does not change; a new goal replaces it."""


class NotYourGoal(frappe.PermissionError):
	"""Progress is reported by the one responsible, or by a supervisor."""


class SummaryExists(frappe.ValidationError):
	"""There is a summary of this person for this period."""


class BudgetMissing(frappe.ValidationError):
	"""No budget in force has the item."""


class BudgetExists(frappe.ValidationError):
	"""The project has a budget for this year."""


class BudgetExceeded(frappe.ValidationError):
	"""The item is blocked: the amount goes beyond its budget."""


class InvalidAmount(frappe.ValidationError):
	"""An amount is zero or negative, or a percentage is out of order."""


class ItemTwice(frappe.ValidationError):
	"""The same item stands twice on one paper."""


class AnswerMissing(frappe.ValidationError):
	"""A proposal or a request is decided with an answer."""


class VotingClosed(frappe.ValidationError):
	"""Votes are given while a proposal waits for its decision, and not by the proposer."""


class ResultMissing(frappe.ValidationError):
	"""What was carried out is described before it is closed."""


class DueDate(frappe.ValidationError):
	"""A due date lies in the past, or a period ends before it begins."""


class ScoreTooHigh(frappe.ValidationError):
	"""An own score lies above the full score of its criterion."""


class EvidenceMissing(frappe.ValidationError):
	"""A criterion with a score has its evidence."""
