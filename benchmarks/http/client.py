"""A small load client: threads with one kept connection each, as many requests as the server answers within the time."""

import socket
import statistics
import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
	requests: int
	errors: int
	seconds: float
	median_ms: float
	p95_ms: float

	@property
	def per_second(self) -> float:
		return self.requests / self.seconds


class Connection:
	def __init__(self, port: int):
		self.port = port
		self.sock: socket.socket | None = None

	def begin(self, request: bytes) -> bytes:
		if self.sock is None:
			self.sock = socket.create_connection(("127.0.0.1", self.port), timeout=60)
			self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
		self.sock.sendall(request)
		received = self.sock.recv(65536)
		if not received:
			raise ConnectionError("closed before the answer")
		return received

	def exchange(self, request: bytes) -> tuple[int, bytes]:
		"""Send one request, read its answer whole, return (status, head)."""
		was_open = self.sock is not None
		try:
			received = self.begin(request)
		except ConnectionError:
			self.close()
			if not was_open:
				raise
			# the server gave up a kept connection, as it may between two requests
			received = self.begin(request)
		while b"\r\n\r\n" not in received:
			part = self.sock.recv(65536)
			if not part:
				raise ConnectionError("closed before the answer")
			received += part
		head, _, body = received.partition(b"\r\n\r\n")
		fields = head.lower()
		left = int(fields.partition(b"content-length:")[2].split(b"\r\n", 1)[0]) - len(body)
		while left > 0:
			left -= len(self.sock.recv(min(left, 262144))) or left
		if b"connection: close" in fields:
			self.close()
		return int(head.split(b" ", 2)[1]), head

	def close(self) -> None:
		if self.sock is not None:
			self.sock.close()
			self.sock = None


def request_bytes(path: str, host: str, headers: dict[str, str] | None = None) -> bytes:
	lines = [f"GET {path} HTTP/1.1", f"Host: {host}", *(f"{key}: {value}" for key, value in (headers or {}).items())]
	return "\r\n".join([*lines, "", ""]).encode()


def measure(port: int, request: bytes, seconds: float, connections: int) -> Result:
	"""Send `request` over `connections` connections for `seconds`; an answer other than 200 counts as an error."""
	times: list[float] = []
	errors = [0]
	end = time.perf_counter() + seconds

	def work() -> None:
		connection = Connection(port)
		while (start := time.perf_counter()) < end:
			try:
				status, _head = connection.exchange(request)
			except OSError:
				connection.close()
				status = 0
			if status == 200:
				times.append(time.perf_counter() - start)
			else:
				errors[0] += 1
		connection.close()

	start = time.perf_counter()
	threads = [threading.Thread(target=work) for _ in range(connections)]
	for thread in threads:
		thread.start()
	for thread in threads:
		thread.join()
	elapsed = time.perf_counter() - start
	p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else float("nan")
	median = statistics.median(times) if times else float("nan")
	return Result(len(times), errors[0], elapsed, median * 1000, p95 * 1000)
