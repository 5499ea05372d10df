"""No key is lent twice, also by two desks at the same moment (D14)."""

import frappe
import pytest

from tests.factories.keys import lend, make_key, new_loan
from tests.factories.parallel import at_once
from tests.factories.registry import make_project

pytestmark = pytest.mark.concurrency


def submit(loan: str) -> None:
	frappe.get_doc("Key Loan", loan).submit()


def take_back(loan: str) -> None:
	frappe.get_doc("Key Loan", loan).return_keys()


@pytest.fixture
def project():
	name = make_project().name
	yield name
	frappe.db.rollback()
	for doctype in ("Key Loan", "Property Key"):
		for child in frappe.get_all(doctype, filters={"project": name}, pluck="name"):
			frappe.db.delete("Key Loan Item", {"parent": child})
		frappe.db.delete(doctype, {"project": name})
	frappe.db.delete("Property Project", {"name": name})
	frappe.db.commit()  # the processes needed committed data


def test_of_two_desks_one_lends_the_key(project):
	key, spare = make_key(project), make_key(project)
	loans = [new_loan(project, key.name, spare.name).insert().name for _ in range(4)]
	frappe.db.commit()  # the other processes must see it
	assert sorted(at_once(submit, [(loan,) for loan in loans])) == ["KeyNotAvailable"] * 3 + ["ok"]
	frappe.db.rollback()
	assert frappe.db.count("Key Loan", {"project": project, "status": "On Loan"}) == 1


def test_of_two_desks_one_takes_the_key_back(project):
	loan = lend(project, make_key(project).name)
	frappe.db.commit()  # the other processes must see it
	assert sorted(at_once(take_back, [(loan.name,), (loan.name,)])) == ["AlreadyReturned", "ok"]
