"""Repairs and complaints on the portal: report with photos, follow, accept a price, rate, open again (D3, D7)."""

import frappe
from frappe import _
from frappe.utils import add_days, cint, get_datetime, now_datetime

from kefu_property.registry import api as registry
from kefu_property.rules.personal_data import clean_text
from kefu_property.service_desk import actions, departments, notices, photos, standards
from kefu_property.service_desk import case as rules
from kefu_property.service_desk.exceptions import RatingRefused, ReasonMissing, StepRefused
from kefu_property.suite.portal_auth import require_resident

MOST_PHOTOS = 6
#: a resident does not report more than this in a day: whoever does is a script or should call
MOST_A_DAY = 20
TONES = {
	"New": "info",
	"Resolved": "good",
	"Verified": "good",
	"Closed": "good",
	"Cancelled": "plain",
	"Merged": "plain",
}
FIELDS = ["name", "subject", "status", "received_on", "unit", "rating"]


def get_context(context) -> None:
	user = require_resident()
	context.homes = homes_of(user)
	context.kinds = [
		("Repair Order", _("Repair")),
		("Complaint", _("Complaint")),
		("Enquiry", _("Question or suggestion")),
	]
	context.most_photos = MOST_PHOTOS
	if context.rest == "new":
		context.view = "new"
	elif context.rest:
		context.view = "one"
		context.case = own_case(context.rest)
		context.tone = TONES.get(context.case.status, "wait")
		context.may_reopen = may_reopen(context.case)
		context.may_rate = may_rate(context.case)
	else:
		context.view = "list"
		context.rows = [{**row, "tone": TONES.get(row["status"], "wait")} for row in own_rows(user)]


def homes_of(user: str) -> list[tuple[str, str]]:
	return list(dict.fromkeys((row["unit"], row["unit_code"]) for row in registry.units_of_user(user)))


def own_rows(user: str, limit: int = 60) -> list[dict]:
	residents = registry.residents_of_user(user)
	rows = []
	for doctype in departments.CASES:
		rows += frappe.get_all(  # lint: allow query-in-loop: one query for each of the three kinds
			doctype,
			filters={"resident": ["in", residents or [""]]},
			fields=FIELDS,
			order_by="received_on desc",
			limit=limit,
		)
	return sorted(rows, key=lambda row: row.received_on, reverse=True)[:limit]


def own_case(name: str) -> rules.Case:
	"""A case that the signed-in resident reported; what belongs to somebody else looks like nothing at all."""
	residents = registry.residents_of_user(require_resident())
	for doctype in departments.CASES:
		if residents and frappe.db.exists(
			doctype, {"name": name, "resident": ["in", residents]}
		):  # lint: allow query-in-loop: three kinds
			return frappe.get_doc(doctype, name)  # lint: allow query-in-loop: the one that was found
	raise frappe.DoesNotExistError


def may_rate(doc: rules.Case) -> bool:
	return doc.status in (rules.RESOLVED, rules.VERIFIED, rules.CLOSED) and not doc.rating


def may_reopen(doc: rules.Case) -> bool:
	if doc.status not in (rules.RESOLVED, rules.VERIFIED, rules.CLOSED) or not doc.resolved_on:
		return False
	days = cint(standards.standard_of(doc.project).reopen_days)
	return get_datetime(add_days(doc.resolved_on, days)) >= now_datetime()


def home_cards(user: str) -> list[dict]:
	running = [row for row in own_rows(user, 30) if row["status"] in rules.OPEN]
	if not running:
		return []
	return [
		{
			"title": _("Repairs and Complaints"),
			"value": len(running),
			"text": _("in progress"),
			"href": "/portal/requests",
			"icon": "wrench",
			"tone": "plain",
			"order": 30,
		}
	]


