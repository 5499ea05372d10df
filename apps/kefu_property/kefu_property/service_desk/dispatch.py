"""The technician's day: orders on a phone, from the way there to the owner's signature (D7)."""

import base64
import binascii

import frappe
from frappe import _
from frappe.utils import now_datetime

from kefu_property.registry import api as registry
from kefu_property.rules.personal_data import clean_text
from kefu_property.service_desk import actions, notices, photos
from kefu_property.service_desk import case as rules
from kefu_property.service_desk.exceptions import StepRefused
from kefu_property.suite import state

WORK_FIELDS = (
	"name",
	"subject",
	"status",
	"severity",
	"deadline_state",
	"next_due",
	"unit",
	"place",
	"place_detail",
	"description",
	"category",
	"reporter_name",
	"phone_masked",
	"appointment_from",
	"appointment_to",
	"accepted_on",
	"arrived_on",
	"paid_by",
	"quotation_state",
	"total",
	"repeat_of",
	"under_warranty",
)
SEVERITIES = ("Urgent", "High", "Normal", "Low")
STAGES = ("Report", "Before", "After", "Other")
SIGNATURE_BYTES = 300_000


def load_own(name: str) -> rules.Case:
	"""A repair order of the session's user. Raises StepRefused when somebody else works on it."""
	doc = actions.load("Repair Order", name)
	if doc.assigned_to != frappe.session.user:
		frappe.throw(_("{0} is assigned to somebody else.").format(name), StepRefused)
	return doc


def save_own(doc: rules.Case) -> None:
	doc.flags.system_step = True
	doc.save(ignore_permissions=True)  # load_own has checked the right to write


@frappe.whitelist()
def my_work() -> list[dict]:
	"""Open repair orders of the session's user, the most urgent first, with the address of the home and pictures."""
	frappe.has_permission("Repair Order", throw=True)
	rows = frappe.get_list(
		"Repair Order",
		filters={"assigned_to": frappe.session.user, "status": ["in", rules.OPEN]},
		fields=list(WORK_FIELDS),
		order_by="next_due",
		limit=100,
	)
	rows.sort(key=lambda row: SEVERITIES.index(row.severity))
	pictures: dict[str, list[dict]] = {}
	names = [row.name for row in rows]
	if names:
		for row in frappe.get_all(
			"Case Photo",
			filters={"parenttype": "Repair Order", "parent": ["in", names]},
			fields=["parent", "image", "stage"],
			order_by="idx",
		):
			pictures.setdefault(row.parent, []).append({"image": row.image, "stage": row.stage})
	for row in rows:
		row.photos = pictures.get(row.name, [])
		row.total = str(row.total or 0)
		row.category_label = _(row.category) if row.category else ""
	return rows


@frappe.whitelist(methods=["POST"])
def phone(name: str) -> str:
	"""The number to call about an order; reading it is written to the access log."""
	doc = load_own(name)
	doc.check_permission("read")
	number = doc.contact_phone or (registry.phone_for_visit(doc.resident) if doc.resident else None)
	if not number:
		frappe.throw(_("No phone number is known. Ask the service desk."), StepRefused)
	return number


@frappe.whitelist(methods=["POST"])
def arrive(name: str) -> None:
	"""Note the arrival at the owner's door."""
	doc = load_own(name)
	doc.check_permission("write")
	doc.need_state(rules.ASSIGNED, rules.IN_PROGRESS)
	doc.arrived_on = doc.arrived_on or now_datetime()
	doc.status = rules.IN_PROGRESS
	save_own(doc)


@frappe.whitelist(methods=["POST"])
def add_photo(name: str, stage: str) -> str:
	"""Keep the picture that came with the request (file field `photo`). Returns its URL."""
	doc = load_own(name)
	doc.check_permission("write")
	doc.need_state(*rules.OPEN)
	if stage not in STAGES:
		frappe.throw(_("{0} is no stage of a repair.").format(stage), StepRefused)
	upload = frappe.request.files.get("photo") if frappe.request else None
	if not upload:
		frappe.throw(_("No picture arrived. Take it again."), StepRefused)
	url = photos.store(photos.read_upload(upload), doc.doctype, doc.name)
	doc.append("photos", {"image": url, "stage": stage, "added_by": frappe.session.user, "added_on": now_datetime()})
	save_own(doc)
	return url


