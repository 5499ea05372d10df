"""An item goes out once and comes in once, also with two desks at the same moment (D20)."""

import frappe
import pytest

from tests.factories.custody import make_item, new_item
from tests.factories.parallel import at_once
from tests.factories.registry import make_project

pytestmark = pytest.mark.concurrency


def pick_up(item: str) -> None:
	frappe.get_doc("Custody Item", item).pick_up("Resident's Paper", id_kind="Passport", id_last4="1234")


def receive(project: str) -> None:
	new_item(project, tracking_number="SF777777777777").insert()


@pytest.fixture
def project():
	name = make_project().name
	frappe.db.commit()  # the other processes must see it
	yield name
	frappe.db.rollback()
	frappe.db.delete("Custody Item", {"project": name})
	frappe.db.delete("Property Project", {"name": name})
	frappe.db.commit()  # the processes needed committed data


def test_of_two_desks_one_hands_out(project):
	item = make_item(project)
	frappe.db.commit()  # the other processes must see it
	assert sorted(at_once(pick_up, [(item.name,)] * 3)) == ["NotWaiting", "NotWaiting", "ok"]


def test_of_two_scanners_one_takes_in(project):
	assert sorted(at_once(receive, [(project,)] * 3)) == ["DuplicateParcel", "DuplicateParcel", "ok"]
