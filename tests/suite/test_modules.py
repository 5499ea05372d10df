"""Every module goes off and on again: nothing of it is offered meanwhile, nothing of it is lost (docs/architecture.md §3)."""

from __future__ import annotations

import frappe
import pytest
from frappe.boot import get_bootinfo

from kefu_property.registry.page.suite import suite as shop_window
from kefu_property.suite import desk, row_rules, setup, state
from kefu_property.suite import manifest as manifests
from tests.factories.users import as_user, make_user

KEYS = [key for key in manifests.PACKAGES if key != "registry"]


@pytest.fixture(autouse=True)
def all_on(site):
	yield
	frappe.db.rollback()
	state.forget()


def readers(doctype: str) -> list[str]:
	return [row.role for row in frappe.get_meta(doctype).permissions if row.read and not row.permlevel]


def documents(entry: dict) -> list[str]:
	return [
		name
		for name, facts in manifests.doctypes(entry["package"]).items()
		if not facts["istable"] and not facts["issingle"]
	]


@pytest.mark.parametrize("key", KEYS)
def test_off_and_on(key):
	entry = state.all_modules()[key]
	workspaces = manifests.records(entry["package"], "workspace")
	reports = manifests.records(entry["package"], "report")
	jobs = manifests.job_methods(entry)

	changed = state.disable(key)

	assert changed[-1] == key
	assert set(changed) == {key, *state.dependents(key)}
	for doctype in documents(entry):
		with as_user(make_user(readers(doctype)[0])):
			with pytest.raises(row_rules.ModuleDisabled):
				frappe.get_list(doctype)
			assert not frappe.has_permission(doctype, "read", doc=frappe.new_doc(doctype))
	assert all(frappe.db.get_value("Workspace", name, "is_hidden") for name in workspaces)
	assert all(frappe.db.get_value("Report", name, "disabled") for name in reports)
	assert all(frappe.db.get_value("Scheduled Job Type", {"method": name}, "stopped") for name in jobs)
	for point in entry.get("contributes", {}):
		assert not any(
			function.__module__.startswith(entry["package"] + ".") for function in state.contributions(point)
		)

	state.enable(key)

	for doctype in documents(entry):
		with as_user(make_user(readers(doctype)[0])):
			frappe.get_list(doctype)
	assert not any(frappe.db.get_value("Workspace", name, "is_hidden") for name in workspaces)
	assert not any(frappe.db.get_value("Report", name, "disabled") for name in reports)
	assert not any(frappe.db.get_value("Scheduled Job Type", {"method": name}, "stopped") for name in jobs)


def test_enabling_brings_what_is_needed():
	state.disable("office")
	assert not state.is_enabled("quality")
	assert state.enable("quality") == ["office", "quality"]


def test_the_foundation_stays():
	with pytest.raises(state.ModuleStateError, match="foundation"):
		state.disable("registry")


def test_an_unknown_module_is_named():
	with pytest.raises(state.ModuleStateError, match="no module bakery"):
		state.enable("bakery")


def test_what_an_administrator_had_hidden_stays_hidden():
	name = manifests.records("kefu_property.billing", "workspace")[0]
	frappe.db.set_value("Workspace", name, "is_hidden", 1)
	state.disable("billing")
	state.enable("billing")
	assert frappe.db.get_value("Workspace", name, "is_hidden")
	frappe.db.set_value("Workspace", name, "is_hidden", 0)


def test_the_desk_is_told_only_what_is_on():
	cashier = make_user("Cashier")
	with as_user(cashier):
		boot = get_bootinfo()
		assert "Fee Invoice" in boot.user.can_read
	state.disable("billing")
	with as_user(cashier):
		boot = get_bootinfo()
		assert "Fee Invoice" not in boot.user.can_read
		assert "billing" not in boot.kefu["modules"]
		assert desk.home_route(cashier) == desk.DEFAULT_HOME


def test_only_administrators_switch(site):
	for role in ("CS Agent", "Cashier", "Office Director"):
		with as_user(make_user(role)), pytest.raises(frappe.PermissionError):
			shop_window.switch(module="billing", on=False)
	with as_user(make_user("Kefu Administrator")):
		assert shop_window.switch(module="billing", on=False)[-1] == "billing"
		window = shop_window.get_modules()
		assert window["may_switch"]
		assert not next(row for row in window["modules"] if row["key"] == "billing")["enabled"]


def test_a_module_row_is_not_written_by_hand():
	row = frappe.get_doc("Module", "billing")
	row.enabled = 0
	with pytest.raises(state.ModuleStateError):
		row.save(ignore_permissions=True)


def test_setting_up_twice_changes_nothing_of_the_site():
	workflow = frappe.get_all(
		"Workflow", filters={"document_type": ["in", list(state.owners()["doctype"])]}, pluck="name"
	)[0]
	frappe.db.set_value("Workflow", workflow, "send_email_alert", 1)
	counts = [frappe.db.count(doctype) for doctype in ("Role", "Role Profile", "Workflow", "Workflow State", "Module")]
	setup.set_up_suite()
	assert frappe.db.get_value("Workflow", workflow, "send_email_alert") == 1
	assert counts == [
		frappe.db.count(doctype) for doctype in ("Role", "Role Profile", "Workflow", "Workflow State", "Module")
	]


def test_messages_are_cleared_after_a_while_on_old_sites_too(site):
	from kefu_property.patches import register_message_log

	settings = frappe.get_doc("Log Settings")
	settings.logs_to_clear = [row for row in settings.logs_to_clear if row.ref_doctype != "Outgoing Message"]
	settings.save()
	register_message_log.execute()
	register_message_log.execute()
	rows = [row for row in frappe.get_doc("Log Settings").logs_to_clear if row.ref_doctype == "Outgoing Message"]
	assert [row.days for row in rows] == [90]
