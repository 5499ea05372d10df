"""The gate: guests and residents reach only what a manifest allows; a module that is off answers nobody (invariant 7)."""

from __future__ import annotations

import json

import frappe
import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from kefu_property.suite import access, row_rules, state
from tests.factories.users import as_user, make_user

RESIDENT = "gate-resident@test.kefu.example"


@pytest.fixture
def resident(site):
	return make_user("Property Resident", email=RESIDENT, user_type="Website User")


@pytest.fixture
def ask(site):
	"""Put one request through the gate as a user."""
	before = frappe.local.request if hasattr(frappe.local, "request") else None, frappe.local.form_dict

	def send(user: str, path: str, method: str = "GET", **form):
		frappe.local.request = Request(EnvironBuilder(path=path, method=method).get_environ())
		with as_user(user):
			frappe.local.form_dict = frappe._dict(form)
			access.check_request()

	yield send
	frappe.local.request, frappe.local.form_dict = before


CLOSED = [
	("/app", {}),
	("/app/resident", {}),
	("/api/resource/Resident", {}),
	("/api/v1/resource/Resident", {}),
	("/api/v2/document/Resident", {}),
	("/api/method/frappe.client.get_list", {"doctype": "Resident"}),
	("/api/method/frappe.desk.reportview.get", {"doctype": "User"}),
	("/api/method/run_doc_method", {}),
	("/api/v2/method/Resident/reveal", {}),
	("/api/method/frappe.utils.print_format.download_pdf", {}),
	("/api/method/upload_file", {}),
	("/printview", {}),
	("/private/files/contract.pdf", {}),
	("/", {"cmd": "frappe.client.get"}),
	("/api/method/ping", {"cmd": "frappe.client.get"}),
	("/contact", {}),
	("/backups/site.sql.gz", {}),
]


@pytest.mark.parametrize(("path", "form"), CLOSED)
def test_a_resident_reaches_nothing_that_is_not_listed(ask, resident, path, form):
	with pytest.raises(access.NotOnAllowList):
		ask(resident, path, **form)


@pytest.mark.parametrize(("path", "form"), [row for row in CLOSED if not row[0].startswith("/app")])
def test_a_guest_reaches_nothing_that_is_not_listed(ask, path, form):
	with pytest.raises(access.NotOnAllowList):
		ask("Guest", path, **form)


@pytest.mark.parametrize(
	"path", ["/", "/login", "/portal", "/portal/bills", "/update-password", "/api/method/ping", "/api/method/login"]
)
def test_the_listed_doors_are_open(ask, resident, path):
	ask("Guest", path)
	ask(resident, path)


def test_methods_of_residents_are_closed_to_guests(ask, resident):
	methods = access.allowed_methods(resident) - access.allowed_methods("Guest")
	assert methods, "no module offers residents a method"
	for method in methods:
		ask(resident, f"/api/method/{method}", "POST")
		with pytest.raises(access.NotOnAllowList):
			ask("Guest", f"/api/method/{method}", "POST")


def test_every_listed_method_exists_and_is_whitelisted(site):
	for user in ("Guest", RESIDENT):
		for method in access.allowed_methods(user) - access.GUEST_METHODS:
			function = frappe.get_attr(method)
			assert function in frappe.whitelisted, method
			assert user != "Guest" or function in frappe.guest_methods, method


def test_staff_pass(ask):
	agent = make_user("CS Agent")
	ask(agent, "/app/resident")
	ask(agent, "/api/resource/Resident")
	ask(agent, "/api/method/frappe.client.get_list", doctype="Resident")


@pytest.mark.parametrize(
	("path", "form"),
	[
		("/api/resource/Fee Invoice", {}),
		("/api/method/frappe.client.get_list", {"doctype": "Fee Invoice"}),
		("/api/method/frappe.desk.form.save.savedocs", {"doc": json.dumps({"doctype": "Fee Invoice"})}),
		("/api/method/frappe.client.insert", {"doc": {"doctype": "Fee Invoice"}}),
		("/api/method/kefu_property.billing.api.anything", {}),
	],
)
def test_a_module_that_is_off_answers_nobody(ask, path, form):
	cashier = make_user("Cashier")
	ask(cashier, path, **form)
	state.disable("billing")
	try:
		with pytest.raises(row_rules.ModuleDisabled, match="switched off"):
			ask(cashier, path, **form)
	finally:
		frappe.db.rollback()
		state.forget()
