"""Proof of the books: ledger = bills − payments − waivers + penalties, to the cent, and every document against its entries (DESIGN §4.2)."""

from __future__ import annotations

from decimal import Decimal

import frappe

from kefu_property.billing import guards
from kefu_property.rules.money import D

LIMIT = 100

#: (what differs, query returning a document and two amounts); `project` is a name or the pattern of all
CHECKS = (
	(
		"Bill {0}: open amount {1}, ledger {2}",
		"""select i.name, i.outstanding, ifnull(l.amount, 0)
		from `tabFee Invoice` i left join (
			select invoice, sum(amount) amount from `tabFee Ledger Entry` where account = 'Receivable' and invoice is not null group by invoice
		) l on l.invoice = i.name
		where i.docstatus > 0 and i.outstanding != ifnull(l.amount, 0) and i.project like %(project)s""",
	),
	(
		"Bill {0}: total {1}, sum of its lines {2}",
		"""select i.name, i.total, ifnull(sum(l.amount), 0)
		from `tabFee Invoice` i left join `tabFee Invoice Line` l on l.parent = i.name
		where i.docstatus > 0 and i.project like %(project)s group by i.name, i.total having i.total != ifnull(sum(l.amount), 0)""",
	),
	(
		"Bill {0}: open amount {1}, open on its lines {2}",
		"""select i.name, i.outstanding, ifnull(sum(l.outstanding), 0)
		from `tabFee Invoice` i left join `tabFee Invoice Line` l on l.parent = i.name
		where i.docstatus > 0 and i.project like %(project)s group by i.name, i.outstanding
		having i.outstanding != ifnull(sum(l.outstanding), 0) or i.outstanding < 0""",
	),
	(
		"Receipt {0}: amount {1}, settled and kept {2}",
		"""select p.name, p.amount, ifnull(a.amount, 0) + p.prepaid + p.deposited
		from `tabFee Payment` p left join (
			select parent, sum(amount) amount from `tabFee Payment Allocation` group by parent
		) a on a.parent = p.name
		where p.docstatus = 1 and (p.amount != ifnull(a.amount, 0) + p.prepaid + p.deposited or p.allocated != ifnull(a.amount, 0)) and p.project like %(project)s""",
	),
	(
		"Receipt {0}: money received {1}, ledger {2}",
		"""select p.name, if(p.method = 'Prepayment', 0, p.amount), -ifnull(l.amount, 0)
		from `tabFee Payment` p left join (
			select voucher, sum(amount) amount from `tabFee Ledger Entry` where voucher_type = 'Fee Payment' group by voucher
		) l on l.voucher = p.name
		where p.docstatus = 1 and if(p.method = 'Prepayment', 0, p.amount) != -ifnull(l.amount, 0) and p.project like %(project)s""",
	),
	(
		"Waiver {0}: total {1}, ledger {2}",
		"""select w.name, w.total, -ifnull(sum(e.amount), 0)
		from `tabFee Waiver` w left join `tabFee Ledger Entry` e on e.voucher_type = 'Fee Waiver' and e.voucher = w.name and e.amount < 0
		where w.workflow_state in ('Approved', 'Cancelled') and w.project like %(project)s
		group by w.name, w.total having w.total != -ifnull(sum(e.amount), 0)""",
	),
	(
		"Ledger entry {0} has no voucher (amount {1}, voucher {2})",
		"""select e.name, e.amount, e.voucher from `tabFee Ledger Entry` e
		left join `tabFee Invoice` i on e.voucher_type = 'Fee Invoice' and i.name = e.voucher
		left join `tabFee Payment` p on e.voucher_type = 'Fee Payment' and p.name = e.voucher
		left join `tabFee Waiver` w on e.voucher_type = 'Fee Waiver' and w.name = e.voucher
		left join `tabFee Refund` r on e.voucher_type = 'Fee Refund' and r.name = e.voucher
		where e.voucher_type in ('Fee Invoice', 'Fee Payment', 'Fee Refund', 'Fee Waiver')
			and i.name is null and p.name is null and r.name is null and w.name is null and e.project like %(project)s""",
	),
	(
		"Unit {0} is charged twice for one tariff from {1} on bill {2}",
		"""select i.unit, l.period_from, j.name
		from `tabFee Invoice` i join `tabFee Invoice Line` l on l.parent = i.name
		join `tabFee Invoice` j on j.unit = i.unit and j.docstatus = 1
		join `tabFee Invoice Line` m on m.parent = j.name and m.tariff = l.tariff and m.parent > l.parent
		where i.docstatus = 1 and l.tariff is not null and m.period_from <= l.period_to and m.period_to >= l.period_from and i.project like %(project)s""",
	),
	(
		"Payer {0}: the prepayment is overdrawn by {1} (ledger {2})",
		"""select e.resident, sum(e.amount), sum(e.amount) from `tabFee Ledger Entry` e
		where e.account = 'Prepayment' and e.project like %(project)s group by e.resident, e.project having sum(e.amount) > 0""",
	),
	(
		"Deposit {0}: held {1}, ledger {2}",
		"""select d.name, d.balance, -ifnull(sum(e.amount), 0) from `tabFee Deposit` d
		left join (
			select name voucher, fee_deposit from `tabFee Payment` where fee_deposit is not null and docstatus = 1
			union all select name, fee_deposit from `tabFee Refund` where fee_deposit is not null and docstatus = 1
		) v on v.fee_deposit = d.name
		left join `tabFee Ledger Entry` e on e.voucher = v.voucher and e.account = 'Deposit'
		where d.project like %(project)s group by d.name, d.balance having d.balance != -ifnull(sum(e.amount), 0) or d.balance < 0""",
	),
	(
		"Receipt book {0}: next number {1}, numbers used and void up to {2}",
		"""select b.name, b.next_number, b.first_number
			+ (select count(*) from `tabFee Payment` p where p.receipt_book = b.name)
			+ (select count(*) from `tabReceipt Book Void` v where v.parent = b.name) used
		from `tabReceipt Book` b where b.project like %(project)s having b.next_number != used""",
	),
	(
		"Refund {0}: paid back and deducted {1}, ledger {2}",
		"""select r.name, r.amount + r.deducted, ifnull(sum(e.amount), 0) from `tabFee Refund` r
		left join `tabFee Ledger Entry` e on e.voucher = r.name and e.account = r.source
		where r.docstatus = 1 and r.project like %(project)s
		group by r.name, r.amount, r.deducted having r.amount + r.deducted != ifnull(sum(e.amount), 0)""",
	),
	(
		"Receipts of {0}: numbered {1}, last number {2}",
		"""select s.project, count(p.name), s.last_number
		from `tabReceipt Series` s left join `tabFee Payment` p on p.project = s.project and p.docstatus = 1 and p.receipt_book is null
		where 1 = 1 and s.project like %(project)s group by s.project, s.last_number having count(p.name) != s.last_number""",
	),
)


