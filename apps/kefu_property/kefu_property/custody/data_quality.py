"""Items left lying on the data-quality board (D8, D20)."""

from __future__ import annotations

from frappe import _
from frappe.utils import today

from kefu_property.suite.data_quality import found


def checks(projects: list[str]) -> list[dict]:
	"""Extension point `data_quality`: items beyond their time, items in dispute."""
	beyond = [["status", "=", "Waiting"], ["keep_until", "is", "set"], ["keep_until", "<", today()]]
	return [
		{
			"key": "beyond",
			"label": _("Items beyond their keeping time"),
			"rows": found(
				"Custody Item", projects, beyond, user="received_by", title="recipient_name", since="keep_until"
			),
		},
		{
			"key": "dispute",
			"label": _("Items in dispute"),
			"rows": found(
				"Custody Item",
				projects,
				{"status": "In Dispute"},
				user="received_by",
				title="recipient_name",
				since="received_on",
			),
		},
	]
