"""The repository's own order: JSON in the framework's form, patches that import, nothing of one machine."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

from tools.lint.core import APP, Problem, Repo, allowed, check, is_test
from tools.lint.manifests import foreign_names, records, scrub

RULES = {
	"machine-path": "a path of one machine; make it relative or a setting",
	"registry-host": "a registry's host name; the package client knows where to look",
	"large-file": "a file of more than 1 MiB; generate it or leave it out",
}
MAX_BYTES = 1024 * 1024
BINARY = {".png", ".jpg", ".jpeg", ".gif", ".ico", ".webp", ".xlsx", ".pdf", ".woff", ".woff2", ".ttf", ".zip", ".gz"}
# Put together from pieces so that this file does not find itself.
MACHINE_PATH = re.compile(
	r"(?<![\w.$}>/])/(?:" + "|".join(("root", "work", r"home/(?!frappe\b)\w+", r"Users/\w+")) + r")(?=[/\"'\s):,;]|$)"
)
REGISTRY_HOSTS = tuple(
	".".join(parts)
	for parts in (
		("pypi", "org"),
		("pythonhosted", "org"),
		("npmjs", "org"),
		("npmmirror", "com"),
		("yarnpkg", "com"),
		("deb", "debian", "org"),
		("security", "debian", "org"),
		("archive", "ubuntu", "com"),
		("mirrors", "aliyun", "com"),
	)
)
CONFLICT = re.compile(r"^(?:<{7} |>{7} |={7}$|\|{7} )")


def suffix(name: str) -> str:
	base = name.rsplit("/", 1)[-1]
	return f".{base.rsplit('.', 1)[1].lower()}" if "." in base else ""


@check("hygiene", "Files: size, line ends, merge marks, machine paths, registry hosts")
def hygiene(repo: Repo) -> Iterator[Problem]:
	for name in repo.files:
		size = (repo.root / name).stat().st_size
		if size > MAX_BYTES:
			yield Problem(name, 0, f"large-file: {RULES['large-file']} ({size // 1024} KiB)")
			continue
		if suffix(name) in BINARY or b"\0" in (repo.root / name).read_bytes()[:8192]:
			continue
		text = repo.text(name)
		if "\r\n" in text:
			yield Problem(name, 0, "line ends are CRLF; use LF")
		if "\ufffd" in text:
			yield Problem(name, 0, "is not UTF-8")
		lines = text.split("\n")
		for number, line in enumerate(lines, 1):
			if CONFLICT.match(line):
				yield Problem(name, number, "a mark of an unfinished merge")
			if MACHINE_PATH.search(line) and not allowed(lines, number, "machine-path"):
				yield Problem(name, number, f"machine-path: {RULES['machine-path']}")
			if any(host in line for host in REGISTRY_HOSTS) and not allowed(lines, number, "registry-host"):
				yield Problem(name, number, f"registry-host: {RULES['registry-host']}")


# JSON of DocTypes and other records --------------------------------------------------------------


def exported(data: Any) -> str:
	"""The text that the framework writes for a record: keys sorted, indented by one space."""
	return json.dumps(data, indent=1, sort_keys=True, separators=(",", ": ")) + "\n"


def is_record(data: Any) -> bool:
	rows = data if isinstance(data, list) else [data]
	return bool(rows) and all(isinstance(row, dict) and "doctype" in row for row in rows)


def json_files(repo: Repo) -> Iterator[tuple[str, str, Any]]:
	"""(file, its text, parsed data or the ValueError) of the app's JSON."""
	for name in repo.match(".json", under=repo.app):
		text = repo.text(name)
		try:
			yield name, text, json.loads(text)
		except ValueError as error:
			yield name, text, error


def fix_json(repo: Repo) -> int:
	"""Rewrites the app's records the way the framework exports them; the content stays the same."""
	changed = 0
	for name, text, data in json_files(repo):
		if not isinstance(data, ValueError) and is_record(data) and text != exported(data):
			(repo.root / name).write_text(exported(data), encoding="utf-8", newline="")
			print(name)
			changed += 1
	print(f"{changed} files rewritten")
	return 0


