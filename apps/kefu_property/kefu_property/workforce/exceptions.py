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
