"""Real processes for the realtime tests: server, Redis, browsers (node clients), and a stand-in for the site's answers."""

import json
import os
import queue
import shutil
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import redis

from engine import frontend, paths

SERVER = paths.ENGINE / "realtime" / "server.js"
CLIENT = Path(__file__).with_name("realtime_client.cjs")
PATIENCE = 10
# long enough for a message on this machine, short enough to wait for one that must not come
SILENCE = 0.7


def free_port() -> int:
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		return probe.getsockname()[1]


def wait_for_port(port: int) -> None:
	deadline = time.monotonic() + PATIENCE
	while time.monotonic() < deadline:
		with socket.socket() as probe:
			if probe.connect_ex(("127.0.0.1", port)) == 0:
				return
		time.sleep(0.05)
	raise TimeoutError(f"nothing listens on port {port}")


def node_environment(**more: str) -> dict[str, str]:
	return {**os.environ, "NODE_PATH": str(paths.FRAPPE / "node_modules"), **more}


class Process:
	"""A child process that is killed when the test leaves it."""

	def __init__(self, command: list[str], **options):
		self.command, self.options = [str(part) for part in command], options
		self.start()

	def start(self) -> None:
		self.popen = subprocess.Popen(self.command, **self.options)

	def kill(self) -> None:
		self.popen.kill()
		self.popen.wait()

	def __enter__(self):
		return self

	def __exit__(self, *_exc):
		self.kill()


class Redis(Process):
	def __init__(self, folder: Path):
		self.port = free_port()
		self.url = f"redis://127.0.0.1:{self.port}"
		program = shutil.which("redis-server")
		super().__init__([program, "--port", self.port, "--bind", "127.0.0.1", "--save", "", "--dir", folder])

	def start(self) -> None:
		super().start()
		wait_for_port(self.port)

	def publish(self, event: str, message: dict, room: str | None = None, namespace: str | None = None) -> int:
		"""Publish as frappe.publish_realtime does; return how many servers listen."""
		value = {"event": event, "message": message, "room": room, "namespace": namespace}
		with redis.Redis.from_url(self.url) as client:
			return client.publish("events", json.dumps(value))


class Site:
	"""Answers what the realtime server asks a site: who has this session, may it read this document."""

	def __init__(self, port: int = 0):
		self.users: dict[str, tuple[str, str]] = {}
		self.readable: set[tuple[str, ...]] = set()
		self.requests: list[dict] = []
		site = self

		class Handler(BaseHTTPRequestHandler):
			def do_GET(self):
				url = urlparse(self.path)
				args = {key: values[0] for key, values in parse_qs(url.query).items()}
				cookie = self.headers.get("Cookie", "")
				sid = cookie.partition("sid=")[2].partition(";")[0]
				site.requests.append({"path": url.path, "args": args, "headers": dict(self.headers)})
				user, user_type = site.users.get(sid, ("Guest", "Website User"))
				if url.path.endswith("get_user_info"):
					self.answer(200, {"user": user, "user_type": user_type})
				else:
					allowed = (user, *args.values()) in site.readable
					self.answer(200 if allowed else 403, True if allowed else None)

			def answer(self, status: int, message) -> None:
				body = json.dumps({"message": message}).encode()
				self.send_response(status)
				self.send_header("Content-Length", str(len(body)))
				self.end_headers()
				self.wfile.write(body)

			def log_message(self, *_args):
				pass

		self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
		self.url = f"http://127.0.0.1:{self.server.server_port}"
		threading.Thread(target=self.server.serve_forever, daemon=True).start()

	def close(self) -> None:
		self.server.shutdown()
		self.server.server_close()


class RealtimeServer(Process):
	def __init__(self, folder: Path, redis_url: str, backend: str, site: str):
		self.port = free_port()
		environment = node_environment(
			KEFU_SOCKETIO_PORT=str(self.port), KEFU_REDIS_QUEUE=redis_url, KEFU_BACKEND=backend, KEFU_SITE=site
		)
		super().__init__([frontend.node(), SERVER], env=environment, cwd=folder)

	def start(self) -> None:
		super().start()
		wait_for_port(self.port)


class Browser(Process):
	"""A connection as a browser tab makes it."""

	def __init__(self, url: str, sid: str | None = None, headers: dict | None = None):
		headers = {**(headers or {}), **({"Cookie": f"sid={sid}"} if sid else {})}
		self.lines: queue.Queue = queue.Queue()
		super().__init__(
			[frontend.node(), CLIENT, url, json.dumps({"extraHeaders": headers})],
			env=node_environment(),
			stdin=subprocess.PIPE,
			stdout=subprocess.PIPE,
			text=True,
		)
		threading.Thread(target=self.read, daemon=True).start()

	def read(self) -> None:
		for line in self.popen.stdout:
			self.lines.put(json.loads(line))

	def emit(self, *event: str) -> None:
		self.popen.stdin.write(json.dumps(event) + "\n")
		self.popen.stdin.flush()

	def expect(self, kind: str, name: str | None = None) -> list:
		"""Return the next report of this kind (and event name), passing over others."""
		deadline = time.monotonic() + PATIENCE
		seen = []
		while (left := deadline - time.monotonic()) > 0:
			try:
				line = self.lines.get(timeout=left)
			except queue.Empty:
				break
			if line[0] == kind and (name is None or line[1] == name):
				return line
			seen.append(line)
		raise AssertionError(f"no {kind} {name or ''}; instead: {seen}")

	def events(self) -> list[str]:
		"""Return the names of the events that have arrived, after giving them time to."""
		time.sleep(SILENCE)
		names = []
		while not self.lines.empty():
			line = self.lines.get()
			if line[0] == "event":
				names.append(line[1])
		return names
