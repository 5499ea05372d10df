"""Activities on the portal: register, wait, cancel, show the code at the door, give stars (D16)."""

import frappe
from frappe import _
from frappe.utils import format_datetime, now_datetime, sanitize_html
from markupsafe import Markup

from kefu_property.community import downloads, ratings, registrations, settings
from kefu_property.community.exceptions import RatingNotOpen, RegistrationClosed
from kefu_property.registry import api as registry
from kefu_property.rules.personal_data import clean_text
from kefu_property.suite.portal_auth import require_resident

SHOWN = ("Approved", "Under Way", "Completed")
TONES = {"Has a Place": "good", "Waiting": "wait", "Cancelled": "plain"}


def get_context(context) -> None:
	user = require_resident()
	if context.rest:
		fill_one(context, own(context.rest, user), user)
		return
	rows = rows_of(user)
	now = now_datetime()
	context.coming = sorted((row for row in rows if row.ends_on >= now), key=lambda row: row.starts_on)
	context.past = [row for row in rows if row.ends_on < now]


def rows_of(user: str) -> list[dict]:
	"""Activities of the projects in which the reader has a home, the newest first, each with the state of their registration."""
	homes = registry.units_of_user(user)
	# residents have no right on documents: the filter by their own projects is the check
	rows = frappe.get_all(
		"Community Activity",
		filters={
			"project": ["in", list({home["project"] for home in homes}) or [""]],
			"docstatus": 1,
			"workflow_state": ["in", SHOWN],
		},
		fields=[
			"name",
			"title",
			"kind",
			"venue",
			"starts_on",
			"ends_on",
			"quota",
			"registered_count",
			"fee",
			"registration",
			"registration_from",
			"registration_until",
			"workflow_state",
		],
		order_by="starts_on desc",
		limit=60,
	)
	states = dict(
		frappe.get_all(
			"Activity Registration",
			filters={
				"activity": ["in", [row.name for row in rows] or [""]],
				"resident": ["in", list({home["resident"] for home in homes}) or [""]],
				"status": ["!=", "Cancelled"],
			},
			fields=["activity", "status"],
			as_list=True,
		)
	)
	for row in rows:
		row.mine = states.get(row.name)
		row.state, row.tone = state_of(row)
	return rows


def state_of(row) -> tuple[str, str]:
	if row.mine:
		return (_("Has a Place"), "good") if row.mine == "Has a Place" else (_("On the Waiting List"), "wait")
	if registrations.is_open(row):
		full = row.quota and row.registered_count >= row.quota
		return (_("Fully Taken"), "plain") if full else (_("Sign Up"), "info")
	return "", "plain"


def own(name: str, user: str):
	"""An activity of one of the reader's projects; any other looks like nothing at all."""
	projects = {home["project"] for home in registry.units_of_user(user)}
	if not projects or not frappe.db.exists(
		"Community Activity",
		{"name": name, "project": ["in", list(projects)], "docstatus": 1, "workflow_state": ["in", SHOWN]},
	):
		raise frappe.DoesNotExistError
	return frappe.get_doc("Community Activity", name)


def fill_one(context, doc, user: str) -> None:
	context.activity = doc
	context.description = Markup(sanitize_html(doc.description or ""))
	context.mine = registrations.mine(doc.name, registry.residents_of_user(user))
	context.is_open = registrations.is_open(doc)
	context.free = max(0, doc.quota - doc.registered_count) if doc.quota else None
	context.would_wait = bool(doc.quota and (doc.waiting_count or not context.free))
	context.most = min(filter(None, [doc.max_people, doc.quota]), default=20)
	context.qr = context.mine.qr() if context.mine and context.mine.status == "Has a Place" else ""
	context.tones = TONES
	context.cancel_hours = settings.number("activity_cancel_hours")
	context.may_rate = bool(context.mine and context.mine.checked_in_on and not context.mine.stars)
	context.photos = [
		(
			row.caption or doc.title,
			f"/api/method/kefu_property.community.portal.activities.photo?activity={doc.name}&row={row.name}",
		)
		for row in doc.photos
	]


def home_cards(user: str) -> list[dict]:
	"""Extension point `portal_home_cards`: the next activity for which the reader is registered."""
	now = now_datetime()
	coming = [row for row in rows_of(user) if row.ends_on >= now and row.mine]
	if not coming:
		return []
	row = min(coming, key=lambda row: row.starts_on)
	return [
		{
			"title": row.title,
			"value": format_datetime(row.starts_on, "MM-dd HH:mm"),
			"text": row.state,
			"href": f"/portal/activities/{row.name}",
			"icon": "calendar",
			"order": 60,
		}
	]


@frappe.whitelist(methods=["POST"])
def register(activity: str, people: int = 1, remark: str | None = None) -> dict:
	"""Register the signed-in resident; `toast` says whether they have places or wait."""
	user = require_resident()
	doc = own(activity, user)
	homes = [home for home in registry.units_of_user(user) if home["project"] == doc.project]
	if doc.owners_only:
		homes = [home for home in homes if home["relation"] == "Owner"]
	if not homes:
		frappe.throw(_("This activity is for owners."), RegistrationClosed)
	row = frappe.get_doc(
		{
			"doctype": "Activity Registration",
			"project": doc.project,
			"activity": doc.name,
			"resident": homes[0]["resident"],
			"unit": homes[0]["unit"],
			"people": int(people),
			"remark": clean_text(remark)[:140] or None,
			"source": "Portal",
		}
	)
	row.insert(ignore_permissions=True)  # residents hold no rights on DocTypes; project and home were checked above
	if row.status == "Waiting":
		return {"toast": _("All places are taken. You are on the waiting list.")}
	return {"toast": _("You are registered.")}


@frappe.whitelist(methods=["POST"])
def cancel(activity: str) -> dict:
	"""Give the reader's own places back."""
	registrations.cancel(_mine(activity, require_resident()).name)
	return {"toast": _("Your registration is cancelled.")}


@frappe.whitelist(methods=["POST"])
def rate(activity: str, stars: int, comment: str | None = None) -> dict:
	"""Stars for an activity at which the reader was."""
	mine = _mine(activity, require_resident())
	if not mine.checked_in_on:
		frappe.throw(_("Only who was there gives stars."), RatingNotOpen)
	ratings.rate(mine, stars, comment, "Community Activity", activity, "activity")
	return {"toast": _("Thank you for your stars.")}


@frappe.whitelist()  # lint: allow whitelist-permission: own() refuses what is not of the reader's projects
def photo(activity: str, row: str) -> None:
	"""A photo of an activity of the reader's projects."""
	doc = own(activity, require_resident())
	found = next((line for line in doc.photos if line.name == row), None)
	if not found:
		raise frappe.DoesNotExistError
	downloads.hand_out(found.image)


def _mine(activity: str, user: str):
	mine = registrations.mine(own(activity, user).name, registry.residents_of_user(user))
	if not mine:
		raise frappe.DoesNotExistError
	return mine
