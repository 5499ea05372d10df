"""Manifests and names."""

import pytest

from tests.lint.conftest import APP
from tools.lint.manifests import DUTIES, PACKAGES, cycle, foreign_names


@pytest.fixture
def suite(bench):
	"""A bench with every package, all duties claimed by the first."""
	for package in PACKAGES:
		duties = list(DUTIES) if package == "registry" else []
		manifest = {
			"name": package.title(),
			"summary": "What it is",
			"category": "Office",
			"version": "0.1.0",
			"depends": [] if package == "registry" else ["registry"],
			"duties": duties,
		}
		bench.app(f"{package}/manifest.py", f"MANIFEST = {manifest!r}\n")
		bench.app(f"{package}/README.md", "# A package\n")
	bench.app("modules.txt", "Registry\nBilling\n")
	return bench


def rewrite(bench, package: str, old: str, new: str) -> None:
	path = bench.root / APP / package / "manifest.py"
	text = path.read_text()
	assert old in text
	path.write_text(text.replace(old, new))


def test_complete_suite_passes(suite):
	assert suite.problems("manifests") == []
	assert suite.problems("names") == []


@pytest.mark.parametrize(
	("package", "old", "new", "part"),
	[
		("billing", "'version': '0.1.0', ", "", "lacks the key 'version'"),
		("billing", "'depends': ['registry']", "'depends': 'registry'", "'depends' is not a list"),
		("billing", "'depends': ['registry']", "'depends': ['stock']", "depends on 'stock'"),
		("registry", "'depends': []", "'depends': ['billing']", "in a circle"),
		("registry", "'D14', ", "", "no manifest claims these duties: D14"),
		("registry", "'D14'", "'D99'", "claims the duty 'D99'"),
		("keys", "'summary': 'What it is'", "'summary': str(1)", "is not plain data"),
	],
)
def test_bad_manifests(suite, package: str, old: str, new: str, part: str):
	rewrite(suite, package, old, new)
	assert any(part in line for line in suite.problems("manifests"))


def test_package_without_manifest_or_readme(suite):
	(suite.root / APP / "keys" / "manifest.py").unlink()
	(suite.root / APP / "keys" / "README.md").unlink()
	assert suite.problems("manifests") == [
		f"{APP}/keys/README.md: the package has no README.md",
		f"{APP}/keys/manifest.py: the package has no manifest.py with MANIFEST = {{…}}",
	]


def test_the_apps_own_validation_counts(suite):
	suite.app(
		"suite/manifest.py",
		"def validate(manifest, package):\n\tif package == 'keys':\n\t\traise ValueError('keys: no hooks for keys')\n",
	)
	assert suite.problems("manifests") == [f"{APP}/keys/manifest.py:1: keys: no hooks for keys"]
	suite.app("suite/manifest.py", "import no_such_module\n")
	assert "cannot be loaded without a site" in suite.problems("manifests")[0]


def test_cycle():
	assert cycle({"a": ["b"], "b": ["c"], "c": []}) is None
	assert cycle({"a": ["b"], "b": ["c"], "c": ["b"]}) == ["b", "c", "b"]


@pytest.mark.parametrize(
	("kind", "name", "app"),
	[
		("DocType", "Fee Structure", "education"),
		("DocType", "Asset", "erpnext"),
		("DocType", "User", "frappe"),
		("DocType", "HD Ticket", "helpdesk"),
		("DocType", "Training Event", "hrms"),
		("DocType", "CRM Lead", "crm"),
		("DocType", "Loan Product", "lending"),
		("Role", "Accounts User", "erpnext"),
		("Module", "Stock", "erpnext"),
		("Report", "General Ledger", "erpnext"),
	],
)
def test_other_apps_names_are_known(kind: str, name: str, app: str):
	assert app in foreign_names()[kind, name.lower()].split(",")


def test_names_of_other_apps(suite):
	suite.record("registry/doctype/asset/asset.json", {"doctype": "DocType", "name": "Asset", "module": "Registry"})
	suite.record("registry/report/x/x.json", {"doctype": "Report", "name": "general ledger", "module": "Registry"})
	rewrite(suite, "registry", "'duties'", "'roles': {'Accounts User': {}, 'Cashier': {}}, 'duties'")
	rewrite(suite, "billing", "'duties'", "'workflows': [{'name': 'Free Name'}], 'duties'")
	found = suite.problems("names")
	assert len(found) == 3
	assert "the DocType 'Asset' is also one of erpnext" in found[0]
	assert "'Accounts User'" in found[1] and "'general ledger'" in found[2]


def test_modules_and_roles(suite):
	suite.app("modules.txt", "Registry\nBilling\nStock\nNowhere\n")
	suite.record(
		"billing/doctype/fee_item/fee_item.json",
		{
			"doctype": "DocType",
			"name": "Fee Item",
			"module": "Registry",
			"permissions": [{"role": "System Manager"}, {"role": "Casheer"}],
		},
	)
	rewrite(
		suite,
		"billing",
		"'duties'",
		"'workflows': [{'name': 'W', 'transitions': [{'action': 'Approve', 'role': 'Nobody'}]}], 'duties'",
	)
	found = "\n".join(suite.problems("names"))
	assert "belongs to the module 'Registry', but stands in billing" in found
	assert "no manifest declares the role 'Casheer'" in found
	assert "no manifest declares the role 'Nobody'" in found
	assert "System Manager" not in found
	assert "the module 'Stock' is also one of erpnext" in found
	assert "the module 'Nowhere' has no folder nowhere" in found


def test_one_name_twice(suite):
	for module in ("registry", "billing"):
		suite.record(f"{module}/report/a/a.json", {"doctype": "Report", "name": "Arrears", "module": module.title()})
	assert [line for line in suite.problems("names") if "is also in" in line]
