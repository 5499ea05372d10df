"""Demo data of money in: deposits and their return, receipt books, closed and waiting tills, a bank statement. For projects without a deposit."""

from __future__ import annotations

from decimal import Decimal

import frappe
from frappe.utils import add_days, getdate, now_datetime, today
from frappe.utils.file_manager import save_file

from kefu_property.billing import bank, receipt_books
from kefu_property.registry import api as registry
from kefu_property.rules.money import D
from kefu_property.suite.demo import MAIL, user_of

#: item, amount, purpose, days until it may be returned
DEPOSITS = (
	("Renovation Deposit", "2000", "装修押金：竣工验收合格满 3 个月无渗漏后退还", 120),
	("Renovation Deposit", "3000", "装修押金：竣工验收合格后退还", 0),
	("Card Deposit", "50", "门禁卡押金：退卡时退还", 0),
	("Key Deposit", "100", "钥匙押金：交还钥匙时退还", 0),
)
NOTES = ("100", "50", "20", "10", "5", "1", "0.5", "0.1")


def load(context: frappe._dict) -> None:
	"""Load what is missing; safe to repeat."""
	for project in frappe.get_all("Fee Tariff", distinct=True, pluck="project"):
		if not frappe.db.exists("Fee Deposit", {"project": project}):
			load_project(project)


def load_project(project: str) -> None:
	cashier, accountant = user_of("Cashier"), user_of("Accountant")
	payers = registry.payer_directory(project)[:40]
	if len(payers) < 10 or not frappe.db.exists("User", cashier):
		return
	taken = make_deposits(project, payers, cashier)
	pay_back(taken[1], "2500", cashier, accountant, deductions=(("电梯轿厢保护不当划伤", "500"),), paid=True)
	pay_back(taken[2], "50", cashier, accountant, paid=False)
	make_books(project, cashier)
	make_closings(project, cashier, accountant)
	make_statement(project, payers)


def make_deposits(project: str, payers: list[dict], cashier: str) -> list[str]:
	"""Four deposits that are held, the first of the owner whose portal one may visit, and one that waits for the cashier."""
	visited = set(registry.residents_of_user(f"owner@{MAIL}"))
	chosen = sorted(payers, key=lambda row: row.resident not in visited)
	names = []
	for row, (item, amount, purpose, days) in zip(chosen, (*DEPOSITS, DEPOSITS[0]), strict=False):
		doc = frappe.get_doc(
			{
				"doctype": "Fee Deposit",
				"project": project,
				"resident": row.resident,
				"unit": f"{project}-{row.unit_code}",
				"fee_item": item,
				"amount": amount,
				"purpose": purpose,
				"method": "QR Code",
				"release_on": add_days(today(), days),
			}
		).insert(ignore_permissions=True)  # demo
		names.append(doc.name)
	for name in names[:-1]:
		doc = frappe.get_doc("Fee Deposit", name)
		doc.flags.ignore_permissions = True  # demo
		doc.submit()
		frappe.db.set_value("Fee Payment", doc.fee_payment, "cashier", cashier)
	return names


def pay_back(deposit: str, amount: str, cashier: str, accountant: str, deductions=(), paid: bool = False) -> None:
	"""A return that was approved and paid, or one that waits for the accountant."""
	doc = frappe.get_doc(
		{
			"doctype": "Fee Refund",
			"fee_deposit": deposit,
			"amount": amount,
			"method": "Bank Transfer",
			"payee_account": "6222 **** **** 0188",
			"reason": "竣工验收合格，申请退还",
			"deductions": [
				{"reason": reason, "amount": part, "evidence": "/files/evidence.jpg"} for reason, part in deductions
			],
		}
	).insert(ignore_permissions=True)  # demo
	signed = {"prepared_by": cashier, "prepared_on": now_datetime(), "workflow_state": "Pending Approval"}
	frappe.db.set_value("Fee Refund", doc.name, signed)
	if paid:
		frappe.db.set_value(
			"Fee Refund",
			doc.name,
			{"workflow_state": "Approved", "approved_by": accountant, "approved_on": now_datetime()},
		)
		doc.reload()
		doc.workflow_state = "Paid"
		doc.flags.ignore_permissions = True  # demo
		doc.submit()
		frappe.db.set_value("Fee Refund", doc.name, "cashier", cashier)


def make_books(project: str, cashier: str) -> None:
	"""One book in the drawer, one in use with a void number."""
	names = [
		frappe.get_doc(
			{
				"doctype": "Receipt Book",
				"project": project,
				"book_no": f"{first // 50 + 1:03d}",
				"prefix": f"{project}/SJ-",
				"digits": 6,
				"first_number": first,
				"last_number": first + 49,
			}
		)
		.insert(ignore_permissions=True)  # demo
		.name
		for first in (1, 51)
	]
	receipt_books.issue(names[0], cashier)
	receipt_books.void(names[0], "打印机卡纸，纸张损坏")


def make_closings(project: str, cashier: str, accountant: str) -> None:
	"""The two last days before today with receipts: one closed and taken to the bank, one waiting for the accountant."""
	days = frappe.get_all(
		"Fee Payment",
		filters={"project": project, "cashier": cashier, "posting_date": ["<", today()], "method": "Cash"},
		distinct=True,
		pluck="posting_date",
		order_by="posting_date desc",
		limit_page_length=2,
	)
	for day, state in zip(days, ("Pending Approval", "Closed"), strict=False):
		doc = frappe.get_doc({"doctype": "Till Closing", "project": project, "cashier": cashier, "closing_date": day})
		doc.insert(ignore_permissions=True)  # demo
		left = next(D(row.expected) for row in doc.modes if row.method == "Cash")
		for note in NOTES:
			pieces = int(max(left, Decimal(0)) // D(note))
			left -= pieces * D(note)
			if pieces:
				doc.append("cash", {"denomination": note, "pieces": pieces})
		doc.difference_reason = "分币找零" if left else None
		doc.save(ignore_permissions=True)  # demo
		signed = {"workflow_state": state, "prepared_by": cashier, "prepared_on": getdate(day)}
		if state == "Closed":
			signed |= {"docstatus": 1, "approved_by": accountant, "approved_on": add_days(day, 1)}
			signed |= {"bank_amount": doc.to_bank, "bank_date": add_days(day, 1), "bank_slip_no": "0017-2206"}
		frappe.db.set_value("Till Closing", doc.name, signed)


def make_statement(project: str, payers: list[dict]) -> None:
	"""A statement as the bank exports it, in GBK: transfers with unit, with name, and one of nobody."""
	rows = ["交易日期,交易流水号,借方发生额,贷方发生额,对方户名,对方账号,摘要"]
	for index, payer in enumerate(payers[20:28]):
		memo = f"{payer.unit_code} 物业费" if index % 2 else "转账"
		rows.append(
			f"{add_days(today(), -2)},W{index:06d},,{300 + index * 10}.00,{payer.resident_name},6222****{index:04d},{memo}"
		)
	rows.append(f"{add_days(today(), -1)},W000091,,1200.00,某某科技有限公司,6225****8813,往来款")
	rows.append(f"{add_days(today(), -1)},W000092,86.40,,供水公司,,代扣水费")
	upload = frappe.get_doc(
		{"doctype": "Bank Statement Upload", "project": project, "statement": "/private/files/statement.csv"}
	).insert(ignore_permissions=True)  # demo
	file = save_file(f"{upload.name}.csv", "\n".join(rows).encode("gb18030"), upload.doctype, upload.name, is_private=1)
	upload.db_set("statement", file.file_url)
	bank.read(upload)
