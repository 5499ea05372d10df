"""Two desks at the same moment: numbers stay gapless, a file is lent once (D9, DESIGN invariant 3)."""

import frappe
import pytest

from kefu_property.office import paper_series
from tests.factories.office_papers import approved_document, make_kind
from tests.factories.parallel import at_once
from tests.factories.registry import make_project

pytestmark = pytest.mark.concurrency


def issue_one(name: str, fails: bool) -> None:
	doc = frappe.get_doc("Issued Document", name)
	doc.workflow_state = "Formally Issued"
	doc.submit()
	if fails:
		raise ZeroDivisionError


@pytest.fixture
def project():
	name = make_project().name
	yield name
	frappe.db.rollback()
	for doctype in ("Issued Document", "Document Series", "Archive Loan", "Archive File"):
		for child in ("Archive Loan Item", "Issued Document Recipient"):
			names = frappe.get_all(doctype, filters={"project": name}, pluck="name")
			frappe.db.delete(child, {"parent": ["in", names or [""]]})
		frappe.db.delete(doctype, {"project": name})
	frappe.db.delete("Property Project", {"name": name})
	frappe.db.commit()  # the processes needed committed data


def test_documents_issued_at_once_have_gapless_numbers(project):
	"""Also the first number of a series, and with an issue that fails after it took its number."""
	kind = make_kind().name
	names = [approved_document(project, kind).name for _ in range(4)]
	frappe.db.commit()  # the other processes must see it
	answers = at_once(issue_one, [(name, number == 2) for number, name in enumerate(names)])
	frappe.db.rollback()
	assert sorted(answers) == ["ZeroDivisionError"] + ["ok"] * 3
	numbers = frappe.get_all("Issued Document", filters={"project": project, "docstatus": 1}, pluck="number")
	assert sorted(numbers) == [1, 2, 3]
	year = frappe.utils.getdate().year
	series = paper_series.key(project, kind, year)
	assert frappe.db.get_value("Document Series", series, "last_number") == 3
	frappe.db.delete("Document Kind", {"name": kind})