@frappe.whitelist(methods=["POST"])
def report(kind: str, unit: str, description: str, place_detail: str | None = None) -> dict:
	"""Report a repair, complaint or question about one of the signed-in resident's homes, with up to six photos.

	Returns `next`, the address of the new case.
	"""
	user = require_resident()
	home = next((row for row in registry.units_of_user(user) if row["unit"] == unit), None)
	if not home:
		raise frappe.DoesNotExistError
	if kind not in departments.CASES:
		frappe.throw(_("Choose what it is about."), StepRefused)
	text = clean_text(description)
	if not text:
		frappe.throw(_("Describe in a few words what is wrong."), ReasonMissing)
	recent = [row for row in own_rows(user) if get_datetime(row["received_on"]) > add_days(now_datetime(), -1)]
	if len(recent) >= MOST_A_DAY:
		frappe.throw(_("You have reported a lot today. Please call the service desk."), StepRefused)
	uploads = frappe.request.files.getlist("photos") if frappe.request else []
	uploads = [upload for upload in uploads if upload and upload.filename]
	if len(uploads) > MOST_PHOTOS:
		frappe.throw(_("At most {0} photos").format(MOST_PHOTOS), StepRefused)
	# pictures are read and cleaned before anything is written: a bad one leaves no half case behind
	pictures = [photos.read_upload(upload) for upload in uploads]
	for content in pictures:
		photos.clean(content)
	found = actions.suggestions(text, kind, home["project"])
	doc = frappe.get_doc(
		{
			"doctype": kind,
			"subject": text[:60],
			"description": description[:4000],
			"project": home["project"],
			"unit": unit,
			"resident": home["resident"],
			"place_detail": clean_text(place_detail)[:140],
			"category": found[0]["category"] if found else None,
			"source": "Portal",
			"reply_channel": "Portal",
		}
	)
	doc.insert(ignore_permissions=True)  # residents hold no rights on DocTypes; the home was checked above
	if pictures:
		for content in pictures:
			url = photos.store(content, doc.doctype, doc.name)
			doc.append("photos", {"image": url, "stage": "Report", "added_by": user, "added_on": now_datetime()})
		doc.flags.system_step = True
		doc.save(ignore_permissions=True)  # as above
	return {"next": f"/portal/requests/{doc.name}", "toast": _("Received: {0}").format(doc.name)}


@frappe.whitelist(methods=["POST"])
def rate(name: str, stars: int, comment: str | None = None) -> dict:
	"""Accept the work and give one to five stars. A repair counts as verified by its owner."""
	require_resident()
	doc = own_case(name)
	if not 1 <= stars <= 5:
		frappe.throw(_("Give one to five stars."), RatingRefused)
	if not may_rate(doc):
		frappe.throw(_("This can be rated once, after the work is done."), RatingRefused)
	doc.rating, doc.rating_comment, doc.rated_on = stars, clean_text(comment)[:500], now_datetime()
	below = cint(standards.standard_of(doc.project).dissatisfied_below)
	doc.flags.by_owner = True
	if doc.status == rules.RESOLVED and doc.doctype != "Enquiry" and stars >= below:
		doc.move(rules.VERIFIED)
	else:
		doc.flags.system_step = True
		doc.save(ignore_permissions=True)  # own_case has checked whose it is
	if stars < below:
		notices.tell(
			departments.users_with_role("CS Supervisor", doc.project),
			_("{0}: rated with {1} stars").format(doc.name, stars),
			doc,
		)
	return {"toast": _("Thank you for your rating.")}


@frappe.whitelist(methods=["POST"])
def reopen(name: str, reason: str) -> dict:
	"""Say within the days of the standard that it is not solved: the case is opened again."""
	require_resident()
	doc = own_case(name)
	if not may_reopen(doc):
		frappe.throw(_("This can no longer be opened again. Please report it anew."), StepRefused)
	reason = actions.need_reason(reason)[:500]
	doc.append(
		"replies",
		{
			"replied_on": now_datetime(),
			"replied_by": frappe.session.user,
			"kind": "From the Owner",
			"channel": "Portal",
			"text": reason,
		},
	)
	actions.reopen_case(doc, reason)
	return {"toast": _("We are looking at it again.")}


@frappe.whitelist(methods=["POST"])
def answer_quotation(name: str, accepted: bool) -> dict:
	"""Accept or refuse the price of a repair."""
	require_resident()
	doc = own_case(name)
	if doc.doctype != "Repair Order":
		raise frappe.DoesNotExistError
	doc.answer_quotation(accepted, frappe.session.user)
	doc.flags.system_step = True
	doc.save(ignore_permissions=True)  # own_case has checked whose it is
	notices.tell(
		[doc.assigned_to],
		_("{0}: price accepted").format(doc.name) if accepted else _("{0}: price refused").format(doc.name),
		doc,
	)
	return {"toast": _("Thank you. We have noted your answer.")}
