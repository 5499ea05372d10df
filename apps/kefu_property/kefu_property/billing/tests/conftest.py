import frappe
import pytest


@pytest.fixture(autouse=True)
def held(request, monkeypatch):
	"""Runs commit chunk by chunk; here they do not, so that a test's rows are rolled back. Concurrency tests do commit."""
	if not request.node.get_closest_marker("concurrency"):
		monkeypatch.setattr(frappe.db, "commit", lambda: None)
