"""Errors of papers, archive, rules and external relations, each named for the rule that was broken."""

import frappe


class NumberForm(frappe.ValidationError):
	"""The form of a document number leaves out year or number, or two projects would share numbers."""


class DocumentFrozen(frappe.ValidationError):
	"""An issued document never changes and is never deleted."""


class SealMissing(frappe.ValidationError):
	"""Papers of this kind are issued only after their seal request is approved."""


class WithdrawalReason(frappe.ValidationError):
	"""A document is withdrawn with a reason."""


class AlreadyReplaced(frappe.ValidationError):
	"""Another document has replaced this one."""


class NoReaders(frappe.ValidationError):
	"""The distribution reaches nobody."""


class NotAReader(frappe.PermissionError):
	"""Only those to whom the paper was distributed confirm that they have read it."""


class SealNotUsable(frappe.ValidationError):
	"""The seal is out of use, was used already, or somebody else keeps it."""


class HandlersMissing(frappe.ValidationError):
	"""A letter is assigned to people with a task."""


class LetterOpen(frappe.ValidationError):
	"""A letter is closed when all handlers are done and an answer that it needs was given."""


class NotAHandler(frappe.PermissionError):
	"""Only a handler of the letter gives this opinion."""


class WrongDates(frappe.ValidationError):
	"""Dates of a paper contradict each other."""


class WrongProject(frappe.ValidationError):
	"""Papers that name each other are of different projects."""


class NotWhatItSays(frappe.ValidationError):
	"""The content of an attachment is not what its name says, or of a kind that is not kept."""


class AttachmentTooLarge(frappe.ValidationError):
	"""The attachment exceeds the limit of the settings."""


class NotFinal(frappe.ValidationError):
	"""Only finished papers are filed."""


class AlreadyFiled(frappe.ValidationError):
	"""The paper is in the archive already."""


class FileNotAvailable(frappe.ValidationError):
	"""An archive file is lent, was disposed of, or stands twice on a paper."""


class ReturnedBefore(frappe.ValidationError):
	"""The file came back before."""


class StillToBeKept(frappe.ValidationError):
	"""The retention of a file has not ended."""


class RuleChanged(frappe.ValidationError):
	"""A rule in force never changes; a new version replaces it."""


class QuizInvalid(frappe.ValidationError):
	"""A question needs at least two answers, one of which is right."""


class CommitmentOpen(frappe.ValidationError):
	"""A commitment is closed with its result."""


class MeasureMissing(frappe.ValidationError):
	"""A breach is approved with its measure and the person's statement."""


class PlanExists(frappe.ValidationError):
	"""A project has one plan of external relations a year."""
