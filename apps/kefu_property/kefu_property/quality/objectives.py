"""Objectives over live figures: formulas, the monthly measurement, the trend (D18)."""

# No postponed annotations here: the framework converts what a form sends by them
import ast
from datetime import date
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import format_date, getdate, today

from kefu_property.quality.exceptions import WrongFormula
from kefu_property.rules import formula
from kefu_property.rules import quality_rules as rules
from kefu_property.rules.money import D
from kefu_property.suite import measures
from kefu_property.suite.notify import alert, staff_with_role

CENT = Decimal("0.01")
#: day of a month on which those who enter figures by hand are reminded of the month before
REMINDER_DAY = 5
#: results of this many months are shown in a trend
SHOWN = 24


def parse(text: str) -> ast.expr:
	"""The tree of an objective's formula. Raises WrongFormula with the names that may be used."""
	offered = set(measures.available())
	try:
		return formula.parse(text, offered)
	except formula.WrongFormula as error:
		frappe.throw(
			_("The formula cannot be read at {0}. Use numbers, + - * / ( ), min, max and the names {1}.").format(
				frappe.utils.escape_html(error.args[0]), ", ".join(sorted(offered))
			),
			WrongFormula,
		)


def names_in(tree: ast.expr) -> list[str]:
	"""Measures that a formula uses, in alphabetical order."""
	functions = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
	return sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node not in functions})


def figure(objective, month: date) -> tuple[Decimal | None, dict[str, Decimal | None]]:
	"""(value, figures by measure) of an objective for a month; the value is None when one of them cannot be measured."""
	try:
		tree = formula.parse(objective.formula, set(measures.available()))
	except formula.WrongFormula:
		return None, {}  # approved with measures of a module that is off now
	start, end = rules.span(month, objective.span == "Year to Date")
	values = {name: measures.value_of(name, objective.project, start, end) for name in names_in(tree)}
	if None in values.values():
		return None, values
	try:
		found = formula.evaluate(tree, values)
	except ZeroDivisionError:
		return None, values
	return (Decimal(found.numerator) / Decimal(found.denominator)).quantize(CENT), values


def measure(objective: str, month: date | str) -> str:
	"""Measure an objective for a month, or measure it again; returns the result's name. The caller has checked permissions.

	A result that a nonconformity was raised for stays as it is.
	"""
	doc = frappe.get_doc("Quality Objective", objective, for_update=True)
	month = rules.month_of(getdate(month))
	name = frappe.db.get_value("Quality Objective Result", {"objective": objective, "month": month})
	result = (
		frappe.get_doc("Quality Objective Result", name)
		if name
		else frappe.get_doc({"doctype": "Quality Objective Result", "objective": objective, "month": month})
	)
	if result.nonconformity:
		return result.name
	value, values = figure(doc, month)
	result.flags.measured = value
	result.inputs = "\n".join(
		f"{key} = {_('nothing to measure') if found is None else found.quantize(CENT)}" for key, found in values.items()
	)
	result.flags.from_formula = True
	return result.save(ignore_permissions=True).name  # figures of the system; nobody enters them by hand


def measure_due(day: date | str | None = None) -> int:
	"""Daily: months that are over and have no result yet, of all objectives in force. Returns the number of results."""
	day = getdate(day or today())
	written = 0
	for objective in _in_force(day, ["is", "set"]):
		for month in rules.months_to_measure(objective.year, day):
			if month not in objective.measured:
				# lint: allow query-in-loop: once a month for each objective
				measure(objective.name, month)
				written += 1
	return written


def remind(day: date | str | None = None) -> int:
	"""Daily, effective on one day of the month: who enters a figure by hand is asked for that of last month. Returns the number."""
	day = getdate(day or today())
	if day.day != REMINDER_DAY:
		return 0
	asked = 0
	for objective in _in_force(day, ["is", "not set"]):
		months = rules.months_to_measure(objective.year, day)
		if months and months[-1] not in objective.measured:
			alert(
				[objective.responsible],
				lambda title=objective.objective_title: _("Enter last month's figure of the objective {0}.").format(
					title
				),
				"Quality Objective",
				objective.name,
			)
			asked += 1
	return asked


def _in_force(day: date, with_formula: list) -> list[dict]:
	"""Approved objectives of this year and the last one, each with the months that have a result."""
	rows = frappe.get_all(
		"Quality Objective",
		filters={"docstatus": 1, "year": ["in", [day.year - 1, day.year]], "formula": with_formula},
		fields=["name", "year", "objective_title", "responsible"],
	)
	known: dict[str, set] = {}
	for row in frappe.get_all(
		"Quality Objective Result",
		filters={"objective": ["in", [row.name for row in rows] or [""]]},
		fields=["objective", "month"],
	):
		known.setdefault(row.objective, set()).add(row.month)
	for row in rows:
		row.measured = known.get(row.name, set())
	return rows


def follow(objective: str) -> None:
	"""Note the newest result on the objective."""
	newest = frappe.get_all(
		"Quality Objective Result",
		filters={"objective": objective},
		fields=["month", "value", "outcome"],
		order_by="month desc",
		limit=1,
	)
	row = newest[0] if newest else frappe._dict()
	frappe.db.set_value(
		"Quality Objective",
		objective,
		{"last_month": row.month, "last_value": row.value, "attained": row.outcome},
		update_modified=False,
	)


def tell_of_missed(result) -> None:
	"""Tell the person in charge and the supervisors of an objective that was missed."""
	objective = frappe.db.get_value(
		"Quality Objective", result.objective, ["objective_title", "responsible"], as_dict=True
	)
	alert(
		[objective.responsible, *staff_with_role("CS Supervisor", result.project)],
		lambda: _("{0} was missed in {1}: {2}, wanted {3}.").format(
			objective.objective_title, format_date(result.month, "yyyy-MM"), D(result.value), D(result.target)
		),
		result.doctype,
		result.name,
	)


def history(objective: str) -> list[dict]:
	"""Results of an objective, oldest first: `month`, `value`, `target`, `outcome`. The caller has checked permissions."""
	rows = frappe.get_all(
		"Quality Objective Result",
		filters={"objective": objective},
		fields=["name", "month", "value", "target", "outcome"],
		order_by="month desc",
		limit=SHOWN,
	)
	return rows[::-1]


@frappe.whitelist()
def trend(objective: str) -> list[dict]:
	"""Results of an objective for its chart, oldest first; months without a figure have the value None."""
	frappe.get_doc("Quality Objective", objective).check_permission("read")
	return [
		{
			"month": row.month.isoformat()[:7],
			"value": None if row.outcome == rules.NOT_MEASURED else row.value,
			"target": row.target,
			"outcome": row.outcome,
		}
		for row in history(objective)
	]


@frappe.whitelist()
def offered() -> list[dict]:
	"""Measures that a formula may use: name, title, unit."""
	if not frappe.has_permission("Quality Objective", "read"):
		frappe.throw(_("You may not read the objectives."), frappe.PermissionError)
	return [{"name": name, "title": row.title, "unit": row.unit} for name, row in measures.available().items()]


@frappe.whitelist(methods=["POST"])
def measure_now(objective: str, month: str) -> str:
	"""Measure an objective for a month that is over, at the wish of somebody who may enter results; returns the result's name."""
	frappe.get_doc("Quality Objective", objective).check_permission("read")
	if not frappe.has_permission("Quality Objective Result", "create"):
		frappe.throw(_("You may not measure objectives."), frappe.PermissionError)
	return measure(objective, month)
