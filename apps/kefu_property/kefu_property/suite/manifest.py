"""Manifests: what each module package is, read by one loader (DESIGN §3).

A manifest is the dict `MANIFEST` in `<package>/manifest.py`. It is data: nothing here touches a database, so that the
framework's hooks can be derived from the manifests when an app is loaded. Packages of other apps have the same form
and reach the suite through the hook `kefu_modules`.
"""

from __future__ import annotations

import importlib
import json
from functools import cache
from pathlib import Path

#: the suite's own packages, foundation first
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

REQUIRED = {"name": str, "summary": str, "category": str, "version": str, "depends": list, "duties": list}
OPTIONAL = {
	"application": bool,
	"auto_install": bool,
	"data": list,
	"demo": list,
	"roles": dict,
	"workflows": list,
	"jobs": dict,
	"doc_events": dict,
	"notifications": list,
	"portal": dict,
	"contributes": dict,
	"settings": list,
	"pages": list,
	"row_rules": dict,
	"unscoped": list,
}
PORTAL_KEYS = {"entries": list, "methods": list, "guest_methods": list, "guest_routes": list}
ENTRY_KEYS = {"route", "title", "icon", "order", "page", "nav", "guest"}
#: `own_indicator`: the list shows the colours of its own `get_indicator` instead of the state's
WORKFLOW_KEYS = {"name", "doctype", "state_field", "states", "transitions", "own_indicator", "approval"}
#: `approval`: the usual round of a paper in few words, see `workflow_rows`
APPROVAL_KEYS = {"prepares", "approves", "approved", "submitted", "rejected", "keeps", "cancels"}


class ManifestError(ValueError):
	"""A manifest is not of the form that the suite reads; the message names package and key."""


def validate(manifest: dict, package: str) -> None:
	"""Check the form of one manifest. Raises ManifestError at the first thing that is wrong."""

	def need(condition: bool, what: str) -> None:
		if not condition:
			raise ManifestError(f"{package}: {what}")

	for key, kind in REQUIRED.items():
		need(isinstance(manifest.get(key), kind), f"{key} must be a {kind.__name__}")
	for key, value in manifest.items():
		kind = REQUIRED.get(key) or OPTIONAL.get(key)
		need(kind is not None, f"unknown key {key}")
		need(isinstance(value, kind), f"{key} must be a {kind.__name__}")
	for key, value in manifest.get("portal", {}).items():
		need(isinstance(value, PORTAL_KEYS.get(key, ())), f"portal has no key {key} of this type")
	for entry in manifest.get("portal", {}).get("entries", []):
		need({"route", "title", "page"} <= entry.keys() <= ENTRY_KEYS, f"portal entry {entry.get('route')}")
	for workflow in manifest.get("workflows", []):
		rows = {"approval"} if "approval" in workflow else {"states", "transitions"}
		need({"name", "doctype", *rows} <= workflow.keys() <= WORKFLOW_KEYS, f"workflow {workflow.get('name')}")
		if "approval" in workflow:
			keys = workflow["approval"].keys()
			need({"prepares", "approves"} <= keys <= APPROVAL_KEYS, f"workflow {workflow['name']}: approval")
		all_states, all_transitions = workflow_rows(workflow)
		states = {row["state"] for row in all_states}
		for row in all_transitions:
			need({row["from"], row["to"]} <= states, f"workflow {workflow['name']}: {row['from']} → {row['to']}")
			need(
				bool(row.get("role") and row.get("action")),
				f"workflow {workflow['name']}: transition without role or action",
			)


def workflow_rows(workflow: dict) -> tuple[list[dict], list[dict]]:
	"""(states, transitions) of a workflow of a manifest, its short form `approval` written out.

	`approval` is the round that most papers make: Draft → Submit for Approval → Pending Approval → Approve → Approved.
	`prepares` and `approves` name a role or a list of roles; `approved` another name of the last state; `submitted`
	makes the approved paper a submitted document, which has a state Cancelled as well; `keeps` is the role that edits
	the approved paper (otherwise the first that approves), `cancels` the role that may cancel it. Reject leads back to
	Draft, or with `rejected` to a state of its own, from where whoever prepares may revise. Further `states` and
	`transitions` of the workflow come after these.
	"""
	states, transitions = list(workflow.get("states", ())), list(workflow.get("transitions", ()))
	if "approval" not in workflow:
		return states, transitions
	approval = workflow["approval"]
	prepares, approves = (
		[roles] if isinstance(roles, str) else roles for roles in (approval["prepares"], approval["approves"])
	)
	approved = approval.get("approved", "Approved")
	keeper = approval.get("keeps", approves[0])
	refused = "Rejected" if approval.get("rejected") else "Draft"
	usual = [
		*({"state": "Draft", "edit": role} for role in prepares),
		*({"state": "Pending Approval", "edit": role, "style": "Warning"} for role in approves),
		{"state": approved, "docstatus": int(approval.get("submitted", False)), "edit": keeper, "style": "Success"},
	]
	moves = [
		{"from": "Draft", "action": "Submit for Approval", "to": "Pending Approval", "role": prepares},
		{"from": "Pending Approval", "action": "Approve", "to": approved, "role": approves, "approval": True},
		{"from": "Pending Approval", "action": "Reject", "to": refused, "role": approves},
	]
	if approval.get("rejected"):
		usual.append({"state": "Rejected", "edit": prepares[0], "style": "Danger"})
		moves.append({"from": "Rejected", "action": "Revise", "to": "Draft", "role": prepares})
	if approval.get("submitted"):
		usual.append(
			{"state": "Cancelled", "docstatus": 2, "edit": approval.get("cancels", keeper), "style": "Inverse"}
		)
	if "cancels" in approval:
		moves.append({"from": approved, "action": "Cancel", "to": "Cancelled", "role": approval["cancels"]})
	return usual + states, moves + transitions


