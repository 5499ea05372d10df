"""An instance: one set of services with its own data, ports, logs and sites under var/<instance>/."""

import fcntl
import hashlib
import json
import os
import re
import secrets
import socket
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from engine import paths
from engine.console import EngineError

PORTS = ("web", "backend", "socketio", "db", "redis_cache", "redis_queue")
# the bench's conventional ports, as sites/common_site_config.json states them
RUN_PORTS = {"web": 8000, "backend": 8100, "socketio": 9000, "db": 13306, "redis_cache": 13000, "redis_queue": 11000}
RESERVED = {"cache", "tools", "stamps", "log"}
# sockaddr_un holds 108 bytes with the final zero
SOCKET_PATH_LIMIT = 100


@dataclass(frozen=True)
class Instance:
	name: str

	def __post_init__(self):
		if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,30}", self.name) or self.name in RESERVED:
			raise EngineError(
				f"{self.name!r} is no name for an instance.",
				f"Use small letters, digits, - and _; not one of {', '.join(sorted(RESERVED))}.",
			)

	@property
	def is_run(self) -> bool:
		return self.name == "run"

	@property
	def is_test(self) -> bool:
		"""Data that may be lost when the power fails: flushed less strictly, for speed."""
		return self.name == "test" or self.name.startswith("test-")

	@property
	def data(self) -> Path:
		return paths.VAR / self.name

	@property
	def sites(self) -> Path:
		return paths.SITES if self.is_run else self.data / "sites"

	@property
	def logs(self) -> Path:
		# the framework writes to ../logs, seen from the sites folder
		return paths.ROOT / "logs" if self.is_run else self.data / "logs"

	@property
	def config(self) -> Path:
		return self.data / "config"

	@property
	def run(self) -> Path:
		return self.data / "run"

	@property
	def site_folder(self) -> Path:
		return self.sites / paths.SITE

	@property
	def socket(self) -> Path:
		wanted = self.run / "mysql.sock"
		if len(os.fsencode(wanted)) <= SOCKET_PATH_LIMIT:
			return wanted
		# a deep folder: a short one of this user's own, by name bound to this instance
		tag = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
		short = Path(tempfile.gettempdir()) / f"kefu-{os.getuid()}-{tag}"
		short.mkdir(mode=0o700, exist_ok=True)
		if short.stat().st_uid != os.getuid() or short.is_symlink():
			raise EngineError(f"{short} belongs to somebody else.", "Set TMPDIR to a folder of your own.")
		return short / "mysql.sock"

	@cached_property
	def secret(self) -> dict[str, str]:
		"""Passwords made for this instance; readable by its user only."""
		file = self.data / "secrets.json"
		if file.exists():
			return json.loads(file.read_text())
		self.data.mkdir(parents=True, exist_ok=True)
		found = {"db_root": secrets.token_urlsafe(24), "administrator": secrets.token_urlsafe(12)}
		with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as f:
			json.dump(found, f)
		return found

	# ports

	@property
	def ports(self) -> dict[str, int]:
		file = self.data / "ports.json"
		if file.exists():
			return json.loads(file.read_text())
		return self.choose_ports()

	def choose_ports(self) -> dict[str, int]:
		"""Free loopback ports, remembered; conventional ones for `run` as far as they are free."""
		preferred = dict(RUN_PORTS) if self.is_run else {}
		if self.is_run and os.environ.get("PORT"):
			preferred["web"] = int(os.environ["PORT"])
		taken = ports_of_others(self)
		tag = int(hashlib.sha256(os.fsencode(self.data)).hexdigest()[:8], 16)
		candidate = 20000 + tag % 1000 * 10
		chosen: dict[str, int] = {}
		for name in PORTS:
			port = preferred.get(name)
			while port is None or port in taken or not is_free(port):
				port, candidate = candidate, candidate + 1
			chosen[name] = port
			taken.add(port)
		self.data.mkdir(parents=True, exist_ok=True)
		(self.data / "ports.json").write_text(json.dumps(chosen, indent=1))
		return chosen

	# external servers

	@property
	def external_db(self) -> str:
		return os.environ.get("DB_HOST", "")

	@property
	def redis_cache(self) -> str:
		return os.environ.get("REDIS_CACHE") or f"redis://127.0.0.1:{self.ports['redis_cache']}"

	@property
	def redis_queue(self) -> str:
		return os.environ.get("REDIS_QUEUE") or f"redis://127.0.0.1:{self.ports['redis_queue']}"

	@property
	def db_host(self) -> str:
		return self.external_db.partition(":")[0] or "127.0.0.1"

	@property
	def db_port(self) -> int:
		if self.external_db:
			return int(self.external_db.partition(":")[2] or 3306)
		return self.ports["db"]

	@property
	def base_url(self) -> str:
		return f"http://127.0.0.1:{self.ports['web']}"

	# configuration

	@property
	def values(self) -> dict[str, str]:
		"""What a template may name as @KEY@."""
		ports = self.ports
		return {
			"ROOT": str(paths.ROOT),
			"INSTANCE": self.name,
			"DATA": str(self.data),
			"RUN": str(self.run),
			"LOGS": str(self.logs),
			"CONFIG": str(self.config),
			"SITES": str(self.sites),
			"SITE": paths.SITE,
			"USER": user_name(),
			"WEB_PORT": str(ports["web"]),
			# HOST=0.0.0.0 lets other machines in
			"WEB_LISTEN": f"{os.environ.get('HOST') or '127.0.0.1'}:{ports['web']}",
			"BACKEND_PORT": str(ports["backend"]),
			"SOCKETIO_PORT": str(ports["socketio"]),
			"DB_PORT": str(ports["db"]),
			"REDIS_CACHE_PORT": str(ports["redis_cache"]),
			"REDIS_QUEUE_PORT": str(ports["redis_queue"]),
			"DB_SOCKET": str(self.socket),
			"REDIS_CACHE": self.redis_cache,
			"REDIS_QUEUE": self.redis_queue,
			"BUFFER_POOL": buffer_pool(total_memory(), small=not self.is_run),
			"FLUSH_LOG": "2" if self.is_test else "1",
			"WORKERS": "2",
		}

	def render(self, template: str) -> Path:
		"""engine/templates/<template> with its placeholders filled, in var/<instance>/config/."""
		text = (paths.ENGINE / "templates" / template).read_text()
		values = self.values

		def fill(match: re.Match) -> str:
			if match[1] not in values:
				raise EngineError(f"engine/templates/{template}: unknown placeholder {match[0]}", "See docs/engine.md.")
			return values[match[1]]

		file = self.config / template
		file.parent.mkdir(parents=True, exist_ok=True)
		file.write_text(re.sub(r"@([A-Z][A-Z_]*)@", fill, text))
		return file

	def prepare(self) -> None:
		"""Folders and the sites folder's configuration; safe to repeat."""
		for folder in (self.data, self.run, self.logs, self.config, self.sites):
			folder.mkdir(parents=True, exist_ok=True)
		self.data.chmod(0o700)
		if self.is_run:
			return
		shared = json.loads((paths.SITES / "common_site_config.json").read_text())
		write_json(self.sites / "common_site_config.json", {**shared, **self.site_settings()})
		(self.sites / "apps.txt").write_text((paths.SITES / "apps.txt").read_text())
		# the framework looks for ../apps, seen from the sites folder
		for link, target in ((self.sites / "assets", paths.SITES / "assets"), (self.data / "apps", paths.APPS)):
			if not link.is_symlink():
				link.symlink_to(os.path.relpath(target, link.parent))

	def site_settings(self) -> dict:
		"""The addresses of this instance's services, as the framework's configuration names them."""
		settings = {
			"db_host": self.db_host,
			"db_port": self.db_port,
			"redis_cache": self.redis_cache,
			"redis_queue": self.redis_queue,
			"redis_socketio": self.redis_queue,
			"socketio_port": self.ports["socketio"],
			"webserver_port": self.ports["web"],
			"default_site": paths.SITE,
		}
		if not self.external_db:
			settings["db_socket"] = str(self.socket)
		return settings

	def environment(self) -> dict[str, str]:
		"""The environment of every process of this instance."""
		from engine import frontend

		base = frontend.environment()
		base["PATH"] = f"{paths.ENV / 'bin'}:{base['PATH']}:/usr/sbin:/sbin"
		return {
			**base,
			"KEFU_INSTANCE": self.name,
			"FRAPPE_BENCH_ROOT": str(paths.ROOT),
			"FRAPPE_REDIS_CACHE": self.redis_cache,
			"FRAPPE_REDIS_QUEUE": self.redis_queue,
			# the realtime server of upstream reads it here
			"FRAPPE_SOCKETIO_PORT": str(self.ports["socketio"]),
			"FRAPPE_DB_HOST": self.db_host,
			"FRAPPE_DB_PORT": str(self.db_port),
			"SITES_PATH": str(self.sites),
			"PYTHONUNBUFFERED": "1",
			# `bench run-tests` reads test files, which use tests/; and a test installs the sample app on its site: then the
			# site's own processes have to find it, too
			**({} if self.is_run else {"PYTHONPATH": f"{paths.ROOT}:{paths.ROOT / 'tests' / 'sample_app'}"}),
		}

	@contextmanager
	def lock(self):
		"""One command at a time changes an instance."""
		self.data.mkdir(parents=True, exist_ok=True)
		with (self.data / "lock").open("w") as f:
			try:
				fcntl.flock(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
			except BlockingIOError:
				raise EngineError(
					f"Another command is working on the instance {self.name}.",
					"Wait until it has finished, then repeat.",
				)
			yield


def write_json(file: Path, content: dict) -> None:
	file.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n")


def user_name() -> str:
	import pwd

	return pwd.getpwuid(os.getuid()).pw_name


def is_free(port: int) -> bool:
	with socket.socket() as probe:
		probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		try:
			probe.bind(("127.0.0.1", port))
		except OSError:
			return False
	return True


def ports_of_others(instance: Instance) -> set[int]:
	others = [x for x in paths.VAR.glob("*/ports.json") if x.parent != instance.data]
	return {port for x in others for port in json.loads(x.read_text()).values()}


def total_memory() -> int:
	"""Bytes of memory of this machine, or of its container when that is less."""
	total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
	limit = Path("/sys/fs/cgroup/memory.max")
	if limit.exists() and (text := limit.read_text().strip()).isdigit():
		return min(total, int(text))
	return total


def buffer_pool(memory: int, small: bool) -> str:
	"""A quarter of the memory for the instance that people use, 128 MB to 4 GB; 256 MB at most for a small one."""
	megabytes = memory // 4 // 2**20
	return f"{max(128, min(megabytes, 256 if small else 4096)) // 64 * 64}M"


def known() -> list[Instance]:
	return [Instance(x.parent.name) for x in sorted(paths.VAR.glob("*/ports.json"))]
