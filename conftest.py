"""Fixtures of all tests, those beside the app's modules included. `make test` provides the site and its services (docs/engine.md).

A test that uses the site starts and ends on the same data: what it writes is rolled back, the user is Administrator again.
A test may not rely on demo data, on the order of tests, or on rows of another test.
"""

import json
import os

import pytest
from hypothesis import HealthCheck, settings

# tests of plain Python: they need no site and no services
WITHOUT_SITE = (
	"tests/engine/",
	"tests/tools/",
	"tests/lint/",
	"tests/suite/test_duties.py",
	"kefu_property/rules/",
)


def pytest_configure(config):
	"""With pytest-xdist every worker process has an instance of its own (KEFU_WORKERS: one environment for each)."""
	worker = os.environ.get("PYTEST_XDIST_WORKER", "")
	environments = json.loads(os.environ.get("KEFU_WORKERS", "[]"))
	if worker.startswith("gw") and environments:
		os.environ.update(environments[int(worker[2:])])
	# how fast the machine is at the moment says nothing about the code
	settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
	settings.load_profile("any machine")


def pytest_collection_modifyitems(items):
	from engine import framework

	if framework.source() != "pypi":
		upstream = pytest.mark.skip(reason="FRAPPE_SOURCE: upstream's framework is used as it is")
		for item in items:
			if item.get_closest_marker("framework_patch"):
				item.add_marker(upstream)


def needs_site(path: str) -> bool:
	return not any(part in path.replace(os.sep, "/") for part in WITHOUT_SITE)


@pytest.fixture(scope="session")
def connection():
	"""The framework, connected to the test site for the whole session."""
	site = os.environ.get("KEFU_SITE")
	if not site:
		pytest.exit(
			"This test needs a site: run `make test`, or `python3 -m engine test --instance dev --keep PATH`.", 3
		)
	import frappe

	# the framework uses paths relative to the sites folder
	os.chdir(os.environ["KEFU_SITES_PATH"])
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	yield frappe
	frappe.destroy()


@pytest.fixture
def site(connection):
	"""The connected framework for one test; everything written to the database is rolled back after it."""
	frappe = connection
	# what an earlier, committed step of this test or another process did must be visible: a new snapshot
	frappe.db.rollback()
	reset_local(frappe)
	yield frappe
	frappe.db.rollback()
	forget_rolled_back(frappe)


@pytest.fixture(autouse=True)
def rollback(request):
	"""Gives every test outside WITHOUT_SITE the `site` fixture without asking."""
	if needs_site(str(request.path)):
		request.getfixturevalue("site")


@pytest.fixture(scope="session")
def base_url() -> str:
	"""Address of the served test site, such as http://127.0.0.1:22230."""
	url = os.environ.get("KEFU_BASE_URL")
	if not url:
		pytest.exit("This test needs a served site: run it through `make test` or `python3 -m engine test`.", 3)
	return url


def reset_local(frappe) -> None:
	frappe.set_user("Administrator")
	frappe.local.lang = "en"
	frappe.local.message_log = []
	frappe.local.form_dict = frappe._dict()
	frappe.local.response = frappe._dict({"docs": []})
	frappe.local.request = None
	frappe.local.flags = frappe._dict({"in_test": True, "mute_emails": True, "currently_saving": []})
	if hasattr(frappe, "in_test"):
		frappe.in_test = True


def forget_rolled_back(frappe) -> None:
	"""Cached copies of rows that the rollback took away, and what was derived from them for a user."""
	from frappe.cache_manager import user_cache_keys

	frappe.cache.delete_keys("document_cache::")
	for key in user_cache_keys:
		frappe.cache.delete_value(key)
	frappe.local.cache = {}
	frappe.local.role_permissions = {}
