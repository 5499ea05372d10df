"""What the person at the terminal sees: numbered steps with their time, failures that say what to do."""

import os
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import contextmanager
from pathlib import Path

from engine import paths

TAIL_LINES = 25


class EngineError(Exception):
	"""A failure the person can act on: what happened, and what to do about it."""

	def __init__(self, message: str, hint: str = ""):
		super().__init__(message)
		self.hint = hint


def say(text: str = "") -> None:
	print(text, flush=True)


class Progress:
	"""Prints `[n/m] what ... done 3.2 s` for each step and keeps the seconds of each (`timings`)."""

	def __init__(self, total: int):
		self.total = total
		self.number = 0
		self.timings: list[tuple[str, float]] = []

	@contextmanager
	def step(self, title: str):
		self.number += 1
		head = f"[{self.number}/{self.total}] {title} ..."
		interactive = sys.stdout.isatty()
		print(head, end="", flush=True)
		started = time.monotonic()
		finished = threading.Event()
		note = Note()

		def tick():
			while not finished.wait(1):
				print(f"\r{head} {time.monotonic() - started:.0f} s", end="", flush=True)

		if interactive:
			threading.Thread(target=tick, daemon=True).start()
		try:
			yield note
		except BaseException:
			finished.set()
			say(f"{chr(13) + head if interactive else ''} failed after {time.monotonic() - started:.1f} s")
			raise
		finished.set()
		seconds = time.monotonic() - started
		self.timings.append((title, seconds))
		say(f"{chr(13) + head if interactive else ''} {note.text or 'done'} {seconds:.1f} s")


class Note:
	"""The word at the end of a step's line, such as `up to date`."""

	text = ""

	def set(self, text: str) -> None:
		self.text = text


def tail(log: Path, lines: int = TAIL_LINES) -> str:
	if not log.is_file():
		return ""
	with log.open(errors="replace") as f:
		return "".join(deque(f, lines)).rstrip()


def run_logged(command: list, log: str, hint: str, **kwargs) -> None:
	"""Run a command with its output in `var/log/<log>.log`; on failure show the end of it and the hint."""
	file = paths.LOGS / f"{log}.log"
	file.parent.mkdir(parents=True, exist_ok=True)
	command = [os.fspath(x) for x in command]
	stdin = {} if "input" in kwargs else {"stdin": subprocess.DEVNULL}
	with file.open("w") as out:
		out.write("$ " + " ".join(command) + "\n")
		out.flush()
		try:
			done = subprocess.run(command, check=False, stdout=out, stderr=subprocess.STDOUT, **stdin, **kwargs)
		except FileNotFoundError as e:
			raise EngineError(f"{command[0]} is not installed", hint) from e
	if done.returncode:
		raise EngineError(
			f"{command[0]} ended with code {done.returncode}. The end of {file.relative_to(paths.ROOT)}:\n\n{tail(file)}",
			hint,
		)
