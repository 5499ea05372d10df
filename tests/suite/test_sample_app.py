"""Another app contributes a module, channels and a tariff kind through the suite's hooks (docs/architecture.md §3)."""

from __future__ import annotations

from pathlib import Path

import frappe
import pytest
from frappe.installer import install_app, remove_app

from kefu_property.suite import access, messages, state
from tests.factories.registry import make_project
from tests.factories.users import as_user, make_user

APP = "kefu_sample"


@pytest.fixture(scope="module")
def sample(connection):
	"""The sample app, installed on the test site for the tests of this file."""
	apps = Path("apps.txt")
	before = apps.read_text()
	apps.write_text(f"{before.rstrip()}\n{APP}\n")
	frappe.set_user("Administrator")
	frappe.clear_cache()
	install_app(APP)
	frappe.db.commit()  # the services of the site must see it
	yield APP
	frappe.set_user("Administrator")
	remove_app(APP, dry_run=False, yes=True, no_backup=True, force=True)
	apps.write_text(before)
	frappe.clear_cache()
	state.forget()
	assert not frappe.db.exists("Module", "bicycles")


@pytest.fixture(autouse=True)
def fresh(sample, site):
	state.forget()
	yield
	frappe.db.rollback()
	state.forget()


def test_the_module_is_in_the_shop_window():
	assert "bicycles" in state.all_modules()
	assert frappe.db.get_value("Module", "bicycles", ["title", "app", "enabled"]) == ("Bicycles", APP, 1)
	assert "bicycles" in state.dependents("registry")


def test_its_rows_belong_to_projects():
	mine, other = make_project().name, make_project().name
	for project in (mine, other):
		frappe.get_doc({"doctype": "Sample Bicycle", "project": project, "label": project}).insert()
	with as_user(make_user("CS Agent", projects=(mine,), email="bicycle-agent@test.kefu.example")):
		assert frappe.get_list("Sample Bicycle", pluck="label") == [mine]


def test_it_takes_part_in_what_other_modules_ask():
	project = make_project().name
	frappe.get_doc({"doctype": "Sample Bicycle", "project": project, "lent": 1}).insert()
	checks = [
		row
		for check in state.contributions("move_checks")
		if APP in check.__module__
		for row in check(frappe._dict(project=project))
	]
	assert [row["status"] for row in checks] == ["blocked"]


def test_its_portal_method_is_on_the_allow_list():
	resident = make_user("Property Resident", email="bicycle-resident@test.kefu.example", user_type="Website User")
	assert f"{APP}.bicycles.api.my_bicycles" in access.allowed_methods(resident)
	assert f"{APP}.bicycles.api.my_bicycles" not in access.allowed_methods("Guest")


def test_its_tariff_kind_bills():
	from kefu_property.billing import runs
	from tests.factories import billing
	from tests.factories.registry import make_home

	project = make_project().name
	billing.make_tariff(project, "2.50", kind="Per Sign")
	unit, _resident, _occupancy = make_home(project, "1-1-101")
	make_home(project, "101", building=unit.building)
	run = billing.make_run(project)
	runs.preview(run.name)
	run.reload()
	assert (str(run.total), run.bill_count) == ("17.5", 1)
	assert [(row.reason, row.units) for row in runs.skip_summary(run.name)] == [("Cannot be calculated", 1)]


def test_its_message_channel_carries():
	frappe.db.set_single_value("Kefu Settings", "message_channel", "Sample Carrier")
	name = messages.send("sign_in_code", "13800138000", {"code": "135790"}, language="zh")
	sent = frappe.flags.kefu_sample_sent
	assert (sent["to"], sent["kind"]) == ("13800138000", "sign_in_code")
	assert "135790" in sent["text"]
	kept = frappe.get_doc("Outgoing Message", name)
	assert (kept.channel, kept.status, kept.reference) == ("Sample Carrier", "Sent", "sample-1")
	assert "13800138000" not in kept.as_json()


def test_it_goes_off_like_any_other():
	method = f"{APP}.bicycles.jobs.remind"
	assert frappe.db.get_value("Scheduled Job Type", {"method": method}, "stopped") == 0
	state.disable("bicycles")
	assert frappe.db.get_value("Scheduled Job Type", {"method": method}, "stopped") == 1
	with as_user(make_user("CS Agent")), pytest.raises(frappe.PermissionError):
		frappe.get_list("Sample Bicycle")
