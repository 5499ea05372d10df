"""Errors of the service desk, each named for the rule that was broken."""

import frappe


class WrongHome(frappe.ValidationError):
	"""The home, the resident or the department belongs to another project than the case."""


class InvalidContactPhone(frappe.ValidationError):
	"""The phone of a caller is no phone number."""


class ReporterMissing(frappe.ValidationError):
	"""Nobody is named to whom the answer goes."""


class WrongCategory(frappe.ValidationError):
	"""The category is a group, switched off, or for another kind of case."""


class UnsuitablePhoto(frappe.ValidationError):
	"""A file is too large, no picture, or not the kind of picture that its name says."""


class NotOfProject(frappe.ValidationError):
	"""The person does not work for the project of the case."""


class AssigneeMissing(frappe.ValidationError):
	"""A case was passed on without saying to whom."""


class DepartmentWithoutPeople(frappe.ValidationError):
	"""A case cannot go to a department in which nobody is available."""


class TransferRefused(frappe.ValidationError):
	"""A transfer that is not open, goes to the same department, or is answered by the wrong one."""


class StepRefused(frappe.ValidationError):
	"""The state of the case does not allow this step."""


class ReasonMissing(frappe.ValidationError):
	"""The step needs a reason."""


class ResultMissing(frappe.ValidationError):
	"""A case cannot be resolved without saying what was done."""


class SelfVerification(frappe.PermissionError):
	"""Whoever did the work does not verify it."""


class FollowUpMissing(frappe.ValidationError):
	"""The case closes only after the owner was called back."""


class DirectorCloses(frappe.PermissionError):
	"""A major complaint is closed by the Director only."""


class MajorNotFinished(frappe.ValidationError):
	"""A major complaint lacks its report, or has open tasks."""


class MergeRefused(frappe.ValidationError):
	"""Two cases cannot be merged: same case, other project, or already finished."""


class InvalidStandard(frappe.ValidationError):
	"""A service standard contradicts itself."""


class QuotationMissing(frappe.ValidationError):
	"""Work that the owner pays begins only after the owner accepted the price."""


class QuotationClosed(frappe.ValidationError):
	"""The quotation is not open for this answer, or was changed after it was accepted."""


class RatingRefused(frappe.ValidationError):
	"""The case is not finished, was rated already, or the stars are not 1 to 5."""


class InvalidCall(frappe.ValidationError):
	"""A report of the telephone system, or a call entered by hand, contradicts itself or cannot be read."""

	http_status_code = 400


class HotlineRefused(frappe.AuthenticationError):
	"""A telephone system names a project that does not exist, or its token is wrong."""


class CallbackRefused(frappe.ValidationError):
	"""The call was answered, called back or given up already."""


class FollowUpRefused(frappe.ValidationError):
	"""The call to an owner is not open, its case is not finished, or the answer lacks something."""


class InvalidProposal(frappe.ValidationError):
	"""An improvement proposal lacks what the step needs, or counts cases in days that make no sense."""


class MeasuresOpen(frappe.ValidationError):
	"""Measures of a proposal, or actions of a forum, are not done."""


class EffectOpen(frappe.ValidationError):
	"""A proposal closes after its effect was counted; without effect only with a conclusion."""


class InvalidForum(frappe.ValidationError):
	"""A forum contradicts itself, or lacks what its step needs."""


class InvitationRefused(frappe.ValidationError):
	"""Somebody of another project was invited, too many were, or the forum takes no more replies."""


class InvalidPoll(frappe.ValidationError):
	"""A poll, or the rule of its kind of matter, contradicts itself or lacks what the step needs."""


class PollFrozen(frappe.ValidationError):
	"""What owners vote on does not change after it went for approval."""


class PollClosed(frappe.ValidationError):
	"""The poll takes no votes now."""


class NoVote(frappe.ValidationError):
	"""The home is not on the roll of the poll, or the choice is none of the three."""


class AlreadyVoted(frappe.ValidationError):
	"""The home has voted: each home votes once."""


class EvidenceMissing(frappe.ValidationError):
	"""A vote on paper is entered with the signed paper."""
