"""The gateway of the running site: what it serves itself, and with which headers."""

import gzip
import http.cookiejar
import json
import os
import urllib.error
import urllib.parse
import urllib.request

import pytest

from engine import paths
from tests.engine.site_code import in_site

USER, PASSWORD = "gateway@kefu.example", "only-in-the-test-instance-7"
PREPARE = f"""
import json
if not frappe.db.exists("User", {USER!r}):
	frappe.get_doc(
		doctype="User", email={USER!r}, first_name="Gateway", send_welcome_email=0,
		new_password={PASSWORD!r}, roles=[dict(role="System Manager")],
	).insert(ignore_permissions=True)
frappe.set_user({USER!r})  # a private file without a document is its owner's
urls = {{}}
for name, private, content in (
	("gateway-mine.txt", 1, "for staff"), ("gateway.svg", 0, "<svg xmlns='http://www.w3.org/2000/svg'/>"), ("gateway.txt", 0, "for all")
):
	urls[name] = frappe.get_doc(doctype="File", file_name=name, is_private=private, content=content).insert().file_url
frappe.db.commit()
print(json.dumps(urls))
"""


class Client:
	def __init__(self):
		self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

	def get(self, path: str, **headers: str):
		request = urllib.request.Request(os.environ["KEFU_BASE_URL"] + urllib.parse.quote(path), headers=headers)
		try:
			with self.opener.open(request, timeout=30) as answer:
				return answer.status, answer.headers, answer.read()
		except urllib.error.HTTPError as error:
			return error.code, error.headers, error.read()

	def sign_in(self) -> None:
		data = urllib.parse.urlencode({"usr": USER, "pwd": PASSWORD}).encode()
		self.opener.open(os.environ["KEFU_BASE_URL"] + "/api/method/login", data, timeout=30).close()


@pytest.fixture(scope="module")
def files():
	return json.loads(in_site(PREPARE).splitlines()[-1])


@pytest.fixture
def guest():
	return Client()


@pytest.fixture(scope="module")
def staff(files):
	client = Client()
	client.sign_in()
	return client


def test_private_file_after_the_framework_s_check(guest, staff, files):
	url = files["gateway-mine.txt"]
	assert url.startswith("/private/files/")
	assert guest.get(url)[0] == 403
	status, headers, body = staff.get(url)
	assert (status, body) == (200, b"for staff")
	# nginx has replaced the header that names the file
	assert "X-Accel-Redirect" not in headers
	assert headers.get_all("Cache-Control") == ["private, no-cache"]
	assert "sandbox" in headers["Content-Security-Policy"]
	assert "sandbox" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
	"path", ["/protected/private/files/gateway-mine.txt", "/site_config.json", "/files/../private/files/x"]
)
def test_nothing_beside_the_addresses_meant(guest, files, path):
	assert guest.get(path)[0] in (400, 403, 404)


def test_public_file_that_can_carry_scripts(guest, files):
	_status, headers, _body = guest.get(files["gateway.svg"])
	assert headers["Content-Disposition"] == "attachment"
	assert "sandbox" in headers["Content-Security-Policy"]
	assert headers["X-Content-Type-Options"] == "nosniff"


def test_plain_public_file(guest, files):
	status, headers, body = guest.get(files["gateway.txt"])
	assert (status, body) == (200, b"for all")
	assert headers["Content-Disposition"] is None


def test_bundles_are_compressed_and_kept(guest):
	names = json.loads((paths.SITES / "assets" / "assets.json").read_text())
	status, headers, body = guest.get(names["desk.bundle.js"], **{"Accept-Encoding": "gzip"})
	assert status == 200
	assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
	assert headers["Content-Encoding"] == "gzip" and len(gzip.decompress(body)) > 3 * len(body)


def test_pages_have_the_security_headers_once(guest):
	_status, headers, _body = guest.get("/login")
	assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
	assert headers.get_all("X-Frame-Options") == ["SAMEORIGIN"]
	assert headers.get_all("Referrer-Policy") == ["strict-origin-when-cross-origin"]
	assert "nginx/" not in headers["Server"]


def test_client_cannot_choose_another_site(guest):
	status, _headers, body = guest.get("/api/method/ping", **{"X-Frappe-Site-Name": "other.localhost"})
	assert (status, json.loads(body)["message"]) == (200, "pong")
