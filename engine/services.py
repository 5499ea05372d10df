"""The processes of an instance: how each is started, when it is ready, how it is found and stopped again.

Each process runs as `engine serve NAME`, which replaces itself with the program. So the number in run/NAME.process is right whether
it was started by the Procfile or in the background.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine import framework, frontend, paths
from engine.console import EngineError, run_logged, say, tail
from engine.instances import Instance

STOP_SECONDS = 20


@dataclass(frozen=True)
class Service:
	command: Callable[[Instance], list[str]]
	ready: Callable[[Instance], bool] | None = None
	needs: tuple[str, ...] = ()
	# another server was named in the environment
	external: Callable[[Instance], bool] = lambda _instance: False
	patience: int = 60


# commands


def mariadb_command(instance: Instance) -> list[str]:
	config = instance.render("my.cnf")
	return [need("mariadbd"), f"--defaults-file={config}"]


def redis_command(name: str) -> Callable[[Instance], list[str]]:
	def command(instance: Instance) -> list[str]:
		return [need("redis-server", "redis-check-rdb"), str(instance.render(f"{name}.conf"))]

	return command


def web_command(instance: Instance) -> list[str]:
	config = instance.render("gunicorn.conf.py")
	return [str(paths.ENV / "bin" / "gunicorn"), "--config", str(config)]


def gateway_command(instance: Instance) -> list[str]:
	config = instance.render("nginx.conf")
	return [need("nginx"), "-p", str(instance.data), "-c", str(config), "-e", "stderr"]


def realtime_command(instance: Instance) -> list[str]:
	own = paths.FRAPPE / "socketio.js"
	server = own if framework.is_upstream() and own.exists() else paths.ENGINE / "realtime" / "server.js"
	return [frontend.node(), str(server)]


def framework_command(*arguments: str) -> Callable[[Instance], list[str]]:
	return lambda _instance: [str(paths.PYTHON), "-m", "frappe.utils.bench_helper", "frappe", *arguments]


def need(*names: str) -> str:
	for name in names:
		if found := shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin"):
			return found
	raise EngineError(f"{names[0]} is not installed.", "Run `make engine`.")


# readiness


def port_answers(port: int) -> bool:
	with socket.socket() as probe:
		probe.settimeout(1)
		return probe.connect_ex(("127.0.0.1", port)) == 0


def http_answers(url: str) -> bool:
	request = urllib.request.Request(url, headers={"X-Frappe-Site-Name": paths.SITE})
	try:
		with urllib.request.urlopen(request, timeout=20) as answer:
			return answer.status == 200
	except OSError:
		return False


def mariadb_ready(instance: Instance) -> bool:
	return sql(instance, "select 1", check=False).returncode == 0


SERVICES: dict[str, Service] = {
	"mariadb": Service(mariadb_command, mariadb_ready, external=lambda i: bool(i.external_db)),
	"redis_cache": Service(
		redis_command("redis_cache"),
		lambda i: port_answers(i.ports["redis_cache"]),
		external=lambda _i: bool(os.environ.get("REDIS_CACHE")),
	),
	"redis_queue": Service(
		redis_command("redis_queue"),
		lambda i: port_answers(i.ports["redis_queue"]),
		external=lambda _i: bool(os.environ.get("REDIS_QUEUE")),
	),
	"web": Service(
		web_command,
		lambda i: http_answers(f"http://127.0.0.1:{i.ports['backend']}/api/method/ping"),
		needs=("mariadb", "redis_cache", "redis_queue"),
	),
	"gateway": Service(gateway_command, lambda i: port_answers(i.ports["web"])),
	"realtime": Service(realtime_command, lambda i: port_answers(i.ports["socketio"]), needs=("redis_queue",)),
	"worker": Service(framework_command("worker"), needs=("mariadb", "redis_cache", "redis_queue")),
	# sign-in codes and the like do not wait behind an import or a billing run
	"worker_short": Service(
		framework_command("worker", "--queue", "short"), needs=("mariadb", "redis_cache", "redis_queue")
	),
	"scheduler": Service(framework_command("schedule"), needs=("mariadb", "redis_cache", "redis_queue")),
}
DATA_SERVICES = ("mariadb", "redis_cache", "redis_queue")


# process numbers


def process_started(pid: int) -> str | None:
	"""The kernel's start time of a process, which tells a number in use from a reused one."""
	try:
		fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
	except OSError:
		return None
	return None if fields[0] == "Z" else fields[19]


