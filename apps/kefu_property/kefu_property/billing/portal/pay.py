"""Pay bills online: choose bills and a way to pay, go to the carrier, come back and see the receipt (S2)."""

# No postponed annotations here: the framework converts what a form sends by them
import frappe
from frappe import _

from kefu_property.billing import channels, online
from kefu_property.billing.exceptions import BillNotPayable
from kefu_property.billing.portal.access import mine

MOST_BILLS = 60


def get_context(context) -> None:
	if context.rest:
		return one_order(context)
	context.title = _("Pay online")
	context.channels = channels.names()
	context.bills = open_bills() if context.channels else []
	wanted = frappe.form_dict.get("bill")
	context.chosen = {bill.name for bill in context.bills if not wanted or bill.name == wanted}


def open_bills(names: list[str] | None = None) -> list[dict]:
	"""Open bills of the signed-in resident, oldest due first; only these when `names` are given."""
	filters = {"resident": ["in", mine() or [""]], "docstatus": 1, "outstanding": [">", 0]}
	if names is not None:
		filters["name"] = ["in", names]
	return frappe.get_all(
		"Fee Invoice",
		filters=filters,
		fields=["name", "title", "due_date", "outstanding", "resident", "project"],
		order_by="due_date, name",
		limit_page_length=MOST_BILLS,
	)


def one_order(context) -> None:
	rows = frappe.get_all(
		"Online Payment",
		filters={"name": context.rest, "resident": ["in", mine() or [""]]},
		fields=["name", "status", "amount", "channel", "fee_payment", "creation"],
	)
	if not rows:
		raise frappe.DoesNotExistError
	context.update(
		{
			"title": _("Online payment"),
			"order": rows[0],
			"receipt_no": rows[0].fee_payment and frappe.db.get_value("Fee Payment", rows[0].fee_payment, "receipt_no"),
			"template": "kefu_property/billing/portal/one_order.html",
		}
	)


@frappe.whitelist(methods=["POST"])  # lint: allow whitelist-permission: only bills of the session's residents are found
def begin(channel: str, bills: list | None = None) -> dict:
	"""Begin to pay some of the signed-in resident's open bills; returns `next`, the address at the carrier."""
	names = {str(name) for name in bills or ()}
	if not names:
		frappe.throw(_("Choose at least one bill."), BillNotPayable)
	found = open_bills(list(names))
	if len(found) != len(names):
		frappe.throw(_("One of these bills is not open any more. Look at your bills and choose again."), BillNotPayable)
	if len({(bill.resident, bill.project) for bill in found}) > 1:
		frappe.throw(_("Pay the bills of each project on their own."), BillNotPayable)
	_order, address = online.begin(found[0].resident, found[0].project, found, channel)
	return {"next": address}
