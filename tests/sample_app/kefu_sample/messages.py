"""A message channel of another app."""

import frappe


def send(message: dict) -> str:
	"""Keep the message where the test looks, as a carrier would take it; returns the carrier's reference."""
	frappe.flags.kefu_sample_sent = message
	return "sample-1"
