"""Fixed assets: acquire, hand over, repair, depreciate, revalue, dispose, count, remind (D15)."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, today
from frappe.www.printview import get_html_and_style

from kefu_property.stores import api, jobs
from kefu_property.stores import exceptions as errors
from kefu_property.stores.doctype.fixed_asset_card import fixed_asset_card
from kefu_property.stores.doctype.fixed_asset_transfer import fixed_asset_transfer
from kefu_property.stores.page.asset_scan import asset_scan
from kefu_property.stores.page.my_assets import my_assets
from kefu_property.stores.report.asset_depreciation_by_month import asset_depreciation_by_month
from kefu_property.stores.report.asset_movements import asset_movements
from kefu_property.stores.report.asset_register_as_of_a_day import asset_register_as_of_a_day
from kefu_property.stores.report.idle_assets import idle_assets
from kefu_property.suite.approval import SelfApproval
from tests.factories.registry import make_project
from tests.factories.stores import make_asset, make_class, make_department, new_card
from tests.factories.users import as_role, as_user, make_user

KEEPER = "Store Keeper"


@pytest.fixture
def office():
	project = make_project().name
	return frappe._dict(
		project=project,
		asset_class=make_class().name,
		anna=make_user("Technician", projects=(project,), email=f"anna-{project.lower()}@test.kefu.example"),
		bert=make_user("CS Agent", projects=(project,), email=f"bert-{project.lower()}@test.kefu.example"),
	)


@pytest.fixture
def asset(office):
	return make_asset(office.project, office.asset_class, office.anna)


def approve(doc, *steps):
	for role, action in steps:
		user = make_user(role, email=f"{frappe.scrub(role)}-approver@test.kefu.example", projects=(doc.project,))
		with as_user(user):
			doc = apply_workflow(frappe.get_doc(doc.doctype, doc.name), action)
	return doc


def card(asset, *fields):
	return frappe.db.get_value("Fixed Asset Card", asset.name, list(fields))


def test_an_asset_comes_into_the_books_with_approval_and_a_custodian(office):
	with as_role(KEEPER, project=office.project):
		doc = new_card(office.project, office.asset_class).insert()
		assert (doc.asset_code, doc.salvage_value, doc.life_months) == ("PC-0001", 180, 36)
		with pytest.raises(errors.CustodianMissing):
			apply_workflow(doc, "Submit for Approval")
		doc.reload()
		doc.custodian = office.anna
		doc.save()
		doc = apply_workflow(doc, "Submit for Approval")
		with pytest.raises(SelfApproval):
			doc.status = "In Use"
			doc.save()
	doc = approve(doc, ("Accountant", "Approve"))
	assert (doc.status, card(doc, "original_value", "net_value")) == ("In Use", (3600, 3600))
	doc.remarks = "Approved"
	doc.save()
	entry = frappe.get_last_doc("Fixed Asset Entry", {"asset": doc.name})
	assert (entry.kind, entry.cost_change, entry.net_after) == ("Acquisition", 3600, 3600)
	with pytest.raises(errors.LedgerIsAppendOnly):
		entry.delete()


def test_in_the_books_value_and_custodian_change_by_papers_only(office, asset):
	for fieldname, value in (("original_value", 1), ("custodian", office.bert), ("place", "Home")):
		asset.reload()
		asset.set(fieldname, value)
		with pytest.raises(errors.AssetFrozen):
			asset.save()
	with pytest.raises(errors.AssetFrozen):
		asset.delete()


@pytest.mark.parametrize(
	"values",
	[
		{"original_value": 0},
		{"salvage_value": 4000},
		{"in_use_from": "2023-12-31"},
		{"opening_accumulated": 100},
		{"opening_accumulated": 100, "opening_months": 37},
	],
)
def test_values_of_a_card_do_not_contradict_each_other(office, values):
	with pytest.raises(errors.ValueInvalid):
		new_card(office.project, office.asset_class, **values).insert()


def test_a_transfer_is_in_force_when_the_receiver_accepts(office, asset):
	with as_user(office.anna):
		name = my_assets.hand_over([asset.name], office.bert, "Front desk")
		assert my_assets.get()["assets"][0].on_the_way
		with pytest.raises(errors.NotTheReceiver):
			my_assets.answer(name, True)
		with pytest.raises(errors.AssetInTransfer):
			my_assets.hand_over([asset.name], office.bert)
	assert card(asset, "custodian") == office.anna
	with as_user(office.bert):
		assert my_assets.get()["to_accept"][0]["assets"][0]["name"] == asset.name
		assert my_assets.answer(name, True) == "Accepted"
		assert [row.name for row in my_assets.get()["assets"]] == [asset.name]
		with pytest.raises(errors.AlreadyAnswered):
			my_assets.answer(name, False)
	assert card(asset, "custodian", "place", "status") == (office.bert, "Front desk", "In Use")
	with as_role(KEEPER, project=office.project):
		rows = asset_movements.execute({"project": office.project, "asset": asset.name})[1]
	assert [(row.from_place, row.to_place) for row in rows] == [("Office", "Front desk")]
	with pytest.raises(errors.AlreadyAnswered):
		frappe.get_doc("Fixed Asset Transfer", name).cancel()


def test_a_refused_transfer_changes_nothing(office, asset):
	with as_user(office.anna):
		name = my_assets.hand_over([asset.name], office.bert)
	with as_user(office.bert):
		assert my_assets.answer(name, False, "It is broken") == "Refused"
	assert card(asset, "custodian") == office.anna
	assert frappe.db.get_value("Fixed Asset Transfer", name, "answer") == "It is broken"


def test_nobody_hands_an_asset_to_themselves_or_gives_what_they_do_not_have(office, asset):
	with as_user(office.anna), pytest.raises(errors.TransferToOneself):
		my_assets.hand_over([asset.name], office.anna)
	with as_user(office.bert), pytest.raises(errors.AssetNotAvailable):
		my_assets.hand_over([asset.name], office.anna)
	with as_role(KEEPER, project=office.project), pytest.raises(errors.TransferToOneself):
		frappe.get_doc(
			{
				"doctype": "Fixed Asset Transfer",
				"project": office.project,
				"to_custodian": office.anna,
				"items": [{"asset": asset.name}],
			}
		).insert()
	with pytest.raises(errors.CustodianMissing):
		frappe.get_doc(
			{
				"doctype": "Fixed Asset Transfer",
				"project": office.project,
				"to_custodian": make_user(user_type="Website User", email="resident@test.kefu.example"),
				"items": [{"asset": asset.name}],
			}
		).insert()


def test_what_goes_into_storage_is_idle(office, asset):
	with as_user(office.anna):
		name = my_assets.hand_over([asset.name], office.bert, "Storage", to_idle=True)
	with as_user(office.bert):
		my_assets.answer(name, True)
	assert card(asset, "status", "idle_since") == ("Idle", frappe.utils.getdate())
	with as_role(KEEPER, project=office.project):
		assert [row.name for row in idle_assets.execute({"project": office.project})[1]] == [asset.name]
		assert idle_assets.execute({"project": office.project, "min_days": 1})[1] == []


def test_colleagues_are_the_staff_of_the_same_projects(office):
	stranger = make_user("CS Agent", projects=(make_project().name,), email="stranger@test.kefu.example")
	with as_user(office.anna):
		names = [row.value for row in my_assets.colleagues()]
	assert office.bert in names
	assert stranger not in names


def test_a_repair_is_history_and_the_asset_comes_back(office, asset):
	values = {"doctype": "Fixed Asset Repair", "project": office.project, "asset": asset.name, "fault": "Dark screen"}
	with as_role("Engineering Lead", project=office.project):
		repair = frappe.get_doc(values | {"reported_on": add_days(today(), -3)}).insert()
		assert card(asset, "status") == "Under Repair"
		with pytest.raises(errors.RepairOpen):
			frappe.get_doc(values).insert()
		with pytest.raises(errors.ValueInvalid):
			repair.finish("Fixed", add_days(today(), -4))
		repair.reload()
		repair.finish("New screen", today(), "350.5")
		assert (repair.status, repair.cost, card(asset, "status")) == ("Done", 350.5, "In Use")
		with pytest.raises(errors.RepairOpen):
			repair.finish("Again")


def post(doc):
	"""Through the workflow, without looking at who does it."""
	return approve(apply_workflow(doc, "Submit for Approval"), ("Office Director", "Approve"))


def run(office, month):
	return frappe.get_doc({"doctype": "Fixed Asset Depreciation", "project": office.project, "month": month})


def test_depreciation_is_computed_approved_and_posted(office, asset):
	with as_role("Accountant", project=office.project):
		doc = apply_workflow(run(office, "2024-03").insert(), "Submit for Approval")
	assert [(row.months, row.amount) for row in doc.items] == [(2, 190)]
	doc = approve(doc, ("Office Director", "Approve"))
	assert (doc.status, doc.docstatus) == ("Posted", 1)
	assert card(asset, "accumulated", "net_value", "depreciated_months", "depreciated_until") == (
		190,
		3410,
		2,
		"2024-03",
	)
	with pytest.raises(errors.MonthInvalid):
		run(office, "2024-02").insert()
	with pytest.raises(errors.MonthInvalid):
		run(office, "2024-13").insert()
	with as_role("Accountant", project=office.project):
		rows = asset_depreciation_by_month.execute(
			{"project": office.project, "from_date": "2024-03-01", "to_date": "2024-03-31"}
		)[1]
		assert [(row.label, str(row.total)) for row in rows] == [(office.asset_class, "190.00")]
		register = asset_register_as_of_a_day.get_rows
		assert [row.net for row in register(frappe._dict(project=office.project, as_of="2024-03-30"))] == [3600]
		assert [row.net for row in register(frappe._dict(project=office.project, as_of="2024-03-31"))] == [3410]
		assert register(frappe._dict(project=office.project, as_of="2024-01-01")) == []
	with as_role("Accountant", project=make_project().name):
		assert asset_register_as_of_a_day.execute({"project": office.project})[1] == []


def test_the_whole_life_ends_at_the_salvage_value(office, asset):
	doc = run(office, "2027-02") if today() > "2027-03" else run(office, today()[:7])
	doc = post(doc.insert())
	due = doc.items[0].months
	assert card(asset, "accumulated") == pytest.approx(95 * due)
	assert due <= 36


def test_a_run_is_reversed_in_order(office, asset):
	first = post(run(office, "2024-02").insert())
	second = post(run(office, "2024-03").insert())
	with pytest.raises(errors.LaterPaper):
		frappe.get_doc(first.doctype, first.name).cancel()
	second.cancel()
	frappe.get_doc(first.doctype, first.name).cancel()
	assert card(asset, "accumulated", "depreciated_months") == (0, 0)
	with pytest.raises(errors.NothingToDepreciate):
		run(office, "2024-01").insert()


def test_a_run_that_was_overtaken_is_not_posted(office, asset):
	doc = run(office, "2024-03").insert()
	with pytest.raises(errors.NotApproved):
		doc.submit()
	doc.reload()
	post(revalue(office, asset, 1000))
	with pytest.raises(errors.StalePaper):
		post(doc)


def revalue(office, asset, value):
	return frappe.get_doc(
		{"doctype": "Fixed Asset Revaluation", "project": office.project, "asset": asset.name, "new_value": value}
		| {"reason": "Appraisal", "posting_date": today()}
	).insert()


def test_a_revaluation_is_spread_over_the_rest_of_life(office, asset):
	with as_role("Accountant", project=office.project):
		doc = apply_workflow(revalue(office, asset, 3420 + 180 + 360), "Submit for Approval")
	doc = approve(doc, ("Office Director", "Approve"))
	assert card(asset, "original_value", "net_value") == (3960, 3960)
	line = run(office, "2024-02").insert().items[0]
	assert line.amount == 105
	doc.cancel()
	assert card(asset, "net_value") == 3600
	with pytest.raises(errors.ValueInvalid):
		revalue(office, asset, 3600)


def dispose(office, asset, **values):
	defaults = {"kind": "Sale", "buyer": "Trader", "proceeds": 500, "reason": "Old", "posting_date": today()}
	return frappe.get_doc(
		{"doctype": "Fixed Asset Disposal", "project": office.project, "asset": asset.name} | defaults | values
	)


def test_an_asset_is_sold_with_two_approvals_and_leaves_the_books(office, asset):
	with as_role(KEEPER, project=office.project):
		with pytest.raises(errors.ValueInvalid):
			dispose(office, asset, buyer="").insert()
		doc = apply_workflow(dispose(office, asset).insert(), "Submit for Approval")
	doc = approve(doc, ("CS Supervisor", "Approve"), ("Office Director", "Approve"))
	assert (doc.result, card(asset, "status", "net_value")) == (-3100, ("Sold", 0))
	with as_role("Accountant", project=office.project):
		assert asset_register_as_of_a_day.execute({"project": office.project})[1] == []
	with pytest.raises(errors.AssetNotAvailable):
		dispose(office, asset).insert()
	doc.cancel()
	assert card(asset, "status", "net_value", "original_value") == ("In Use", 3600, 3600)


def test_a_count_by_scanning(office, asset):
	lost = make_asset(office.project, office.asset_class, office.anna, serial_number="SN1")
	moved = make_asset(office.project, office.asset_class, office.anna, place="Gate", serial_number="SN-2")
	with as_role(KEEPER, project=office.project):
		count = frappe.get_doc(
			{"doctype": "Fixed Asset Count", "project": office.project, "place": "Office", "counted_on": today()}
		).insert()
		assert [row.asset for row in count.items] == [asset.name, lost.name]
		assert asset_scan.get_counts()[0].name == count.name
		assert asset_scan.scan(count.name, asset.name, "Office")["outcome"] == "Found"
		seen = asset_scan.scan(count.name, " SN-2 ", "Office")
		assert (seen["outcome"], seen["seen"], seen["expected"]) == ("Misplaced", 2, 3)
		assert [row["asset"] for row in asset_scan.get_lines(count.name)["open"]] == [lost.name]
		with pytest.raises(frappe.DoesNotExistError):
			asset_scan.scan(count.name, "unknown")
		count.reload()
		with pytest.raises(errors.CountIncomplete):
			apply_workflow(count, "Submit for Approval")
		count.reload()
		count.remarks = "Searched everywhere"
		count.save()
		count = apply_workflow(count, "Submit for Approval")
		assert (count.found, count.misplaced, count.missing) == (1, 1, 1)
		with pytest.raises(errors.CountIncomplete):
			asset_scan.scan(count.name, lost.name)
	approve(count, ("CS Supervisor", "Approve"))
	assert card(lost, "missing_since") == frappe.utils.getdate()
	assert card(moved, "place") == "Office"
	assert card(asset, "last_counted_on") == frappe.utils.getdate()
	with as_role("Technician", project=office.project), pytest.raises(frappe.PermissionError):
		asset_scan.scan(count.name, asset.name)


def test_ends_of_warranty_and_inspections_are_told_once(office):
	make_user(KEEPER, projects=(office.project,), email=f"keeper-{office.project.lower()}@test.kefu.example")
	asset = make_asset(
		office.project, office.asset_class, office.anna, warranty_until="2024-07-01", inspection_due="2024-12-01"
	)

	def told():
		return frappe.db.count("Notification Log", {"document_name": asset.name})

	jobs.remind_of_dates("2024-05-01")
	assert told() == 0
	jobs.remind_of_dates("2024-06-15")
	jobs.remind_of_dates("2024-06-16")
	assert told() == 2
	with as_role(KEEPER, project=office.project):
		frappe.db.set_value("Fixed Asset Class", office.asset_class, "inspection_months", 12)
		frappe.clear_document_cache("Fixed Asset Class", office.asset_class)
		assert fixed_asset_card.record_inspection(asset.name, "2024-06-20") == "2025-06-20"
		with pytest.raises(errors.ValueInvalid):
			fixed_asset_card.record_inspection(asset.name, add_days(today(), 1))


def test_who_leaves_gives_assets_back_first(office, asset):
	assert api.leaving_check({"user": office.anna})[0]["status"] == "blocked"
	assert asset.name in api.leaving_check({"user": office.anna})[0]["detail"]
	assert api.leaving_check({"user": office.bert})[0]["status"] == "ok"


def test_labels_are_one_pdf(office, asset):
	with as_role(KEEPER, project=office.project):
		fixed_asset_card.labels([asset.name])
		assert frappe.local.response.filecontent.startswith(b"%PDF")
	with as_role(KEEPER, project=make_project().name), pytest.raises(frappe.PermissionError):
		fixed_asset_card.labels([asset.name])


def test_staff_only(office):
	with as_user(make_user(user_type="Website User", email="resident@test.kefu.example")):
		for call in (my_assets.get, my_assets.colleagues):
			with pytest.raises(frappe.PermissionError):
				call()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_papers_print(office, asset, language):
	make_department(office.project)
	depreciation = run(office, "2024-02").insert()
	count = frappe.get_doc({"doctype": "Fixed Asset Count", "project": office.project, "counted_on": today()}).insert()
	disposal = dispose(office, asset).insert()
	with as_user(office.anna):
		transfer = frappe.get_doc("Fixed Asset Transfer", my_assets.hand_over([asset.name], office.bert))
	assert transfer.status == fixed_asset_transfer.WAITING
	frappe.local.lang = language
	for doc, paper in (
		(asset, "Fixed Asset Card Sheet"),
		(depreciation, "Fixed Asset Depreciation Sheet"),
		(count, "Fixed Asset Count Sheet"),
		(disposal, "Fixed Asset Disposal Sheet"),
		(transfer, "Fixed Asset Transfer Slip"),
	):
		html = get_html_and_style(doc.as_json(), print_format=paper)["html"]
		assert doc.name in html
		assert "Computer" in html
	frappe.local.lang = "en"
