"""Payment channels. The suite has none of its own: contracts and keys with a carrier belong to the site.

An app brings one through the hook `kefu_payment_channels = {"Name": "dotted.path.of.Class"}`. Residents then pay their bills on the portal.
"""

from decimal import Decimal
from typing import NamedTuple

import frappe
from frappe import _

from kefu_property.billing.exceptions import UnknownPaymentChannel


class ForgedNotice(frappe.PermissionError):
	"""A notice that does not come from the carrier."""


class Notice(NamedTuple):
	"""What a carrier reports, after its signature was checked: `order` is the name of the Online Payment, `amount` in yuan."""

	order: str
	amount: Decimal
	reference: str


class PaymentChannel:
	"""Base of all channels."""

	def begin(self, order: dict) -> str:
		"""Open a payment with the carrier; returns the address to which the payer's browser goes.

		`order` has `name` (unique), `amount` (text, yuan), `subject` (text that the payer sees), `language`, `return_url` (where the
		browser comes back) and `notice_url` (where the carrier reports). Raises when the carrier cannot be reached.
		"""
		raise NotImplementedError

	def read(self, request) -> Notice:
		"""Check the signature of the carrier's report (a werkzeug Request) and read it. Raises ForgedNotice."""
		raise NotImplementedError

	def answer(self) -> str:
		"""The text with which the carrier wants a report confirmed."""
		return "success"


def names() -> list[str]:
	"""Channels of this site, by name."""
	return sorted(frappe.get_hooks("kefu_payment_channels") or {})


def get(name: str) -> PaymentChannel:
	"""The channel of this name. Raises UnknownPaymentChannel."""
	paths = (frappe.get_hooks("kefu_payment_channels") or {}).get(name)
	if not paths:
		frappe.throw(_("Choose one of the ways to pay that are offered."), UnknownPaymentChannel)
	channel = frappe.get_attr(paths[-1])
	if not issubclass(channel, PaymentChannel):
		raise TypeError(f"{paths[-1]} is not a PaymentChannel")
	return channel()
