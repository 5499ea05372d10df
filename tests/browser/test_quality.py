"""The management systems in the browser: an audit answered on the phone, the workspace and a controlled paper (D18)."""

import frappe
from frappe.utils import today

from tests.browser import people
from tests.browser.conftest import assert_no_sideways_scroll
from tests.factories.quality import Staff, insert, make_area, make_document, make_nonconformity, make_version, step
from tests.factories.registry import make_project
from tests.factories.users import assign


def test_an_auditor_answers_the_checklist_on_the_phone(desk_page, picture):
	project = make_project(project_name="澜庭花园").name
	staff = Staff(project)
	auditor = people.staff("HQ Quality Auditor")[0]
	assign(auditor, project)
	area = make_area(project, "工程部", staff.lead)
	audit = insert(
		"Internal Audit",
		project=project,
		area=area.name,
		planned_on=today(),
		lead_auditor=auditor,
		auditee=staff.lead,
		clauses=[{"clause": "ISO 9001 7.2"}],
		checks=[
			{"clause": "ISO 9001 7.2", "question": "抽查三名员工的培训记录与持证情况。"},
			{"clause": "ISO 9001 8.5.1", "question": "抽查五张工单是否有签字。"},
		],
	)
	audit.db_set("workflow_state", "In Progress")
	frappe.db.commit()  # the served site is another process
	page = desk_page("HQ Quality Auditor", size="phone", path="/app/audit-round")
	page.click(f".kefu-patrol-card:has-text('{audit.name}')")
	first, second = (page.locator(".kefu-patrol-check").nth(number) for number in (0, 1))
	first.locator("button[data-result='Conform']").click()
	first.locator(".kefu-audit-saved:has-text('已保存')").wait_for()
	second.locator("textarea").fill("两张无签字")
	second.locator("button[data-result='Minor Nonconformity']").click()
	second.locator(".kefu-audit-saved:has-text('已保存')").wait_for()
	page.wait_for_selector(".kefu-patrol-facts:has-text('已答 2 / 2')")
	picture(page, "quality-audit-round-phone-zh", full=True)
	assert_no_sideways_scroll(page)
	frappe.db.rollback()  # a new snapshot: the server is another process
	audit.reload()
	assert [row.result for row in audit.checks] == ["Conform", "Minor Nonconformity"]


def test_a_supervisor_sees_state_and_tree(desk_page, picture):
	project = make_project(project_name="澜庭花园").name
	staff = Staff(project)
	area = make_area(project, "工程部", staff.lead)
	report = step(
		make_nonconformity(staff, area, summary="电梯维保记录无签字", plan_due=today()), staff.auditor, "Issue"
	)
	version = make_version(make_document(project, doc_title="投诉处理程序"), staff.clerk)
	assign(people.staff("HQ Quality Auditor")[0], project)
	frappe.db.commit()  # the served site is another process
	page = desk_page("HQ Quality Auditor", path=f"/app/nonconformity-report/{report.name}")
	page.wait_for_selector(".indicator-pill:has-text('待定计划')")
	picture(page, "quality-nonconformity-zh", full=True)
	page.goto(f"/app/controlled-document-version/{version.name}")
	page.wait_for_selector(".title-text:has-text('投诉处理程序')")
	picture(page, "quality-version-zh", full=True)
	page.goto("/app/system-clause/view/tree")
	page.wait_for_selector(".tree-label:has-text('质量管理体系')")
	picture(page, "quality-clauses-zh")
	page.goto("/app/quality-system")
	page.wait_for_selector(".number-widget-box .number")
	page.wait_for_selector(".shortcut-widget-box:has-text('不符合')")
	picture(page, "quality-workspace-zh", full=True)
