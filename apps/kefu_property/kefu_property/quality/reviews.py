"""Management review: inputs collected from the data of a period, decisions followed to done, the pack as PDF (D18)."""

# No postponed annotations here: the framework converts what a form sends by them
import json
from datetime import date, timedelta
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import format_date, getdate, today

from kefu_property.quality import corrective
from kefu_property.rules import quality_rules as rules
from kefu_property.suite import measures
from kefu_property.suite.notify import alert, staff_with_role

#: days between two reminders of a decision that is overdue
REMIND_EVERY = 7
#: most rows of a list in the pack
MOST = 60
TEMPLATE = "kefu_property/quality/papers/review_inputs.html"


def collect(project: str, start: date, end: date, review: str | None = None) -> dict:
	"""The inputs of a review as plain data (JSON): decisions, objectives, audits, nonconformities, figures, risks, documents."""
	return {
		"decisions": _decisions(project, review),
		"objectives": _objectives(project, start, end),
		"audits": _audits(project, start, end),
		"nonconformities": _nonconformities(project, start, end),
		"figures": _figures(project, start, end),
		"risks": _risks(project),
		"documents": _documents(project, start, end),
	}


def _decisions(project: str, review: str | None) -> list[dict]:
	"""Decisions of earlier reviews that were open at the last one or since."""
	row, head = frappe.qb.DocType("Management Review Decision"), frappe.qb.DocType("Management Review")
	found = (
		frappe.qb.from_(row)
		.join(head)
		.on((row.parent == head.name) & (row.parenttype == "Management Review"))
		.select(row.decision, row.responsible, row.due_on, row.done_on, row.outcome, head.review_on)
		.where((head.project == project) & (head.docstatus == 1) & (head.name != (review or "")))
		.orderby(head.review_on, order=frappe.qb.desc)
		.limit(MOST)
		.run(as_dict=True)
	)
	return [_plain(entry) | {"who": frappe.utils.get_fullname(entry.responsible)} for entry in found]


def _objectives(project: str, start: date, end: date) -> list[dict]:
	objectives = frappe.get_all(
		"Quality Objective",
		filters={"project": project, "docstatus": 1, "year": ["in", list(range(start.year, end.year + 1))]},
		fields=["name", "objective_title", "standard", "direction", "target", "unit", "responsible"],
		order_by="standard, objective_title",
	)
	results: dict[str, list] = {}
	for row in frappe.get_all(
		"Quality Objective Result",
		filters={
			"objective": ["in", [row.name for row in objectives] or [""]],
			"month": ["between", [rules.month_of(start), end]],
		},
		fields=["objective", "month", "value", "outcome", "explanation"],
		order_by="month",
	):
		results.setdefault(row.objective, []).append(_plain(row))
	for row in objectives:
		row.months = results.get(row.name, [])
		row.reached, row.measured = rules.attainment(month["outcome"] for month in row.months)
		row.who = frappe.utils.get_fullname(row.responsible)
	return [_plain(row) for row in objectives]


def _audits(project: str, start: date, end: date) -> list[dict]:
	rows = frappe.get_all(
		"Internal Audit",
		filters={"project": project, "docstatus": 1, "held_on": ["between", [start, end]]},
		fields=["name", "area", "held_on", "lead_auditor", "conform", "observations", "minor", "major", "conclusion"],
		order_by="held_on",
		limit=MOST,
	)
	areas = _titles("Audit Area", "area_name", [row.area for row in rows])
	return [
		_plain(row) | {"area": areas.get(row.area), "who": frappe.utils.get_fullname(row.lead_auditor)} for row in rows
	]


def _nonconformities(project: str, start: date, end: date) -> dict:
	rows = frappe.get_all(
		"Nonconformity Report",
		filters={"project": project, "status": ["not in", [corrective.DRAFT, corrective.CANCELLED]]},
		fields=[
			"name",
			"summary",
			"source",
			"severity",
			"clause",
			"area",
			"status",
			"found_on",
			"closed_on",
			"next_due",
			"reopen_count",
			"responsible",
		],
		order_by="found_on",
	)
	found = [row for row in rows if start <= row.found_on <= end]
	still_open = [row for row in rows if row.status in corrective.OPEN]
	areas = _titles("Audit Area", "area_name", [row.area for row in still_open])
	by_source: dict[str, int] = {}
	for row in found:
		by_source[row.source] = by_source.get(row.source, 0) + 1
	return {
		"found": len(found),
		"major": sum(1 for row in found if row.severity == "Major"),
		"closed": sum(1 for row in rows if row.closed_on and start <= row.closed_on <= end),
		"open": len(still_open),
		"overdue": sum(1 for row in still_open if row.next_due and row.next_due < getdate(today())),
		"reopened": sum(1 for row in found if row.reopen_count),
		"by_source": sorted(by_source.items(), key=lambda pair: (-pair[1], pair[0])),
		"rows": [
			_plain(row) | {"area": areas.get(row.area), "who": frappe.utils.get_fullname(row.responsible)}
			for row in still_open[:MOST]
		],
	}


def _figures(project: str, start: date, end: date) -> list[dict]:
	"""Measures of all modules for the period and for as many days before it: complaints, satisfaction and more."""
	days = (end - start).days + 1
	before = start - timedelta(days=days), start - timedelta(days=1)
	rows = []
	for name, measure in measures.available().items():
		values = [measures.value_of(name, project, *span) for span in ((start, end), before)]
		rows.append(
			{
				"name": name,
				"title": measure.title,
				"unit": measure.unit,
				"value": _number(values[0]),
				"before": _number(values[1]),
			}
		)
	return rows


