"""Errors of the staff's files, each named for the rule that was broken."""

import frappe


class CircularHierarchy(frappe.ValidationError):
	"""A manager, a department or a post would stand above itself."""


class WrongProject(frappe.ValidationError):
	"""Two records that belong together are of different projects."""


class LoginTaken(frappe.ValidationError):
	"""The login belongs to another staff file."""


class StatusByHand(frappe.ValidationError):
	"""The status of a staff file changes by a personnel action only."""


class InvalidPersonalData(frappe.ValidationError):
	"""A phone, ID number or bank account has not the form that it must have."""


class RevealRefused(frappe.PermissionError):
	"""The role or the purpose does not allow to see the full number."""


class NothingStored(frappe.ValidationError):
	"""There is no number to reveal."""


class InUse(frappe.ValidationError):
	"""The record is used by others and cannot be deleted."""


class NotStaff(frappe.ValidationError):
	"""The signed-in user has no staff file, or the person does not work here at that time."""


class WrongFileType(frappe.ValidationError):
	"""The content of an attached paper is neither a PDF nor a picture."""


class PeriodReversed(frappe.ValidationError):
	"""Something ends before it begins."""


class ContractOverlap(frappe.ValidationError):
	"""Two contracts of a kind cover the same day."""


class ActionOpen(frappe.ValidationError):
	"""Another personnel action of the person is not in effect yet."""


class ActionNotPossible(frappe.ValidationError):
	"""The action does not fit the present status of the person, or changes nothing."""


class ActionInEffect(frappe.ValidationError):
	"""An action that took effect is not cancelled; another one undoes it."""


class LeavingBlocked(frappe.ValidationError):
	"""Tasks or what modules report keep somebody from leaving."""


class TasksOpen(frappe.ValidationError):
	"""A checklist closes when all its tasks are done."""


class OwnPaper(frappe.PermissionError):
	"""Somebody tried to approve a paper about himself."""


class LeaveOverlap(frappe.ValidationError):
	"""Two requests of a person take the same half day."""


class NoBalance(frappe.ValidationError):
	"""A request takes more days than the entitlement has left."""


class LeaveNotPossible(frappe.ValidationError):
	"""The kind of leave does not allow what was asked for."""


class NoDays(frappe.ValidationError):
	"""The span holds no day that counts."""


class OvertimeOverlap(frappe.ValidationError):
	"""Two overtime requests, or overtime and a shift, cover the same time."""


class OutsideArea(frappe.ValidationError):
	"""The phone is not within an area of the project."""


class WrongClock(frappe.ValidationError):
	"""The clock of the phone differs too much from the server's."""


class NoPosition(frappe.ValidationError):
	"""The phone sent no usable position."""


class NoArea(frappe.ValidationError):
	"""The project has no area for check-ins."""


class PunchTwice(frappe.ValidationError):
	"""The same check-in a moment ago."""


class CorrectionNotPossible(frappe.ValidationError):
	"""A correction is too late, lies in the future, or is for another day."""


class ShiftTimes(frappe.ValidationError):
	"""A shift begins and ends at the same time, or its break is longer than it."""


class RosterInvalid(frappe.ValidationError):
	"""A line of a roster has an unknown shift or the wrong number of days."""


class RosterTwice(frappe.ValidationError):
	"""A person stands twice in the published rosters of a month."""


class InvalidMonth(frappe.ValidationError):
	"""A month is written as 2026-11."""


class InvalidArea(frappe.ValidationError):
	"""Latitude, longitude or radius of an area cannot be."""


class NotATimeClockFile(frappe.ValidationError):
	"""The file of a time clock cannot be read."""


class RowsRefused(frappe.ValidationError):
	"""Rows of the file are refused, and the whole file was asked for."""


class ImportedBefore(frappe.ValidationError):
	"""The same file was imported before."""


class InvalidQuestion(frappe.ValidationError):
	"""A question's answers and its right answer do not fit together."""


class TestNotPossible(frappe.ValidationError):
	"""No test now: not attended, no attempt left, no questions, or the time is over."""


class SessionNotPossible(frappe.ValidationError):
	"""The session does not allow this: wrong code, not its day, a person twice, times reversed."""


class ReviewTooEarly(frappe.ValidationError):
	"""The effect is reviewed after the session."""
