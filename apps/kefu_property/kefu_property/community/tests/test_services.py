"""Special services: offer, times, booking, dispatch, bill, cancellation, stars (D27); publicity (D4)."""

import frappe
import pytest
from frappe.utils import add_days, getdate, today
from frappe.www.printview import get_html_and_style

from kefu_property.community import bookings, checks
from kefu_property.community import exceptions as errors
from kefu_property.community.portal import services as portal
from kefu_property.community.report.publicity_cost_and_result.publicity_cost_and_result import (
	execute as publicity_report,
)
from kefu_property.community.report.service_bookings_and_ratings.service_bookings_and_ratings import (
	execute as bookings_report,
)
from kefu_property.suite import measures, state
from tests.factories.community import book, make_activity, make_owner, make_service, register, step
from tests.factories.registry import make_project
from tests.factories.users import as_role, as_user, make_user


@pytest.fixture
def project():
	return make_project().name


def page(user: str, rest: str = ""):
	context = frappe._dict(rest=rest)
	with as_user(user):
		portal.get_context(context)
	return context


def test_from_the_offer_to_the_stars(project):
	home, resident, user = make_owner(project)
	with as_role("CS Agent", project=project):
		service = make_service(project, offered=False)
	service.db_set("owner", "somebody@test.kefu.example")
	assert page(user).services == []
	with as_role("CS Agent", project=project):
		step(service, "Submit for Approval")
	with as_role("CS Supervisor", project=project):
		service = step(service, "Approve")
		service.price = 200
		with pytest.raises(errors.ServiceNotOffered):
			service.save()
	shown = page(user, service.name)
	assert shown.homes == [(home.name, home.unit_code)] and len(shown.times) >= 13
	time = shown.times[1][0]  # not today at any hour
	with as_user(user):
		name = portal.book(service.name, home.name, time, 1, "Second floor")["next"].rsplit("/", 1)[1]
	booking = frappe.get_doc("Service Booking", name)
	assert (booking.status, booking.amount, booking.resident) == ("Booked", 120, resident.name)
	assert time not in [row[0] for row in page(user, service.name).times]
	worker = make_user("Technician", projects=(project,), email=f"worker-{project.lower()}@test.kefu.example")
	with as_role("CS Agent", project=project):
		with pytest.raises(errors.BookingState, match="staff"):
			booking.dispatch(user)
		with pytest.raises(errors.BookingState, match="not assigned"):
			booking.dispatch(make_user("Technician", email="elsewhere@test.kefu.example"))
		booking.dispatch(worker)
	assert frappe.db.exists("Notification Log", {"for_user": worker, "document_name": name})
	with as_user(worker):
		with pytest.raises(errors.BookingState):
			frappe.get_doc("Service Booking", name).finish("Too early")
		booking.db_set("service_date", today())
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("Service Booking", name).cancel_booking("No")
		bill = frappe.get_doc("Service Booking", name).finish("Cleaned, filter changed")
	invoice = frappe.get_doc("Fee Invoice", bill)
	assert (invoice.resident, invoice.total, invoice.lines[0].fee_item) == (resident.name, 120, "Special Service Fee")
	with as_user(user):
		portal.rate(name, 5, "Spotless")
		with pytest.raises(errors.RatingNotOpen):
			portal.rate(name, 4)
		with pytest.raises(errors.BookingState):
			portal.cancel(name, "No")
	service.reload()
	assert (service.rating, service.bookings_done) == (5, 1)
	assert measures.value_of("service_stars", project, getdate(today()), getdate(today())) == 5
	assert measures.value_of("notice_reach", project, getdate(today()), getdate(today())) is None
	with as_role("CS Agent", project=project):
		[row] = bookings_report({"project": project})[1]
	assert (row["done"], row["charged"], row["stars"]) == (1, 120, 5)
	html = get_html_and_style(booking.as_json(), print_format="Service Work Slip")["html"]
	assert booking.code in html and home.name in html


def test_full_times_and_wrong_times(project):
	home, resident, user = make_owner(project)
	other, second, _user = make_owner(project)
	service = make_service(project, capacity=2, ahead_days=5)
	book(service.name, home, resident)
	book(service.name, other, second)
	with pytest.raises(errors.SlotFull):
		book(service.name, home, resident)
	free = {str(row["date"]): row["free"] for row in bookings.times(service)}
	assert free[add_days(today(), 3)] == 0 and free[add_days(today(), 4)] == 2
	for values in ({"days": 9}, {"days": -1}, {"from_time": "10:00:00"}, {"quantity": 2}, {"quantity": 0}):
		with pytest.raises(errors.ServiceNotOffered):
			book(service.name, home, resident, **values)
	with pytest.raises(errors.ServiceNotOffered, match="no relation"):
		book(service.name, home, second)
	with as_user(user):
		with pytest.raises(frappe.DoesNotExistError):
			portal.book(service.name, other.name, f"{add_days(today(), 4)} 09:00")
		with pytest.raises(errors.ServiceNotOffered):
			portal.book(service.name, home.name, "tomorrow 09:00")
	service.db_set("workflow_state", "No Longer Offered")
	with pytest.raises(errors.ServiceNotOffered, match="not offered"):
		book(service.name, home, resident, days=4)


