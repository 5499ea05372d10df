import hashlib
from collections.abc import Callable
from time import monotonic

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now_datetime
from frappe.utils.background_jobs import is_job_enqueued

from kefu_property.registry.exceptions import RosterNotReady, UnreadableRoster
from kefu_property.registry.rosters import exporter, messages, plan, workbook
from kefu_property.rules import roster as rules

#: findings kept in the document for the preview; the workbook of findings holds all
SHOWN = 100
METHOD = "kefu_property.registry.doctype.roster_import.roster_import"


class RosterImport(Document):
	"""One import of a project's roster, kept as a document: checked, accepted, carried out (D1).

	Nothing is written before it is accepted. Then everything is written in one transaction or nothing: a failed import leaves
	the registry as it was, and can be repeated. Records are found by their keys, so importing a file twice changes nothing.
	"""

	def validate(self) -> None:
		self.check_not_running()
		self.protect_file()

	def on_trash(self) -> None:
		self.check_not_running()

	def check_not_running(self) -> None:
		if self.status in ("Importing", "Completed") and not self.flags.by_job:
			before = self.get_doc_before_save()
			if (
				before is None
				or before.file != self.file
				or before.as_of != self.as_of
				or before.project != self.project
			):
				frappe.throw(
					_("An import that runs or is completed cannot be changed. Start a new one."), RosterNotReady
				)

	def protect_file(self) -> None:
		"""A roster is personal data: the file must be private. A new file has to be checked anew."""
		if self.has_value_changed("file") or self.has_value_changed("as_of") or self.has_value_changed("project"):
			self.reset()
		document = self.file_document()
		if not document.is_private:
			document.is_private = 1
			document.save(ignore_permissions=True)  # only hides what the user uploaded
			self.file = document.file_url

	def reset(self) -> None:
		self.status, self.percent, self.report, self.failure, self.file_hash = "Draft", 0, None, None, None
		for fieldname in ("row_count", "error_count", "warning_count", "to_create", "to_update", "unchanged"):
			self.set(fieldname, 0)

	def file_document(self) -> Document:
		"""The attached File, which the user must be allowed to read. Raises UnreadableRoster for anything but a local file."""
		url = self.file or ""
		name = frappe.db.get_value(
			"File", {"file_url": url, "attached_to_doctype": self.doctype, "attached_to_name": self.name}
		)
		name = name or frappe.db.get_value("File", {"file_url": url, "owner": self.owner or frappe.session.user})
		if not url.startswith(("/files/", "/private/files/")) or not name:
			frappe.throw(_("Attach the roster as a file of this import."), UnreadableRoster)
		document = frappe.get_doc("File", name)
		document.check_permission("read")
		return document

	def content(self) -> bytes:
		content = self.file_document().get_content()
		return content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")

	def make_plan(self, content: bytes) -> plan.Plan:
		return plan.make(self.project, workbook.read(content), getdate(self.as_of), getdate())

	def show_plan(self, made: plan.Plan) -> list[rules.Issue]:
		"""Store what the check found. Returns all findings, errors first."""
		self.row_count = made.rows
		self.error_count, self.warning_count = made.count(rules.ERROR), made.count(rules.WARNING)
		self.to_create, self.to_update, self.unchanged = (
			made.total(what) for what in ("create", "update", "unchanged")
		)
		ordered = sorted(made.issues, key=lambda issue: (issue.level != rules.ERROR, issue.sheet, issue.row))
		self.report = frappe.as_json(
			{
				"kinds": plan.summary(made),
				"openings": len(made.openings),
				"codes": plan.issue_counts(made),
				"issues": messages.rows(ordered[:SHOWN]),
				"more": max(0, len(ordered) - SHOWN),
			}
		)
		return ordered

	def attach_findings(self, issues: list[rules.Issue]) -> None:
		"""The complete list of findings, as a private workbook beside the roster."""
		for old in frappe.get_all(
			"File",
			filters={"attached_to_doctype": self.doctype, "attached_to_name": self.name, "attached_to_field": "report"},
			pluck="name",
		):
			frappe.delete_doc("File", old, ignore_permissions=True)  # the list of the last check
		if not issues:
			return
		headers = [_("Sheet"), _("Row"), _("Column"), _("Level"), _("What is Wrong")]
		rows = [[row["sheet"], row["row"], row["column"], row["level"], row["text"]] for row in messages.rows(issues)]
		frappe.get_doc(
			{
				"doctype": "File",
				"file_name": f"{self.name}-{_('findings')}.xlsx",
				"content": workbook.write([(_("Findings"), headers, rows)], widths=22),
				"attached_to_doctype": self.doctype,
				"attached_to_name": self.name,
				"attached_to_field": "report",
				"is_private": 1,
			}
		).insert(ignore_permissions=True)  # a result of the system beside the document that the user may read


@frappe.whitelist(methods=["POST"])
# lint: allow whitelist-permission: _open checks the permission for the document
def check(name: str) -> None:
	"""Check the file in the background and show what it would change."""
	doc = _open(name, "write", ("Draft", "Has Errors", "Ready", "Failed"))
	doc.db_set({"status": "Checking", "percent": 0}, notify=True)
	_start("run_check", name)


