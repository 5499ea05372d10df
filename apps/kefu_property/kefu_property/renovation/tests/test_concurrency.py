"""Two desks at the same moment issue one permit for a home (L11)."""

import frappe
import pytest

from kefu_property.renovation import charges, permits
from tests.factories.parallel import at_once
from tests.factories.registry import make_home, make_project
from tests.factories.renovation import make_application

pytestmark = pytest.mark.concurrency


def test_of_two_desks_one_issues_the_permit():
	project = make_project().name
	unit, resident, _occupancy = make_home(project, state="Vacant")
	doc = make_application(project, unit, resident)
	doc.db_set({"refuse_fee": 0, "docstatus": 1, "workflow_state": "Approved"})
	charges.receive_deposit(doc.name, "Cash")
	frappe.db.commit()  # the other processes must see it
	answers = at_once(permits.issue, [(doc.name,)] * 3)
	assert answers.count("ok") == 1 and set(answers) <= {"ok", "RenovationOverlap", "PermitExists"}
	frappe.db.rollback()
	assert frappe.db.count("Renovation Permit", {"unit": unit.name}) == 1
