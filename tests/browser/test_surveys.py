"""A resident answers a survey on the phone without signing in; staff see what came in (D10)."""

import frappe

from kefu_property.survey import links
from tests.browser import people
from tests.factories.registry import make_home, make_project
from tests.factories.survey import invitations, open_survey, reply
from tests.factories.users import assign


def prepare():
	"""An open survey of a project of its own, with a home that has not answered. CS Supervisor is assigned to it."""
	project = make_project(project_name="问卷小区").name
	for room in range(101, 105):
		make_home(project, f"1-1-{room}")
	doc = open_survey(project, title="浏览器满意度调查", anonymous=0)
	asked = invitations(doc)
	for invitation in asked[1:3]:
		reply(invitation, q4="Lift")
	frappe.db.commit()  # the served site is another process
	return doc, links.url_of(asked[0].name, via="qr").partition("/portal")[2]


def test_a_resident_answers_on_the_phone_and_only_once(portal_page, picture):
	doc, path = prepare()
	page = portal_page(path=f"/portal{path}")
	page.wait_for_selector("form[data-survey]")
	assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
	assert page.locator("[data-code=q2]").is_hidden()
	page.click("label[for=f-q1-2]")
	page.wait_for_selector("[data-code=q2] input >> visible=true")
	page.check("[name='q2[]'][value=Slow]")
	page.click("label[for='f-q3:1-4']")
	page.check("[name=q4][value=Garden]")
	page.fill("[name=q5]", "电梯偶尔有异响")
	picture(page, "survey-phone")
	page.click("form[data-survey] button[type=submit]")
	page.wait_for_selector("text=感谢您的填写")
	frappe.db.rollback()  # a new snapshot: the server is another process
	row = frappe.get_all("Survey Response", {"survey": doc.name, "channel": "QR Code"}, pluck="name")
	assert len(row) == 1
	values = frappe.get_all("Survey Answer", {"parent": row[0]}, ["question_code", "value"], order_by="idx")
	assert [(value.question_code, value.value) for value in values] == [
		("q1", "2"),
		("q2", "Slow"),
		("q3", "4"),
		("q4", "Garden"),
		("q5", "电梯偶尔有异响"),
	]
	page.goto(f"/portal{path}")
	page.wait_for_selector("text=该问卷已填写")


def test_a_forged_link_says_so(portal_page):
	page = portal_page(path="/portal/survey/abcdef.0123456789abcdef0123456789abcdef")
	page.wait_for_selector("text=链接无效")


def test_staff_see_the_result(desk_page, picture):
	doc, _path = prepare()
	user, _password = people.staff("CS Supervisor")
	assign(user, doc.project)
	frappe.clear_cache(user=user)
	frappe.db.commit()  # the served site is another process
	page = desk_page("CS Supervisor", path=f"/app/survey-results/{doc.name}")
	page.wait_for_selector(".kefu-survey-figure.good")
	assert "50" in page.inner_text(".kefu-survey-figures")
	page.wait_for_function(
		"[...document.querySelectorAll('.kefu-survey .frappe-chart rect.bar')].some((bar) => Number(bar.getAttribute('height')) > 50)"
	)  # the chart draws its bars a moment after its axes
	assert page.locator(".kefu-survey-question").count() == 6
	picture(page, "survey-results")
