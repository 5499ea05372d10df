"""Renovation on the portal: apply, hand in drawings, follow permit, patrols and violations (D25)."""

import frappe
from frappe import _
from frappe.utils import getdate

from kefu_property.registry import api as registry
from kefu_property.renovation import settings
from kefu_property.renovation.exceptions import ApplicationIncomplete
from kefu_property.rules.personal_data import clean_text
from kefu_property.suite import attachments
from kefu_property.suite.portal_auth import require_resident

MOST_DRAWINGS = 10
#: Draft is what an application is until the office sends it on its way
SHOWN = {
	"Draft": "Received",
	"Pending Approval": "In Review",
	"Engineering Review": "In Review",
	"Director Approval": "In Review",
}
TONES = {
	"Received": "info",
	"In Review": "wait",
	"Approved": "good",
	"Rejected": "bad",
	"In Progress": "info",
	"Stopped": "bad",
	"To Be Re-checked": "wait",
	"Refund Due": "wait",
	"Closed": "good",
	"To Be Rectified": "bad",
	"Rectification Reported": "wait",
}


def get_context(context) -> None:
	user = require_resident()
	if context.rest == "new":
		context.view = "new"
		context.homes = list(dict.fromkeys((row["unit"], row["unit_code"]) for row in registry.units_of_user(user)))
		context.kinds = [(kind, _(kind)) for kind in ("First Renovation", "Second Renovation", "Repair Work")]
		context.items = [
			(row.name, _(row.name), "")
			for row in frappe.get_all(
				"Renovation Item", filters={"banned": 0, "disabled": 0}, fields=["name"], order_by="risk, name"
			)
		]
		context.rules = settings.rules()
		context.banned = settings.banned_acts()
		context.deposit = settings.deposit()
		context.today = getdate()
	elif context.rest:
		context.view = "one"
		fill_one(context, own(context.rest))
	else:
		context.view = "list"
		context.rows = rows_of(user)


def rows_of(user: str) -> list[dict]:
	"""Applications of the user's own records, newest first, each with the state of its permit."""
	residents = registry.residents_of_user(user)
	# residents have no right on documents: the filter by their own records is the ownership check
	rows = frappe.get_all(
		"Renovation Application",
		filters={"resident": ["in", residents or [""]], "docstatus": ["<", 2]},
		fields=["name", "unit.unit_code", "kind", "workflow_state", "start_date", "end_date", "permit"],
		order_by="`tabRenovation Application`.creation desc",
		limit=50,
	)
	states = dict(
		frappe.get_all(
			"Renovation Permit",
			filters={"name": ["in", [row.permit for row in rows if row.permit] or [""]]},
			fields=["name", "status"],
			as_list=True,
		)
	)
	for row in rows:
		row.state = states.get(row.permit) or SHOWN.get(row.workflow_state, row.workflow_state)
		row.tone = TONES.get(row.state, "plain")
	return rows


def own(name: str):
	"""An application of the signed-in resident; what belongs to somebody else looks like nothing at all."""
	residents = registry.residents_of_user(require_resident())
	if not residents or not frappe.db.exists(
		"Renovation Application", {"name": name, "resident": ["in", residents], "docstatus": ["<", 2]}
	):
		raise frappe.DoesNotExistError
	return frappe.get_doc("Renovation Application", name)


def fill_one(context, doc) -> None:
	context.application = doc
	context.unit_code = frappe.db.get_value("Property Unit", doc.unit, "unit_code")
	context.state = SHOWN.get(doc.workflow_state, doc.workflow_state)
	context.permit = frappe.get_doc("Renovation Permit", doc.permit) if doc.permit else None
	if context.permit:
		context.state = context.permit.status
		context.patrols = frappe.get_all(
			"Renovation Patrol",
			filters={"permit": doc.permit},
			fields=["patrolled_on", "result"],
			order_by="patrolled_on desc",
			limit=10,
		)
		context.violations = frappe.get_all(
			"Renovation Violation",
			filters={"permit": doc.permit},
			fields=["kind", "status", "rectify_by", "description"],
			order_by="creation desc",
		)
	context.tone = TONES.get(context.state, "plain")
	context.tones = TONES
	context.may_add = doc.workflow_state in (None, "", "Draft", "Rejected")
	context.most = MOST_DRAWINGS


@frappe.whitelist(methods=["POST"])
def apply(
	unit: str,
	kind: str,
	start_date: str,
	end_date: str,
	manager_name: str,
	manager_phone: str,
	items: list | None = None,
	contractor: str | None = None,
	description: str | None = None,
	rules_accepted: str | None = None,
	banned_accepted: str | None = None,
) -> dict:
	"""Apply for a renovation of one of the signed-in resident's homes. Returns `next`, the address of the application."""
	user = require_resident()
	home = next((row for row in registry.units_of_user(user) if row["unit"] == unit), None)
	if not home:
		raise frappe.DoesNotExistError
	if not items:
		frappe.throw(_("Choose at least one kind of work."), ApplicationIncomplete)
	if not (rules_accepted and banned_accepted):
		frappe.throw(_("Please read and accept the rules and the banned acts."), ApplicationIncomplete)
	waiting = frappe.db.get_value(
		"Renovation Application", {"unit": unit, "workflow_state": "Draft", "source": "Portal", "docstatus": 0}
	)
	if waiting:
		frappe.throw(_("Your application {0} for this home is being looked at.").format(waiting), ApplicationIncomplete)
	doc = frappe.get_doc(
		{
			"doctype": "Renovation Application",
			"project": home["project"],
			"unit": unit,
			"resident": home["resident"],
			"source": "Portal",
			"kind": kind,
			"start_date": start_date,
			"end_date": end_date,
			"items": [{"item": str(item)} for item in items[:30]],
			"self_built": int(not clean_text(contractor)),
			"contractor": clean_text(contractor)[:140] or None,
			"manager_name": clean_text(manager_name)[:140],
			"manager_phone": clean_text(manager_phone)[:40],
			"description": clean_text(description)[:2000] or None,
			"rules_accepted": 1,
			"banned_accepted": 1,
		}
	)
	doc.insert(ignore_permissions=True)  # residents hold no rights on DocTypes; the home was checked above
	return {"next": f"/portal/renovation/{doc.name}", "toast": _("Received: {0}").format(doc.name)}


@frappe.whitelist(methods=["POST"])
def add_drawings(name: str) -> dict:
	"""Hand in drawings (pictures or PDF) while the office has not begun to decide."""
	require_resident()
	doc = own(name)
	if doc.workflow_state not in ("Draft", "Rejected"):
		frappe.throw(
			_("The office is deciding already. Please bring further drawings to the desk."), ApplicationIncomplete
		)
	contents = [content for field in ("pictures", "papers") for content in attachments.uploads_of(field, MOST_DRAWINGS)]
	if not contents:
		frappe.throw(_("Choose a picture or a PDF."), ApplicationIncomplete)
	if len(doc.drawings) + len(contents) > MOST_DRAWINGS:
		frappe.throw(_("At most {0} drawings").format(MOST_DRAWINGS), ApplicationIncomplete)
	for content in contents:
		url = attachments.store(content, doc.doctype, doc.name, pdf=True)
		doc.append("drawings", {"title": _("Drawing {0}").format(len(doc.drawings) + 1), "drawing": url})
	doc.flags.files_checked = True
	doc.save(ignore_permissions=True)  # own() has checked whose it is
	return {"toast": _("{0} drawings received.").format(len(contents))}
