"""My parcels: what waits, the pick-up code, who may fetch it, what is wrong with it (D20)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import today

from kefu_property.custody import codes
from kefu_property.custody.exceptions import NotWaiting
from kefu_property.registry.api import residents_of_user
from kefu_property.suite.portal_auth import limit, require_resident
from kefu_property.suite.uploads import save_photos

CODES_PER_ITEM = ((3, 600), (10, 86400))
CLAIMS_PER_DAY = ((5, 86400),)
TONES = {"Waiting": "info", "In Dispute": "wait", "Picked Up": "good", "Returned": "plain", "Lost": "bad"}
FIELDS = [
	"name",
	"kind",
	"carrier",
	"tracking_number",
	"status",
	"shelf",
	"project",
	"received_on",
	"picked_up_on",
	"picked_up_by",
	"recipient_name",
	"resident",
	"condition",
]


def get_context(context):
	residents = residents_of_user(require_resident())
	context.tones = TONES
	if context.rest:
		context.item = my_item(context.rest)
		context.title = context.item.name
		context.code = codes.shown_to(frappe.session.user, context.item.name)
		context.place = (
			frappe.get_cached_value("Custody Shelf", context.item.shelf, "place") if context.item.shelf else None
		)
		context.papers = authorisations(context.item)
		context.claims = claims(context.item.name)
		context.today = today()
		context.template = "kefu_property/custody/portal/one_parcel.html"
		return
	rows = (
		frappe.get_all(
			"Custody Item",
			filters={"resident": ["in", residents]},
			fields=FIELDS,
			order_by="received_on desc",
			limit=60,
		)
		if residents
		else []
	)
	context.waiting = [row for row in rows if row.status in ("Waiting", "In Dispute")]
	context.earlier = [row for row in rows if row not in context.waiting]


def my_item(name: str) -> frappe._dict:
	"""An item for the signed-in resident. Raises DoesNotExistError: not ours and not there look the same."""
	residents = residents_of_user(require_resident())
	found = frappe.get_all(
		"Custody Item", filters={"name": name, "resident": ["in", residents or [""]]}, fields=FIELDS, limit=1
	)
	if not found:
		raise frappe.DoesNotExistError
	return found[0]


def authorisations(item: frappe._dict) -> list[dict]:
	rows = frappe.get_all(
		"Custody Authorisation",
		filters={"resident": item.resident, "status": "Active", "valid_until": [">=", today()]},
		fields=["name", "person_name", "valid_until", "custody_item"],
		order_by="valid_until",
	)
	return [row for row in rows if row.custody_item in (None, "", item.name)]


def claims(item: str) -> list[dict]:
	return frappe.get_all(
		"Custody Claim",
		filters={"custody_item": item},
		fields=["kind", "status", "claimed_on", "decision"],
		order_by="creation desc",
	)


@frappe.whitelist(methods=["POST"])
def get_code(item: str) -> dict:
	"""Make a new pick-up code for an own item and show it on its page for ten minutes."""
	doc = my_item(item)
	limit(f"custody-code:{doc.name}", CODES_PER_ITEM)
	codes.need_waiting(codes.lock(doc.name))
	codes.remember_for(frappe.session.user, doc.name, codes.make(doc.name))
	return {"next": f"/portal/parcels/{doc.name}"}


@frappe.whitelist(methods=["POST"])
def authorise(item: str, person_name: str, id_last4: str, valid_until: str) -> dict:
	"""Let another person pick up an own item until a date."""
	doc = my_item(item)
	if doc.status != "Waiting":
		frappe.throw(_("This item is not waiting any more."), NotWaiting)
	frappe.get_doc(
		{
			"doctype": "Custody Authorisation",
			"resident": doc.resident,
			"custody_item": doc.name,
			"person_name": person_name.strip()[:60],
			"id_last4": id_last4,
			"valid_until": valid_until,
			"source": "On the Portal",
		}
	).insert(ignore_permissions=True)  # the item is the resident's own, checked above
	return {"toast": _("Saved. The person shows the paper at the desk.")}


@frappe.whitelist(methods=["POST"])
def revoke(authorisation: str) -> dict:
	"""End an own authorisation at once."""
	residents = residents_of_user(require_resident())
	if not frappe.db.exists("Custody Authorisation", {"name": authorisation, "resident": ["in", residents or [""]]}):
		raise frappe.DoesNotExistError
	frappe.db.set_value("Custody Authorisation", authorisation, "status", "Revoked")
	return {"toast": _("Revoked.")}


@frappe.whitelist(methods=["POST"])
def complain(item: str, kind: str, description: str) -> dict:
	"""Report damage, loss or another fault of an own item, with up to three photos (field `photos`)."""
	doc = my_item(item)
	limit(f"custody-claim:{frappe.session.user}", CLAIMS_PER_DAY)
	claim = frappe.get_doc(
		{
			"doctype": "Custody Claim",
			"project": doc.project,
			"custody_item": doc.name,
			"kind": kind,
			"claimed_by": frappe.utils.get_fullname(frappe.session.user),
			"description": description.strip()[:1000],
			"source": "On the Portal",
		}
	)
	claim.flags.ignore_permissions = True  # the item is the resident's own, checked above
	claim.insert()
	photos = save_photos("photos", "Custody Claim", claim.name, most=3)
	if photos:
		claim.db_set("photo", photos[0])
	return {"toast": _("Thank you. The service desk looks into it.")}
