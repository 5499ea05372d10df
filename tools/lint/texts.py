"""Every text of the app that a user can see, with the place where it stands.

Sources: DocTypes and the other JSON records, manifests, `_()` in Python, `__()` in JavaScript, both in templates.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tools.lint import scan
from tools.lint.core import APP, Problem, Repo, allowed, check, is_test
from tools.lint.pitfalls import constant_text, dotted

RULES = {
	"bare-text": "a visible text in a template goes through _()",
	"untranslated-label": "a label in Python goes through _()",
	"chinese-source": "source texts are English; the Chinese stands in translations/zh.csv",
}
TRANSLATE = {"_", "_lt", "__"}
# JSON records of the app: which of their own fields, and which fields of their child rows, a user reads.
RECORDS: dict[str, tuple[tuple[str, ...], dict[str, tuple[str, ...]]]] = {
	"DocType": (
		("name", "description", "documentation_text"),
		{
			"fields": ("label", "description", "placeholder"),
			"actions": ("label", "group"),
			"links": ("group",),
			"states": ("title",),
			"permissions": ("role",),
		},
	),
	"Report": (
		("report_name",),
		{"columns": ("label",), "filters": ("label",), "roles": ("role",)},
	),
	"Page": (("title",), {"roles": ("role",)}),
	"Workspace": (
		("title", "label"),
		{
			"shortcuts": ("label", "format"),
			"links": ("label", "description"),
			"charts": ("label",),
			"number_cards": ("label",),
			"quick_lists": ("label",),
			"custom_blocks": ("label",),
			"roles": ("role",),
		},
	),
	"Print Format": (("name",), {}),
	"Web Form": (
		(
			"title",
			"button_label",
			"introduction_text",
			"success_title",
			"success_message",
			"list_title",
			"banner_text",
			"meta_title",
			"meta_description",
		),
		{"web_form_fields": ("label", "description", "placeholder"), "list_columns": ("label",)},
	),
	"Dashboard": (("dashboard_name",), {}),
	"Dashboard Chart": (("chart_name",), {}),
	"Number Card": (("label",), {}),
	"Workflow": (
		("workflow_name",),
		{"states": ("state", "allow_edit"), "transitions": ("state", "action", "next_state", "allowed")},
	),
	"Workflow State": (("workflow_state_name",), {}),
	"Workflow Action Master": (("workflow_action_name",), {}),
	"Role": (("role_name",), {}),
	"Role Profile": (("role_profile",), {}),
	"Notification": (("subject",), {}),
	"Kanban Board": (("kanban_board_name",), {"columns": ("column_name",)}),
	"Module Onboarding": (("title", "subtitle", "success_message"), {}),
	"Onboarding Step": (("title", "action_label", "description"), {}),
	"Form Tour": (("title",), {"steps": ("title", "description")}),
	"Web Page": (("title",), {}),
	"Custom Field": (("label", "description", "placeholder"), {}),
	"Property Setter": ((), {}),
	"Desktop Icon": (("label",), {}),
	"Workspace Sidebar": (("title",), {"items": ("label",)}),
}
# Keys of a manifest whose value a user reads, wherever they stand in it.
MANIFEST_KEYS = {
	"name",
	"title",
	"label",
	"summary",
	"description",
	"category",
	"subject",
	"message",
	"role",
	"roles",
	"role_profile",
	"role_profiles",
	"state",
	"states",
	"action",
	"actions",
	"next_state",
	"allowed",
	"allow_edit",
	"prepares",
	"approves",
	"approved",
	"keeps",
	"cancels",
	"group",
	"options",
	"placeholder",
	"workflow_name",
}
# Identifiers, paths, schedules and addresses; texts for people have a capital or a space.
IDENTIFIER = re.compile(r"^[a-z0-9_./:*#@%\-?=&{}\[\],]*$")


@dataclass(frozen=True)
class Text:
	"""One visible text at the place where it stands."""

	source: str
	path: str
	line: int


def needs_translation(text: str) -> bool:
	"""True for a text with at least one word; signs, numbers and placeholders alone need no Chinese."""
	plain = re.sub(r"<[^>]*>|\{\{.*?\}\}|\{[^{}]*\}|%\(\w+\)s|%s|&\w+;", " ", text, flags=re.S)
	return bool(scan.WORD.search(plain)) or scan.has_cjk(plain)


def json_line(repo: Repo, name: str, value: str) -> int:
	encoded = json.dumps(value)[1:-1]
	return repo.line_of(name, f'"{encoded}"') if "\n" not in value else repo.line_of(name, encoded[:40])


# JSON records ------------------------------------------------------------------------------------


def record_texts(record: dict[str, Any]) -> Iterator[str]:
	"""The visible texts of one JSON record of the framework."""
	doctype = record.get("doctype")
	if doctype not in RECORDS:
		return
	own, tables = RECORDS[doctype]
	for key in own:
		value = record.get(key)
		# a subject with Jinja is looked up after it is filled in: its texts stand inside as _()
		if isinstance(value, str) and not (doctype == "Notification" and "{" in value):
			yield value
	for table, keys in tables.items():
		for row in record.get(table) or []:
			for key in keys:
				if isinstance(row.get(key), str):
					yield row[key]
			yield from field_options(row)
	if doctype == "Custom Field":
		yield from field_options(record)
	if doctype == "Workspace":
		yield from workspace_blocks(record.get("content") or "[]")
	if doctype == "Dashboard Chart":
		for part in (record.get("y_axis") or [], record.get("dynamic_filters") or []):
			if isinstance(part, list):
				yield from (row["label"] for row in part if isinstance(row, dict) and row.get("label"))


def embedded_texts(value: Any) -> Iterator[str]:
	"""Texts inside `_()` in templates and scripts that a record or manifest holds as a string."""
	if isinstance(value, str):
		if "_(" in value:
			yield from (source for _, source in scan.markup(value))
	elif isinstance(value, dict):
		for item in value.values():
			yield from embedded_texts(item)
	elif isinstance(value, list | tuple):
		for item in value:
			yield from embedded_texts(item)


def field_options(row: dict[str, Any]) -> Iterator[str]:
	"""Options of a Select field one by one, the content of an HTML field as a whole."""
	options = row.get("options")
	if not isinstance(options, str):
		return
	if row.get("fieldtype") == "Select" and row.get("fieldname") != "naming_series":
		yield from options.split("\n")
	elif row.get("fieldtype") == "HTML":
		yield options


def workspace_blocks(content: str) -> Iterator[str]:
	"""Headings and paragraphs of a workspace; its other blocks name rows of the record."""
	try:
		blocks = json.loads(content)
	except ValueError:
		return
	for block in blocks:
		if block.get("type") in ("header", "paragraph"):
			yield re.sub(r"<[^>]*>", "", (block.get("data") or {}).get("text") or "").strip()


def json_texts(repo: Repo) -> Iterator[Text]:
	for name in repo.match(".json", under=APP):
		if is_test(name) or "/demo/" in name:
			continue
		try:
			data = json.loads(repo.text(name))
		except ValueError:
			continue
		for record in data if isinstance(data, list) else [data]:
			if isinstance(record, dict) and "doctype" in record:
				for source in record_texts(record):
					yield Text(source, name, json_line(repo, name, source))
				for source in embedded_texts(record):
					yield Text(source, name, repo.line_of(name, json.dumps(source)[1:-1]))


# Python ------------------------------------------------------------------------------------------


def python_texts(repo: Repo) -> Iterator[Text]:
	for name in repo.app_python():
		tree = repo.tree(name)
		if tree is None or is_test(name):
			continue
		for node in ast.walk(tree):
			if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in TRANSLATE and node.args:
				source = constant_text(node.args[0])
				if source is not None:
					yield Text(source, name, node.lineno)
			yield from (Text(value.value, name, value.lineno) for value in label_constants(node))
		if name.endswith("/manifest.py"):
			for node in tree.body:
				if not is_manifest(node):
					continue
				yield from (Text(value, name, line) for line, value in manifest_texts(node.value))
				for item in ast.walk(node.value):
					text = constant_text(item)
					if text is not None:
						yield from (Text(source, name, item.lineno) for source in embedded_texts(text))


def label_constants(node: ast.AST) -> Iterator[ast.Constant]:
	"""Values of `label` that are plain strings: custom fields, columns and filters defined in Python."""
	pairs: list[tuple[ast.AST | None, ast.AST]] = []
	if isinstance(node, ast.Dict):
		pairs = [(key, value) for key, value in zip(node.keys, node.values, strict=True)]
		pairs = [(key.value, value) for key, value in pairs if isinstance(key, ast.Constant)]
	elif isinstance(node, ast.Call):
		pairs = [(item.arg, item.value) for item in node.keywords]
	for key, value in pairs:
		if key == "label" and isinstance(value, ast.Constant) and isinstance(value.value, str):
			if needs_translation(value.value) and not IDENTIFIER.match(value.value):
				yield value


def is_manifest(node: ast.stmt) -> bool:
	if isinstance(node, ast.AnnAssign):
		return dotted(node.target) == "MANIFEST" and node.value is not None
	return isinstance(node, ast.Assign) and any(dotted(target) == "MANIFEST" for target in node.targets)


def manifest_texts(node: ast.AST, key: str = "") -> Iterator[tuple[int, str]]:
	"""(line, text) of what a user reads in a manifest's literal, found by the keys of MANIFEST_KEYS."""
	if isinstance(node, ast.Dict):
		for name, value in zip(node.keys, node.values, strict=True):
			label = name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else ""
			# roles, workflows and states may be declared as {"Cashier": {…}}
			if key in ("roles", "states", "role_profiles", "workflows") and not IDENTIFIER.match(label):
				yield name.lineno, label
			yield from manifest_texts(value, label)
	elif isinstance(node, ast.List | ast.Tuple | ast.Set):
		for item in node.elts:
			yield from manifest_texts(item, key)
	elif isinstance(node, ast.Constant | ast.BinOp) and key in MANIFEST_KEYS:
		value = constant_text(node)
		if value and not IDENTIFIER.match(value) and "{{" not in value:
			if key == "options":
				yield from ((node.lineno, line) for line in value.split("\n"))
			else:
				yield node.lineno, value


