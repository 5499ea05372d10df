"""A step is skipped when the hash of its inputs is the one it last finished with."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from engine import paths

SKIP = {"__pycache__", "node_modules", "dist", ".git"}


def files_below(folder: Path) -> Iterable[Path]:
	for base, folders, names in os.walk(folder):
		folders[:] = sorted(x for x in folders if x not in SKIP)
		for name in sorted(names):
			yield Path(base, name)


def digest(*inputs: Path | str, suffixes: tuple[str, ...] = ()) -> str:
	"""SHA-256 over texts, files and all files below folders (with one of the suffixes, if given)."""
	total = hashlib.sha256()
	for item in inputs:
		if isinstance(item, str):
			total.update(item.encode() + b"\0")
			continue
		for file in files_below(item) if item.is_dir() else [item]:
			if item.is_dir() and suffixes and not file.name.endswith(suffixes):
				continue
			if file.is_file():
				total.update(os.path.relpath(file, paths.ROOT).encode() + b"\0" + file.read_bytes() + b"\0")
	return total.hexdigest()


def is_current(name: str, key: str) -> bool:
	file = paths.STAMPS / name
	return file.is_file() and file.read_text() == key


def read(name: str) -> str:
	file = paths.STAMPS / name
	return file.read_text() if file.is_file() else ""


def write(name: str, key: str) -> None:
	paths.STAMPS.mkdir(parents=True, exist_ok=True)
	(paths.STAMPS / name).write_text(key)


def forget(name: str) -> None:
	(paths.STAMPS / name).unlink(missing_ok=True)