def run(project: str | None = None) -> list[str]:
	"""Return every difference as a sentence for the console (English); an empty list is the proof. Reads only."""
	problems = []
	for text, query in CHECKS:
		# lint: allow query-in-loop: the queries are different ones, each over all rows
		rows = frappe.db.sql(
			f"{query} limit {LIMIT}", {"project": project or "%"}
		)  # lint: allow sql-string: constants of this module
		problems += [text.format(*row) for row in rows]
	problems += ["Project {}: ledger {}, documents {}".format(*row) for row in totals(project) if row[1] != row[2]]
	problems += [
		f"The trigger {name} is missing or belongs to another database user; run bench migrate"
		for name in guards.missing()
	]
	return problems


def totals(project: str | None = None) -> list[tuple[str, Decimal, Decimal]]:
	"""(project, sum of the receivable ledger, bills − payments − waivers + penalties by the documents)."""
	values = {"project": project or "%"}
	ledger = dict(
		frappe.db.sql(
			"""select project, sum(amount) from `tabFee Ledger Entry`
			where account = 'Receivable' and project like %(project)s group by project""",
			values,
		)
	)
	bills = dict(
		frappe.db.sql(
			"select project, sum(total) from `tabFee Invoice` where docstatus = 1 and project like %(project)s group by project",
			values,
		)
	)
	# money on a bill that was cancelled later became prepayment of its payer and is no longer settled
	settled = dict(
		frappe.db.sql(
			"""select p.project, sum(a.amount) from `tabFee Payment Allocation` a join `tabFee Payment` p on p.name = a.parent
			join `tabFee Invoice` i on i.name = a.invoice and i.docstatus = 1
			where p.docstatus = 1 and p.project like %(project)s group by p.project""",
			values,
		)
	)
	waived = dict(
		frappe.db.sql(
			"""select w.project, sum(l.amount) from `tabFee Waiver Line` l join `tabFee Waiver` w on w.name = l.parent
			join `tabFee Invoice` i on i.name = l.invoice and i.docstatus = 1
			where w.workflow_state = 'Approved' and w.project like %(project)s group by w.project""",
			values,
		)
	)
	return [
		(name, D(ledger.get(name)), D(bills.get(name)) - D(settled.get(name)) - D(waived.get(name)))
		for name in sorted({*ledger, *bills, *settled, *waived})
	]