# JavaScript, Vue and templates -------------------------------------------------------------------


def line_at(text: str, offset: int) -> int:
	return text.count("\n", 0, offset) + 1


def script_texts(repo: Repo) -> Iterator[Text]:
	for name in repo.match(".js", ".mjs", ".ts", under=APP):
		if not is_test(name) and not name.endswith(".min.js"):
			text = repo.text(name)
			yield from (Text(source, name, line_at(text, place)) for place, source in scan.javascript(text))


def markup_texts(repo: Repo) -> Iterator[Text]:
	for name in repo.match(".html", ".vue", ".xml", ".txt", ".md", under=APP):
		if not is_test(name) and not name.split("/")[-1].lower().startswith(
			("readme", "requirements", "patches", "modules")
		):
			text = repo.text(name)
			yield from (Text(source, name, line_at(text, place)) for place, source in scan.markup(text))


def visible_texts(repo: Repo) -> list[Text]:
	"""All texts that need Chinese, in order of file and line."""
	found = {
		text
		for part in (json_texts, python_texts, script_texts, markup_texts)
		for text in part(repo)
		if needs_translation(text.source)
	}
	return sorted(found, key=lambda text: (text.path, text.line, text.source))


def text_language(repo: Repo, name: str) -> str | None:
	"""The language of a long text that has a file for each language (privacy_en.html, privacy_zh.html)."""
	match = re.search(r"_(en|zh)\.html$", name)
	if not match:
		return None
	other = "zh" if match.group(1) == "en" else "en"
	return match.group(1) if f"{name[: match.start()]}_{other}.html" in repo.files else None