def _risks(project: str) -> dict:
	rows = frappe.get_all(
		"Management Risk",
		filters={"project": project, "status": ["!=", "Closed"]},
		fields=["kind", "risk_title", "level", "residual_level", "score", "residual_score", "status", "review_on"],
		order_by="score desc",
	)
	aspects = frappe.get_all(
		"Environmental Aspect",
		filters={"project": project, "ended": 0},
		fields=["activity", "aspect", "impact", "control", "significant", "score"],
		order_by="score desc",
	)
	levels = {
		level: sum(1 for row in rows if (row.residual_level or row.level) == level)
		for level in ("High", "Medium", "Low")
	}
	return {
		"levels": levels,
		"rows": [_plain(row) for row in rows if row.level != rules.LOW][:MOST],
		"aspects": len(aspects),
		"significant": [_plain(row) for row in aspects if row.significant][:MOST],
	}


def _documents(project: str, start: date, end: date) -> dict:
	documents = frappe.get_all("Controlled Document", filters={"project": project}, fields=["status", "review_on"])
	return {
		"in_force": sum(1 for row in documents if row.status == "In Force"),
		"review_due": sum(1 for row in documents if row.review_on and row.review_on < getdate(today())),
		"renewed": frappe.db.count(
			"Controlled Document Version",
			{"project": project, "docstatus": 1, "effective_on": ["between", [start, end]]},
		),
	}


def _titles(doctype: str, field: str, names: list[str]) -> dict[str, str]:
	return dict(frappe.get_all(doctype, filters={"name": ["in", names or [""]]}, fields=["name", field], as_list=True))


def _plain(row: dict) -> dict:
	"""A row with dates and decimals as JSON keeps them."""
	return {
		key: value.isoformat() if isinstance(value, date) else float(value) if isinstance(value, Decimal) else value
		for key, value in row.items()
	}


def _number(value: Decimal | None) -> str | None:
	return None if value is None else format(value.quantize(Decimal("0.01")).normalize(), "f")


# --- paper -----------------------------------------------------------------------------------------------------------------


def bars(months: list[dict], target: float) -> str:
	"""A small bar chart (SVG) of an objective's months with the line of its target; numbers only, so it is safe as HTML."""
	values = [month["value"] or 0 for month in months]
	top = max([*values, target, 0.01]) * 1.1
	width, height = 14 * max(len(values), 1), 44
	colours = {rules.REACHED: "#0d6b62", rules.MISSED: "#cf3636", rules.NOT_MEASURED: "#bbbbbb"}
	parts = [
		f'<rect x="{14 * position + 2}" y="{height - height * max(value, 0) / top:.1f}" width="10" '
		f'height="{height * max(value, 0) / top:.1f}" fill="{colours[month["outcome"]]}"/>'
		for position, (value, month) in enumerate(zip(values, months, strict=True))
	]
	line = height - height * max(target, 0) / top
	return (
		f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">{"".join(parts)}'
		f'<line x1="0" x2="{width}" y1="{line:.1f}" y2="{line:.1f}" stroke="#333" stroke-dasharray="3 2"/></svg>'
	)


def inputs_html(doc) -> str:
	"""The collected inputs as HTML, for the form and the pack."""
	return frappe.render_template(TEMPLATE, {"inputs": json.loads(doc.inputs or "{}"), "bars": bars, "doc": doc})


def pdf(doc) -> bytes:
	"""The pack: inputs, conclusion, decisions, signatures."""
	from weasyprint import HTML  # heavy, and needed here only

	path = "kefu_property/quality/print_format/management_review_pack/management_review_pack.html"
	html = frappe.render_template(path, {"doc": doc})
	frame = '@page { size: A4; margin: 14mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt } }'
	return HTML(string=f"<style>{frame}</style>{html}").write_pdf()


@frappe.whitelist()
def pack(review: str) -> None:
	"""The pack of a review as PDF."""
	doc = frappe.get_doc("Management Review", review)
	doc.check_permission("print")
	frappe.local.response.filename = f"{doc.name}.pdf"
	frappe.local.response.filecontent = pdf(doc)
	frappe.local.response.type = "pdf"
	frappe.local.response.display_content_as = "inline"


# --- decisions -------------------------------------------------------------------------------------------------------------


def remind(day: date | str | None = None) -> int:
	"""Daily: decisions that are overdue, once a week each. Returns the number."""
	day = getdate(day or today())
	row, head = frappe.qb.DocType("Management Review Decision"), frappe.qb.DocType("Management Review")
	rows = (
		frappe.qb.from_(row)
		.join(head)
		.on((row.parent == head.name) & (row.parenttype == "Management Review"))
		.select(head.name, head.project, row.decision, row.responsible, row.due_on)
		.where((head.docstatus == 1) & row.done_on.isnull() & (row.due_on < day))
		.run(as_dict=True)
	)
	late = [entry for entry in rows if (day - entry.due_on).days % REMIND_EVERY == 1]
	for entry in late:
		alert(
			# lint: allow query-in-loop: decisions that became late today
			[entry.responsible, *staff_with_role("Office Director", entry.project)],
			lambda entry=entry: _("The decision “{0}” is overdue since {1}.").format(
				entry.decision[:80], format_date(entry.due_on)
			),
			"Management Review",
			entry.name,
		)
	return len(late)