def write_pid(instance: Instance, name: str, pid: int) -> None:
	instance.run.mkdir(parents=True, exist_ok=True)
	(instance.run / f"{name}.process").write_text(json.dumps({"pid": pid, "started": process_started(pid)}))


def running_pid(instance: Instance, name: str) -> int | None:
	file = instance.run / f"{name}.process"
	try:
		found = json.loads(file.read_text())
	except (OSError, ValueError):
		return None
	if found["started"] and process_started(found["pid"]) == found["started"]:
		return found["pid"]
	file.unlink(missing_ok=True)
	return None


def running(instance: Instance) -> dict[str, int]:
	return {name: pid for name in SERVICES if (pid := running_pid(instance, name))}


def clear_stale(instance: Instance) -> None:
	"""What a killed process leaves behind and its successor would stumble over."""
	if not running_pid(instance, "mariadb"):
		for file in (instance.socket, Path(f"{instance.socket}.lock"), instance.run / "mariadb.pid"):
			file.unlink(missing_ok=True)


# start and stop


def serve(instance: Instance, name: str) -> None:
	"""Become the process of a service. Returns only when the service is an external one."""
	service = SERVICES[name]
	if service.external(instance):
		# the supervisor ends all when one ends: wait for its signal
		signal.pause()
		return
	if other := running_pid(instance, name):
		raise EngineError(f"{name} of {instance.name} already runs as process {other}.", "Run `make stop` first.")
	clear_stale(instance)
	for needed in service.needs:
		wait_ready(instance, needed)
	command = service.command(instance)
	os.chdir(instance.sites if name not in DATA_SERVICES else instance.data)
	os.environ.update(service_environment(instance))
	write_pid(instance, name, os.getpid())
	argv0 = "redis-server" if name.startswith("redis") else command[0]
	os.execv(command[0], [argv0, *command[1:]])


def service_environment(instance: Instance) -> dict[str, str]:
	return {
		**instance.environment(),
		"NODE_PATH": str(paths.FRAPPE / "node_modules"),
		"KEFU_SOCKETIO_PORT": str(instance.ports["socketio"]),
		"KEFU_REDIS_QUEUE": instance.redis_queue,
		"KEFU_BACKEND": f"http://127.0.0.1:{instance.ports['backend']}",
		"KEFU_SITE": paths.SITE,
	}


def start(instance: Instance, names: tuple[str, ...] = tuple(SERVICES)) -> None:
	"""Start services in the background, those that others need first, and wait until they answer."""
	instance.prepare()
	if not running(instance):
		move_taken_ports(instance)
	initialize_mariadb(instance)
	started = []
	for name in names:
		if running_pid(instance, name) or SERVICES[name].external(instance):
			continue
		log = (instance.logs / f"{name}.log").open("a")
		child = subprocess.Popen(
			[sys.executable, paths.ENGINE / "kefu.py", "serve", name, "--instance", instance.name],
			stdin=subprocess.DEVNULL,
			stdout=log,
			stderr=subprocess.STDOUT,
			start_new_session=True,
		)
		started.append((name, child))
		if name in DATA_SERVICES:
			wait_ready(instance, name, child)
	for name, child in started:
		wait_ready(instance, name, child)


