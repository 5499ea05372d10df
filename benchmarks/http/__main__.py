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
		bare, cpu = timed(hello.process.pid, hello.port, request_bytes("/", "localhost"), seconds, connections)
	rows.append(row("bare WSGI hello", "gunicorn", bare, bare, cpu))
	web = services.running_pid(instance, "web")
	for name, through, port, path, headers in cases:
		result, cpu = timed(web, port, request_bytes(path, paths.SITE, headers), seconds, connections)
		rows.append(row(name, through, result, bare, cpu))
	return {
		"machine": f"{os.cpu_count()} CPUs, {cpu_name()}, Python {platform.python_version()}",
		"workers": int(instance.values["WORKERS"]),
		"seconds": seconds,
		"connections": connections,
		"rows": rows,
	}


def timed(server: int, port: int, request: bytes, seconds: float, connections: int) -> tuple[Result, float]:
	"""Return the result and the processor time in ms that `server` (process number of gunicorn) spent per request."""
	measure(port, request, min(1, seconds), connections)  # fills the caches
	before = processor_seconds(server)
	result = measure(port, request, seconds, connections)
	spent = processor_seconds(server) - before
	return result, spent * 1000 / max(result.requests, 1)


def processor_seconds(pid: int) -> float:
	"""User and system time of a process and its children, living and ended."""
	fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
	own = sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")
	children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
	return own + sum(processor_seconds(int(child)) for child in children)


def row(name: str, through: str, result: Result, bare: Result, cpu_ms: float) -> dict:
	return {
		"name": name,
		"through": through,
		"requests_per_second": round(result.per_second, 1),
		"ratio_to_hello": round(result.per_second / bare.per_second, 4),
		"median_ms": round(result.median_ms, 2),
		"p95_ms": round(result.p95_ms, 2),
		"web_cpu_ms": round(cpu_ms, 2),
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
			# it answers the 5,000 requests after which a worker is replaced within a second
			"--max-requests=0",
			"--max-requests-jitter=0",
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
	columns = ("requests_per_second", "ratio_to_hello", "median_ms", "p95_ms", "web_cpu_ms", "errors")
	titles = ("requests/s", "of hello", "median ms", "p95 ms", "CPU ms", "errors")
	formats = (".0f", ".1%", ".1f", ".1f", ".2f", "d")
	lines = [head, "", f"{'':26}{'through':10}" + "".join(f"{title:>11}" for title in titles)]
	for one in report["rows"]:
		cells = [format(one[column], style) for column, style in zip(columns, formats, strict=True)]
		lines.append(f"{one['name']:26}{one['through']:10}" + "".join(f"{cell:>11}" for cell in cells))
	return "\n".join(lines)


if __name__ == "__main__":
	sys.exit(main())
