"""Formulas of tariffs: arithmetic over named variables and nothing else. Exact (Fraction), no attribute, call or power."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction

LONGEST = 200
DEEPEST = 20
#: functions a formula may use, with any number of arguments
FUNCTIONS = {"min": min, "max": max}


class WrongFormula(ValueError):
	"""The text is not a formula; `args[0]` says what is wrong with it."""


def parse(text: str, variables: set[str] | frozenset[str]) -> ast.expr:
	"""The checked tree of a formula. Raises WrongFormula."""
	if not text or len(text) > LONGEST:
		raise WrongFormula("length")
	try:
		tree = ast.parse(text.strip(), mode="eval").body
	except (SyntaxError, ValueError, MemoryError, RecursionError):
		raise WrongFormula("syntax") from None
	_check(tree, variables, 0)
	return tree


def _check(node: ast.expr, variables, depth: int) -> None:
	if depth > DEEPEST:
		raise WrongFormula("depth")
	if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
		parts = [node.left, node.right]
	elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
		parts = [node.operand]
	elif (
		isinstance(node, ast.Call)
		and isinstance(node.func, ast.Name)
		and node.func.id in FUNCTIONS
		and node.args
		and not node.keywords
	):
		parts = node.args
	elif isinstance(node, ast.Name):
		if node.id not in variables:
			raise WrongFormula(node.id)
		return
	elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
		_number(node)
		return
	else:
		raise WrongFormula(ast.unparse(node)[:40])
	for part in parts:
		_check(part, variables, depth + 1)


def _number(node: ast.Constant) -> Fraction:
	try:
		value = Decimal(repr(node.value))
	except InvalidOperation:
		raise WrongFormula(str(node.value)) from None
	if not value.is_finite() or abs(value) > 10**12:
		raise WrongFormula(str(node.value))
	return Fraction(value)


def evaluate(tree: ast.expr, values: Mapping[str, Decimal | int]) -> Fraction:
	"""The value of a parsed formula. Raises ZeroDivisionError."""
	if isinstance(tree, ast.Constant):
		return _number(tree)
	if isinstance(tree, ast.Name):
		return Fraction(values[tree.id])
	if isinstance(tree, ast.UnaryOp):
		return -evaluate(tree.operand, values)
	if isinstance(tree, ast.Call):
		return FUNCTIONS[tree.func.id](evaluate(part, values) for part in tree.args)
	left, right = evaluate(tree.left, values), evaluate(tree.right, values)
	if isinstance(tree.op, ast.Add):
		return left + right
	if isinstance(tree.op, ast.Sub):
		return left - right
	if isinstance(tree.op, ast.Mult):
		return left * right
	return left / right
