"""Bank transfers become receipts: read a statement, propose payers, accept. One line of a statement is posted once, ever."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import frappe
from frappe import _
from frappe.utils import now_datetime, today

from kefu_property.billing import bulk, matching, statement_file
from kefu_property.billing.exceptions import BankLineError, BillingError, UnreadableStatement
from kefu_property.registry import api as registry
from kefu_property.rules.money import D

UNMATCHED, PROPOSED, POSTED, SET_ASIDE = "Unmatched", "Proposed", "Posted", "Set Aside"
MOST_AT_ONCE = 200
COLUMNS = (
	"name",
	"project",
	"upload",
	"value_date",
	"amount",
	"payer_name",
	"payer_account",
	"memo",
	"serial_no",
	"status",
	"line_key",
)


def _refuse(error: statement_file.Unreadable) -> None:
	texts = {
		statement_file.TOO_LARGE: _("The statement is larger than {0} MB. Export fewer days."),
		statement_file.TOO_LONG: _("The statement has more than {1} rows. Export fewer days."),
		statement_file.NO_TABLE: _("This is no Excel workbook (.xlsx) and no CSV file. Export the statement again."),
		statement_file.NO_HEADINGS: _(
			"No headings were found. The statement needs columns for the date and for the amount received."
		),
	}
	frappe.throw(
		texts[error.args[0]].format(statement_file.LARGEST_FILE // 1024 // 1024, statement_file.MOST_ROWS),
		UnreadableStatement,
	)


def read(upload) -> None:
	"""Read the attached file of a Bank Statement Upload into lines and propose payers. Lines read before are left out.

	Raises UnreadableStatement. Safe to repeat; two uploads of one statement at once end in one set of lines by the unique key.
	"""
	names = frappe.get_all(
		"File",
		filters={
			"file_url": upload.statement or "",
			"attached_to_doctype": upload.doctype,
			"attached_to_name": upload.name,
		},
		pluck="name",
		limit_page_length=1,
	)
	if not names:
		frappe.throw(_("Attach the statement first."), UnreadableStatement)
	path = Path(frappe.get_doc("File", names[0]).get_full_path())
	try:
		if path.stat().st_size > statement_file.LARGEST_FILE:
			raise statement_file.Unreadable(statement_file.TOO_LARGE)
		statement = statement_file.read(path.read_bytes())
	except statement_file.Unreadable as error:
		_refuse(error)
	account = f"{upload.project}|{upload.bank_account or ''}"
	keys = statement_file.keys(statement.lines, account)
	# whoever reads statements of this project waits here, so that what is known stays known until the commit
	frappe.db.sql("select name from `tabProperty Project` where name = %s for update", upload.project)
	known = {
		key
		for (key,) in frappe.db.sql(
			"select line_key from `tabBank Transfer Line` where line_key in %s lock in share mode",
			(tuple(keys) or ("",),),
		)
	}
	fresh = [(key, line) for key, line in zip(keys, statement.lines, strict=True) if key not in known]
	bulk.insert(
		"Bank Transfer Line",
		COLUMNS,
		[
			(
				frappe.generate_hash(length=12),
				upload.project,
				upload.name,
				line.date,
				line.amount,
				line.payer,
				line.account,
				line.memo,
				line.serial,
				UNMATCHED,
				key,
			)
			for key, line in fresh
		],
	)
	days = [line.date for line in statement.lines]
	upload.db_set(
		{
			"status": "Read",
			"read_on": now_datetime(),
			"first_day": min(days, default=None),
			"last_day": max(days, default=None),
			"lines_read": len(fresh),
			"lines_known": len(statement.lines) - len(fresh),
			"lines_out": statement.outgoing,
			"lines_bad": len(statement.bad),
			"problems": "\n".join(_("Row {0}: {1}").format(row, text) for row, text in statement.bad[:50]),
		}
	)
	propose(upload.project)


def propose(project: str) -> int:
	"""Match the open lines of a project anew, set-based; returns the number of proposals. Payers chosen by hand stay."""
	lines = frappe.db.sql(
		"""select name, payer_name, memo, amount from `tabBank Transfer Line`
		where project = %s and status in ('Unmatched', 'Proposed') and ifnull(match_reason, '') != 'By hand' order by name for update""",
		project,
		as_dict=True,
	)
	if not lines:
		return 0
	open_amounts = defaultdict(list)
	for resident, amount in frappe.db.sql(
		"select resident, outstanding from `tabFee Invoice` where project = %s and docstatus = 1 and outstanding > 0",
		project,
	):
		open_amounts[resident].append(D(amount))
	directory = matching.Directory(
		[
			matching.Payer(row.resident, row.resident_name, row.phone_last4, row.unit_code)
			for row in registry.payer_directory(project)
		],
		open_amounts,
	)
	found = [(line.name, directory.match(line.payer_name, line.memo, D(line.amount))) for line in lines]
	names = registry.names_of({match.resident for _name, match in found if match.resident})
	_write_matches(found, names)
	return sum(1 for _name, match in found if match.resident)


def _write_matches(found: list, names: dict[str, str]) -> None:
	now, user = now_datetime(), frappe.session.user
	for start in range(0, len(found), bulk.ROWS_PER_STATEMENT):
		part = found[start : start + bulk.ROWS_PER_STATEMENT]
		columns = {
			"resident": lambda match: match.resident,
			"resident_name": lambda match: names.get(match.resident),
			"score": lambda match: match.score,
			"match_reason": lambda match: ", ".join(match.reasons) or None,
			"status": lambda match: PROPOSED if match.resident else UNMATCHED,
		}
		cases, values = [], []
		for column, value_of in columns.items():
			cases.append(f"`{column}` = case name {' '.join(['when %s then %s'] * len(part))} end")
			values += [value for name, match in part for value in (name, value_of(match))]
		# lint: allow sql-string: the columns are the constants above, values are parameters
		frappe.db.sql(  # lint: allow query-in-loop: one statement for five hundred lines
			f"update `tabBank Transfer Line` set {', '.join(cases)}, modified = %s, modified_by = %s where name in %s",
			[*values, now, user, tuple(name for name, _match in part)],
		)


def post(names: list[str]) -> dict:
	"""Post proposed lines as payments; returns `posted` (receipt numbers) and `refused` (rows `line`, `reason`).

	Each line stands by itself: one that is refused leaves the others. A line that is posted already is refused.
	"""
	if len(names) > MOST_AT_ONCE:
		frappe.throw(_("Choose at most {0} lines at a time.").format(MOST_AT_ONCE), BankLineError)
	posted, refused = [], []
	for name in sorted(set(names)):
		frappe.db.savepoint("kefu_bank_line")
		try:
			posted.append(_post(name))
		except BillingError as error:
			frappe.db.rollback(save_point="kefu_bank_line")
			frappe.clear_last_message()
			refused.append({"line": name, "reason": str(error)})
	return {"posted": posted, "refused": refused}


def _post(name: str) -> str:
	line = frappe.get_doc("Bank Transfer Line", name, for_update=True)
	line.check_permission("write")
	if line.status not in (PROPOSED, UNMATCHED) or not line.resident:
		frappe.throw(
			_(
				"The transfer of {0} yuan on {1} is {2}. Only lines with a payer that are not posted become receipts."
			).format(D(line.amount), line.value_date, _(line.status)),
			BankLineError,
		)
	payment = frappe.get_doc(
		{
			"doctype": "Fee Payment",
			"docstatus": 1,
			"project": line.project,
			"resident": line.resident,
			"posting_date": today(),
			"method": "Bank Transfer",
			"amount": str(D(line.amount)),
			"reference_no": line.serial_no or line.name,
			"remark": _("Bank transfer of {0}").format(line.value_date),
		}
	).insert()
	line.db_set({"status": POSTED, "fee_payment": payment.name, "posted_by": frappe.session.user})
	return payment.receipt_no


def set_aside(name: str, reason: str) -> None:
	"""Money that is no payment of a resident: out of the list, with the reason. Raises BankLineError."""
	line = frappe.get_doc("Bank Transfer Line", name, for_update=True)
	if not (reason or "").strip():
		frappe.throw(_("Say why the line is set aside."), BankLineError)
	if line.status == POSTED:
		frappe.throw(_("This line has been posted. Reverse its receipt first."), BankLineError)
	line.db_set({"status": SET_ASIDE, "set_aside_reason": reason.strip()[:140]})


def reopen(payment: str) -> None:
	"""The receipt of a line is reversed: the line waits for its right payer."""
	name = frappe.db.get_value("Bank Transfer Line", {"fee_payment": payment})
	if name:
		frappe.db.set_value(
			"Bank Transfer Line",
			name,
			{
				"status": UNMATCHED,
				"fee_payment": None,
				"posted_by": None,
				"resident": None,
				"match_reason": None,
				"score": 0,
			},
		)
