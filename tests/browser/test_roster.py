"""A whole project comes in from Excel: attach, check, accept; the worker writes it while the form shows how far it is."""

from pathlib import Path

import frappe
import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.data import make_roster
from tests.factories import registry
from tests.factories.users import assign

DATA = Path(make_roster.__file__).parent


@pytest.fixture
def project(site) -> str:
	"""An empty project of its own; what is imported stays on the test site."""
	name = registry.make_project(project_name="翠园小区").name
	supervisor, _password = people.staff("CS Supervisor")
	assign(supervisor, name)
	frappe.clear_cache(user=supervisor)
	frappe.db.commit()  # the served site is another process
	return name


def start(page: Page, file: Path) -> None:
	"""The new import that the page shows, with `file`, saved."""
	attach = page.locator("[data-fieldname=file] .btn-attach:visible")
	attach.click()
	page.locator(".file-uploader input[type=file]").first.set_input_files(file)
	page.locator(".modal.show .modal-footer .btn-primary").click()
	expect(page.locator("[data-fieldname=file] .attached-file-link")).to_be_visible()
	page.locator(".page-head .primary-action:visible").click()
	expect(page.get_by_role("button", name="检查文件")).to_be_visible()


def test_from_excel_to_the_list_of_homes(project, desk_page, picture):
	page = desk_page("CS Supervisor", path=f"/app/roster-import/new?project={project}")
	start(page, DATA / "roster_cuiyuan.xlsx")
	page.get_by_role("button", name="检查文件").click()
	expect(page.get_by_role("button", name="确认并导入")).to_be_visible(timeout=60_000)
	expect(page.locator("[data-fieldname=to_create] .control-value")).to_have_text("4199")
	picture(page, "desk-roster-checked-zh", docs=True)
	page.get_by_role("button", name="确认并导入").click()
	page.locator(".modal.show .btn-primary:visible").click()
	expect(page.locator("#page-Roster\\ Import .page-head .indicator-pill")).to_have_text("已完成", timeout=90_000)
	frappe.db.rollback()  # a new snapshot: the worker has written since
	assert frappe.db.count("Property Unit", {"project": project}) == 1264
	assert not frappe.db.exists("File", {"attached_to_doctype": "Roster Import", "is_private": 0}), (
		"a roster is nobody else's"
	)
	page.goto(f"/app/property-unit?project={project}")
	expect(page.locator(".list-count")).to_contain_text("1264")
	expect(page.locator(".result .list-row").first).to_contain_text(project)
	picture(page, "desk-homes-zh", docs=True)


def test_mistakes_are_shown_with_row_and_reason_and_nothing_can_be_accepted(project, desk_page, picture):
	page = desk_page("CS Supervisor", path=f"/app/roster-import/new?project={project}")
	start(page, DATA / "roster_errors.xlsx")
	page.get_by_role("button", name="检查文件").click()
	expect(page.locator("#page-Roster\\ Import .page-head .indicator-pill")).to_have_text("有错误", timeout=60_000)
	row = page.locator("[data-fieldname=summary_html] tr", has_text="单元格是公式")
	expect(row).to_contain_text("建筑面积")
	expect(row).to_contain_text("4")
	expect(page.get_by_role("button", name="确认并导入")).to_have_count(0)
	picture(page, "desk-roster-errors-zh", full=True)


def test_an_agent_reveals_a_phone_and_the_log_knows_it(desk_page, picture):
	owner = people.resident()
	page = desk_page("CS Agent", path=f"/app/resident/{owner.name}")
	expect(page.locator("[data-fieldname=phone_masked] .control-value")).to_have_text("139****0001")
	assert owner.phone not in page.content()
	page.get_by_role("button", name="查看完整号码").click()
	page.get_by_role("link", name="完整电话").click()
	page.locator(".modal.show select").select_option(index=1)
	page.locator(".modal.show .modal-footer .btn-primary, .modal.show .standard-actions .btn-primary").first.click()
	expect(page.locator(".modal.show .msgprint")).to_contain_text(owner.phone)
	picture(page, "desk-reveal-zh")
	frappe.db.rollback()
	entry = frappe.get_last_doc("Personal Data Access Log", {"resident": owner.name, "field": "Phone"})
	assert entry.user == people.staff("CS Agent")[0]
	assert entry.ip_address
