"""The disclosure board on the portal, with the owners' objections and the office's answers (L5)."""

import frappe
from frappe import _
from frappe.utils import getdate, today

from kefu_property.community import disclosure, settings
from kefu_property.community.exceptions import NotAnOwner, ObjectionClosed
from kefu_property.registry import api as registry
from kefu_property.rules import community_rules as rules
from kefu_property.rules.personal_data import clean_text
from kefu_property.suite.portal_auth import require_resident

RUNNING = "running-"
OWNING = ("Owner", "Co-owner", "Developer")
TONES = {"Waiting for Answer": "wait", "Answered": "good", "Withdrawn": "plain"}
MOST_OPEN = 10


def get_context(context) -> None:
	user = require_resident()
	projects = list({home["project"] for home in registry.units_of_user(user)})
	context.tones = TONES
	if context.rest.startswith(RUNNING):
		fill_running(context, context.rest.removeprefix(RUNNING), projects)
	elif context.rest:
		fill_one(context, own(context.rest, user), user)
	else:
		# residents have no right on documents: the filter by their own projects is the check
		context.rows = frappe.get_all(
			"Community Disclosure",
			filters={"project": ["in", projects or [""]], "docstatus": 1},
			fields=["name", "period", "from_date", "to_date", "published_on", "project.project_name"],
			order_by="`tabCommunity Disclosure`.to_date desc",
			limit=40,
		)
		context.running = projects if settings.number("show_running") else []
		context.names = {name: registry.project_facts(name)["project_name"] for name in projects}


def fill_running(context, project: str, projects: list[str]) -> None:
	if project not in projects or not settings.number("show_running"):
		raise frappe.DoesNotExistError
	label, start, _end = rules.period_of(getdate(today()), settings.text("disclosure_period") or "Quarter")
	context.board = frappe._dict(period=label, from_date=start, to_date=getdate(today()))
	context.sections = disclosure.collect(project, start, getdate(today()))
	context.provisional = True


def own(name: str, user: str):
	"""A published disclosure of one of the reader's projects; any other looks like nothing at all."""
	projects = {home["project"] for home in registry.units_of_user(user)}
	if not projects or not frappe.db.exists(
		"Community Disclosure", {"name": name, "project": ["in", list(projects)], "docstatus": 1}
	):
		raise frappe.DoesNotExistError
	return frappe.get_doc("Community Disclosure", name)


def fill_one(context, doc, user: str) -> None:
	context.board = doc
	context.sections = disclosure.sections_of(doc)
	context.genuine = disclosure.is_genuine(doc)
	context.answers = doc.answers()
	context.is_owner = bool(owner_of(doc.project, user))
	context.objections = frappe.get_all(
		"Disclosure Objection",
		filters={"disclosure": doc.name, "resident": ["in", registry.residents_of_user(user) or [""]]},
		fields=["name", "section", "text", "status", "due_on", "answer"],
		order_by="raised_on desc",
	)
	context.choices = [(section["title"], section["title"]) for section in context.sections]


def owner_of(project: str, user: str) -> str | None:
	"""The reader's own record as an owner in a project."""
	homes = registry.units_of_user(user)
	return next((row["resident"] for row in homes if row["project"] == project and row["relation"] in OWNING), None)


@frappe.whitelist(methods=["POST"])
def raise_objection(board: str, section: str, text: str) -> dict:
	"""Object to a section of a published disclosure; owners alone."""
	user = require_resident()
	doc = own(board, user)
	resident = owner_of(doc.project, user)
	if not resident:
		frappe.throw(_("Only owners object to the disclosure."), NotAnOwner)
	text = clean_text(text)[:2000]
	if not text:
		frappe.throw(_("Write your objection."), ObjectionClosed)
	open_ = frappe.db.count(
		"Disclosure Objection", {"disclosure": doc.name, "resident": resident, "status": "Waiting for Answer"}
	)
	if open_ >= MOST_OPEN:
		frappe.throw(_("{0} of your objections wait for an answer.").format(open_), ObjectionClosed)
	row = frappe.get_doc(
		{
			"doctype": "Disclosure Objection",
			"project": doc.project,
			"disclosure": doc.name,
			"resident": resident,
			"section": clean_text(section)[:140],
			"text": text,
		}
	)
	row.insert(
		ignore_permissions=True
	)  # residents hold no rights on DocTypes; project and ownership were checked above
	return {"toast": _("Received. You get an answer by {0}.").format(row.get_formatted("due_on"))}


@frappe.whitelist(methods=["POST"])
def withdraw(objection: str) -> dict:
	"""Take the reader's own objection back while it waits."""
	residents = registry.residents_of_user(require_resident())
	if not residents or not frappe.db.exists(
		"Disclosure Objection", {"name": objection, "resident": ["in", residents]}
	):
		raise frappe.DoesNotExistError
	doc = frappe.get_doc("Disclosure Objection", objection)
	if doc.status != "Waiting for Answer":
		frappe.throw(_("This objection is closed: {0}.").format(_(doc.status)), ObjectionClosed)
	doc.status, doc.flags.withdrawn = "Withdrawn", True
	doc.save(ignore_permissions=True)  # whose it is was checked above
	return {"toast": _("Your objection is withdrawn.")}
