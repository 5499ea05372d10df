"""Broken rules of the management systems, one class each."""

import frappe


class WrongClause(frappe.ValidationError):
	"""A clause stands in the wrong place of the tree, or its number is none."""


class WrongVersion(frappe.ValidationError):
	"""The number, day or content of a version is not in order."""


class VersionExists(frappe.ValidationError):
	"""The document has this version, or another one is on its way."""


class NotAPdf(frappe.ValidationError):
	"""A controlled paper is attached as PDF, so that an obsolete one can carry its mark."""


class NotDistributed(frappe.PermissionError):
	"""Somebody confirms a paper that was not sent to them."""


class WrongFormula(frappe.ValidationError):
	"""The formula of an objective cannot be read, or names a figure that nobody measures."""


class WrongObjective(frappe.ValidationError):
	"""Year, target or figure of an objective is not in order."""


class WrongMark(frappe.ValidationError):
	"""A mark of an assessment is not a whole number from 1 to 5."""


class NotTreated(frappe.ValidationError):
	"""A high risk or a significant aspect has nothing that holds it down."""


class OwnWork(frappe.ValidationError):
	"""An auditor would audit own work."""


class AuditIncomplete(frappe.ValidationError):
	"""The audit's checklist, evidence or conclusion is missing."""


class NonconformityStep(frappe.ValidationError):
	"""Something is missing for the next step of a nonconformity, or somebody else has to take it."""


class NonconformityLocked(frappe.ValidationError):
	"""What was found does not change once it was issued."""


class ReviewIncomplete(frappe.ValidationError):
	"""A management review lacks its inputs, conclusion or decisions."""


class WrongPeriod(frappe.ValidationError):
	"""The days of a period are not in order."""


class OtherProject(frappe.ValidationError):
	"""A document names one of another project."""
