import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, getdate, today

from kefu_property.billing import kinds
from kefu_property.billing.exceptions import (
	ApprovedPriceChanged,
	ApprovedTariffChanged,
	BillingError,
	MarkUpOnAgencyItem,
	NoticeTooShort,
	PriceVersionGap,
	PriceVersionsOverlap,
	UnknownTariffKind,
	WrongTariff,
)
from kefu_property.rules import tariffs
from kefu_property.rules.money import D, NotAnAmount
from kefu_property.suite.approval import SelfApproval

CALCULATION_FIELDS = (
	"project",
	"fee_item",
	"kind",
	"proration_mode",
	"first_period_rule",
	"rounding_unit",
	"rounding_mode",
	"area_basis",
	"meter_kind",
	"tier_basis",
	"season_start",
	"season_end",
	"formula",
	"minimum",
	"maximum",
	"vacancy_percent",
	"vacancy_after_months",
	"tax_rate",
	"due_day",
	"due_months_offset",
)
METERED = ("Meter", "Tiered Meter")
SETTLED_STATES = ("Approved", "In Force", "Ended")
UNSIGNED = {"status": "Pending", "approved_by": None, "approved_on": None, "announced_on": None, "announced_by": None}


class FeeTariff(Document):
	"""A published price with its dated versions (L16, L18). Only a tariff in force bills, only by approved versions."""

	def validate(self):
		self.check_kind()
		self.check_amounts()
		self.check_agency_item()
		self.check_approved_stays()
		self.check_versions()
		self.check_announcement()
		self.take_approval()

	def check_kind(self):
		kind = kinds.all_kinds().get(self.kind)
		if not kind:
			frappe.throw(_("No installed app offers tariffs of the kind {0}.").format(self.kind), UnknownTariffKind)
		self.price_unit = kind.price_unit
		self.drop_foreign_fields()
		if not kind.priced:
			for row in self.prices:
				row.price = 1
			self.vacancy_percent = 0
		if not kind.monthly and (D(self.minimum) or D(self.maximum)):
			frappe.throw(
				_("A minimum or maximum per month does not go with the kind {0}.").format(_(self.kind)), WrongTariff
			)
		kind(self).check()

	def drop_foreign_fields(self):
		"""What another kind had asked for, before the kind was changed."""
		if self.kind not in METERED:
			self.meter_kind = None
		if self.kind != "Tiered Meter":
			self.tiers = []
		if self.kind != "Heating Season":
			self.season_start = self.season_end = None
		if self.kind != "Formula":
			self.formula = None

	def check_amounts(self):
		for label, value in [
			(_("Minimum per Month"), self.minimum),
			(_("Maximum per Month"), self.maximum),
			(_("Tax Rate"), self.tax_rate),
			(_("Vacant Units Pay (%)"), self.vacancy_percent),
		]:
			self.check_number(label, value)
		for row in self.prices:
			self.check_number(_("Price"), row.price)
		if D(self.vacancy_percent) > 100:
			frappe.throw(_("Vacant units pay at most 100 % of the price."), WrongTariff)
		if D(self.maximum) and D(self.minimum) > D(self.maximum):
			frappe.throw(_("The minimum is above the maximum."), BillingError)
		if not 1 <= int(self.due_day or 0) <= 31:
			frappe.throw(_("The due day is a day of the month, 1 to 31."), BillingError)

	@staticmethod
	def check_number(label: str, value):
		try:
			if D(value) >= 0:
				return
		except NotAnAmount:
			pass
		frappe.throw(_("{0}: {1} is not a number from 0 up.").format(label, value), BillingError)

	def check_agency_item(self):
		if not frappe.get_cached_value("Fee Item", self.fee_item, "is_agency"):
			return
		if D(self.minimum) or D(self.tax_rate) or self.rounding_unit != "0.01" or self.rounding_mode == "Up":
			frappe.throw(
				_("{0} is collected for others: no minimum, no tax, rounding to the cent and not upwards.").format(
					_(self.fee_item)
				),
				MarkUpOnAgencyItem,
			)

	def check_approved_stays(self):
		"""Signatures of price versions come from the actions here, never from what a form or program sends."""
		before = self.get_doc_before_save()
		if not before:
			for row in self.prices:
				row.update(UNSIGNED)
			return
		if before.workflow_state in SETTLED_STATES:
			tiers = [[(row.up_to, row.price_ratio, row.price_extra) for row in doc.tiers] for doc in (before, self)]
			for fieldname in CALCULATION_FIELDS:
				if self.has_value_changed(fieldname) or (fieldname == "tier_basis" and tiers[0] != tiers[1]):
					frappe.throw(
						_("{0} of an approved tariff is not changed. End this tariff and publish another one.").format(
							_(self.meta.get_label(fieldname))
						),
						ApprovedTariffChanged,
					)
		rows = {row.name: row for row in self.prices}
		for old in before.prices:
			if old.status != "Approved":
				if old.name in rows:
					rows[old.name].update({field: old.get(field) for field in UNSIGNED})
					if D(rows[old.name].price) != D(old.price) or getdate(rows[old.name].valid_from) != getdate(
						old.valid_from
					):
						rows[old.name].update(UNSIGNED)
				continue
			new = rows.get(old.name)
			if (
				not new
				or D(new.price) != D(old.price)
				or getdate(new.valid_from) != getdate(old.valid_from)
				or new.status != "Approved"
			):
				frappe.throw(
					_("The price from {0} is approved and stays. Add a version that follows it.").format(
						old.valid_from
					),
					ApprovedPriceChanged,
				)
		known = {row.name for row in before.prices}
		for row in self.prices:
			if row.name not in known:
				row.update(UNSIGNED)

	def check_versions(self):
		versions = [
			tariffs.Version(
				str(row.idx), getdate(row.valid_from), getdate(row.valid_to) if row.valid_to else None, D(row.price)
			)
			for row in self.prices
		]
		try:
			closed = tariffs.close_versions(versions)
		except tariffs.VersionsOverlap as error:
			frappe.throw(
				_("The price from {0} and the one from {1} hold on the same day.").format(*error.args),
				PriceVersionsOverlap,
			)
		except tariffs.VersionsGap as error:
			frappe.throw(
				_("No price holds from {0} until {1}. Let the versions follow each other.").format(*error.args),
				PriceVersionGap,
			)
		by_idx = {str(row.idx): row for row in self.prices}
		pending = {idx for idx, row in by_idx.items() if row.status != "Approved"}
		for version in closed:
			# a pending version does not yet end the approved one before it
			row = by_idx[version.name]
			following = next((v for v in closed if v.start > version.start), None)
			if row.status == "Approved" and following and following.name in pending:
				continue
			row.valid_to = version.end
		self.prices.sort(key=lambda row: getdate(row.valid_from))
		for idx, row in enumerate(self.prices, 1):
			row.idx = idx

	def check_announcement(self):
		"""On announcing: note the day, and refuse a price that would hold before its notice has run."""
		before = self.get_doc_before_save()
		announced = before and self.workflow_state == "Announced" and before.workflow_state == "Draft"
		if announced or self.flags.announcing:
			self.announced_on = today()
			self.announce_pending()

	def announce_pending(self):
		earliest = getdate(add_days(today(), self.notice_days or 0))
		for row in self.prices:
			if row.status == "Approved":
				continue
			if getdate(row.valid_from) < earliest:
				frappe.throw(
					_("A price is announced {0} days before it holds: from {1} at the earliest, not from {2}.").format(
						self.notice_days, earliest, row.valid_from
					),
					NoticeTooShort,
				)
			row.announced_on, row.announced_by = today(), frappe.session.user

	def take_approval(self):
		before = self.get_doc_before_save()
		approved = before and self.workflow_state == "Approved" and before.workflow_state == "Announced"
		if not (approved or self.flags.approving):
			return
		for row in self.prices:
			if row.status == "Approved" or not row.announced_on:
				continue
			if row.announced_by == frappe.session.user:
				frappe.throw(
					_("You announced the price from {0}. Somebody else has to approve it.").format(row.valid_from),
					SelfApproval,
				)
			row.status, row.approved_by, row.approved_on = "Approved", frappe.session.user, frappe.utils.now_datetime()
		# the version before it now ends
		self.check_versions()
