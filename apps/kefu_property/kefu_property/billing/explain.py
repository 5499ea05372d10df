"""The arithmetic of a bill in words (L16), from what the bill itself recorded when it was written."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import frappe
from frappe import _

from kefu_property.rules.money import D

ROUNDING = {"half_up": "Half Up", "half_even": "Half Even", "up": "Up", "down": "Down"}


def plain(value) -> str:
	"""A number without trailing zeros: 130.7, 0.15, 120."""
	text = f"{D(value):f}"
	return text.rstrip("0").rstrip(".") if "." in text else text


def factor_text(factor: str | None) -> str:
	"""`17/30` months, `1` month, `2 1/30`: as people write it."""
	value = Fraction(factor or "1")
	whole, rest = divmod(value, 1)
	return f"{whole} + {rest}" if whole and rest else str(value)


def line_steps(line) -> list[str]:
	"""Sentences that lead from quantity and price to the amount of one line."""
	facts = json.loads(line.explanation or "{}")
	amount = f"{D(line.amount):.2f}"
	if facts.get("charge"):
		return [_("Charge {0}: {1}, {2} yuan.").format(facts["charge"], facts["description"], amount)]
	if not line.tariff:
		if facts.get("opening"):
			return [
				_("Balance brought forward on {0}: {1} yuan.").format(frappe.utils.formatdate(facts["opening"]), amount)
			]
		if facts.get("service"):
			return [
				_("{0}: {1} × {2} = {3} yuan ({4}).").format(
					facts["service"], plain(facts["quantity"]), plain(facts["rate"]), amount, facts["reference"]
				)
			]
		if facts.get("late_fee"):
			return late_fee_steps(facts, amount)
		return [_("Amount as agreed: {0} yuan.").format(amount)]
	tariff = frappe.get_cached_doc("Fee Tariff", line.tariff)
	version = next((row for row in tariff.prices if row.name == line.price_version), None)
	listed = version.price if version and (facts.get("vacancy") or facts.get("tier")) else line.price
	steps = [_("Tariff {0}: {1} {2}.").format(tariff.tariff_name, plain(listed), _(tariff.price_unit or ""))]
	if version:
		steps[0] += " " + _("The price holds from {0}, announced on {1}.").format(
			frappe.utils.formatdate(version.valid_from), frappe.utils.formatdate(version.announced_on)
		)
	steps += recorded_steps(line, facts)
	if facts.get("basis"):
		steps.append(
			_("Quantity: {0} {1} ({2}).").format(plain(line.quantity), _(line.quantity_unit or ""), _(facts["basis"]))
		)
	if Fraction(line.factor or "1") != 1 and not facts.get("season"):
		steps.append(
			_("From {0} to {1}, {2} days: {3} months ({4}).").format(
				frappe.utils.formatdate(line.period_from),
				frappe.utils.formatdate(line.period_to),
				facts.get("days"),
				factor_text(line.factor),
				_(facts.get("mode") or ""),
			)
		)
	steps.append(
		_("{0} × {1} × {2} = {3} yuan.").format(
			plain(line.quantity), plain(line.price), factor_text(line.factor), facts.get("exact")
		)
	)
	if facts.get("minimum") or facts.get("maximum"):
		steps.append(
			_("Held between the minimum {0} and the maximum {1} per month: {2} yuan.").format(
				facts.get("minimum") or "–", facts.get("maximum") or "–", line.raw_amount
			)
		)
	if facts.get("parts"):
		steps.append(
			_(
				"The period is divided into {0} parts. Their sum is rounded once to {1} yuan ({2}) and divided, so that the parts add up."
			).format(facts["parts"], facts["whole"], _(ROUNDING[facts["rounding"]]))
		)
		steps.append(_("This part: {0} yuan.").format(amount))
	else:
		steps.append(
			_("Rounded to {0} yuan ({1}): {2} yuan.").format(facts["unit"], _(ROUNDING[facts["rounding"]]), amount)
		)
	if facts.get("tax_rate"):
		steps.append(_("Contains {0} yuan of tax at {1} %.").format(f"{D(line.tax_amount):.2f}", facts["tax_rate"]))
	return steps


def recorded_steps(line, facts: dict) -> list[str]:
	"""Sentences about what was recorded for a line: readings, tiers, days of a season, a shared cost, a formula."""
	day = frappe.utils.formatdate
	steps = [
		_("Meter {0}: {1} on {2}, counted from {3} on {4}; × {5} = {6} ({7}).").format(
			number, value, day(on), before, day(since) if since else "–", multiplier, used, _(how)
		)
		for number, since, before, on, value, multiplier, used, how in facts.get("readings", ())
	]
	if facts.get("tier"):
		steps.append(
			_("Tier {0}, after {1} used before: price × {2} + {3} = {4} yuan.").format(
				facts["tier"], facts["used"], facts["ratio"], facts["extra"], plain(line.price)
			)
		)
	if facts.get("vacancy"):
		since, percent = facts["vacancy"]
		steps.append(
			_("Vacant since {0}: {1} % of the price, {2} yuan.").format(day(since), percent, plain(line.price))
		)
	if facts.get("once"):
		steps.append(_("Charged once, whatever the period."))
	if facts.get("season"):
		start, end, days, whole = facts["season"]
		steps.append(_("Heating season from {0} to {1}: {2} of {3} days.").format(day(start), day(end), days, whole))
	if facts.get("pool"):
		title, amount, basis, weight, share = facts["pool"]
		steps.append(
			_("{0}: {1} yuan divided by {2}. This unit counts {3} and bears {4} yuan.").format(
				title, amount, _(basis), weight, share
			)
		)
	if facts.get("formula"):
		values = ", ".join(f"{name} = {plain(value)}" for name, value in facts["values"].items())
		steps.append(_("Formula {0} with {1}: {2}.").format(facts["formula"], values, plain(line.quantity)))
	if facts.get("plates"):
		steps.append(_("Vehicles: {0}.").format(", ".join(facts["plates"])))
	return steps


def late_fee_steps(facts: dict, amount: str) -> list[str]:
	"""Sentences on a late fee: principal's bill, days, rate, cap and what was billed before (L4)."""
	steps = [
		_("Late fee on bill {0}, due on {1}: {2} days at {3} % a day of what was open come to {4} yuan.").format(
			facts["late_fee"], frappe.utils.formatdate(facts["due"]), facts["days"], facts["rate"], facts["accrued"]
		)
	]
	if facts.get("capped"):
		steps.append(_("The agreed cap holds."))
	if D(facts["before"]):
		steps.append(_("Less {0} yuan billed before: {1} yuan.").format(facts["before"], amount))
	return steps


def explain(invoice) -> list[dict]:
	"""Explanation of a bill: one dict per line with `fee_item`, `period`, `amount` and `steps` (sentences in the user's language)."""
	return [
		{
			"fee_item": _(line.fee_item),
			"period": f"{frappe.utils.formatdate(line.period_from)} – {frappe.utils.formatdate(line.period_to)}",
			"amount": f"{D(line.amount):.2f}",
			"steps": line_steps(line),
		}
		for line in invoice.lines
	]


def total_in_words(invoice) -> str:
	return _("Total {0} yuan, of which {1} are open. Due on {2}.").format(
		f"{D(invoice.total):.2f}",
		f"{D(invoice.outstanding) or Decimal(0):.2f}",
		frappe.utils.formatdate(invoice.due_date),
	)
