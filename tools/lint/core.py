"""What every check shares: a problem, the repository under check, and the table of checks."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

APP = "apps/kefu_property"
GENERATED = {"node_modules", "__pycache__", ".git", "dist"}
GENERATED_AT_ROOT = {"env", "var", "sites", "logs", "config"}
ALLOW = re.compile(r"(?:#|//|/\*|<!--|\{#)\s*lint: allow ([a-z][a-z0-9-]*)(?::\s*(\S.*))?")


@dataclass(frozen=True, order=True)
class Problem:
	"""One finding; `line` counts from 1, 0 when the whole file is meant."""

	path: str
	line: int
	message: str

	def __str__(self) -> str:
		return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


class Repo:
	"""The files under check, read once.

	`root` is the bench (the folder with `apps/`). Files that git ignores are not part of it.
	"""

	def __init__(self, root: Path):
		self.root = Path(root).resolve()
		self._text: dict[str, str] = {}
		self._tree: dict[str, ast.Module | None] = {}

	@cached_property
	def files(self) -> list[str]:
		"""Paths relative to the root, sorted; tracked and new files, not ignored or generated ones."""
		if (self.root / ".git").exists():
			out = subprocess.run(
				["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
				cwd=self.root,
				check=True,
				capture_output=True,
				text=True,
			).stdout
			names = set(filter(None, out.split("\0")))
		else:
			names = set()
			for path in self.root.rglob("*"):
				parts = path.relative_to(self.root).parts
				if path.is_file() and not GENERATED & set(parts) and parts[0] not in GENERATED_AT_ROOT:
					names.add("/".join(parts))
		return sorted(name for name in names if not name.startswith("apps/frappe/") and (self.root / name).is_file())

	def match(self, *suffixes: str, under: str = "") -> list[str]:
		prefix = f"{under}/" if under else ""
		return [name for name in self.files if name.startswith(prefix) and name.endswith(suffixes)]

	def text(self, name: str) -> str:
		if name not in self._text:
			self._text[name] = (self.root / name).read_bytes().decode("utf-8", errors="replace")
		return self._text[name]

	def lines(self, name: str) -> list[str]:
		return self.text(name).split("\n")

	def tree(self, name: str) -> ast.Module | None:
		"""The syntax tree, or None for a file that does not parse (ruff reports it)."""
		if name not in self._tree:
			try:
				self._tree[name] = ast.parse(self.text(name))
			except SyntaxError:
				self._tree[name] = None
		return self._tree[name]

	def line_of(self, name: str, needle: str) -> int:
		"""The first line that holds the text, else 1: places a problem found in parsed JSON."""
		for number, line in enumerate(self.lines(name), 1):
			if needle in line:
				return number
		return 1

	@property
	def app(self) -> str:
		return f"{APP}/kefu_property"

	def app_python(self) -> list[str]:
		return self.match(".py", under=APP)


def is_test(name: str) -> bool:
	"""Tests may do what the product may not: query in loops, skip permissions, print."""
	parts = name.split("/")
	return "tests" in parts or parts[-1].startswith(("test_", "conftest"))


def has_comment(lines: list[str], number: int, last: int | None = None) -> bool:
	"""True when the statement on lines number..last, or the line before it, carries a comment."""
	if number >= 2 and lines[number - 2].strip().startswith("#"):
		return True
	return any(re.search(r"(?:^|\s)#\s*\w", line) for line in lines[number - 1 : last or number])


def allowed(lines: list[str], number: int, rule: str, last: int | None = None) -> bool:
	"""True when `lint: allow <rule>: reason` stands in the statement or on the line before it.

	A comment without a reason allows nothing.
	"""
	first = max(number - 2, 0)
	for line in lines[first : last or number]:
		for match in ALLOW.finditer(line):
			if match.group(1) == rule and match.group(2):
				return True
	return False


Check = Callable[[Repo], Iterable[Problem]]
CHECKS: dict[str, tuple[str, Check]] = {}


def check(name: str, summary: str) -> Callable[[Check], Check]:
	"""Adds a function to the table that `python -m tools.lint` runs, in the order of definition."""

	def register(function: Check) -> Check:
		CHECKS[name] = (summary, function)
		return function

	return register
