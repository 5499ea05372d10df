"""A tariff kind of another app: charged by the letters of the unit's code, so that a test can tell it from ours."""

from decimal import Decimal

from kefu_property.billing.kinds import CannotCharge, TariffKind


class PerSign(TariffKind):
	"""A fee for each sign of the door plate."""

	price_unit = "yuan per sign and month"
	quantity_unit = "sign"
	description = "Signs of the unit's code × price"

	def quantity(self, unit, span):
		if "-" not in unit["unit_code"]:
			raise CannotCharge("The unit has no plate")
		return Decimal(len(unit["unit_code"])), {}
