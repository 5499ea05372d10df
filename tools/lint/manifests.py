"""The suite's manifests: complete, valid, every duty claimed, no name that another app has."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tools.lint.core import APP, Problem, Repo, check, is_test
from tools.lint.texts import is_manifest

PACKAGES = (
	"registry",
	"billing",
	"service_desk",
	"survey",
	"keys",
	"custody",
	"stores",
	"dormitory",
	"renovation",
	"handover",
	"inspection",
	"community",
	"office",
	"quality",
	"workforce",
)
DUTIES = (
	*(f"D{number}" for number in range(1, 32)),
	*(f"R{number}" for number in range(1, 6)),
	*(f"S{number}" for number in range(1, 7)),
)
# Keys of a workflow's state, transition or short form whose value is a role or a list of roles.
ROLE_KEYS = ("edit", "role", "allow_edit", "allowed", "prepares", "approves", "keeps", "cancels")
DUTY = re.compile(r"^(?:[DRS]|L)\d+$")
REQUIRED = {"name": str, "summary": str, "category": str, "version": str, "depends": list, "duties": list}
# Names of records that live in one namespace for the whole site, by the framework's DocType.
NAMED = (
	"DocType",
	"Report",
	"Page",
	"Workspace",
	"Print Format",
	"Web Form",
	"Number Card",
	"Dashboard Chart",
	"Dashboard",
	"Workflow",
	"Notification",
	"Role",
)


def scrub(name: str) -> str:
	return name.strip().lower().replace(" ", "_").replace("-", "_")


@cache
def foreign_names() -> dict[tuple[str, str], str]:
	"""(kind, name in lower case) → apps that own it, from foreign_names.txt."""
	names = {}
	for line in (Path(__file__).parent / "foreign_names.txt").read_text(encoding="utf-8").splitlines():
		if line and not line.startswith("#"):
			kind, name, apps = line.split("\t")
			names[kind, name.lower()] = apps
	return names


def manifest_file(repo: Repo, package: str) -> str:
	return f"{repo.app}/{package}/manifest.py"


def manifest_packages(repo: Repo) -> list[str]:
	"""Folders of the app that hold a manifest."""
	return [
		name.split("/")[-2]
		for name in repo.match("/manifest.py", under=repo.app)
		if name.count("/") == repo.app.count("/") + 2 and is_literal_module(repo, name)
	]


def is_literal_module(repo: Repo, name: str) -> bool:
	tree = repo.tree(name)
	return bool(tree) and any(is_manifest(node) for node in tree.body)


def read_manifest(repo: Repo, package: str) -> dict[str, Any]:
	"""The MANIFEST of a package; ValueError when it is not a literal dict."""
	name = manifest_file(repo, package)
	tree = repo.tree(name)
	for node in tree.body if tree else ():
		if is_manifest(node):
			value = ast.literal_eval(node.value)
			if isinstance(value, dict):
				return value
	raise ValueError("has no MANIFEST = {…}")


def suite_validator(repo: Repo):
	"""`validate(manifest, package)` of the app's own suite/manifest.py, which raises ValueError; None without it."""
	path = repo.root / repo.app / "suite" / "manifest.py"
	if not path.is_file():
		return None
	app = str(repo.root / APP)
	if app not in sys.path:
		sys.path.insert(0, app)
	spec = importlib.util.spec_from_file_location("kefu_suite_manifest", path)
	module = importlib.util.module_from_spec(spec)
	sys.modules[spec.name] = module
	spec.loader.exec_module(module)
	return getattr(module, "validate", None)


def schema_problems(manifest: dict[str, Any], packages: set[str]) -> Iterator[str]:
	for key, kind in REQUIRED.items():
		if key not in manifest:
			yield f"lacks the key {key!r}"
		elif not isinstance(manifest[key], kind):
			yield f"{key!r} is not a {kind.__name__}"
	for other in manifest.get("depends") or ():
		if other not in packages and other != "base":
			yield f"depends on {other!r}, which has no manifest"
	for duty in manifest.get("duties") or ():
		if not isinstance(duty, str) or not DUTY.match(duty) or (duty[0] != "L" and duty not in DUTIES):
			yield f"claims the duty {duty!r}, which is not in the charter"


def cycle(depends: dict[str, list[str]]) -> list[str] | None:
	"""A chain of packages that depend on each other in a circle, None when there is none."""
	done: set[str] = set()

	def walk(package: str, path: list[str]) -> list[str] | None:
		if package in path:
			return [*path[path.index(package) :], package]
		if package in done:
			return None
		for other in depends.get(package, ()):
			if found := walk(other, [*path, package]):
				return found
		done.add(package)
		return None

	for package in sorted(depends):
		if found := walk(package, []):
			return found
	return None


def role_names(manifest: dict[str, Any]) -> list[str]:
	"""Roles that a manifest declares: a list of names or of dicts, or a dict by name."""
	names = []
	for item in manifest.get("roles") or ():
		name = item if isinstance(item, str) else (item.get("role") or item.get("role_name") or item.get("name"))
		if name:
			names.append(name)
	return names


def workflow_names(manifest: dict[str, Any]) -> list[str]:
	names = []
	for item in manifest.get("workflows") or ():
		name = item if isinstance(item, str) else (item.get("workflow_name") or item.get("name"))
		if name:
			names.append(name)
	return names


