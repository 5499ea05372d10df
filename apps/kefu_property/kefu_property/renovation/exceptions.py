"""Broken rules of the renovation desk, one class each."""

import frappe


class BannedItem(frappe.ValidationError):
	"""The law bans this work (L11)."""


class RenovationOverlap(frappe.ValidationError):
	"""The home has a renovation in the same days."""


class RenovationPeriod(frappe.ValidationError):
	"""The days of the works are not in order."""


class ApplicationIncomplete(frappe.ValidationError):
	"""Something that the application needs is missing."""


class WrongHome(frappe.ValidationError):
	"""The home, resident or permit does not belong there."""


class ChargesOpen(frappe.ValidationError):
	"""The permit waits for the deposit or the refuse removal fee."""


class DepositTooHigh(frappe.ValidationError):
	"""The deposit exceeds the cap of local law (L11)."""


class PermitExists(frappe.ValidationError):
	"""The application has a permit already."""


class PermitFixed(frappe.ValidationError):
	"""An issued permit is not changed by hand."""


class PermitNotValid(frappe.ValidationError):
	"""The permit is expired, closed or cancelled."""


class UnknownPermit(frappe.ValidationError):
	"""No permit has this code."""


class WorkerPass(frappe.ValidationError):
	"""A worker's pass is not in order."""


class PatrolIncomplete(frappe.ValidationError):
	"""A checklist without answers or without the photo of a problem."""


class ViolationStep(frappe.ValidationError):
	"""The violation is not at the point for this step."""


class DeductionRefused(frappe.ValidationError):
	"""Nothing is taken from a deposit without evidence, and never more than there is."""


class AcceptanceIncomplete(frappe.ValidationError):
	"""The acceptance lacks its closed-water test or comes at the wrong time."""


class RefundNotDue(frappe.ValidationError):
	"""The deposit cannot be refunded yet."""