def doctype_problems(record: dict[str, Any], known: set[str]) -> Iterator[tuple[str, str]]:
	"""(text to find in the file, message) for what the framework would drop or refuse without a word."""
	fields = record.get("fields") or []
	names = [field.get("fieldname") for field in fields]
	order = record.get("field_order") or []
	for name in sorted({name for name in names if names.count(name) > 1 and name}):
		yield f'"{name}"', f"the field {name!r} is there twice"
	if sorted(filter(None, order)) != sorted(filter(None, names)):
		differ = sorted(set(order) ^ set(filter(None, names)))
		yield '"field_order"', f"field_order and fields differ: {', '.join(differ) or 'a name is repeated'}"
	for field in fields:
		label = field.get("fieldname") or field.get("label") or "?"
		options = field.get("options")
		if field.get("fieldtype") in ("Link", "Table", "Table MultiSelect"):
			if not options:
				yield f'"{label}"', f"the field {label!r} has no options"
			elif options.lower() not in known:
				yield f'"{label}"', f"the field {label!r} refers to the DocType {options!r}, which is not there"
	reserved = {"name", "owner", "creation", "modified", "modified_by", "docstatus", "idx", "parent", "doctype"}
	for name in sorted(reserved & set(names)):
		yield f'"{name}"', f"the field name {name!r} is the framework's own"


def controller_problem(repo: Repo, name: str, record: dict[str, Any]) -> str | None:
	"""What is missing beside a DocType's JSON, for the framework imports it when the first document is read."""
	folder, base = name.rsplit("/", 1)
	if scrub(record["name"]) + ".json" != base or folder.rsplit("/", 1)[-1] != base.removesuffix(".json"):
		return f"the DocType {record['name']!r} belongs in doctype/{scrub(record['name'])}/{scrub(record['name'])}.json"
	if record.get("custom"):
		return None
	if f"{folder}/__init__.py" not in repo.files:
		return "the folder has no __init__.py"
	controller = f"{folder}/{base.removesuffix('.json')}.py"
	if controller not in repo.files:
		return f"the controller {controller.rsplit('/', 1)[-1]} is missing"
	tree = repo.tree(controller)
	wanted = record["name"].replace(" ", "").replace("-", "")
	if tree and not any(isinstance(node, ast.ClassDef) and node.name == wanted for node in tree.body):
		return f"the controller has no class {wanted}"
	return None


@check("json", "Records: the framework's form, fields in order, controllers there")
def json_records(repo: Repo) -> Iterator[Problem]:
	for name, text, data in json_files(repo):
		if isinstance(data, ValueError):
			yield Problem(name, getattr(data, "lineno", 0), f"is not JSON: {data}")
		elif is_record(data) and not is_test(name) and text != exported(data):
			yield Problem(
				name, 0, "is not in the form that the framework exports; run `python -m tools.lint json --fix`"
			)

	ours = {record["name"].lower() for _, record in records(repo) if record["doctype"] == "DocType"}
	known = ours | {
		name for (kind, name), apps in foreign_names().items() if kind == "DocType" and "frappe" in apps.split(",")
	}
	for name, record in records(repo):
		if record["doctype"] != "DocType":
			continue
		for needle, message in doctype_problems(record, known):
			yield Problem(name, repo.line_of(name, needle), message)
		if message := controller_problem(repo, name, record):
			yield Problem(name, 0, message)


# patches.txt -------------------------------------------------------------------------------------


@check("patches", "Migration: every line of patches.txt imports")
def patches(repo: Repo) -> Iterator[Problem]:
	name = f"{repo.app}/patches.txt"
	if name not in repo.files:
		yield Problem(name, 0, "is missing")
		return
	seen: set[str] = set()
	for number, line in enumerate(repo.lines(name), 1):
		entry = line.split("#")[0].strip()
		if not entry or entry.startswith("["):
			continue
		if entry in seen:
			yield Problem(name, number, f"is listed twice: {entry}")
		seen.add(entry)
		if entry.startswith("execute:"):
			try:
				ast.parse(entry.removeprefix("execute:"))
			except SyntaxError as error:
				yield Problem(name, number, f"does not parse: {error.msg}")
			continue
		module = entry.split(" ")[0]
		file = f"{APP}/{module.replace('.', '/')}.py"
		tree = repo.tree(file) if file in repo.files else None
		if tree is None:
			yield Problem(name, number, f"no such module: {module}")
		elif not any(isinstance(node, ast.FunctionDef) and node.name == "execute" for node in tree.body):
			yield Problem(name, number, f"{module} has no function execute()")
