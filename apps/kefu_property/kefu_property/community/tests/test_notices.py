"""Notices: audience, approval, emergency, reading, public page, paper (D12)."""

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, today
from frappe.www.printview import get_html_and_style

from kefu_property.community import exceptions as errors
from kefu_property.community import notices
from kefu_property.community.portal import notice as guest_page
from kefu_property.community.portal import notices as portal
from kefu_property.community.report.notice_reach.notice_reach import execute as reach
from kefu_property.suite.approval import SelfApproval
from kefu_property.suite.uploads import NotAPicture
from tests.factories.community import make_notice, make_owner, new_notice, step
from tests.factories.registry import make_building, make_project
from tests.factories.renovation import picture, upload
from tests.factories.users import as_role, as_user, make_user


@pytest.fixture
def project():
	return make_project().name


def page(user: str, rest: str = "", module=portal):
	context = frappe._dict(rest=rest)
	with as_user(user):
		module.get_context(context)
	return context


def test_from_the_draft_to_the_portal(project):
	_home, _resident, user = make_owner(project)
	with as_role("CS Agent", project=project):
		doc = new_notice(project).insert()
		assert page(user).rows == []
		step(doc, "Submit for Approval")
	with as_role("CS Supervisor", project=project):
		doc = step(doc, "Approve")
	assert (doc.docstatus, doc.audience_count, doc.read_count) == (1, 1, 0) and doc.approved_by and doc.published_on
	[row] = page(user).rows
	assert (row.title, row.read) == (doc.title, False)
	with as_user(user):
		assert portal.home_cards(user)[0]["value"] == doc.title
	assert "From 9 to 12" in page(user, doc.name).content
	page(user, doc.name)  # read again: counts once
	doc.reload()
	assert doc.read_count == 1 and page(user).rows[0].read
	with as_user(user):
		assert portal.home_cards(user) == []
	with as_role("CS Agent", project=project):
		[found] = reach({"project": project})[1]
	assert found.reach == 100


def test_only_the_audience_sees_it(project):
	first, second = make_building(project, "1").name, make_building(project, "2").name
	_h, _r, near = make_owner(project, "1-1-101")
	_h, _r, far = make_owner(project, "2-1-101")
	_h, _r, shop = make_owner(project, "1-1-001", unit_type="Shop")
	_h, _r, stranger = make_owner(make_project().name)
	doc = make_notice(project, buildings=[first], for_dwelling=1)
	assert doc.audience_count == 1
	assert [row.name for row in page(near).rows] == [doc.name]
	for user in (far, shop, stranger):
		assert page(user).rows == []
		with pytest.raises(frappe.DoesNotExistError):
			page(user, doc.name)
	both = make_notice(project, buildings=[first, second])
	assert both.audience_count == 3


def test_past_and_planned_notices(project):
	_h, _r, user = make_owner(project)
	old = make_notice(project, valid_from=add_days(today(), -9), valid_to=add_days(today(), -2))
	make_notice(project, valid_from=add_days(today(), 2), valid_to=None)
	assert page(user).rows == []
	assert [row.name for row in notices.of_user(user, past=True)] == [old.name]
	pinned = make_notice(project, pinned=1)
	make_notice(project)
	assert page(user).rows[0].name == pinned.name


@pytest.mark.parametrize(
	("values", "error"),
	[
		({"content": "<p> </p>"}, errors.NoticeIncomplete),
		({"valid_to": "2020-01-01"}, errors.NoticeIncomplete),
		({"attachments": [{"title": "x", "file": "/files/none.pdf"}]}, NotAPicture),
	],
)
def test_bad_notices_are_refused(project, values, error):
	with pytest.raises(error):
		new_notice(project, **values).insert()


def test_bad_audiences_are_refused(project):
	foreign = make_building(make_project().name, "1").name
	with pytest.raises(errors.WrongAudience, match=foreign):
		new_notice(project, buildings=[foreign]).insert()
	own = make_building(project, "7").name
	with pytest.raises(errors.WrongAudience):
		new_notice(project, buildings=[own, own]).insert()
	empty = new_notice(project, buildings=[own]).insert()
	with pytest.raises(errors.WrongAudience, match="Nobody"):
		empty.submit()


def test_an_attachment_that_is_not_what_it_says(project):
	url = upload(b"MZ this is a program", "plan.pdf")
	with pytest.raises(NotAPicture):
		new_notice(project, attachments=[{"title": "Plan", "file": url}]).insert()


def test_nobody_approves_the_own_notice(project):
	both = make_user("CS Agent", "CS Supervisor", projects=(project,), email="notice-both@test.kefu.example")
	make_owner(project)
	with as_user(both):
		doc = apply_workflow(new_notice(project).insert(), "Submit for Approval")
		with pytest.raises((SelfApproval, frappe.ValidationError)):
			apply_workflow(doc, "Approve")


def test_an_emergency_is_published_at_once_and_told(project):
	_h, resident, _user = make_owner(project)
	_h, silent, _user = make_owner(project)
	resident.reload()
	resident.new_phone = "13911112222"
	resident.save(ignore_permissions=True)
	director = make_user("Office Director", projects=(project,), email=f"director-{project.lower()}@test.kefu.example")
	with as_role("CS Supervisor", project=project):
		calm = new_notice(project).insert()
		with pytest.raises(frappe.ValidationError):
			step(calm, "Publish at Once")
		doc = step(new_notice(project, emergency=1, title="Gas leak in building 1").insert(), "Publish at Once")
	assert doc.docstatus == 1 and not doc.approved_by
	alerts = frappe.get_all("Notification Log", {"for_user": director, "document_name": doc.name}, pluck="subject")
	assert len(alerts) == 1 and "without approval" in alerts[0]
	assert notices.tell(doc.name) == 1
	assert notices.tell(doc.name) == 1  # the job run again tells nobody twice
	sent = frappe.get_all("Outgoing Message", {"kind": "emergency_notice", "resident": resident.name}, pluck="text")
	assert len(sent) == 1 and "Gas leak in building 1" in sent[0]
	assert not frappe.db.exists("Outgoing Message", {"resident": silent.name})


def test_the_public_page_and_its_attachment(project):
	make_owner(project)
	rows = [{"title": "Plan", "file": upload(picture(place=True))}]
	public, internal = make_notice(project, is_public=1, attachments=rows), make_notice(project)
	assert public.address().endswith(f"/portal/notice/{public.token}")
	assert internal.address().endswith(f"/portal/notices/{internal.name}")
	with as_user("Guest"):
		context = page("Guest", public.token, guest_page)
		assert context.title == public.title and len(context.files) == 1
		guest_page.hand_out(guest_page.public(public.token), public.attachments[0].name)
		assert b"SecretCamera" not in frappe.local.response.filecontent
		for token in ("", "wrong", internal.token):
			with pytest.raises(frappe.DoesNotExistError):
				page("Guest", token, guest_page)
	public.db_set("valid_to", add_days(today(), -1))
	with pytest.raises(frappe.DoesNotExistError):
		guest_page.public(public.token)


def test_the_paper_and_what_stays(project):
	make_owner(project)
	doc = make_notice(project, is_public=1, emergency=1)
	html = get_html_and_style(doc.as_json(), print_format="Community Notice Sheet")["html"]
	assert "data:image/svg+xml" in html and "From 9 to 12" in html and "Emergency notice" in html
	with as_role("CS Supervisor", project=project):
		doc = step(doc, "Cancel")
	with pytest.raises(errors.NoticeFixed):
		frappe.get_doc(doc.doctype, doc.name).delete()
