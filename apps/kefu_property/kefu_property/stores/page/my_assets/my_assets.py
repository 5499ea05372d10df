"""Server side of the page My Assets: what I answer for, what waits for my acceptance, handing over (D15)."""

import frappe
from frappe import _
from frappe.utils import today

from kefu_property.stores import api
from kefu_property.stores.doctype.fixed_asset_transfer import fixed_asset_transfer as transfers
from kefu_property.stores.exceptions import AssetNotAvailable
from kefu_property.suite import row_rules


@frappe.whitelist()
def get() -> dict:
	"""Assets of the user, transfers that wait for their acceptance, and those that they sent and that wait."""
	require_staff()
	user = frappe.session.user
	transfer, item = frappe.qb.DocType("Fixed Asset Transfer"), frappe.qb.DocType("Fixed Asset Transfer Item")
	rows = (
		frappe.qb.from_(transfer)
		.join(item)
		.on(item.parent == transfer.name)
		.select(
			transfer.name,
			transfer.owner,
			transfer.to_custodian,
			transfer.to_place,
			transfer.transfer_date,
			transfer.remarks,
			item.asset,
			item.asset_name,
		)
		.where((transfer.docstatus == 1) & (transfer.status == transfers.WAITING))
		.where((transfer.to_custodian == user) | (item.from_custodian == user))
		.orderby(transfer.creation)
		.orderby(item.idx)
		.run(as_dict=True)
	)
	papers: dict[str, dict] = {}
	for row in rows:
		paper = papers.setdefault(
			row.name,
			{
				"name": row.name,
				"from": frappe.utils.get_fullname(row.owner),
				"to": frappe.utils.get_fullname(row.to_custodian),
				"mine": row.to_custodian == user,
				"place": row.to_place,
				"date": str(row.transfer_date),
				"remarks": row.remarks,
				"assets": [],
			},
		)
		paper["assets"].append({"name": row.asset, "asset_name": row.asset_name})
	on_the_way = {asset["name"] for paper in papers.values() for asset in paper["assets"]}
	mine = api.assets_of(user)
	for card in mine:
		card.on_the_way = card.name in on_the_way
	return {
		"assets": mine,
		"to_accept": [paper for paper in papers.values() if paper["mine"]],
		"sent": [paper for paper in papers.values() if not paper["mine"]],
	}


@frappe.whitelist()
def colleagues() -> list[dict]:
	"""Staff of the user's projects who can take assets: `value`, `label`."""
	require_staff()
	user = frappe.qb.DocType("User")
	permission = frappe.qb.DocType("User Permission")
	projects = row_rules.projects_of(frappe.session.user)
	return (
		frappe.qb.from_(user)
		.join(permission)
		.on(permission.user == user.name)
		.select(user.name.as_("value"), user.full_name.as_("label"))
		.distinct()
		.where((user.enabled == 1) & (user.user_type == "System User") & (user.name != frappe.session.user))
		.where((permission.allow == "Property Project") & permission.for_value.isin(projects or [""]))
		.orderby(user.full_name)
		.run(as_dict=True)
	)


@frappe.whitelist(methods=["POST"])
def answer(name: str, accepted: bool, reason: str | None = None) -> str:
	"""Accept or refuse a transfer to the user; returns its new status."""
	require_staff()
	return transfers.answer(name, accepted, reason)


@frappe.whitelist(methods=["POST"])
def hand_over(
	items: list | str, to_custodian: str, place: str | None = None, to_idle: bool = False, remarks: str | None = None
) -> str:
	"""Send assets that the user has to a colleague; returns the name of the transfer, which waits for acceptance.

	Raises AssetNotAvailable for an asset that the user does not have.
	"""
	require_staff()
	wanted = frappe.parse_json(items)
	mine = {card.name: card for card in api.assets_of(frappe.session.user)}
	missing = [name for name in wanted if name not in mine]
	if missing or not wanted:
		frappe.throw(_("{0} is not with you.").format(_(", ").join(missing) or "–"), AssetNotAvailable)
	doc = frappe.get_doc(
		{
			"doctype": "Fixed Asset Transfer",
			"project": mine[wanted[0]].project,
			"to_custodian": to_custodian,
			"to_place": place,
			"to_idle": int(to_idle),
			"transfer_date": today(),
			"remarks": remarks,
			"items": [{"asset": name} for name in wanted],
		}
	)
	doc.flags.ignore_permissions = True  # a custodian hands over what is theirs, as was checked above
	doc.insert()
	doc.submit()
	return doc.name


def require_staff() -> None:
	if frappe.get_cached_value("User", frappe.session.user, "user_type") != "System User":
		frappe.throw(_("This page is for staff."), frappe.PermissionError)
