"""Payments by programs: the framework's own API, with keys that make a retry harmless."""

from __future__ import annotations

import frappe
import pytest
from frappe.api import handle
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from kefu_property.billing import audit, exceptions
from kefu_property.rules.money import D
from tests.factories import billing as make


def call(path: str, body: dict):
	"""What the framework answers to a POST of JSON, as the session's user."""
	frappe.local.request = Request(EnvironBuilder(path=path, method="POST", json=body).get_environ())
	frappe.local.form_dict = frappe._dict(body)
	frappe.local.response = frappe._dict(docs=[])
	try:
		handle()
	finally:
		frappe.local.request = None
		frappe.local.form_dict = frappe._dict()
	return frappe.local.response


@pytest.fixture
def billed():
	project, _unit, resident, bills = make.make_billed_home("1.00", building_area="100")
	return frappe._dict(project=project, resident=resident.name, bill=bills[0].name)


def test_a_program_posts_a_payment_and_repeats_it(billed):
	body = {
		"docstatus": 1,
		"project": billed.project,
		"resident": billed.resident,
		"amount": "60.00",
		"method": "Bank Transfer",
		"reference_no": "20260331-1",
		"idempotency_key": frappe.generate_hash(length=16),
		"allocations": [{"invoice": billed.bill, "amount": "60.00"}],
		# what only the system says is not believed
		"receipt_no": "X-1",
		"cashier": "Administrator",
		"status": "Reversal",
		"flags": {"is_reversal": True, "online": True},
	}
	with make.as_role("Cashier", project=billed.project) as cashier:
		first = call("/api/resource/Fee Payment", dict(body))["data"]
		again = call("/api/resource/Fee Payment", dict(body))["data"]
		with pytest.raises(exceptions.KeyUsedOtherwise):
			call("/api/resource/Fee Payment", {**body, "amount": "61.00"})
	assert (first["receipt_no"], first["cashier"], first["status"]) == (f"{billed.project}-0000001", cashier, "Posted")
	assert again["name"] == first["name"]
	assert frappe.db.count("Fee Payment", {"project": billed.project}) == 1
	assert D(frappe.db.get_value("Fee Invoice", billed.bill, "outstanding")) == 40
	assert audit.run(billed.project) == []


def test_the_method_collect_answers_a_retry_with_the_same_receipt(billed):
	body = {
		"resident": billed.resident,
		"project": billed.project,
		"amount": "100",
		"method": "Cash",
		"tendered": "120",
		"idempotency_key": frappe.generate_hash(length=16),
	}
	path = "/api/method/kefu_property.billing.actions.collect"
	with make.as_role("Cashier", project=billed.project):
		first = call(path, dict(body))["message"]
		assert (first["change"], first["allocated"]) == ("20.00", "100.00")
		assert call(path, dict(body))["message"] == first
	with make.as_role("Technician", project=billed.project), pytest.raises(frappe.PermissionError):
		call(path, dict(body))
	assert frappe.db.count("Fee Payment", {"project": billed.project}) == 1


@pytest.mark.parametrize("amount", ["1e309", "NaN", "１２３", "-1", "0", "", None, 1e309, "1.001", "9" * 400])
def test_amounts_that_programs_must_not_send(billed, amount):
	body = {"docstatus": 1, "project": billed.project, "resident": billed.resident, "amount": amount, "method": "Cash"}
	with make.as_role("Cashier", project=billed.project), pytest.raises(frappe.ValidationError):
		call("/api/resource/Fee Payment", body)
	assert not frappe.db.count("Fee Payment", {"project": billed.project})