@frappe.whitelist(methods=["POST"])
# lint: allow whitelist-permission: _open checks the permission for the document
def accept(name: str) -> None:
	"""Accept the preview: write everything in the background."""
	doc = _open(name, "write", ("Ready",))
	doc.db_set(
		{"status": "Importing", "percent": 0, "accepted_by": frappe.session.user, "accepted_on": now_datetime()},
		notify=True,
	)
	_start("run_import", name)


@frappe.whitelist()
def progress(name: str) -> int:
	"""Percent of a running import. The document itself shows it when the transaction ends."""
	doc = frappe.get_doc("Roster Import", name)
	doc.check_permission("read")
	return int(frappe.cache.get_value(_progress_key(name)) or doc.percent or 0)


@frappe.whitelist(methods=["GET", "POST"])
# lint: allow whitelist-permission: _need checks the permission for the DocType
def download_template() -> None:
	"""Send the empty roster with the explanation of its columns."""
	_need("Roster Import", "create")
	_send(exporter.template(), f"{_('Roster')}.xlsx")


@frappe.whitelist(methods=["POST"])
def export_roster(project: str, purpose: str, full: int | str = 0) -> None:
	"""Send the roster of a project, with masked numbers unless the role allows `full`."""
	_need("Resident", "export")
	frappe.get_doc("Property Project", project).check_permission("read")
	_send(exporter.export(project, bool(int(full)), purpose), f"{project}-{_('Roster')}-{getdate().isoformat()}.xlsx")


def _need(doctype: str, permission: str) -> None:
	if not frappe.has_permission(doctype, permission):
		frappe.throw(_("Your role may not do this with {0}.").format(_(doctype)), frappe.PermissionError)


def _send(content: bytes, filename: str) -> None:
	frappe.response.filename = filename
	frappe.response.filecontent = content
	frappe.response.type = "binary"


def _open(name: str, permission: str, states: tuple[str, ...]) -> RosterImport:
	doc = frappe.get_doc("Roster Import", name, for_update=True)
	doc.check_permission(permission)
	interrupted = doc.status in ("Checking", "Importing") and not is_job_enqueued(_job_id(name))
	if doc.status not in states and not interrupted:
		frappe.throw(
			_("This step is possible only while the import is: {0}.").format(", ".join(_(state) for state in states)),
			RosterNotReady,
		)
	return doc


def _start(method: str, name: str) -> None:
	frappe.enqueue(
		f"{METHOD}.{method}",
		queue="long",
		timeout=1800,
		job_id=_job_id(name),
		enqueue_after_commit=True,
		name=name,
		language=frappe.local.lang,
	)


def _job_id(name: str) -> str:
	return f"roster_import::{name}"


def run_check(name: str, language: str | None = None) -> None:
	"""Job: read the file, compare, store the findings in the language of whoever asked."""

	def work(doc: RosterImport) -> None:
		content = doc.content()
		doc.attach_findings(doc.show_plan(doc.make_plan(content)))
		doc.file_hash = hashlib.sha256(content).hexdigest()
		doc.status = "Has Errors" if doc.error_count else "Ready"

	_run(name, work, language)


def run_import(name: str, language: str | None = None) -> None:
	"""Job: compare once more with what is registered now, then write all or nothing."""

	def work(doc: RosterImport) -> None:
		began = monotonic()
		# two imports of one project at a time would each miss the other's records
		frappe.db.get_value("Property Project", doc.project, "name", for_update=True)
		content = doc.content()
		if hashlib.sha256(content).hexdigest() != doc.file_hash:
			frappe.throw(_("The file is not the one that was checked. Check it again."), RosterNotReady)
		made = doc.make_plan(content)
		findings = doc.show_plan(made)
		if made.count(rules.ERROR):
			doc.attach_findings(findings)
			doc.status = "Has Errors"
			return
		plan.apply(made, doc.project, doc.name, lambda percent: _publish(doc, percent))
		doc.status, doc.percent = "Completed", 100
		doc.finished_on, doc.seconds = now_datetime(), round(monotonic() - began, 1)

	_run(name, work, language)


def _run(name: str, work: Callable[[RosterImport], None], language: str | None) -> None:
	"""Do a step of an import; when it fails, undo all of it and store why, so that it can be repeated."""
	frappe.local.lang = language or frappe.local.lang
	doc = frappe.get_doc("Roster Import", name)
	doc.flags.by_job = True
	frappe.db.savepoint("roster_import")
	try:
		work(doc)
		doc.failure = None
	except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
		raise  # the queue repeats the whole job
	except Exception as error:
		frappe.db.rollback(save_point="roster_import")
		doc.reload()
		doc.flags.by_job = True
		doc.status = "Failed"
		if isinstance(error, frappe.ValidationError):
			frappe.clear_messages()
			doc.failure = frappe.utils.strip_html(str(error))
		else:
			doc.log_error("Roster Import failed")
			doc.failure = _("Internal error. An administrator finds it in the error log.")
	frappe.cache.delete_value(_progress_key(name))
	doc.save(ignore_permissions=True)  # a job of the system; the right to start it was checked
	doc.notify_update()


def _publish(doc: RosterImport, percent: int) -> None:
	frappe.cache.set_value(_progress_key(doc.name), percent, expires_in_sec=3600)
	frappe.publish_realtime(
		"roster_import_progress", {"name": doc.name, "percent": percent}, doctype=doc.doctype, docname=doc.name
	)


def _progress_key(name: str) -> str:
	return f"roster_import_percent:{name}"
