"""Words for the findings of a roster check."""

from __future__ import annotations

from collections.abc import Iterable

from frappe import _

from kefu_property.rules.roster import ERROR, HEADERS, Issue


def column_label(column: str) -> str:
	return HEADERS[column][0] if column in HEADERS else column


def rows(issues: Iterable[Issue]) -> list[dict]:
	"""Findings in words: `sheet`, `row`, `column`, `level`, `is_error`, `text`. No phone or ID number is repeated in them."""
	texts, error, warning = words(), _("Error"), _("Warning")
	return [
		{
			"sheet": issue.sheet,
			"row": issue.row,
			"column": column_label(issue.column),
			"level": error if issue.level == ERROR else warning,
			"is_error": issue.level == ERROR,
			# the kind of paper is the only detail that is a word of the system and not of the roster
			"text": texts[issue.code].format(_(issue.detail) if issue.code == "bad_id" else issue.detail),
		}
		for issue in issues
	]


def words() -> dict[str, str]:
	"""What is wrong and what to do, by code, in the user's language; `{0}` stands for the finding's detail."""
	return {
		"missing": _("This is required. Fill it in."),
		"formula": _("The cell holds a formula. Paste its value instead."),
		"excel_error": _("The cell shows the error {0}. Correct it."),
		"too_long": _("The text is too long. Shorten it to 140 characters."),
		"not_a_number": _("“{0}” is no number. Write digits only."),
		"negative": _("{0} is negative. Write a positive number or leave it empty."),
		"too_large": _("The number exceeds {0}. Check the unit of measure."),
		"below_a_cent": _("{0} has more than two decimals. Round it to cents."),
		"not_a_date": _("“{0}” is no date. Write it as 2024-03-05."),
		"date_out_of_range": _("{0} lies outside 1950–2100. Correct it."),
		"bad_share": _("“{0}” is no share. Write 50, 50% or 1/2."),
		"unknown_word": _("This word is not known. Use one of: {0}."),
		"bad_phone": _(
			"This is no phone number. Write a mobile, a landline with area code, or a foreign number with +."
		),
		"bad_id": _("The number fails the check of a {0}. Compare it with the paper."),
		"lost_digits": _(
			"Excel kept this number without its last digits. Format the column as text and enter it again."
		),
		"bad_code": _("“{0}” cannot be a code. Use letters, digits, Chinese characters and hyphens."),
		"differs": _("Differs from the first row of the same home (row {0}). Make them equal."),
		"opening_twice": _("Opening amounts of this home are in row {0} already. Keep one."),
		"opening_without_person": _("Opening amounts need a person who owes or paid them. Add one."),
		"opening_without_billing": _("Opening amounts need the module Billing. Enable it or empty the column."),
		"ends_before_start": _("The last day lies before the first ({0}). Correct the dates."),
		"inner_exceeds": _("The inner area exceeds the building area {0}. Exchange or correct them."),
		"two_payers": _("{0} is named as payer already. Name one payer per home."),
		"two_owners": _("{0} is the owner already. Enter the second person as co-owner."),
		"person_twice": _("The same person is in row {0} with the same relation. Remove one row."),
		"share_sum": _("The shares of this home add up to {0} %. Correct them to 100 % at most."),
		"id_of_other": _("This ID number belongs to {0} in the same file. Compare both rows."),
		"id_known_as": _("This ID number is registered for {0}; the name will be changed."),
		"other_building": _("The home is registered in building {0}. A home cannot move."),
		"occupancy_clash": _("Contradicts what is registered: {0}"),
		"no_phone": _("No phone number."),
		"no_id": _("No ID number."),
		"no_area": _("No building area: the home cannot be charged by area."),
		"relation_assumed": _("No relation given: taken as {0}."),
		"payer_assumed": _("No payer given: {0} is taken."),
		"no_payer": _("Nobody pays for this home."),
		"taken_from_above": _("Empty: {0} is taken from the row above."),
	}
