"""A formula is arithmetic over known names; everything else is refused before it can run."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.rules import formula

NAMES = frozenset({"area", "people", "vehicles"})
numbers = st.decimals("0", "1000", places=2)


@given(numbers, numbers, st.integers(0, 9))
def test_arithmetic_is_exact(area, rate, people):
	tree = formula.parse(f"area * {rate} + max(people, 1) / 3 - -2", NAMES)
	value = formula.evaluate(tree, {"area": area, "people": people, "vehicles": 0})
	assert value == Fraction(area) * Fraction(rate) + Fraction(max(people, 1), 3) + 2


@pytest.mark.parametrize(
	"text",
	[
		"",
		"area +",
		"__import__('os').system('id')",
		"area.__class__",
		"area ** 9",
		"area if people else 1",
		"[area]",
		"'area'",
		"unknown * 2",
		"min()",
		"min(area, key=area)",
		"True",
		"1e400",
		"area" + " + area" * 60,
		"(" * 60 + "area" + ")" * 60 + "+" + "-" * 60 + "1",
	],
)
def test_what_is_no_formula_is_refused(text):
	with pytest.raises(formula.WrongFormula):
		formula.parse(text, NAMES)


def test_division_by_a_variable_that_is_zero():
	with pytest.raises(ZeroDivisionError):
		formula.evaluate(formula.parse("area / people", NAMES), {"area": Decimal(3), "people": 0, "vehicles": 0})
