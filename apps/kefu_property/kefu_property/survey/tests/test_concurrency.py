"""A home answers once, also when two of its people send at the same moment (D10)."""

import frappe
import pytest

from kefu_property.survey import links
from kefu_property.survey.portal import survey as page
from tests.factories.parallel import at_once
from tests.factories.registry import make_home, make_project
from tests.factories.survey import invitations, open_survey

pytestmark = pytest.mark.concurrency


def send(token: str) -> None:
	page.take(token, "", {"q1": "5"})


def test_of_answers_at_the_same_moment_one_is_kept():
	project = make_project().name
	make_home(project)
	doc = open_survey(project)
	token = links.token_of(invitations(doc)[0].name)
	frappe.db.commit()  # the other processes must see it
	try:
		assert sorted(at_once(send, [(token,)] * 4)) == ["AlreadyAnswered"] * 3 + ["ok"]
		frappe.db.rollback()
		assert frappe.db.count("Survey Response", {"survey": doc.name}) == 1
	finally:
		for parent in frappe.get_all("Survey Response", {"survey": doc.name}, pluck="name"):
			frappe.db.delete("Survey Answer", {"parent": parent})
		for doctype in ("Survey Response", "Survey Invitation", "Satisfaction Survey", "Unit Occupancy", "Resident"):
			frappe.db.delete(doctype, {"project": project})
		for doctype in ("Property Unit", "Property Building"):
			frappe.db.delete(doctype, {"project": project})
		frappe.db.delete("Survey Question", {"parent": doc.name})
		frappe.db.delete("Property Project", {"name": project})
		frappe.db.commit()  # the processes needed committed data
