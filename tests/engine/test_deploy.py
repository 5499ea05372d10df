"""The production templates, as far as one machine can tell."""

import os
import re
import shutil
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import redis

from engine import paths
from tests.engine.certificates import make_certificate
from tests.engine.realtime_harness import Process, free_port, wait_for_port

DEPLOY = paths.ROOT / "deploy"


def program(name: str) -> str:
	found = shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")
	assert found, f"{name} is not installed"
	return found


class Web(BaseHTTPRequestHandler):
	"""Stands for the web hosts: answers with the headers it was sent."""

	def do_GET(self):
		body = str(self.headers).encode()
		self.send_response(200)
		self.send_header("Content-Length", str(len(body)))
		self.end_headers()
		self.wfile.write(body)

	def log_message(self, *_args):
		pass


@pytest.fixture(scope="module")
def gateway(tmp_path_factory):
	folder = tmp_path_factory.mktemp("gateway")
	make_certificate(folder / "key.pem", folder / "fullchain.pem")
	files = folder / "sites" / "kefu.example.com" / "public" / "files"
	files.mkdir(parents=True)
	(files / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
	bundle = folder / "sites" / "assets" / "kefu_property" / "dist" / "js"
	bundle.mkdir(parents=True)
	(bundle / "a.bundle.1.js").write_text("1")
	web = ThreadingHTTPServer(("127.0.0.1", 0), Web)
	threading.Thread(target=web.serve_forever, daemon=True).start()
	plain, tls = free_port(), free_port()
	text = (DEPLOY / "nginx" / "kefu.conf").read_text()
	text = text.replace("/etc/ssl/kefu", str(folder)).replace("/srv/kefu/sites", str(folder / "sites"))
	text = re.sub(r"server 10\.0\.0\.\d+:\d+", f"server 127.0.0.1:{web.server_port}", text)
	text = re.sub(r"^\s*listen \[::\].*$", "", text, flags=re.MULTILINE)
	text = text.replace("listen 80 ", f"listen 127.0.0.1:{plain} ").replace("listen 443 ", f"listen 127.0.0.1:{tls} ")
	(folder / "kefu.conf").write_text(text)
	temp = "".join(
		f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
	)
	(folder / "nginx.conf").write_text(
		f"user {'root' if os.getuid() == 0 else 'nobody'};\npid {folder}/pid;\ndaemon off;\nevents {{}}\n"
		f"http {{ include /etc/nginx/mime.types; access_log off;\n{temp} include {folder}/kefu.conf; }}\n"
	)
	command = [program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
	checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
	assert checked.returncode == 0, checked.stderr
	process = subprocess.Popen(command)
	wait_for_port(tls)
	yield plain, tls
	process.terminate()
	process.wait()
	web.shutdown()
	web.server_close()


class NoRedirect(urllib.request.HTTPRedirectHandler):
	def redirect_request(self, *_args):
		return None


def get(port: int, path: str, host: str = "kefu.example.com", tls: bool = True, **headers: str):
	context = ssl.create_default_context()
	context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
	opener = urllib.request.build_opener(NoRedirect, urllib.request.HTTPSHandler(context=context))
	url = f"{'https' if tls else 'http'}://127.0.0.1:{port}{path}"
	try:
		with opener.open(urllib.request.Request(url, headers={"Host": host, **headers}), timeout=10) as answer:
			return answer.status, answer.headers, answer.read().decode()
	except urllib.error.HTTPError as error:
		return error.code, error.headers, ""


def test_plain_http_is_sent_to_tls(gateway):
	status, headers, _body = get(gateway[0], "/app?x=1", tls=False)
	assert (status, headers["Location"]) == (301, "https://kefu.example.com/app?x=1")


def test_request_reaches_the_web_host_with_its_site(gateway):
	claims = {"X-Frappe-Site-Name": "east.example.com", "X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "http"}
	status, headers, sent = get(gateway[1], "/api/method/ping", **claims)
	assert status == 200
	assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
	assert headers["X-Content-Type-Options"] == "nosniff"
	assert "X-Frappe-Site-Name: kefu.example.com" in sent and "east.example.com" not in sent
	assert "X-Forwarded-For: 127.0.0.1" in sent and "192.0.2.1" not in sent
	assert "X-Forwarded-Proto: https" in sent


@pytest.mark.parametrize(
	("claims", "origin"),
	[
		({}, "https://kefu.example.com"),
		({"Sec-Fetch-Site": "same-origin"}, "https://kefu.example.com"),
		({"Sec-Fetch-Site": "cross-site"}, None),
		({"Sec-Fetch-Site": "same-site"}, None),
		({"Origin": "https://evil.example"}, "https://evil.example"),
	],
)
def test_origin_is_named_for_a_page_of_the_same_site_only(gateway, claims, origin):
	_status, _headers, sent = get(gateway[1], "/socket.io/", **claims)
	assert [line for line in sent.splitlines() if line.startswith("Origin:")] == (
		[f"Origin: {origin}"] if origin else []
	)


def test_name_that_is_not_listed_is_refused(gateway):
	with pytest.raises(OSError):
		get(gateway[1], "/", host="evil.example")


def test_bundle_is_kept_for_a_year(gateway):
	_status, headers, _body = get(gateway[1], "/assets/kefu_property/dist/js/a.bundle.1.js")
	assert headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_uploaded_drawing_cannot_run(gateway):
	_status, headers, _body = get(gateway[1], "/files/drawing.svg")
	assert headers["Content-Disposition"] == "attachment"
	assert "sandbox" in headers["Content-Security-Policy"]


def test_protected_files_are_internal(gateway):
	assert get(gateway[1], "/protected/public/files/drawing.svg")[0] == 404


def test_attempts_to_sign_in_are_limited(gateway):
	answers = [get(gateway[1], "/api/method/login")[0] for _ in range(14)]
	assert answers[0] == 200 and answers[-1] == 429


@pytest.mark.parametrize("name", ["primary", "replica", "galera"])
def test_mariadb_knows_every_option(name):
	command = [program("mariadbd"), f"--defaults-file={DEPLOY / 'mariadb' / name}.cnf", "--help", "--verbose"]
	done = subprocess.run(command, capture_output=True, text=True, check=False)
	assert done.returncode == 0, done.stderr
	assert "[ERROR]" not in done.stderr


@pytest.mark.parametrize(
	("name", "policy", "appends"), [("cache", "allkeys-lru", "no"), ("queue", "noeviction", "yes")]
)
def test_redis_starts_with_its_policy(tmp_path, name, policy, appends):
	port = free_port()
	text = (DEPLOY / "redis" / f"{name}.conf").read_text().replace("bind 10.0.0.30 -::1", "bind 127.0.0.1")
	config = tmp_path / "redis.conf"
	config.write_text(re.sub(r"^port \d+", f"port {port}", text, flags=re.MULTILINE) + f"\ndir {tmp_path}\n")
	with Process([program("redis-server"), str(config)]):
		wait_for_port(port)
		with redis.Redis(port=port, password="<-choose-a-password") as client:
			assert client.config_get("maxmemory-policy")["maxmemory-policy"] == policy
			assert client.config_get("appendonly")["appendonly"] == appends
		with redis.Redis(port=port) as stranger, pytest.raises(redis.AuthenticationError):
			stranger.ping()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_knows_every_setting():
	units = [str(path) for path in sorted((DEPLOY / "systemd").iterdir())]
	done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
	ours = [line for line in done.stderr.splitlines() if "kefu" in line and "is not executable" not in line]
	assert ours == []


@pytest.mark.parametrize("complete", [True, False])
def test_backup_script_tells_a_complete_dump_from_a_cut_one(tmp_path, complete):
	"""With a stand-in for the framework's backup command; it is run against a site in its own tests."""
	folder = tmp_path / "sites" / "a.example.com" / "private" / "backups"
	folder.mkdir(parents=True)
	(tmp_path / "sites" / "a.example.com" / "site_config.json").write_text("{}")
	python = tmp_path / "env" / "bin" / "python"
	python.parent.mkdir(parents=True)
	last = "-- Dump completed on 2026-01-01" if complete else "INSERT INTO"
	python.write_text(f"#!/bin/sh\necho '{last}' | gzip > a.example.com/private/backups/1-database.sql.gz\n")
	python.chmod(0o755)
	old = folder / "0-database.sql.gz"
	old.write_bytes(b"")
	os.utime(old, (0, 0))
	environment = {**os.environ, "BENCH": str(tmp_path), "BACKUP_TARGET": ""}
	done = subprocess.run([str(DEPLOY / "backup.sh")], env=environment, capture_output=True, text=True, check=False)
	assert (done.returncode == 0) is complete, done.stderr
	# nothing is deleted while the newest backup is in doubt
	assert old.exists() is not complete
