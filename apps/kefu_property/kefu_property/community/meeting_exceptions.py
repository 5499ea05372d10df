"""Errors of meetings and receptions, each named for the rule that was broken."""

import frappe


class RoomTaken(frappe.ValidationError):
	"""Another meeting or reception has the room at that time."""


class RoomWrong(frappe.ValidationError):
	"""The room is of another project or out of use."""


class MeetingTimes(frappe.ValidationError):
	"""A meeting ends before it begins, is longer than a day, or its agenda does not fit."""


class MeetingState(frappe.ValidationError):
	"""The meeting is not in the state that the step needs."""


class AttendeeTwice(frappe.ValidationError):
	"""Somebody stands twice on the list, or a line names nobody."""


class CustomerMissing(frappe.ValidationError):
	"""A paid meeting names the customer who pays."""


class SignInRefused(frappe.ValidationError):
	"""The code is unknown, or this is not the time to sign in."""


class ActionState(frappe.ValidationError):
	"""An action item lacks its result, or somebody else reports it."""


class ReceptionIncomplete(frappe.ValidationError):
	"""The plan of a reception contradicts itself, or its record is missing."""
