"""What the community desk refuses, one class for each rule."""

import frappe


class NoticeIncomplete(frappe.ValidationError):
	"""A notice lacks what its publication needs, or its validity ends before it begins."""


class NoticeFixed(frappe.ValidationError):
	"""A published notice is not deleted or rewritten."""


class WrongAudience(frappe.ValidationError):
	"""A building of another project stands in the audience."""


class DisclosurePeriod(frappe.ValidationError):
	"""The period is none, has not ended, or is published already."""


class DisclosureFixed(frappe.ValidationError):
	"""A published disclosure never changes."""


class NotAnOwner(frappe.PermissionError):
	"""Only owners object to a disclosure."""


class ObjectionClosed(frappe.ValidationError):
	"""The objection is answered or withdrawn."""


class ActivityPlan(frappe.ValidationError):
	"""The plan of an activity contradicts itself."""


class ActivityNotReady(frappe.ValidationError):
	"""The activity cannot start, finish or be cancelled yet."""


class SafetyNotSigned(frappe.ValidationError):
	"""An activity with a safety risk starts only after its safety sheet was signed off."""


class SafetySheetIncomplete(frappe.ValidationError):
	"""A permit, a check or the staff on duty is missing, or a problem is not solved."""


class SafetySheetFixed(frappe.ValidationError):
	"""What was signed off is not changed; incidents are added until it is closed."""


class RegistrationClosed(frappe.ValidationError):
	"""Registration has not begun, is over, or is not offered."""


class AlreadyRegistered(frappe.ValidationError):
	"""The resident has a registration for this activity."""


class TooManyPeople(frappe.ValidationError):
	"""A registration is for more people than allowed, or for more than there are places."""


class QuotaBelowRegistered(frappe.ValidationError):
	"""The quota would be lower than the places that are given away."""


class NotCheckedIn(frappe.ValidationError):
	"""The code is unknown, cancelled, waiting, or of another activity."""


class BillingOff(frappe.ValidationError):
	"""A fee needs the module Billing, which is off."""


class ServiceTimes(frappe.ValidationError):
	"""The weekly times of a service are wrong or overlap."""


class ServiceNotOffered(frappe.ValidationError):
	"""The service is not offered, or not at this time."""


class SlotFull(frappe.ValidationError):
	"""All places of this time are taken."""


class BookingState(frappe.ValidationError):
	"""The step does not fit the state of the booking."""


class ChangedByHand(frappe.ValidationError):
	"""A field that only the steps of a document write was changed by hand."""


class RatingNotOpen(frappe.ValidationError):
	"""Only what was attended or done is rated, once."""


class CampaignPlan(frappe.ValidationError):
	"""The plan or the result of a campaign is incomplete."""


class MaterialNotUsable(frappe.ValidationError):
	"""The right to use the material is over, or the material is retired."""
