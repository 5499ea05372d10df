"""The desk in a real browser: lists refresh, progress moves, and all that again after the realtime server was killed."""

import os
import time

import pytest

from engine import services
from engine.instances import Instance
from tests.engine.site_code import in_site

pytestmark = pytest.mark.browser
USER, PASSWORD = "rt-desk@kefu.example", "only-in-the-test-instance-7"
PREPARE = f"""
if not frappe.db.exists("User", {USER!r}):
	frappe.get_doc(
		doctype="User", email={USER!r}, first_name="Desk", send_welcome_email=0, language="en",
		new_password={PASSWORD!r}, roles=[dict(role="System Manager")],
	).insert(ignore_permissions=True)
frappe.db.commit()
"""
# upstream's client keeps no list of its rooms
ROOMS_JOINED = "() => (frappe.realtime.subscriptions?.size ?? 1) > 0 && frappe.realtime.socket?.connected"


def note(text: str) -> None:
	in_site(f"frappe.get_doc(doctype='Note', title={text!r}, public=1).insert(); frappe.db.commit()")


@pytest.fixture
def page(chromium):
	in_site(PREPARE)
	context = chromium.new_context(base_url=os.environ["KEFU_BASE_URL"])
	page = context.new_page()
	page.request.post("/api/method/login", form={"usr": USER, "pwd": PASSWORD})
	page.goto("/app/note/view/list")
	page.wait_for_function(ROOMS_JOINED)
	yield page
	context.close()


def test_list_and_progress_live_and_after_a_restart(page):
	mark = str(time.time_ns())
	time.sleep(1)  # the server asks the site before it lets the list into its room
	note(f"first {mark}")
	page.get_by_text(f"first {mark}").first.wait_for()

	in_site(f"frappe.set_user({USER!r}); frappe.publish_progress(40, title='Roster import', description='row 400')")
	page.get_by_text("row 400").first.wait_for()
	assert page.locator(".progress-bar").first.get_attribute("style").replace(" ", "").startswith("width:40")
	in_site(f"frappe.set_user({USER!r}); frappe.publish_progress(100, title='Roster import')")

	instance = Instance(os.environ["KEFU_INSTANCE"])
	services.stop(instance, ("realtime",))
	page.wait_for_function("() => !frappe.realtime.socket.connected")
	services.start(instance, ("realtime",))
	page.wait_for_function("() => frappe.realtime.socket.connected")
	time.sleep(1)
	note(f"second {mark}")
	page.get_by_text(f"second {mark}").first.wait_for()
