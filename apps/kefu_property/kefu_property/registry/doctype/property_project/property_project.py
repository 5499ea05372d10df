import re

import frappe
from frappe import _
from frappe.model.document import Document

from kefu_property.registry.exceptions import InvalidCode
from kefu_property.rules.personal_data import clean_text

CODE = re.compile(r"[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff_.-]*")


def clean_code(value: str, label: str) -> str:
	"""A code as it may begin names: letters, digits, Chinese characters, hyphen. Raises InvalidCode."""
	code = clean_text(value).replace("－", "-").replace("—", "-")
	if not CODE.fullmatch(code):
		frappe.throw(
			_("{0} {1} may hold only letters, digits, Chinese characters and hyphens. Correct it.").format(
				_(label), code
			),
			InvalidCode,
		)
	return code


class PropertyProject(Document):
	"""A residential project under management, with the rules that differ from city to city (D1)."""

	def before_naming(self) -> None:
		self.project_code = clean_code(self.project_code, "Project Code")

	def validate(self) -> None:
		self.check_contract_dates()

	def check_contract_dates(self) -> None:
		if self.service_start and self.contract_end and self.contract_end < self.service_start:
			frappe.throw(_("The contract ends before the service begins. Correct the dates."))