@frappe.whitelist()
def price_list(name: str) -> list[dict]:
	"""Labour prices of the order's project that are in force."""
	doc = load_own(name)
	doc.check_permission("read")
	return frappe.get_all(
		"Repair Labour Price",
		filters={"project": doc.project, "disabled": 0, "valid_from": ["<=", frappe.utils.today()]},
		fields=["name", "labour_name", "rate", "unit_of_measure"],
		order_by="labour_name",
	)


@frappe.whitelist(methods=["POST"])
def set_cost(name: str, labour: list | str, materials: list | str, paid_by: str) -> dict:
	"""Enter what a repair takes. `labour` rows have `labour` and `quantity`, `materials` rows `description`, `quantity`, `rate`.

	Returns `total` and `quotation_state`.
	"""
	doc = load_own(name)
	doc.check_permission("write")
	doc.need_state(rules.ASSIGNED, rules.IN_PROGRESS, rules.WAITING)
	doc.paid_by = paid_by
	doc.set(
		"labour",
		[
			{"labour": row["labour"], "quantity": row.get("quantity") or 1, "rate": 0}
			for row in frappe.parse_json(labour)
		],
	)
	doc.set(
		"materials",
		[
			{
				"item_code": row.get("item_code"),
				"description": row.get("description"),
				"quantity": row.get("quantity") or 1,
				"rate": row.get("rate") or 0,
			}
			for row in frappe.parse_json(materials)
		],
	)
	save_own(doc)
	return {"total": str(doc.total), "quotation_state": doc.quotation_state}


@frappe.whitelist(methods=["POST"])
def send_quotation(name: str) -> str:
	"""Put the price before the owner: on the portal, and with a message where a phone number is known."""
	doc = actions.load("Repair Order", name)
	doc.check_permission("write")
	doc.send_quotation()
	doc.flags.system_step = True
	doc.save()
	actions.write_reply(
		doc,
		_("The repair costs {0} yuan. Please accept the price on the portal.").format(doc.quoted_total),
		"Feedback",
		"Message" if doc.resident or doc.contact_phone else "Portal",
	)
	return doc.quotation_state


@frappe.whitelist(methods=["POST"])
def record_quotation_answer(name: str, accepted: bool, note: str) -> str:
	"""The owner answered the quotation by word of mouth or on paper: the note says how."""
	doc = actions.load("Repair Order", name)
	doc.check_permission("write")
	note = actions.need_reason(note)
	doc.answer_quotation(accepted, f"{frappe.session.user}: {note}"[:140])
	doc.flags.system_step = True
	doc.save()
	return doc.quotation_state


@frappe.whitelist(methods=["POST"])
def finish(name: str, result: str, cause: str | None = None, signature: str | None = None) -> str:
	"""Finish the work. `signature` is a PNG as a data URL. Returns the new state."""
	doc = load_own(name)
	doc.check_permission("write")
	doc.need_state(rules.IN_PROGRESS)
	if signature:
		doc.owner_signature, doc.signed_on = check_signature(signature), now_datetime()
	doc.result, doc.cause = clean_text(result), cause or doc.cause
	doc.move(rules.RESOLVED)
	issue_materials(doc)
	return doc.status


def check_signature(signature: str) -> str:
	head, _comma, data = signature.partition(",")
	try:
		content = base64.b64decode(data, validate=True)
	except (binascii.Error, ValueError):
		content = b""
	if head != "data:image/png;base64" or photos.kind_of(content) != "PNG" or len(content) > SIGNATURE_BYTES:
		frappe.throw(_("The signature did not arrive. Let the owner sign again."), StepRefused)
	return signature


def issue_materials(doc: rules.Case) -> None:
	"""Ask the store for what was used (extension point `material_issue`); without one the rows stay as they are.

	A contribution is a function `(request: dict) -> str | None` with `project`, `reference_doctype`, `reference_name` and `rows`
	(`item_code`, `quantity`); it returns the name of the issue slip.
	"""
	rows = [row for row in doc.materials if row.item_code and not row.issued]
	if not rows:
		return
	request = {
		"project": doc.project,
		"reference_doctype": doc.doctype,
		"reference_name": doc.name,
		"rows": [{"item_code": row.item_code, "quantity": str(row.quantity)} for row in rows],
	}
	for function in state.contributions("material_issue"):
		slip = function(request)
		if slip:
			for row in rows:
				row.db_set({"issued": 1, "issue_reference": slip})
			return
	notices.tell([doc.assigned_to], _("{0}: hand in the slip for the material by hand").format(doc.name), doc)
