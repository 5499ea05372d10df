"""The first whole path, seen by the people in it: the owner finds the bill on the phone, the cashier takes the money,
the owner finds the receipt."""

import random
import re
import subprocess
import unicodedata

import frappe
import pytest
from playwright.sync_api import expect

from tests.browser import people
from tests.browser.conftest import assert_no_sideways_scroll
from tests.browser.test_portal import code_sent_to, forget_codes
from tests.factories import billing, registry
from tests.factories.users import assign

NAME = "沈知行"
#: 128.60 m² at 2.35 yuan
BILL = "302.21"


@pytest.fixture
def billed(site) -> frappe._dict:
	"""An owner who has never signed in, with the bill of one month. Stays on the test site: a ledger forgets nothing."""
	project = registry.make_project(
		project_name="锦绣江南",
		project_name_en="Jiangnan Court",
		phone="0571-88009999",
		company_name="江南物业服务有限公司",
	).name
	phone = f"137{random.randrange(10**8):08d}"
	unit = registry.make_unit(project, "2-1-1203", unit_type="Dwelling", building_area=128.6, state="Occupied")
	owner = registry.make_resident(project, NAME, phone)
	registry.make_occupancy(unit, owner)
	billing.make_tariff(project, "2.35")
	billing.publish_run(billing.make_run(project))
	cashier, _password = people.staff("Cashier")
	assign(cashier, project)
	frappe.clear_cache(user=cashier)
	frappe.db.commit()  # the served site is another process
	return frappe._dict(project=project, unit=unit, name=owner.name, phone=phone)


def test_from_the_bill_to_the_receipt(billed, portal_page, desk_page, picture, watch, tmp_path):
	# the owner signs in for the first time, agrees to the privacy notice and sees what is due
	forget_codes()
	phone = portal_page(size="small")
	phone.get_by_label("手机号码").fill(billed.phone)
	phone.get_by_role("button", name="获取验证码").click()
	phone.get_by_label("短信验证码").fill(code_sent_to(billed))
	phone.get_by_role("button", name="登录", exact=True).click()
	phone.get_by_role("button", name="同意并继续").click()
	expect(phone).to_have_url(re.compile(r"/portal$"))
	expect(phone.locator("main")).to_contain_text(f"¥{BILL}")
	expect(phone.locator("main")).to_contain_text("锦绣江南")
	picture(phone, "portal-home-with-bill-small-zh", full=True, docs=True)
	phone.locator(".bottom a[href='/portal/bills']").click()
	assert_no_sideways_scroll(phone)
	picture(phone, "portal-bills-small-zh", full=True, docs=True)
	phone.locator(".list a.row").click()
	expect(phone.locator("main")).to_contain_text(f"¥{BILL}")
	phone.locator("summary").first.click()
	expect(phone.locator("main")).to_contain_text("128.6")
	expect(phone.locator("main")).to_contain_text("2.35")
	assert_no_sideways_scroll(phone)
	picture(phone, "portal-bill-small-zh", full=True, docs=True)

	# the cashier's day begins at the till: phone number, Enter, money, Enter
	till = desk_page("Cashier")
	expect(till).to_have_url(re.compile("/app/collect-payment"))
	till.locator(".kefu-till-search").fill(billed.phone)
	expect(till.locator(".kefu-till-person")).to_contain_text(NAME)
	till.locator(".kefu-till-search").press("Enter")
	expect(till.locator(".kefu-till-bills")).to_contain_text(BILL)
	till.locator(".kefu-till-given").fill("310")
	expect(till.locator(".kefu-till-result")).to_contain_text("7.79")
	picture(till, "desk-collect-payment-zh", docs=True)
	till.locator(".kefu-till-given").press("Enter")
	expect(till.locator(".kefu-till-done")).to_contain_text(BILL)
	printed = till.context.request.get(till.locator(".kefu-till-done a").get_attribute("href"))
	check_receipt(printed.body(), tmp_path)

	# the owner sees the bill paid and the receipt, and keeps it as a file
	phone.goto("/portal")
	expect(phone.locator("main")).not_to_contain_text(f"¥{BILL}")
	phone.goto("/portal/receipts")
	expect(phone.locator("main")).to_contain_text(f"¥{BILL}")
	assert_no_sideways_scroll(phone)
	phone.locator(".list a.row").click()
	expect(phone.locator("main")).to_contain_text("叁佰零贰元贰角壹分")
	assert_no_sideways_scroll(phone)
	picture(phone, "portal-receipt-small-zh", full=True, docs=True)
	link = phone.get_by_role("link", name=re.compile("PDF")).get_attribute("href")
	check_receipt(phone.context.request.get(link).body(), tmp_path)
	phone.get_by_role("button", name="English").click()
	expect(phone.locator("html")).to_have_attribute("lang", "en")
	picture(phone, "portal-receipt-small-en", full=True)


def check_receipt(pdf: bytes, folder) -> None:
	assert pdf.startswith(b"%PDF-")
	path = folder / "receipt.pdf"
	path.write_bytes(pdf)
	text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
	# the printer writes some characters as the radicals that look the same
	text = unicodedata.normalize("NFKC", text).replace("⻆", "角")
	for part in (NAME, BILL, "叁佰零贰元贰角壹分"):
		assert part in text, f"{part} is missing in the receipt:\n{text}"


def test_somebody_else_sees_neither_bill_nor_receipt(billed, portal_page, watch):
	watch.allow("status of 404")
	bill = billing.bills_of(billed.unit.name)[0]
	page = portal_page(people.resident(), "small")
	for path in (f"/portal/bills/{bill.name}", f"/portal/receipts/{bill.name}"):
		page.goto(path)
		expect(page.get_by_role("heading", name="找不到页面")).to_be_visible()
		assert NAME not in page.content()
