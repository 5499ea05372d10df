"""Notices and their files over HTTP: a guest gets what is public, a resident what is for them, reading is kept (D12)."""

from __future__ import annotations

import frappe
import pytest

from tests.browser import people
from tests.factories.community import make_notice, make_owner
from tests.factories.registry import make_project
from tests.factories.renovation import picture, upload
from tests.portal.test_http import Session

OPEN, INNER = "kefu_property.community.portal.notice.attachment", "kefu_property.community.portal.notices.attachment"


@pytest.fixture
def notices(site) -> frappe._dict:
	project = make_project().name
	_unit, resident, user = make_owner(project)
	people.give_account(resident.name, user)
	rows = [{"title": "Plan", "file": upload(picture())}]
	public = make_notice(project, is_public=1, title="Pool is closed", attachments=rows)
	inner = make_notice(project, title="For owners", attachments=[{"title": "Plan", "file": upload(picture())}])
	frappe.db.commit()  # the served site is another process
	return frappe._dict(public=public, inner=inner, user=user, project=project)


def signed_in(base_url: str, user: str) -> Session:
	session = Session(base_url)
	answer = session.call("kefu_property.suite.portal_auth.sign_in_with_password", login=user, password=people.PASSWORD)
	assert answer.status_code == 200, answer.text
	session.take_token()
	return session


def file_of(method: str, doc, key: str) -> str:
	return f"/api/method/{method}?notice={key}&row={doc.attachments[0].name}"


def test_a_guest_gets_public_notices_alone(base_url, notices):
	guest = Session(base_url)
	answer = guest.get(f"/portal/notice/{notices.public.token}")
	assert answer.status_code == 200 and "Pool is closed" in answer.text
	assert guest.get(f"/portal/notice/{notices.inner.token}").status_code == 404
	assert guest.get("/portal/notice/").status_code == 404
	assert guest.get(f"/portal/notices/{notices.public.name}").status_code == 302
	answer = guest.get(file_of(OPEN, notices.public, notices.public.token))
	assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("image/jpeg")
	assert guest.get(file_of(OPEN, notices.inner, notices.inner.token)).status_code == 404
	assert guest.get(file_of(INNER, notices.public, notices.public.name)).status_code == 403


def test_a_resident_reads_once_and_gets_the_files(base_url, notices):
	session = signed_in(base_url, notices.user)
	for _again in range(2):
		assert session.get(f"/portal/notices/{notices.inner.name}").status_code == 200
	frappe.db.rollback()  # a new snapshot
	assert frappe.db.get_value("Community Notice", notices.inner.name, "read_count") == 1
	assert session.get(file_of(INNER, notices.inner, notices.inner.name)).status_code == 200
	other = people.resident()  # of another project
	stranger = signed_in(base_url, other.user)
	assert stranger.get(f"/portal/notices/{notices.inner.name}").status_code == 404
	assert stranger.get(file_of(INNER, notices.inner, notices.inner.name)).status_code == 404
