"""Bank transfers: files of banks read with suspicion, payers proposed, one line posted once."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

import frappe
import pytest
from frappe.utils.file_manager import save_file
from hypothesis import given
from hypothesis import strategies as st

from kefu_property.billing import actions, api, audit, bank, exceptions, matching, statement_file
from kefu_property.rules.money import D
from tests.factories import billing as make
from tests.factories.registry import make_home, make_project, make_resident

HEAD = "交易日期,交易流水号,借方发生额(元),贷方发生额(元),对方户名,对方账号,摘要,附言\n"


# --- the file --------------------------------------------------------------------------------------------------------------


def test_a_gbk_statement_is_read_with_what_does_not_fit():
	text = (
		"中国建设银行交易明细\n"
		+ HEAD
		+ (
			'2026-03-02,S1,,"1,234.50",王小明,6222****01,转账,1-2-301物业费\n'
			"2026/03/03,S2,80.00,,水务公司,,代扣,\n"
			"20260304,S3,,１２３,李四,,转账,\n"
			"2026-13-40,S4,,5.00,李四,,转账,\n"
			"2026-03-05,S5,,1e309,李四,,转账,\n"
			'合计,,80.00,"1,239.50",,,,\n'
		)
	)
	statement = statement_file.read(text.encode("gb18030"))
	assert statement.lines == [
		statement_file.Line(
			3, datetime.date(2026, 3, 2), Decimal("1234.50"), "王小明", "6222****01", "S1", "转账 1-2-301物业费"
		)
	]
	assert (statement.outgoing, [row for row, _text in statement.bad]) == (1, [5, 6, 7, 8])


def test_a_workbook_is_read():
	from openpyxl import Workbook

	book, stream = Workbook(), io.BytesIO()
	for row in (
		["日期", "金额", "借贷标志", "付款人"],
		[datetime.datetime(2026, 3, 2), 99.9, "贷", "王小明"],
		[datetime.datetime(2026, 3, 2), 5, "借", "退款"],
	):
		book.active.append(row)
	book.save(stream)
	statement = statement_file.read(stream.getvalue())
	assert [(line.date, line.amount, line.payer) for line in statement.lines] == [
		(datetime.date(2026, 3, 2), Decimal("99.90"), "王小明")
	]
	assert statement.outgoing == 1


@pytest.mark.parametrize(
	("content", "code"),
	[
		(b"x" * (statement_file.LARGEST_FILE + 1), statement_file.TOO_LARGE),
		(b"PK\x03\x04 broken", statement_file.NO_TABLE),
		(b"\xff\xfe\x00\x01\x00", statement_file.NO_TABLE),
		(b"a,b\n1,2\n", statement_file.NO_HEADINGS),
		(b"", statement_file.NO_HEADINGS),
		((HEAD + "2026-03-02,,,1,,,,\n" * (statement_file.MOST_ROWS + 1)).encode(), statement_file.TOO_LONG),
	],
)
def test_files_that_are_no_statement(content, code):
	with pytest.raises(statement_file.Unreadable) as refusal:
		statement_file.read(content)
	assert refusal.value.args[0] == code


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reader(content):
	try:
		statement = statement_file.read(HEAD.encode() + content)
	except statement_file.Unreadable:
		return
	assert all(line.amount >= 0 for line in statement.lines)


@given(st.lists(st.sampled_from(("1.00", "2.00")), max_size=8))
def test_equal_lines_have_different_keys_that_stay(amounts):
	lines = [
		statement_file.Line(n, datetime.date(2026, 3, 1), Decimal(text), "甲", "", "", "")
		for n, text in enumerate(amounts)
	]
	keys = statement_file.keys(lines, "P")
	assert len(set(keys)) == len(keys)
	assert statement_file.keys([line._replace(row=line.row + 9) for line in lines], "P") == keys


# --- the payer -------------------------------------------------------------------------------------------------------------

DIRECTORY = matching.Directory(
	[
		matching.Payer("wang", "王小明", "5678", "1-2-301"),
		matching.Payer("li", "李四", "0001", "1-2-302"),
		matching.Payer("li2", "李四", "0002", "2-1-0101"),
		matching.Payer("zhao", "Zhao Liu", "0003", "3-1-501"),
	],
	{"wang": [Decimal(100), Decimal(50)], "li": [Decimal(80)], "li2": [Decimal(90)]},
)


@pytest.mark.parametrize(
	("sender", "memo", "amount", "resident"),
	[
		("某某", "1-2-301物业费", "1", "wang"),
		("某某", "1栋2单元301室 物业费", "1", "wang"),
		("某某", "１－２－３０１", "1", "wang"),
		("某某", "2号楼101", "1", "li2"),
		("王 小明", "", "1", "wang"),
		("公司", "代王小明付", "150", "wang"),
		("李四", "", "90", "li2"),
		("李四", "", "1", None),
		("某某", "13800005678", "1", "wang"),
		("某某", "尾号5678", "150", "wang"),
		("某某", "尾号5678", "1", None),
		("某某", "物业费", "100", None),
		("李四", "1-2-301", "80", "li"),
		("zhao  liu", "", "7", "zhao"),
		("", "", "1", None),
	],
)
def test_who_sent_it(sender, memo, amount, resident):
	assert DIRECTORY.match(sender, memo, Decimal(amount)).resident == resident


# --- the lines -------------------------------------------------------------------------------------------------------------


def upload(project: str, rows: str, encoding: str = "gb18030"):
	doc = frappe.get_doc(
		{"doctype": "Bank Statement Upload", "project": project, "statement": "/private/files/later.csv"}
	).insert()
	file = save_file(
		f"{doc.name}-{frappe.generate_hash(length=6)}.csv",
		(HEAD + rows).encode(encoding),
		doc.doctype,
		doc.name,
		is_private=1,
	)
	doc.db_set("statement", file.file_url)
	actions.read_statement(doc.name)
	doc.reload()
	return doc


def lines(project: str, **filters):
	return frappe.get_all(
		"Bank Transfer Line", filters={"project": project, **filters}, fields=["*"], order_by="serial_no"
	)


def test_a_transfer_becomes_a_receipt_once():
	project, unit, resident, bills = make.make_billed_home("1.00", building_area="100")
	code = unit.unit_code
	with make.as_role("Cashier", project=project):
		first = upload(
			project, f"2026-03-02,S1,,100.00,{resident.resident_name},,,{code}\n2026-03-02,S2,,7.00,陌生人,,,谢谢\n"
		)
		assert (first.lines_read, first.lines_known) == (2, 0)
		again = upload(
			project, f"2026-03-02,S1,,100.00,{resident.resident_name},,,{code}\n2026-03-03,S3,,9.00,陌生人,,,\n"
		)
		assert (again.lines_read, again.lines_known) == (1, 1)
		(proposed,) = lines(project, status="Proposed")
		assert proposed.resident == resident.name and "unit" in proposed.match_reason
		answer = actions.post_transfers([proposed.name])
		assert answer == {"posted": [f"{project}-0000001"], "refused": []}
		assert len(actions.post_transfers([proposed.name])["refused"]) == 1
		(receipt,) = frappe.get_all("Fee Payment", filters={"project": project}, fields=["*"])
		assert (receipt.method, receipt.reference_no, D(receipt.allocated)) == ("Bank Transfer", "S1", 100)
		assert D(frappe.db.get_value("Fee Invoice", bills[0].name, "outstanding")) == 0

		unmatched = lines(project, status="Unmatched")
		assert len(unmatched) == 2
		assert actions.post_transfers([unmatched[0].name])["refused"]
		doc = frappe.get_doc("Bank Transfer Line", unmatched[0].name)
		doc.resident = resident.name
		doc.save()
		assert doc.status == "Proposed" and bank.propose(project) == 0
		assert len(actions.post_transfers([doc.name])["posted"]) == 1
		assert api.prepayment(resident.name) == 7
		with pytest.raises(exceptions.BankLineError):
			actions.set_transfer_aside(unmatched[1].name, "")
		actions.set_transfer_aside(unmatched[1].name, "押标金，非住户缴费")
		actions.reverse_receipt(receipt.name, "认错住户")
	assert [row.status for row in lines(project)] == ["Unmatched", "Posted", "Set Aside"]
	assert audit.run(project) == []


def test_lines_are_not_typed_in_changed_or_of_other_projects():
	project = make_project().name
	_unit, resident, _occupancy = make_home(project)
	upload(project, "2026-03-02,S1,,100.00,某人,,,\n")
	(row,) = lines(project)
	doc = frappe.get_doc("Bank Transfer Line", row.name)
	doc.amount = "1000"
	with pytest.raises(exceptions.BankLineError):
		doc.save()
	doc.reload()
	doc.resident = make_resident(make_project().name).name
	with pytest.raises(exceptions.BankLineError):
		doc.save()
	with pytest.raises(exceptions.BankLineError):
		frappe.get_doc(
			{"doctype": "Bank Transfer Line", "project": project, "amount": "5", "resident": resident.name}
		).insert()
	with pytest.raises(exceptions.BankLineError):
		frappe.delete_doc("Bank Transfer Line", row.name)
	with make.as_role("CS Agent", project=project), pytest.raises(frappe.PermissionError):
		actions.post_transfers([row.name])


def test_a_refused_line_leaves_the_others():
	project, unit, resident, _bills = make.make_billed_home("1.00", building_area="100")
	upload(project, f"2026-03-02,S1,,90000.00,,,,{unit.unit_code}\n2026-03-02,S2,,10.00,,,,{unit.unit_code}\n")
	answer = actions.post_transfers([row.name for row in lines(project)])
	assert len(answer["posted"]) == 1 and "L8" in answer["refused"][0]["reason"]
	assert [row.status for row in lines(project)] == ["Proposed", "Posted"]
	assert api.balance(resident=resident.name) == 90 and audit.run(project) == []


def test_a_file_that_is_no_statement_is_explained():
	project = make_project().name
	with pytest.raises(exceptions.UnreadableStatement):
		upload(project, "", encoding="utf-16")
	with pytest.raises(exceptions.UnreadableStatement):
		actions.read_statement(
			frappe.get_doc(
				{
					"doctype": "Bank Statement Upload",
					"project": project,
					"statement": "/private/files/../../site_config.json",
				}
			)
			.insert()
			.name
		)
