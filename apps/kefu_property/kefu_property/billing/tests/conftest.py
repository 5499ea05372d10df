import frappe
import pytest

from tests.factories.billing import make_staff


@pytest.fixture(autouse=True)
def held(request, monkeypatch):
	"""Runs commit chunk by chunk; here they do not, so that a test's rows are rolled back. Concurrency tests do commit."""
	if not request.node.get_closest_marker("concurrency"):
		monkeypatch.setattr(frappe.db, "commit", lambda: None)


@pytest.fixture(scope="session", autouse=True)
def staff(connection):
	make_staff()
	connection.db.commit()
