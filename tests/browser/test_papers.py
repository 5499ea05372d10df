"""Papers of the office in the browser: what ordinary staff do with a document that they may only read (D9, D13)."""

import frappe

from tests.browser import people
from tests.factories.office_papers import make_rule, publish_rule
from tests.factories.registry import make_project
from tests.factories.users import assign


def test_a_technician_acknowledges_a_rule_in_force(desk_page, picture):
	project = make_project().name
	technician = people.staff("Technician")[0]
	assign(technician, project)
	version = publish_rule(
		project,
		make_rule(rule_title="印章管理制度"),
		body="<p>印章存放于保险柜。</p>",
		audience=[{"role": "Technician"}],
		quiz=[{"question": "谁保管印章？", "answers": "主任\n保管人", "right_answer": 2}],
	)
	frappe.db.commit()  # the served site is another process
	page = desk_page("Technician", path=f"/app/rule-version/{version.name}")
	page.wait_for_selector(".like-disabled-input:has-text('已批准')")
	page.click(".page-actions button:has-text('签收')")
	page.select_option(".modal.show select[data-fieldname='question_0']", "保管人")
	page.check(".modal.show input[data-fieldname='agreed']")
	picture(page, "office-rule-acknowledge-zh")
	page.click(".modal.show .btn-modal-primary")
	page.wait_for_selector(".modal.show", state="detached")
	frappe.db.rollback()  # a new snapshot: the server is another process
	row = {"rule_version": version.name, "user": technician}
	assert frappe.db.get_value("Rule Acknowledgement", row, "status") == "Acknowledged"