def wait_ready(instance: Instance, name: str, child: subprocess.Popen | None = None, log: Path | None = None) -> None:
	service = SERVICES[name]
	log = log or instance.logs / f"{name}.log"
	deadline = time.monotonic() + service.patience
	while time.monotonic() < deadline:
		if child is not None and child.poll() is not None:
			raise EngineError(
				f"{name} ended at once. The end of its log:\n\n{tail(log)}",
				"Repair what the log names, then repeat the command.",
			)
		if service.external(instance) or service.ready is None or service.ready(instance):
			return
		time.sleep(0.1)
	raise EngineError(
		f"{name} does not answer after {service.patience} s. The end of its log:\n\n{tail(log)}",
		"Run `make stop`, then repeat the command.",
	)


def stop(instance: Instance, names: tuple[str, ...] = tuple(SERVICES)) -> list[str]:
	"""End services in reverse order, politely first. Returns the names of those that ran."""
	stopped = []
	for name in reversed(list(SERVICES)):
		pid = running_pid(instance, name) if name in names else None
		if pid:
			end_process(pid)
			(instance.run / f"{name}.process").unlink(missing_ok=True)
			stopped.append(name)
	return stopped


def end_process(pid: int) -> None:
	started = process_started(pid)
	for number, seconds in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, 5)):
		try:
			os.kill(pid, number)
		except ProcessLookupError:
			return
		deadline = time.monotonic() + seconds
		while time.monotonic() < deadline:
			if process_started(pid) != started:
				return
			time.sleep(0.05)


def move_taken_ports(instance: Instance) -> None:
	"""Choose again when a remembered port has been taken by somebody else meanwhile."""
	from engine.instances import is_free

	taken = {name: port for name, port in instance.ports.items() if not is_free(port)}
	if taken:
		say(f"  ports in use by another program: {taken}; choosing others")
		instance.choose_ports()
		instance.prepare()


# MariaDB


def initialize_mariadb(instance: Instance) -> None:
	"""The data directory, once: root by this user's own identity on the socket, or with a password on loopback."""
	folder = instance.data / "mariadb"
	if instance.external_db or (folder / "kefu.ready").exists():
		return
	shutil.rmtree(folder, ignore_errors=True)
	folder.mkdir(parents=True, mode=0o700)
	config = instance.render("my.cnf")
	hint = "Look at the log; then `make reset` and repeat."
	run_logged(
		[
			need("mariadb-install-db"),
			f"--defaults-file={config}",
			"--auth-root-authentication-method=socket",
			f"--auth-root-socket-user={instance.values['USER']}",
			"--skip-test-db",
			"--skip-name-resolve",
		],
		f"mariadb-install-{instance.name}",
		hint,
	)
	password = instance.secret["db_root"]
	statements = f"""
		FLUSH PRIVILEGES;
		CREATE OR REPLACE USER root@127.0.0.1 IDENTIFIED BY '{password}';
		GRANT ALL PRIVILEGES ON *.* TO root@127.0.0.1 WITH GRANT OPTION;
		ALTER USER root@localhost IDENTIFIED VIA unix_socket OR mysql_native_password USING PASSWORD('{password}');
		FLUSH PRIVILEGES;
	"""
	# --bootstrap reads one statement a line
	lines = "\n".join(x.strip() for x in statements.strip().splitlines()) + "\n"
	run_logged(
		[need("mariadbd"), f"--defaults-file={config}", "--bootstrap"],
		f"mariadb-root-{instance.name}",
		hint,
		input=lines.encode(),
	)
	(folder / "kefu.ready").touch()


def sql(instance: Instance, statement: str, database: str = "", check: bool = True) -> subprocess.CompletedProcess:
	"""Run a statement as the database's root over the private socket."""
	user = instance.values["USER"]
	login = "root" if user == "root" else user
	command = [
		need("mariadb", "mysql"),
		f"--socket={instance.socket}",
		f"--user={login}",
		"--batch",
		"--skip-column-names",
	]
	done = subprocess.run(
		[*command, database] if database else command, check=False, input=statement, capture_output=True, text=True
	)
	if check and done.returncode:
		raise EngineError(f"MariaDB refused: {done.stderr.strip()}", "Look at mariadb.log of the instance.")
	return done