def test_cancellation_gives_the_place_back_and_costs_when_late(project):
	home, resident, user = make_owner(project)
	service = make_service(project, cancel_hours=2, late_percent=50)
	early = book(service.name, home, resident)
	with as_user(user):
		with pytest.raises(errors.BookingState, match="reason"):
			portal.cancel(early.name, " ")
		portal.cancel(early.name, "Away")
	early.reload()
	assert (early.status, early.bill, early.seat_key) == ("Cancelled", None, None)
	again = book(service.name, home, resident)
	service.db_set("cancel_hours", 24 * 30)
	with as_user(user):
		assert not page(user, f"bookings/{again.name}").free_of_charge
		assert "billed" in portal.cancel(again.name, "Away")["toast"]
	again.reload()
	assert frappe.db.get_value("Fee Invoice", again.bill, "total") == 60 == again.charged
	third = book(service.name, home, resident)
	third.status = "Cancelled"
	with pytest.raises(errors.ChangedByHand):
		third.save(ignore_permissions=True)
	third.reload()
	with as_role("CS Agent", project=project):
		third.cancel_booking("The worker is ill")
	third.reload()
	assert (third.status, third.bill) == ("Cancelled", None)
	_h, _r, stranger = make_owner(project)
	with as_user(stranger), pytest.raises(frappe.DoesNotExistError):
		portal.cancel(third.name, "Not mine")


def test_what_other_modules_hear_of_a_person(project):
	home, resident, _user = make_owner(project)
	booking = book(make_service(project).name, home, resident)
	place = register(make_activity(project).name, resident)
	assert len(checks.erasure(resident.name)) == 1
	sheets = {title: rows for title, _columns, rows in checks.personal_data(resident.name)}
	assert len(sheets["Service Booking"]) == len(sheets["Activity Registration"]) == 1
	context = {"project": project, "residents": [resident.name], "units": [home.name]}
	with as_role("CS Agent", project=project):
		[card] = checks.front_desk(context)
	assert [item["route"][2] for item in card["items"]] == [booking.name, place.name]
	assert card["actions"][0]["values"]["unit"] == home.name
	with as_role("HR Clerk", project=project):
		assert checks.front_desk(context) == []
	bookings.cancel(booking.name, "Away", by_office=True)
	assert checks.erasure(resident.name) == []


def test_bad_times_and_prices_are_refused(project, monkeypatch):
	slot = {"weekday": "Monday", "from_time": "09:00:00", "to_time": "11:00:00", "capacity": 1}
	for slots in (
		[slot, {**slot, "from_time": "10:00:00"}],
		[{**slot, "to_time": "08:00:00"}],
		[{**slot, "capacity": 0}],
	):
		with pytest.raises(errors.ServiceTimes):
			make_service(project, slots=slots)
	with pytest.raises(errors.ServiceTimes):
		make_service(project, late_percent=120)
	monkeypatch.setattr(state, "is_enabled", lambda key: key != "billing")
	with pytest.raises(errors.BillingOff):
		make_service(project)
	assert make_service(project, price=0).name


def campaign(project: str, material: str | None = None, **values):
	channels = [{"channel": "Leaflet", "material": material, "planned_on": today(), "planned_cost": 500}]
	return frappe.get_doc(
		{
			"doctype": "Publicity Campaign",
			"project": project,
			"title": "Sort your refuse",
			"aim": "Every home sorts",
			"from_date": today(),
			"to_date": add_days(today(), 20),
			"target_reach": 400,
			"channels": channels,
			**values,
		}
	)


def test_a_campaign_from_plan_to_result(project):
	with as_role("CS Agent", project=project):
		material = frappe.get_doc(
			{
				"doctype": "Publicity Material",
				"project": project,
				"title": "Four bins",
				"text": "Four bins, four colours.",
			}
		).insert()
		doc = campaign(project, material.name).insert()
		step(doc, "Submit for Approval")
	with as_role("Office Director", project=project):
		doc = step(doc, "Approve")
	assert doc.budget == 500
	with as_role("CS Supervisor", project=project):
		with pytest.raises(errors.CampaignPlan, match="1"):
			step(doc, "Finish Campaign")
		doc.channels[0].update({"done_on": today(), "actual_cost": 480, "reached": 320})
		doc.save()
		with pytest.raises(errors.CampaignPlan, match="result"):
			step(doc, "Finish Campaign")
		doc.result = "Nine of ten bins are right."
		doc.save()
		step(doc, "Finish Campaign")
		[row] = publicity_report({"project": project})[1]
	assert (row.cost, row.reach, row.reached_percent, row.per_person) == (480, 320, 80, 1.5)
	html = get_html_and_style(doc.as_json(), print_format="Publicity Campaign Sheet")["html"]
	assert "Four bins" in html


def test_materials_out_of_right_are_not_used(project):
	material = frappe.get_doc(
		{"doctype": "Publicity Material", "project": project, "title": "Old", "text": "x", "usable_until": today()}
	).insert()
	late = [{"channel": "Leaflet", "material": material.name, "planned_on": add_days(today(), 2)}]
	with pytest.raises(errors.MaterialNotUsable):
		campaign(project, channels=late).insert()
	material.db_set("retired", 1)
	with pytest.raises(errors.MaterialNotUsable):
		campaign(project, material.name).insert()
	with pytest.raises(errors.CampaignPlan):
		campaign(project, to_date="2020-01-01").insert()
	with pytest.raises(errors.CampaignPlan):
		campaign(project, channels=[{"channel": "Leaflet", "planned_on": "2020-01-01"}]).insert()
	with pytest.raises(errors.MaterialNotUsable):
		frappe.get_doc({"doctype": "Publicity Material", "project": project, "title": "Empty"}).insert()