def workflow_roles(repo: Repo, package: str) -> set[str]:
	"""Roles that the workflows of a package give transitions and states to."""
	try:
		workflows = read_manifest(repo, package).get("workflows") or []
	except ValueError:
		return set()
	rows = [
		row
		for flow in workflows
		for row in [*flow.get("states", ()), *flow.get("transitions", ()), flow.get("approval", {})]
	]
	found = [row[key] for row in rows for key in ROLE_KEYS if key in row]
	return {role for value in found for role in ([value] if isinstance(value, str) else value)}


def role_is_known(role: str, declared: set[str]) -> bool:
	"""True for a role of our manifests or of the framework itself."""
	return role in declared or "frappe" in foreign_names().get(("Role", role.lower()), "").split(",")


@check("manifests", "Suite: manifests complete and valid, every duty claimed")
def manifests(repo: Repo) -> Iterator[Problem]:
	found = manifest_packages(repo)
	packages = set(found) | set(PACKAGES)
	for package in PACKAGES:
		if package not in found:
			yield Problem(manifest_file(repo, package), 0, "the package has no manifest.py with MANIFEST = {…}")
	for package in packages:
		if f"{repo.app}/{package}/README.md" not in repo.files:
			yield Problem(f"{repo.app}/{package}/README.md", 0, "the package has no README.md")

	validate = None
	try:
		validate = suite_validator(repo)
	except Exception as error:  # any fault of that module is what this check reports
		yield Problem(f"{repo.app}/suite/manifest.py", 0, f"cannot be loaded without a site: {error!r}")

	claimed: set[str] = set()
	depends: dict[str, list[str]] = {}
	for package in found:
		name = manifest_file(repo, package)
		try:
			manifest = read_manifest(repo, package)
		except ValueError as error:
			yield Problem(name, 1, f"is not plain data: {error}")
			continue
		for message in schema_problems(manifest, packages):
			yield Problem(name, 1, message)
		if validate:
			try:
				validate(manifest, package)
			except ValueError as error:
				yield Problem(name, 1, str(error))
		claimed |= {duty for duty in manifest.get("duties") or () if isinstance(duty, str)}
		depends[package] = [other for other in manifest.get("depends") or () if isinstance(other, str)]

	if unclaimed := [duty for duty in DUTIES if duty not in claimed]:
		yield Problem(repo.app, 0, f"no manifest claims these duties: {', '.join(unclaimed)}")
	if found_cycle := cycle(depends):
		yield Problem(repo.app, 0, f"packages depend on each other in a circle: {' → '.join(found_cycle)}")


def records(repo: Repo) -> Iterator[tuple[str, dict[str, Any]]]:
	"""(file, record) of each JSON file of the app that holds a record of the framework."""
	for name in repo.match(".json", under=repo.app):
		if is_test(name):
			continue
		try:
			data = json.loads(repo.text(name))
		except ValueError:
			continue  # the json check reports it
		for record in data if isinstance(data, list) else [data]:
			if isinstance(record, dict) and isinstance(record.get("doctype"), str):
				yield name, record


@check("names", "Suite: names free of other apps', modules and roles known")
def names(repo: Repo) -> Iterator[Problem]:
	foreign = foreign_names()
	modules_file = f"{repo.app}/modules.txt"
	listed = [line.strip() for line in repo.lines(modules_file)] if modules_file in repo.files else []
	modules = [line for line in listed if line]
	if not modules:
		yield Problem(modules_file, 0, "is missing or empty")
	for number, module in enumerate(listed, 1):
		if not module:
			continue
		if apps := foreign.get(("Module", module.lower())):
			yield Problem(modules_file, number, f"the module {module!r} is also one of {apps}")
		if not any(name.startswith(f"{repo.app}/{scrub(module)}/") for name in repo.files):
			yield Problem(modules_file, number, f"the module {module!r} has no folder {scrub(module)}")

	declared: set[str] = set()
	for package in manifest_packages(repo):
		file = manifest_file(repo, package)
		try:
			manifest = read_manifest(repo, package)
		except ValueError:
			continue  # the manifests check reports it
		for kind, listed_names in (("Role", role_names(manifest)), ("Workflow", workflow_names(manifest))):
			for name in listed_names:
				if apps := foreign.get((kind, name.lower())):
					yield Problem(file, repo.line_of(file, name), f"the {kind} {name!r} is also one of {apps}")
		declared |= set(role_names(manifest))
	for package in manifest_packages(repo):
		file = manifest_file(repo, package)
		for role in workflow_roles(repo, package):
			if not role_is_known(role, declared):
				yield Problem(file, repo.line_of(file, f'"{role}"'), f"no manifest declares the role {role!r}")

	owner: dict[tuple[str, str], str] = {}
	for name, record in records(repo):
		kind, title = record["doctype"], record.get("name") or ""
		line = repo.line_of(name, f'"{title}"')
		if kind in NAMED and title:
			if apps := foreign.get((kind, title.lower())):
				yield Problem(name, line, f"the {kind} {title!r} is also one of {apps}")
			if (kind, title) in owner:
				yield Problem(name, line, f"the {kind} {title!r} is also in {owner[kind, title]}")
			owner.setdefault((kind, title), name)
		module = record.get("module")
		folder = name[len(repo.app) + 1 :].split("/")[0]
		if module and (module not in modules or scrub(module) != folder):
			yield Problem(
				name, repo.line_of(name, '"module"'), f"belongs to the module {module!r}, but stands in {folder}"
			)
		for row in [*(record.get("permissions") or ()), *(record.get("roles") or ())]:
			role = row.get("role")
			if role and not role_is_known(role, declared):
				yield Problem(name, repo.line_of(name, f'"{role}"'), f"no manifest declares the role {role!r}")
