"""Errors of the surveys, each named for the rule that was broken."""

import frappe


class InvalidLink(frappe.PermissionError):
	"""The link was forged, cut off or belongs to a survey that is gone."""


class SurveyNotOpen(frappe.ValidationError):
	"""The survey is not open yet, or it has ended and its links with it."""


class AlreadyAnswered(frappe.ValidationError):
	"""The home or resident has answered before."""


class AnswerMissing(frappe.ValidationError):
	"""A required question has no answer."""


class AnswerNotOffered(frappe.ValidationError):
	"""An answer is none of those that the question offers."""


class ResponseIsFinal(frappe.ValidationError):
	"""A response is never changed."""


class NotAnonymous(frappe.ValidationError):
	"""A response to an anonymous survey names nobody."""


class SurveyFrozen(frappe.ValidationError):
	"""What is asked, and whom, stays as it was approved."""


class SurveyPeriod(frappe.ValidationError):
	"""The survey ends before it begins, or has ended already."""


class NoQuestions(frappe.ValidationError):
	"""A survey asks at least one question."""


class InvalidQuestion(frappe.ValidationError):
	"""A question lacks its choices or rows, or is shown by an answer that nobody can give."""


class WrongProject(frappe.ValidationError):
	"""A building of the audience belongs to another project."""


class InvalidSample(frappe.ValidationError):
	"""A sample is more than nothing and at most everything."""


class NobodyToAsk(frappe.ValidationError):
	"""No home of the audience has a resident."""


class ConclusionMissing(frappe.ValidationError):
	"""A survey below the wanted satisfaction is archived with conclusion and measures (L14)."""