@cache
def load(package_path: str) -> dict:
	"""Return the manifest of a package given by its full import path, with `package`, `path` and `key` added.

	`key` is what other manifests name in `depends`: the last part of the path.
	"""
	manifest = dict(importlib.import_module(f"{package_path}.manifest").MANIFEST)
	key = package_path.rpartition(".")[2]
	validate(manifest, key)
	if "workflows" in manifest:
		manifest["workflows"] = [
			workflow | dict(zip(("states", "transitions"), workflow_rows(workflow), strict=True))
			for workflow in manifest["workflows"]
		]
	return manifest | {"package": package_path, "key": key, "path": package_folder(package_path)}


@cache
def package_folder(package_path: str) -> str:
	return str(Path(importlib.import_module(package_path).__file__).parent)


def in_order(manifests: list[dict]) -> list[dict]:
	"""Sort manifests so that each comes after what it depends on. Raises ManifestError for a cycle or an unknown name."""
	by_key = {manifest["key"]: manifest for manifest in manifests}
	done: dict[str, dict] = {}

	def visit(key: str, trail: tuple[str, ...]) -> None:
		if key in done:
			return
		if key in trail:
			raise ManifestError(f"circular dependency: {' → '.join((*trail, key))}")
		if key not in by_key:
			raise ManifestError(f"{trail[-1]}: depends on unknown module {key}")
		for other in by_key[key]["depends"]:
			visit(other, (*trail, key))
		done[key] = by_key[key]

	for manifest in manifests:
		visit(manifest["key"], ())
	return list(done.values())


def absolute(manifest: dict, dotted: str) -> str:
	"""Full dotted path of a function named in a manifest: relative to its package unless it starts with the app's name."""
	app = manifest["package"].partition(".")[0]
	return dotted if dotted.split(".", 1)[0] in (app, "frappe") else f"{manifest['package']}.{dotted}"


@cache
def doctypes(package_path: str) -> dict[str, dict]:
	"""DocTypes of a package: name → {istable, issingle, scoped} where `scoped` tells that it has a Link `project`."""
	found = {}
	for path in sorted(Path(package_folder(package_path)).glob("doctype/*/*.json")):
		if path.stem != path.parent.name:
			continue
		data = json.loads(path.read_text(encoding="utf-8"))
		found[data["name"]] = {
			"istable": bool(data.get("istable")),
			"issingle": bool(data.get("issingle")),
			"scoped": any(
				field.get("fieldname") == "project" and field.get("options") == "Property Project"
				for field in data.get("fields", ())
			),
		}
	return found


@cache
def records(package_path: str, kind: str) -> tuple[str, ...]:
	"""Names of the standard records that a package ships under folder `kind` (report, workspace, page, print_format)."""
	names = []
	for path in sorted(Path(package_folder(package_path)).glob(f"{kind}/*/*.json")):
		if path.stem == path.parent.name:
			names.append(json.loads(path.read_text(encoding="utf-8"))["name"])
	return tuple(names)


def module_hooks(package_paths: list[str]) -> dict:
	"""The framework's hooks that follow from the manifests of `package_paths`.

	An app merges the result into its hooks.py: row rules and approval rules of its DocTypes, document events and
	scheduled jobs.
	"""
	hooks: dict[str, dict] = {
		"has_permission": {},
		"permission_query_conditions": {},
		"doc_events": {},
		"scheduler_events": {},
	}
	events = hooks["doc_events"]

	def add_event(doctype: str, event: str, handler: str) -> None:
		events.setdefault(doctype, {}).setdefault(event, []).append(handler)

	for package_path in package_paths:
		manifest = load(package_path)
		for doctype, facts in doctypes(package_path).items():
			if facts["istable"]:
				continue
			hooks["has_permission"][doctype] = "kefu_property.suite.row_rules.has_permission"
			hooks["permission_query_conditions"][doctype] = (
				f"kefu_property.suite.row_rules.conditions_of_{doctype.replace(' ', '_')}"
			)
			add_event(doctype, "validate", "kefu_property.suite.approval.check_state_change")
			add_event(doctype, "before_update_after_submit", "kefu_property.suite.approval.check_state_change")
			add_event(doctype, "before_submit", "kefu_property.suite.approval.check_submitted")
			add_event(doctype, "on_update", "kefu_property.suite.approval.record_state_change")
			add_event(doctype, "on_update_after_submit", "kefu_property.suite.approval.record_state_change")
			add_event(doctype, "on_cancel", "kefu_property.suite.approval.record_state_change")
		for doctype, handlers in manifest.get("doc_events", {}).items():
			for event, names in handlers.items():
				for name in [names] if isinstance(names, str) else names:
					add_event(doctype, event, absolute(manifest, name))
		for frequency, jobs in manifest.get("jobs", {}).items():
			scheduler = hooks["scheduler_events"]
			if frequency == "cron":
				for expression, names in jobs.items():
					scheduler.setdefault("cron", {}).setdefault(expression, []).extend(
						absolute(manifest, name) for name in names
					)
			else:
				scheduler.setdefault(frequency, []).extend(absolute(manifest, name) for name in jobs)
	return hooks


def job_methods(manifest: dict) -> list[str]:
	"""Full dotted paths of the scheduled jobs of a manifest."""
	names = []
	for frequency, jobs in manifest.get("jobs", {}).items():
		for group in jobs.values() if frequency == "cron" else [jobs]:
			names.extend(absolute(manifest, name) for name in group)
	return names
