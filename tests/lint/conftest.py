import json
from pathlib import Path
from typing import Any

import pytest

from tools.lint import __main__  # noqa: F401 fills the table of checks
from tools.lint.core import CHECKS, Repo

APP = "apps/kefu_property/kefu_property"


class Bench:
	"""A small bench in a temporary folder; `problems` runs one check on it and returns its lines."""

	def __init__(self, root: Path):
		self.root = root

	def write(self, name: str, text: str) -> str:
		path = self.root / name
		path.parent.mkdir(parents=True, exist_ok=True)
		path.write_text(text, encoding="utf-8", newline="")
		return name

	def app(self, name: str, text: str) -> str:
		return self.write(f"{APP}/{name}", text)

	def record(self, name: str, record: dict[str, Any]) -> str:
		return self.app(name, json.dumps(record, indent=1, sort_keys=True) + "\n")

	def problems(self, check: str) -> list[str]:
		return [str(problem) for problem in sorted(set(CHECKS[check][1](Repo(self.root))))]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
	return Bench(tmp_path)
