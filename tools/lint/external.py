"""Programs of others: ruff, ESLint, Prettier, preflight."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools.lint.core import APP, Problem, Repo, check

SETUP = "run tools/lint/setup.sh"


def program(repo: Repo, name: str) -> Path | None:
	"""Where setup.sh puts a program, or None when it has not run."""
	folder = "node_modules/.bin" if name in ("eslint", "prettier") else "var/tools/lint/bin"
	path = repo.root / folder / name
	return path if path.exists() else None


def run(repo: Repo, name: str, *args: str) -> tuple[int, str, str]:
	"""Exit code, output and errors of a program; code 127 when it is not installed."""
	path = program(repo, name)
	if path is None:
		return 127, "", f"{name} is not installed: {SETUP}"
	# the engine's own node, where the system has none that is new enough
	search = f"{repo.root / 'var/tools/node/bin'}{os.pathsep}{os.environ.get('PATH', '')}"
	done = subprocess.run(
		[str(path), *args],
		cwd=repo.root,
		check=False,
		capture_output=True,
		text=True,
		env={**os.environ, "PATH": search, "NO_COLOR": "1"},
	)
	return done.returncode, done.stdout, done.stderr


def relative(repo: Repo, path: str) -> str:
	try:
		return Path(path).resolve().relative_to(repo.root).as_posix()
	except ValueError:
		return path


def failure(name: str, code: int, out: str, err: str) -> Problem:
	tail = "\n".join((err or out).strip().splitlines()[-20:])
	return Problem(name, 0, tail or f"ended with exit code {code}")


@check("ruff", "Python: rules")
def ruff(repo: Repo) -> Iterator[Problem]:
	code, out, err = run(repo, "ruff", "check", "--output-format=json", "--no-fix", ".")
	if code not in (0, 1):
		yield failure("ruff", code, out, err)
		return
	for item in json.loads(out or "[]"):
		yield Problem(
			relative(repo, item["filename"]),
			item["location"]["row"],
			f"{item['code'] or 'syntax'} {item['message']}",
		)


@check("ruff-format", "Python: format")
def ruff_format(repo: Repo) -> Iterator[Problem]:
	code, out, err = run(repo, "ruff", "format", "--check", "--output-format=json", ".")
	if code not in (0, 1):
		yield failure("ruff format", code, out, err)
		return
	for name in sorted({item["filename"] for item in json.loads(out or "[]")}):
		yield Problem(relative(repo, name), 0, "not formatted: ruff format")


@check("eslint", "JavaScript: rules")
def eslint(repo: Repo) -> Iterator[Problem]:
	if not repo.match(".js", ".mjs"):
		return
	code, out, err = run(repo, "eslint", "--format", "json", "--no-error-on-unmatched-pattern", ".")
	try:
		results = json.loads(out)
	except ValueError:
		yield failure("eslint", code, out, err)
		return
	for result in results:
		for message in result["messages"]:
			rule = message["ruleId"] or "syntax"
			yield Problem(relative(repo, result["filePath"]), message.get("line", 0), f"{rule} {message['message']}")


@check("prettier", "JavaScript and styles: format")
def prettier(repo: Repo) -> Iterator[Problem]:
	names = repo.match(".js", ".mjs", ".css", ".scss", ".vue")
	if not names:
		return
	code, out, err = run(repo, "prettier", "--list-different", *names)
	if code == 0:
		return
	if code != 1 or err.strip():
		yield failure("prettier", code, "", err)
	for name in out.split("\n"):
		if name.strip():
			yield Problem(relative(repo, str(repo.root / name)), 0, "not formatted: npx prettier --write")


@check("preflight", "Framework: ready for version 16")
def preflight(repo: Repo) -> Iterator[Problem]:
	if not (repo.root / APP / "kefu_property" / "hooks.py").is_file():
		yield Problem(APP, 0, "has no kefu_property/hooks.py, so preflight cannot find the app")
		return
	code, out, err = run(
		repo, "preflight", "--path", APP, "--target", "v16", "--format", "json", "--severity", "warning"
	)
	try:
		report = json.loads(out)
	except ValueError:
		yield failure("preflight", code, out, err)
		return
	for item in report.get("findings", []):
		where = f"{APP}/{item['file']}" if item.get("file") else APP
		yield Problem(where, item.get("line") or 0, f"{item['rule']} {item['message']} {item['replacement']}")
	for key in ("unreadable_files", "unparsable_files"):
		for name in report.get(key, []):
			yield Problem(f"apps/{name}", 0, f"preflight: {key.replace('_', ' ')}")
