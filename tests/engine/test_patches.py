"""The framework patches: their form, and that each does what its head says."""

import json
import re

import pytest

from engine import framework, paths
from tests.engine.certificates import make_certificate
from tests.engine.site_code import in_site

PATCHES = sorted(paths.PATCHES.glob("*.patch"))
pytestmark = pytest.mark.skipif(framework.is_upstream(), reason="patches are for the registry's copy of the framework")


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_head_says_defect_effect_and_status(patch):
	head = patch.read_text().partition("\ndiff --git ")[0]
	for word in ("Defect", "Effect", "Upstream status"):
		assert re.search(rf"^{word}: \S.{{20}}", head, re.MULTILINE), f"{word} is missing"


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_patch_is_in_the_framework(patch):
	text = patch.read_text()
	files = re.findall(r"^\+\+\+ b/(\S+)", text, re.MULTILINE)
	source = "\n".join((paths.FRAPPE / name).read_text() for name in files)
	added = [line[1:] for line in text.splitlines() if re.match(r"\+(?!\+\+)\s*\S.{12}", line)]
	present = [line for line in added if line in source]
	# a later patch may have changed some of the lines
	assert len(present) >= 0.7 * len(added) > 0


def test_every_patch_is_explained():
	text = (paths.PATCHES / "README.md").read_text()
	for patch in PATCHES:
		assert f"`{patch.name[:3]}`" in text


def connection_settings(host: str, port: int, **config: str) -> dict:
	code = f"""
import json, ssl
from frappe.database.mariadb.database import MariaDBDatabase, get_client_address
frappe.local.conf.update(dict(db_port=3306, db_socket="/run/db.sock", db_ssl_ca=None) | {config!r})
settings = MariaDBDatabase(host={host!r}, port={port!r}).get_connection_settings()
settings["ssl"] = isinstance(settings.get("ssl"), ssl.SSLContext)
settings["client"] = get_client_address({host!r}, {port!r})
print(json.dumps({{key: settings.get(key) for key in ("ssl_disabled", "ssl", "unix_socket", "client")}}))
"""
	return json.loads(in_site(code).splitlines()[-1])


def test_local_database_by_socket_without_tls():
	assert connection_settings("127.0.0.1", 3306) == {
		"ssl_disabled": True,
		"ssl": False,
		"unix_socket": "/run/db.sock",
		"client": ["--socket=/run/db.sock"],
	}


def test_other_local_server_not_by_this_socket():
	assert connection_settings("127.0.0.1", 3307)["unix_socket"] is None


def test_remote_database_keeps_tls():
	assert connection_settings("db.example.com", 3306) == {
		"ssl_disabled": None,
		"ssl": False,  # the driver's own context, as before
		"unix_socket": None,
		"client": ["--host=db.example.com", "--port=3306"],
	}


def test_configured_tls_is_used_also_locally(certificate):
	settings = connection_settings("127.0.0.1", 3306, **certificate)
	assert settings["ssl"] is True
	assert settings["ssl_disabled"] is None


def test_tls_context_is_made_once(certificate):
	code = f"""
from frappe.database.mariadb.database import get_tls_context
files = {list(certificate.values())!r}
context = get_tls_context(*files)
assert context is get_tls_context(*files)
print(context.verify_mode.name, context.check_hostname)
"""
	assert in_site(code).split() == ["CERT_REQUIRED", "True"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
	folder = tmp_path_factory.mktemp("tls")
	key, cert = folder / "key.pem", folder / "cert.pem"
	make_certificate(key, cert)
	return {"db_ssl_ca": str(cert), "db_ssl_cert": str(cert), "db_ssl_key": str(key)}


def test_type_checked_call_works():
	code = """
from frappe.utils.typing_validations import transform_parameter_types
def call(count: int, names: list[str] | None = None): ...
print(transform_parameter_types(call, (), {"count": "3", "names": ["a"]})[1])
try:
	transform_parameter_types(call, (), {"count": "three"})
except frappe.exceptions.FrappeTypeError:
	print("refused")
"""
	assert in_site(code).splitlines() == ["{'count': 3, 'names': ['a']}", "refused"]


def test_templates_are_compiled_once_per_process():
	code = """
from unittest.mock import patch
from jinja2.environment import Environment
from frappe.utils.jinja import render_template
compiled = []
original = Environment._compile
with patch.object(Environment, "_compile", lambda self, source, name: compiled.append(name) or original(self, source, name)):
	for n in range(3):
		frappe.local.jenv = None
		print(render_template("{{ 'a' | upper }}{{ n }}", {"n": n}))
print(len(compiled))
# another filter under the same name gives another result
frappe.local.jenv = None
from frappe.utils.jinja import get_jenv
get_jenv().filters["upper"] = lambda text: "other"
print(render_template("{{ 'a' | upper }}{{ n }}", {"n": 9}))
"""
	assert in_site(code).splitlines() == ["A0", "A1", "A2", "1", "other9"]


def test_route_maps_are_kept_by_their_rules():
	code = """
from werkzeug.routing import Rule
from frappe.website.router import get_route_map
def rules(target): return [Rule("/x/<name>", endpoint=target, defaults={"parents": [{"a": 1}]})]
assert get_route_map(rules("a")) is get_route_map(rules("a"))
assert get_route_map(rules("a")) is not get_route_map(rules("b"))
print(get_route_map(rules("b")).bind("localhost").match("/x/1")[0])
"""
	assert in_site(code).strip() == "b"


def test_comments_are_still_taken_out_of_field_names():
	code = """
print(frappe.qb.get_query("User", fields=["name /* x */", "name /* x */"], filters={"name": "a"}).get_sql())
"""
	assert "/*" not in in_site(code)


def test_build_needs_no_yarn():
	source = (paths.FRAPPE / "frappe" / "build.py").read_text()
	assert "npm run" in source and "yarn" not in source
