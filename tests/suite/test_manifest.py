"""Manifests are data of one form, read by one loader (docs/architecture.md)."""

import re

import pytest

from kefu_property.suite import manifest as manifests

ALL = [manifests.load(f"kefu_property.{key}") for key in manifests.PACKAGES]
GOOD = {"name": "A", "summary": "a", "category": "c", "version": "1", "depends": [], "duties": []}


def test_all_packages_are_read_each_after_what_it_needs():
	order = [entry["key"] for entry in manifests.in_order(ALL)]
	assert sorted(order) == sorted(manifests.PACKAGES)
	for entry in ALL:
		assert all(order.index(need) < order.index(entry["key"]) for need in entry["depends"])


def test_no_job_hides_another():
	"""The framework names a scheduled job after the last two parts of its path: of two with one name only one would run."""
	jobs = {job for entry in ALL for job in manifests.job_methods(entry)}
	names = [".".join(job.split(".")[-2:]) for job in jobs]
	assert sorted(set(names)) == sorted(names)


def test_every_duty_of_the_charter_has_a_module():
	claimed = {duty for entry in ALL for duty in entry["duties"]}
	charter = {f"D{n}" for n in range(1, 32)} | {f"R{n}" for n in range(1, 6)} | {f"S{n}" for n in range(1, 7)}
	assert claimed == charter


def test_the_short_form_of_an_approval_is_the_usual_round():
	workflow = {
		"name": "W",
		"doctype": "T",
		"approval": {
			"prepares": ["CS Agent", "Cashier"],
			"approves": "Accountant",
			"rejected": True,
			"submitted": True,
		},
		"transitions": [{"from": "Approved", "action": "Go", "to": "Draft", "role": "Cashier"}],
	}
	manifests.validate(GOOD | {"workflows": [workflow]}, "a")
	states, moves = manifests.workflow_rows(workflow)
	assert [(row["state"], row["edit"], row.get("docstatus", 0)) for row in states] == [
		("Draft", "CS Agent", 0),
		("Draft", "Cashier", 0),
		("Pending Approval", "Accountant", 0),
		("Approved", "Accountant", 1),
		("Rejected", "CS Agent", 0),
		("Cancelled", "Accountant", 2),
	]
	assert [(row["from"], row["action"], row["to"]) for row in moves] == [
		("Draft", "Submit for Approval", "Pending Approval"),
		("Pending Approval", "Approve", "Approved"),
		("Pending Approval", "Reject", "Rejected"),
		("Rejected", "Revise", "Draft"),
		("Approved", "Go", "Draft"),
	]
	assert [row["action"] for row in moves if row.get("approval")] == ["Approve"]


def test_a_circle_is_named():
	a, b = GOOD | {"key": "a", "depends": ["b"]}, GOOD | {"key": "b", "depends": ["a"]}
	with pytest.raises(manifests.ManifestError, match=re.escape("a → b → a")):
		manifests.in_order([a, b])


def test_an_unknown_dependency_is_named():
	with pytest.raises(manifests.ManifestError, match="unknown module nowhere"):
		manifests.in_order([GOOD | {"key": "a", "depends": ["nowhere"]}])


@pytest.mark.parametrize(
	("change", "what"),
	[
		({"name": None}, "name must be a str"),
		({"duties": "D1"}, "duties must be a list"),
		({"colour": "red"}, "unknown key colour"),
		({"portal": {"pages": []}}, "portal has no key pages"),
		({"portal": {"entries": [{"route": "x"}]}}, "portal entry x"),
		(
			{
				"workflows": [
					{
						"name": "W",
						"doctype": "T",
						"states": [{"state": "Draft"}],
						"transitions": [{"from": "Draft", "to": "Gone", "action": "Go", "role": "R"}],
					}
				]
			},
			"Draft → Gone",
		),
		({"workflows": [{"name": "W", "doctype": "T", "approval": {"approves": "R"}}]}, "workflow W: approval"),
		({"workflows": [{"name": "W", "doctype": "T", "states": []}]}, "workflow W"),
	],
)
def test_a_manifest_of_another_form_is_refused(change, what):
	with pytest.raises(manifests.ManifestError, match=what):
		manifests.validate(GOOD | change, "sample")


def test_hooks_follow_from_the_doctypes():
	hooks = manifests.module_hooks(["kefu_property.registry"])
	assert set(hooks["has_permission"]) == set(hooks["permission_query_conditions"])
	assert "Module" in hooks["has_permission"]
	assert not any(
		facts["istable"] and name in hooks["has_permission"]
		for name, facts in manifests.doctypes("kefu_property.registry").items()
	)
