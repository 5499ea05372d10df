"""Pitfalls of the framework in the app's Python; each rule has an id for `# lint: allow <id>: reason`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tools.lint.core import ALLOW, Problem, Repo, allowed, check, has_comment, is_test

RULES = {
	"whitelist-types": "a whitelisted function declares the type of every parameter",
	"whitelist-postponed": 'whitelisted functions with other parameters than texts are not in a module with postponed annotations: the framework then leaves a form\'s "0" as it is, and it counts as true',
	"whitelist-permission": "a whitelisted function checks a permission in its own body",
	"whitelist-guest": "a function for guests has a rate limit",
	"sql-string": "SQL is not built from strings; pass values as parameters or use frappe.qb",
	"commit-reason": "frappe.db.commit() has a comment that gives the reason",
	"query-in-loop": "no query in a loop; read the set with one query before it",
	"ignore-permissions-reason": "ignore_permissions has a comment that says who checked instead",
	"money-float": "money is Decimal, never float",
	"except-pass": "an exception is not swallowed; catch the one that is expected, or let it rise",
	"print": "the product does not print; use click.echo in commands and frappe.logger elsewhere",
	"untranslated-message": "a message to the user goes through _()",
	"translate-dynamic": "_() gets a constant text; fill in values with .format() on its result",
}

# A call to one of these inside a whitelisted function counts as its permission check. Functions whose name
# begins with one of the prefixes are the app's own guards; `my_…()` reads only what belongs to the signed-in resident.
PERMISSION_CALLS = {
	"has_permission",
	"check_permission",
	"only_for",
	"get_list",
	"validate_access",
	"apply_workflow",
}
PERMISSION_PREFIXES = ("require_", "check_permission_", "assert_permission", "ensure_permission", "my_")
# A decorator or a call that bounds how often a guest may ask.
LIMITS = {"rate_limit", "limit"}
# Document methods that check the user's permission themselves unless told to ignore it.
CHECKED_WRITES = {"save", "insert", "submit", "cancel", "delete"}

DB_QUERIES = {"get_value", "get_values", "get_all", "get_list", "sql", "exists", "count", "multisql", "set_value"}
FRAPPE_QUERIES = {"get_all", "get_list", "get_doc", "get_last_doc"}
MESSAGES = {"throw", "msgprint", "publish_progress"}
MONEY = re.compile(
	r"amount|price|money|balance|arrear|paid|payable|penalt|late_fee|\bfee\b|deposit|refund|waive|discount|total|cost",
	re.I,
)
MONEY_PACKAGES = ("/billing/",)


# Set-up and demo data are written document by document and say on the terminal what they do.
SETUP_FILES = re.compile(r"(?:^|/)(?:setup|install|uninstall|demo(?:_[a-z]+)?|patches)(?:/|\.py$)")
RULES_OUTSIDE_SETUP = {"query-in-loop", "print"}


def dotted(node: ast.AST) -> str:
	"""`frappe.db.sql` for the matching expression; calls and subscripts inside give `()` and `[]`."""
	if isinstance(node, ast.Name):
		return node.id
	if isinstance(node, ast.Attribute):
		return f"{dotted(node.value)}.{node.attr}"
	if isinstance(node, ast.Call):
		return f"{dotted(node.func)}()"
	if isinstance(node, ast.Subscript):
		return f"{dotted(node.value)}[]"
	return ""


def is_true(node: ast.AST | None) -> bool:
	"""True for the constants True and 1."""
	return isinstance(node, ast.Constant) and node.value in (True, 1)


def keyword(call: ast.Call, name: str) -> ast.AST | None:
	return next((item.value for item in call.keywords if item.arg == name), None)


def constant_text(node: ast.AST) -> str | None:
	"""The text of a string constant, also of constants joined by `+`; None for anything else."""
	if isinstance(node, ast.Constant):
		return node.value if isinstance(node.value, str) else None
	if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
		left, right = constant_text(node.left), constant_text(node.right)
		return None if left is None or right is None else left + right
	return None


def built_text(node: ast.AST | None) -> bool:
	"""True for a string put together at run time: f-string with values, %, +, .format()."""
	if isinstance(node, ast.JoinedStr):
		return any(isinstance(part, ast.FormattedValue) for part in node.values)
	if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
		if constant_text(node) is not None:
			return False
		sides = (node.left, node.right)
		return any(built_text(side) or isinstance(constant_text(side), str) for side in sides)
	if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
		return isinstance(node.func.value, ast.Constant | ast.JoinedStr | ast.BinOp | ast.Name)
	return False


def is_short(node: ast.AST) -> bool:
	"""True for a tuple or list that is written out: a loop over it does not grow with the data."""
	return isinstance(node, ast.Tuple | ast.List) and not any(isinstance(item, ast.Starred) for item in node.elts)


def query_name(call: ast.Call) -> str | None:
	"""The name of the query that a call makes, None for other calls."""
	name = dotted(call.func)
	head, _, last = name.rpartition(".")
	if (head == "frappe.db" or head == "db") and last in DB_QUERIES:
		return name
	if head == "frappe" and last in FRAPPE_QUERIES:
		return name
	# frappe.qb.from_(...)....run(): the only .run() on a chain of calls
	if last == "run" and "()" in head and ("qb." in head or "from_" in head):
		return "qb…run"
	return None


class Visitor(ast.NodeVisitor):
	def __init__(self, name: str, lines: list[str]):
		self.name = name
		self.lines = lines
		self.problems: list[Problem] = []
		self.loops = 0
		self.postponed = False
		self.texts: list[dict[str, ast.AST]] = [{}]

	def report(self, node: ast.AST, rule: str, detail: str = "") -> None:
		last = getattr(node, "end_lineno", node.lineno)
		if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
			# decorators and signature, not the whole body
			first = min([node.lineno, *(item.lineno for item in node.decorator_list)])
			last = max(node.lineno, node.body[0].lineno - 1)
		else:
			first = node.lineno
		if rule in RULES_OUTSIDE_SETUP and SETUP_FILES.search(self.name):
			return
		if not allowed(self.lines, first, rule, last):
			text = RULES[rule] + (f" ({detail})" if detail else "")
			self.problems.append(Problem(self.name, node.lineno, f"{rule}: {text}"))

	# functions -----------------------------------------------------------------------------------

	def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
		if node.module == "__future__":
			self.postponed |= any(item.name == "annotations" for item in node.names)

	def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
		decorators = {dotted(item.func if isinstance(item, ast.Call) else item): item for item in node.decorator_list}
		whitelist = next((item for key, item in decorators.items() if key.endswith("whitelist")), None)
		if whitelist is not None:
			self.check_whitelisted(node, whitelist, set(decorators))
		loops, self.loops = self.loops, 0
		self.texts.append({})
		self.generic_visit(node)
		self.texts.pop()
		self.loops = loops

	visit_AsyncFunctionDef = visit_FunctionDef

	def check_whitelisted(self, node: ast.FunctionDef, whitelist: ast.AST, decorators: set[str]) -> None:
		args = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
		args += [item for item in (node.args.vararg, node.args.kwarg) if item]
		untyped = [arg.arg for arg in args if arg.annotation is None and arg.arg not in ("self", "cls")]
		if untyped:
			self.report(node, "whitelist-types", ", ".join(untyped))
		converted = [
			arg.arg for arg in args if arg.annotation and ast.unparse(arg.annotation) not in ("str", "str | None")
		]
		if self.postponed and converted:
			self.report(node, "whitelist-postponed", ", ".join(converted))

		guest = isinstance(whitelist, ast.Call) and is_true(keyword(whitelist, "allow_guest"))
		calls = {dotted(item.func).split(".")[-1] for item in ast.walk(node) if isinstance(item, ast.Call)}
		if guest and not LIMITS & (calls | {item.split(".")[-1] for item in decorators}):
			self.report(node, "whitelist-guest", node.name)
		guarded = any(self.is_guard(item.split(".")[-1]) for item in decorators)
		if not guest and not guarded and not any(self.is_permission_check(item) for item in ast.walk(node)):
			self.report(node, "whitelist-permission", node.name)

	@staticmethod
	def is_guard(name: str) -> bool:
		return name in PERMISSION_CALLS or name.lstrip("_").startswith(PERMISSION_PREFIXES)

	def is_permission_check(self, node: ast.AST) -> bool:
		if not isinstance(node, ast.Call):
			return False
		name = dotted(node.func).split(".")[-1]
		if self.is_guard(name):
			return True
		return (
			name in CHECKED_WRITES
			and isinstance(node.func, ast.Attribute)
			and not is_true(keyword(node, "ignore_permissions"))
		)

	# loops ---------------------------------------------------------------------------------------

	def visit_For(self, node: ast.For) -> None:
		self.visit(node.target)
		self.visit(node.iter)
		loop = not is_short(node.iter)
		self.loops += loop
		for item in [*node.body, *node.orelse]:
			self.visit(item)
		self.loops -= loop

	visit_AsyncFor = visit_For

	def visit_While(self, node: ast.While) -> None:
		self.loops += 1
		self.generic_visit(node)
		self.loops -= 1

	def visit_comprehension_of(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
		first, *others = node.generators
		self.visit(first.iter)
		loop = bool(others) or not is_short(first.iter)
		self.loops += loop
		for item in [first.target, *first.ifs, *others]:
			self.visit(item)
		for field in ("elt", "key", "value"):
			if hasattr(node, field):
				self.visit(getattr(node, field))
		self.loops -= loop

	visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_DictComp = visit_comprehension_of

	# statements ----------------------------------------------------------------------------------

	def visit_Assign(self, node: ast.Assign) -> None:
		for target in node.targets:
			if isinstance(target, ast.Name):
				self.texts[-1][target.id] = node.value
			if dotted(target).endswith("flags.ignore_permissions") and is_true(node.value):
				self.need_reason(node, "ignore-permissions-reason")
		self.generic_visit(node)

	def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
		broad = node.type is None or dotted(node.type) in ("Exception", "BaseException")
		empty = all(
			isinstance(item, ast.Pass | ast.Continue)
			or (isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant))
			for item in node.body
		)
		if broad and empty:
			self.report(node, "except-pass")
		self.generic_visit(node)

	def need_reason(self, node: ast.stmt | ast.expr, rule: str) -> None:
		if not has_comment(self.lines, node.lineno, node.end_lineno):
			self.report(node, rule)

	# calls ---------------------------------------------------------------------------------------

	def visit_Call(self, node: ast.Call) -> None:
		name = dotted(node.func)
		last = name.split(".")[-1]
		first = node.args[0] if node.args else None

		if name.endswith(("db.sql", "db.multisql")) and self.is_built_sql(
			first if first is not None else keyword(node, "query")
		):
			self.report(node, "sql-string")
		if name.endswith("db.commit"):
			self.need_reason(node, "commit-reason")
		if is_true(keyword(node, "ignore_permissions")):
			self.need_reason(node, "ignore-permissions-reason")
		if self.loops and (query := query_name(node)):
			self.report(node, "query-in-loop", query)
		self.check_money(node, name, first)
		if name == "print":
			self.report(node, "print")
		if name.startswith("frappe.") and last in MESSAGES and last != "publish_progress":
			for item in (first, keyword(node, "msg"), keyword(node, "title")):
				if self.is_plain_text(item):
					self.report(node, "untranslated-message")
		if name in ("_", "_lt", "frappe._", "frappe._lt") and first is not None:
			if isinstance(first, ast.JoinedStr) or built_text(first):
				self.report(node, "translate-dynamic")
		self.generic_visit(node)

	def is_built_sql(self, node: ast.AST | None) -> bool:
		if isinstance(node, ast.Dict):
			return any(self.is_built_sql(value) for value in node.values)
		if isinstance(node, ast.Name):
			for scope in reversed(self.texts):
				if node.id in scope:
					return built_text(scope[node.id])
			return False
		return built_text(node)

	@staticmethod
	def is_plain_text(node: ast.AST | None) -> bool:
		"""A literal with words in it: constant, f-string, or a constant that .format() fills in."""
		if node is None:
			return False
		if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
			node = node.func.value
		if isinstance(node, ast.JoinedStr):
			parts = [part.value for part in node.values if isinstance(part, ast.Constant)]
			return bool(re.search(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>", "", "".join(parts))))
		text = constant_text(node)
		return bool(text) and bool(re.search(r"[^\W\d_]{2,}", text))

	def check_money(self, node: ast.Call, name: str, first: ast.AST | None) -> None:
		if first is None:
			return
		last = name.rsplit(".", maxsplit=1)[-1]
		if last not in ("flt", "float"):
			return
		billing = any(part in f"/{self.name}" for part in MONEY_PACKAGES)
		if billing or MONEY.search(ast.unparse(first)):
			self.report(node, "money-float", f"{last}({ast.unparse(first)})")


def python_problems(name: str, text: str, tree: ast.Module) -> list[Problem]:
	visitor = Visitor(name, text.split("\n"))
	visitor.visit(tree)
	return visitor.problems


@check("pitfalls", "Framework: pitfalls in Python")
def pitfalls(repo: Repo) -> Iterator[Problem]:
	for name in repo.app_python():
		if is_test(name):
			continue
		tree = repo.tree(name)
		if tree is not None:
			yield from python_problems(name, repo.text(name), tree)


@check("allow-comments", "Exceptions from rules: known rule and a reason")
def allow_comments(repo: Repo) -> Iterator[Problem]:
	from tools.lint.hygiene import RULES as HYGIENE_RULES
	from tools.lint.texts import RULES as TEXT_RULES

	known = {*RULES, *HYGIENE_RULES, *TEXT_RULES}
	for name in repo.match(".py", ".js", ".mjs", ".html", ".vue", ".css", ".scss", ".sh", under="apps"):
		for number, line in enumerate(repo.lines(name), 1):
			for match in ALLOW.finditer(line):
				if match.group(1) not in known:
					yield Problem(name, number, f"lint: allow names no rule: {match.group(1)}")
				elif not match.group(2):
					yield Problem(name, number, f"lint: allow {match.group(1)} needs a reason: `…: why`")
			if "eslint-disable" in line and " -- " not in line:
				yield Problem(name, number, "eslint-disable needs a reason: `eslint-disable-next-line rule -- why`")