def print_formats(repo: Repo) -> Iterator[tuple[str, dict[str, Any]]]:
	for name in repo.match(".json", under=APP):
		if "/print_format/" in name and not is_test(name):
			try:
				record = json.loads(repo.text(name))
			except ValueError:
				continue  # the json check reports it
			if isinstance(record, dict):
				yield name, record


@check("texts", "Visible texts: English source, none outside _()")
def texts(repo: Repo) -> Iterator[Problem]:
	for text in visible_texts(repo):
		if scan.has_cjk(text.source) and not allowed(repo.lines(text.path), text.line, "chinese-source"):
			yield Problem(text.path, text.line, f"chinese-source: {RULES['chinese-source']}: {text.source[:60]!r}")
		if text.source != text.source.strip():
			yield Problem(text.path, text.line, f"text begins or ends with a space: {text.source[:60]!r}")
	for name, record in print_formats(repo):
		for _, found in scan.bare_text(record.get("html") or ""):
			yield Problem(name, repo.line_of(name, '"html"'), f"bare-text: {RULES['bare-text']}: {found[:60]!r}")
	for name in repo.match(".html", under=APP):
		if is_test(name) or "/docs/" in name:
			continue
		lines = repo.lines(name)
		if text_language(repo, name):
			continue
		for line, found in scan.bare_text(repo.text(name)):
			if not allowed(lines, line, "bare-text"):
				yield Problem(name, line, f"bare-text: {RULES['bare-text']}: {found[:60]!r}")
	for name in repo.match(".py", under=APP):
		if "/report/" not in name or is_test(name):
			continue
		tree = repo.tree(name)
		for node in ast.walk(tree) if tree else ():
			for value in label_constants(node):
				if not allowed(repo.lines(name), value.lineno, "untranslated-label"):
					yield Problem(
						name, value.lineno, f"untranslated-label: {RULES['untranslated-label']}: {value.value!r}"
					)
