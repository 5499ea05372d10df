"""Requests per second of the default configuration: `make bench-http`.

Starts an instance of its own (named bench), measures over loopback for a few seconds each, stops it. Every figure comes with its ratio to a bare
WSGI application under the same gunicorn settings in the same run, which says more than a number from another machine.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

from benchmarks.http.client import Result, measure, request_bytes
from engine import paths, services, sites
from engine.instances import Instance, is_free

HERE = Path(__file__).parent
FIELDS = json.dumps(["name", "unit_code", "unit_type", "state", "building_area"])


def main(arguments: list[str] | None = None) -> int:
	parser = argparse.ArgumentParser(prog="python3 -m benchmarks.http", description=__doc__)
	parser.add_argument("--instance", default="bench")
	parser.add_argument("--seconds", type=float, default=5, help="per measurement, at most 30")
	parser.add_argument("--connections", type=int, default=8, help="at most 32")
	parser.add_argument("--json", type=Path, help="also write the figures to this file")
	parser.add_argument("--keep", action="store_true", help="leave the instance running")
	options = parser.parse_args(arguments)
	options.seconds, options.connections = min(options.seconds, 30), min(options.connections, 32)
	instance = Instance(options.instance)
	with instance.lock():
		try:
			services.start(instance, services.DATA_SERVICES)
			sites.ensure(instance)
			services.start(instance)
			report = run(instance, options.seconds, options.connections)
		finally:
			if not options.keep:
				services.stop(instance)
	print(as_table(report))
	if options.json:
		options.json.write_text(json.dumps(report, indent=2) + "\n")
	return 1 if any(row["errors"] for row in report["rows"]) else 0


def run(instance: Instance, seconds: float, connections: int) -> dict:
	cookie = sign_in(instance, prepare(instance))
	site = {"X-Frappe-Site-Name": paths.SITE}
	backend, gateway = instance.ports["backend"], instance.ports["web"]
	units = "/api/resource/Property%20Unit?" + urllib.parse.urlencode({"limit_page_length": 20, "fields": FIELDS})
	names = json.loads((paths.SITES / "assets" / "assets.json").read_text())
	cases = [
		("ping", "gunicorn", backend, "/api/method/ping", site),
		("list of 20 as staff", "gunicorn", backend, units, {**site, **cookie}),
		("login page", "gunicorn", backend, "/login", site),
		("desk page as staff", "gunicorn", backend, "/app", {**site, **cookie}),
		("ping", "gateway", gateway, "/api/method/ping", {}),
		("list of 20 as staff", "gateway", gateway, units, cookie),
		("desk script, compressed", "gateway", gateway, names["desk.bundle.js"], {"Accept-Encoding": "gzip"}),
	]
	rows = []
	with Hello(instance) as hello:
		bare = timed(hello.port, request_bytes("/", "localhost"), seconds, connections)
	rows.append(row("bare WSGI hello", "gunicorn", bare, bare))
	for name, through, port, path, headers in cases:
		result = timed(port, request_bytes(path, paths.SITE, headers), seconds, connections)
		rows.append(row(name, through, result, bare))
	return {
		"machine": f"{os.cpu_count()} CPUs, {cpu_name()}, Python {platform.python_version()}",
		"workers": int(instance.values["WORKERS"]),
		"seconds": seconds,
		"connections": connections,
		"rows": rows,
	}


def timed(port: int, request: bytes, seconds: float, connections: int) -> Result:
	measure(port, request, min(1, seconds), connections)  # fills the caches
	return measure(port, request, seconds, connections)


def row(name: str, through: str, result: Result, bare: Result) -> dict:
	return {
		"name": name,
		"through": through,
		"requests_per_second": round(result.per_second, 1),
		"ratio_to_hello": round(result.per_second / bare.per_second, 4),
		"median_ms": round(result.median_ms, 2),
		"p95_ms": round(result.p95_ms, 2),
		"errors": result.errors,
	}


class Hello:
	"""The bare application, under the instance's gunicorn settings."""

	def __init__(self, instance: Instance):
		self.port = next(port for port in range(28000, 29000) if is_free(port))
		gunicorn = paths.ENV / "bin" / "gunicorn"
		config = instance.render("gunicorn.conf.py")
		command = [
			gunicorn,
			"--config",
			config,
			"--bind",
			f"127.0.0.1:{self.port}",
			"--chdir",
			HERE,
			"hello:application",
		]
		self.process = subprocess.Popen([str(part) for part in command], stderr=subprocess.DEVNULL)

	def __enter__(self):
		deadline = time.monotonic() + 20
		while not services.port_answers(self.port):
			if time.monotonic() > deadline:
				raise TimeoutError("gunicorn did not start")
			time.sleep(0.1)
		return self

	def __exit__(self, *_exc):
		self.process.terminate()
		self.process.wait()


def prepare(instance: Instance) -> dict:
	done = subprocess.run(
		[str(paths.PYTHON), str(HERE / "prepare.py"), paths.SITE],
		cwd=instance.sites,
		env=instance.environment(),
		capture_output=True,
		text=True,
		check=False,
	)
	if done.returncode:
		raise RuntimeError(f"preparation failed:\n{done.stderr}")
	return json.loads(done.stdout.splitlines()[-1])


def sign_in(instance: Instance, account: dict) -> dict[str, str]:
	data = urllib.parse.urlencode(account).encode()
	request = urllib.request.Request(f"{instance.base_url}/api/method/login", data)
	with urllib.request.urlopen(request, timeout=30) as answer:
		cookies = answer.headers.get_all("Set-Cookie")
	sid = next(cookie.split(";")[0] for cookie in cookies if cookie.startswith("sid="))
	return {"Cookie": sid}


def cpu_name() -> str:
	for line in Path("/proc/cpuinfo").read_text().splitlines():
		if line.startswith("model name"):
			return line.partition(":")[2].strip()
	return platform.machine()


def as_table(report: dict) -> str:
	head = f"{report['machine']}; {report['workers']} web workers, {report['connections']} connections, {report['seconds']:g} s each"
	lines = [
		head,
		"",
		f"{'':28}{'through':12}{'requests/s':>11}{'of hello':>10}{'median ms':>11}{'p95 ms':>9}{'errors':>8}",
	]
	for one in report["rows"]:
		lines.append(
			f"{one['name']:28}{one['through']:12}{one['requests_per_second']:>11.0f}{one['ratio_to_hello']:>10.1%}"
			f"{one['median_ms']:>11.1f}{one['p95_ms']:>9.1f}{one['errors']:>8}"
		)
	return "\n".join(lines)


if __name__ == "__main__":
	sys.exit(main())
