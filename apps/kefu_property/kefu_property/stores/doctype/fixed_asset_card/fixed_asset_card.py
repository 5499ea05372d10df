from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.naming import getseries
from frappe.utils import add_months, getdate, today

from kefu_property.rules.depreciation import NONE
from kefu_property.rules.money import D, round_money
from kefu_property.stores import assets, papers
from kefu_property.stores.exceptions import AssetFrozen, CustodianMissing, ValueInvalid
from kefu_property.suite import qr

DRAFT, PENDING = "Draft", "Pending Approval"
#: fields that only papers change once the asset is in the books
FROZEN = (
	"asset_class",
	"custodian",
	"department",
	"place",
	"acquired_on",
	"in_use_from",
	"original_value",
	"opening_accumulated",
	"opening_months",
	"method",
	"life_months",
	"salvage_value",
	"accumulated",
	"depreciated_months",
)
MONEY = {"original_value", "opening_accumulated", "salvage_value", "accumulated"}
MOST_LABELS = 200


class FixedAssetCard(Document):
	"""Card of a fixed asset: what it is, who has it, where, and what it is worth (D15)."""

	def before_insert(self) -> None:
		if not (self.asset_code or "").strip():
			prefix = frappe.get_cached_value("Fixed Asset Class", self.asset_class, "code_prefix")
			self.asset_code = f"{prefix}-{getseries(f'{self.project}-{prefix}-', 4)}"
		self.asset_code = self.asset_code.strip()

	def validate(self) -> None:
		papers.check_same_project(self, ("department", "Cost Department"))
		before = self.get_doc_before_save()
		if before and before.status not in (DRAFT, PENDING):
			self.check_frozen(before)
			return
		self.take_defaults()
		self.check_values()
		if self.status != DRAFT and not self.custodian:
			frappe.throw(_("Choose the custodian who answers for {0}.").format(self.asset_name), CustodianMissing)

	def take_defaults(self) -> None:
		"""Method, life and salvage value of the class, where the card says nothing."""
		kind = frappe.get_cached_doc("Fixed Asset Class", self.asset_class)
		self.method = self.method or kind.method
		if self.method == NONE:
			self.life_months = 0
		elif not self.life_months:
			self.life_months = kind.life_months
		if self.is_new() and not D(self.salvage_value):
			self.salvage_value = round_money(D(self.original_value) * D(kind.salvage_percent) / 100)
		if not self.inspection_due and kind.inspection_months and self.in_use_from:
			self.inspection_due = add_months(getdate(self.in_use_from), kind.inspection_months)

	def check_values(self) -> None:
		original, brought = D(self.original_value), D(self.opening_accumulated)
		if original <= 0:
			frappe.throw(_("Enter an original value above zero."), ValueInvalid)
		if D(self.salvage_value) > original or brought > original:
			frappe.throw(_("Salvage value and depreciation are no higher than the original value."), ValueInvalid)
		if getdate(self.in_use_from) < getdate(self.acquired_on):
			frappe.throw(_("The asset is in use after it was acquired. Correct the dates."), ValueInvalid)
		if self.method != NONE and not self.life_months:
			frappe.throw(_("Enter the life in months, or no depreciation."), ValueInvalid)
		if bool(brought) != bool(self.opening_months) or (self.opening_months or 0) > (self.life_months or 0):
			frappe.throw(
				_("Depreciation brought forward goes with the months it is for, at most the life."), ValueInvalid
			)
		self.accumulated, self.net_value = brought, original - brought
		self.depreciated_months = self.opening_months or 0
		self.year_opening = self.net_value

	def check_frozen(self, before) -> None:
		for fieldname in FROZEN:
			old, new = before.get(fieldname), self.get(fieldname)
			same = D(old) == D(new) if fieldname in MONEY else str(old or "") == str(new or "")
			if not same:
				frappe.throw(
					_("{0} of an asset in the books changes by a paper: transfer, revaluation or disposal.").format(
						_(self.meta.get_label(fieldname))
					),
					AssetFrozen,
				)

	def on_update(self) -> None:
		"""Approval puts the asset into the books."""
		before = self.get_doc_before_save()
		if before and before.status == PENDING and self.status == assets.IN_USE:
			card = frappe.qb.DocType("Fixed Asset Card")
			frappe.qb.update(card).set(card.original_value, 0).set(card.accumulated, 0).where(
				card.name == self.name
			).run()
			change = assets.Change(self.name, D(self.original_value), D(self.opening_accumulated))
			self.modified = assets.post(self, "Acquisition", [change], self.acquired_on)

	def on_trash(self) -> None:
		if self.status != DRAFT:
			frappe.throw(_("An asset in the books is scrapped or sold, not deleted."), AssetFrozen)

	def qr(self) -> str:
		"""QR code of the asset's number for the label."""
		return qr.data_uri(self.name)


@frappe.whitelist(methods=["POST"])
def record_inspection(asset: str, inspected_on: date | str, next_due: date | str | None = None) -> str | None:
	"""Note an inspection of an asset; returns when the next one is due, by default after the months of its class."""
	doc = frappe.get_doc("Fixed Asset Card", asset)
	doc.check_permission("write")
	if getdate(inspected_on) > getdate(today()):
		frappe.throw(_("The inspection lies in the future."), ValueInvalid)
	months = frappe.get_cached_value("Fixed Asset Class", doc.asset_class, "inspection_months")
	doc.last_inspected_on = getdate(inspected_on)
	doc.inspection_due = (
		getdate(next_due) if next_due else add_months(doc.last_inspected_on, months) if months else None
	)
	doc.save()
	doc.add_comment("Info", _("Inspected on {0}").format(frappe.utils.format_date(inspected_on)))
	return str(doc.inspection_due) if doc.inspection_due else None


@frappe.whitelist()
def labels(names: list | str) -> None:
	"""Answer with one PDF of QR labels, 24 on a sheet of A4, at most 200."""
	from weasyprint import HTML  # heavy, and needed here only

	wanted = frappe.parse_json(names)[:MOST_LABELS]
	cards = frappe.get_list(
		"Fixed Asset Card",
		filters={"name": ["in", wanted]},
		fields=["name", "project", "asset_name", "specification", "acquired_on"],
		order_by="name",
		limit=0,
	)
	if not cards:
		frappe.throw(_("Choose assets of your project."), frappe.PermissionError)
	for card in cards:
		card.qr = qr.data_uri(card.name)
	projects = dict(
		frappe.get_all(
			"Property Project",
			filters={"name": ["in", [card.project for card in cards]]},
			fields=["name", "project_name"],
			as_list=True,
		)
	)
	html = frappe.render_template(
		"kefu_property/templates/print/asset_labels.html", {"cards": cards, "projects": projects}
	)
	frappe.local.response.filename = "asset-labels.pdf"
	frappe.local.response.filecontent = HTML(string=html).write_pdf()
	frappe.local.response.type = "pdf"
