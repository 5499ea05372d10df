"""Broken rules of handing over, one class each."""

import frappe


class WrongPlace(frappe.ValidationError):
	"""The home, building, person or contractor belongs to another project."""


class TakeoverIncomplete(frappe.ValidationError):
	"""The takeover lacks results, descriptions, papers or signatures (L12)."""


class BatchNotInOrder(frappe.ValidationError):
	"""Days, times or homes of a batch do not fit together."""


class HomeTwice(frappe.ValidationError):
	"""The home stands in another batch or was handed over already."""


class SlotFull(frappe.ValidationError):
	"""The appointment has no place left."""


class BookingClosed(frappe.ValidationError):
	"""The appointment can no longer be made, changed or cancelled."""


class HandoverStep(frappe.ValidationError):
	"""The handover of the home is not at the point for this step."""


class HandoverIncomplete(frappe.ValidationError):
	"""Something is missing before the home can be handed over."""


class HandoverFixed(frappe.ValidationError):
	"""A handover that was carried out is not changed."""


class DefectStep(frappe.ValidationError):
	"""The defect is not at the point for this step, or its dates are not in order."""


class UnreadableList(frappe.ValidationError):
	"""The list of buyers cannot be read."""
