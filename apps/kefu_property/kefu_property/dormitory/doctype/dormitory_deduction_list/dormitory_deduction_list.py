import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_first_day, getdate
from frappe.utils.xlsxutils import make_xlsx

from kefu_property.dormitory import deductions
from kefu_property.dormitory.exceptions import DormitoryDates, ListChanged, ListEmpty
from kefu_property.rules.money import D, sum_money
from kefu_property.workforce import api as workforce

COLUMNS = ("rent", "water", "power", "violation", "damage", "total")


class DormitoryDeductionList(Document):
	"""Monthly list of what is deducted from wages, approved by HR (D17)."""

	def validate(self) -> None:
		self.month = get_first_day(self.month)
		if getdate(self.until_date) > getdate():
			frappe.throw(_("The last day lies in the future. Correct the date."), DormitoryDates)
		if self.workflow_state in (None, "Draft"):
			self.collect()
		if not self.lines:
			frappe.throw(_("No deductions are open until {0}.").format(self.until_date), ListEmpty)

	def open_rows(self) -> list[frappe._dict]:
		return frappe.get_all(
			"Dormitory Deduction",
			filters={"project": self.project, "status": deductions.OPEN, "posting_date": ["<=", self.until_date]},
			fields=["name", "staff", "kind", "amount"],
			order_by="staff, name",
			limit=0,
		)

	def collect(self) -> None:
		"""One line for each person with open deductions until the day."""
		rows = self.open_rows()
		files = workforce.staff({row.staff for row in rows})
		sums: dict[str, dict] = {}
		for row in rows:
			line = sums.setdefault(row.staff, dict.fromkeys(COLUMNS, D(0)))
			for column in (row.kind.lower(), "total"):
				line[column] += D(str(row.amount))
		self.set("lines", [])
		for staff in sorted(sums, key=lambda name: files[name].staff_no):
			self.append(
				"lines",
				{"staff": staff, "staff_no": files[staff].staff_no, "staff_name": files[staff].staff_name}
				| {column: str(sums[staff][column]) for column in COLUMNS},
			)
		self.people = len(self.lines)
		self.total = str(sum_money(row.total for row in self.lines))

	def before_submit(self) -> None:
		"""What is approved is what the list says; a deduction settled meanwhile sends it back."""
		rows = deductions.locked({"project": self.project, "status": deductions.OPEN})
		rows = [row for row in rows if row.posting_date <= getdate(self.until_date)]
		if sum_money(str(row.amount) for row in rows) != D(str(self.total)):
			frappe.throw(
				_("Deductions were added or settled since the list was drawn up. Send it back and save it again."),
				ListChanged,
			)
		deductions.write([row.name for row in rows], status=deductions.LISTED, deduction_list=self.name)

	def on_cancel(self) -> None:
		"""The deductions are open again."""
		rows = deductions.locked({"deduction_list": self.name, "status": deductions.LISTED})
		deductions.write([row.name for row in rows], status=deductions.OPEN, deduction_list=None)

	def table(self) -> list[list]:
		"""The list as rows of a sheet, heading and total included."""
		head = [
			_("Staff Number"),
			_("Name"),
			_("Rent"),
			_("Water"),
			_("Power"),
			_("Violation"),
			_("Damage"),
			_("Total"),
		]
		rows = [
			[row.staff_no, row.staff_name, *(D(str(row.get(column) or 0)) for column in COLUMNS)] for row in self.lines
		]
		sums = [sum_money(str(row.get(column) or 0) for row in self.lines) for column in COLUMNS]
		return [head, *rows, [_("Total"), "", *sums]]


@frappe.whitelist()
def excel(name: str) -> None:
	"""Download the list as an Excel file for the payroll."""
	doc = frappe.get_doc("Dormitory Deduction List", name)
	doc.check_permission("export")
	frappe.response["filename"] = f"{name}.xlsx"
	frappe.response["filecontent"] = make_xlsx(doc.table(), name).getvalue()
	frappe.response["type"] = "binary"
