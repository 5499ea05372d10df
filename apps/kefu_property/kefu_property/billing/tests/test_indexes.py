"""The lists and reports that people open every day are read by an index (the figures are in the benchmark)."""

import frappe
import pytest

from kefu_property.patches import cover_ageing

QUERIES = {
	"bills": (
		"select name from `tabFee Invoice` where project = 'X' and status = 'Unpaid' order by modified desc limit 20",
		"project_status_modified_index",
	),
	"ageing": (
		"""select unit, resident, count(*), min(due_date), sum(outstanding) from `tabFee Invoice`
		where project in ('X') and docstatus = 1 and due_date < '2026-11-24' and outstanding > 0 group by unit, resident""",
		"project_docstatus_due_date_outstanding_unit_resident_index",
	),
	"balance": (
		"select sum(amount) from `tabFee Ledger Entry` where project = 'X' and account = 'Receivable'",
		"project_account_kind_posting_date_amount_index",
	),
	"statement": (
		"select name from `tabFee Ledger Entry` where unit = 'X' and posting_date <= '2026-12-31' order by posting_date",
		"unit_posting_date_index",
	),
	"waivers": (
		"select name from `tabFee Waiver` where project = 'X' and workflow_state = 'Approved' order by modified desc limit 20",
		"project_workflow_state_modified_index",
	),
	"steps": (
		"select name from `tabDunning Action` where project = 'X' and state = 'To Do' order by modified desc limit 20",
		"project_state_modified_index",
	),
}


@pytest.mark.parametrize("name", QUERIES)
def test_the_query_has_its_index(name):
	query, index = QUERIES[name]
	plan = frappe.db.sql(f"explain {query}", as_dict=True)
	assert index in {key.strip() for row in plan for key in (row.possible_keys or "").split(",")}
	assert all(row.type != "ALL" for row in plan)


def test_ageing_reads_the_index_alone():
	plan = frappe.db.sql(
		f"explain {QUERIES['ageing'][0].replace('from `tabFee Invoice`', 'from `tabFee Invoice` force index (' + QUERIES['ageing'][1] + ')')}",
		as_dict=True,
	)
	assert "Using index" in plan[0].Extra and "Using index condition" not in plan[0].Extra


def test_the_patch_may_run_twice():
	cover_ageing.execute()
	cover_ageing.execute()
	assert not frappe.db.has_index("tabFee Invoice", cover_ageing.OLD)
