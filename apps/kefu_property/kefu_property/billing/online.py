"""Bills paid through a payment channel: begun by the resident, settled by the carrier's notice, each exactly once (S2, L3)."""

# No postponed annotations here: the framework converts what a request sends by them
from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import get_url, today
from werkzeug.wrappers import Response

from kefu_property.billing import channels
from kefu_property.billing.exceptions import AmountDiffers, BillNotPayable, MoreThanOpen
from kefu_property.rules.money import D
from kefu_property.suite.portal_auth import limit

#: reports of one address in a minute: a carrier repeats what was not confirmed, a guesser is slowed down
NOTICES = ((600, 60),)
METHOD = "Online"


def begin(resident: str, project: str, bills: list[dict], channel: str) -> tuple[str, str]:
	"""(name of the new Online Payment, address at the carrier) for open bills (`name`, `outstanding`) of one payer."""
	carrier = channels.get(channel)
	amounts = {bill["name"]: D(bill["outstanding"]) for bill in bills}
	order = frappe.get_doc(
		{
			"doctype": "Online Payment",
			"project": project,
			"resident": resident,
			"channel": channel,
			"amount": str(sum(amounts.values(), Decimal(0))),
			"bills": [{"invoice": name, "amount": str(amount)} for name, amount in amounts.items()],
		}
	).insert(ignore_permissions=True)  # residents hold no rights on DocTypes; the caller checked whose bills these are
	address = carrier.begin(
		{
			"name": order.name,
			"amount": f"{D(order.amount):.2f}",
			"subject": _("Property bills of {0}").format(
				frappe.get_cached_value("Property Project", project, "project_name")
			),
			"language": frappe.local.lang,
			"return_url": get_url(f"/portal/pay/{order.name}"),
			"notice_url": get_url(
				f"/api/method/kefu_property.billing.online.notice?channel={frappe.utils.quote(channel)}"
			),
		}
	)
	return order.name, address


@frappe.whitelist(allow_guest=True, methods=["POST"])  # the channel checks the carrier's signature
def notice(channel: str) -> Response:
	"""The carrier's report that an order is paid. Repeated reports are confirmed again and change nothing."""
	limit(f"payment-notice:{frappe.local.request_ip}", NOTICES)
	carrier = channels.get(channel)
	report = carrier.read(frappe.local.request)
	settle(channel, report)
	return Response(carrier.answer(), mimetype="text/plain")


def settle(channel: str, report: channels.Notice) -> str:
	"""Post the receipt of a paid order; returns its name. A second report returns the same one.

	Money that the carrier has taken is never refused because a bill changed meanwhile: what is no longer open settles the payer's
	other debts or becomes prepayment. Raises ForgedNotice for an order of another channel, AmountDiffers for another amount.
	"""
	found = frappe.db.sql(
		"select name, channel, status, fee_payment, amount from `tabOnline Payment` where name = %s for update",
		report.order,
		as_dict=True,
	)
	if not found or found[0].channel != channel:
		raise channels.ForgedNotice
	if found[0].status == "Paid":
		return found[0].fee_payment
	if D(found[0].amount) != report.amount:
		frappe.throw(
			_("The carrier reports {0} yuan, the order is about {1}.").format(report.amount, D(found[0].amount)),
			AmountDiffers,
		)
	order = frappe.get_doc("Online Payment", report.order)
	chosen = [{"invoice": row.invoice, "amount": str(D(row.amount))} for row in order.bills]
	frappe.db.savepoint("kefu_online")
	try:
		payment = _post(order, report, chosen)
	except (MoreThanOpen, BillNotPayable):
		frappe.db.rollback(save_point="kefu_online")
		payment = _post(order, report, [])
	order.db_set({"status": "Paid", "reference_no": report.reference, "fee_payment": payment.name})
	return payment.name


def _post(order, report: channels.Notice, allocations: list[dict]):
	payment = frappe.get_doc(
		{
			"doctype": "Fee Payment",
			"docstatus": 1,
			"project": order.project,
			"resident": order.resident,
			"amount": str(report.amount),
			"method": METHOD,
			"reference_no": report.reference,
			"posting_date": today(),
			"idempotency_key": f"online-{order.name}",
			"allocations": allocations,
		}
	)
	payment.flags.online = True
	return payment.insert(ignore_permissions=True)  # the carrier is nobody's user; its signature was checked
