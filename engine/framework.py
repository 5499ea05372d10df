"""apps/frappe from the registry's wheel (default) or, with FRAPPE_SOURCE, from an upstream tree."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from engine import paths, restore, stamps
from engine.console import EngineError, run_logged

STAMP = "framework"


def source() -> str:
	"""The setting FRAPPE_SOURCE; without one, what apps/frappe was made from last time, else `pypi`."""
	chosen = os.environ.get("FRAPPE_SOURCE")
	if chosen:
		return chosen
	return stamps.read("framework-source") or "pypi"


def split_branch(text: str) -> tuple[str, str]:
	"""`path-or-url@branch` -> (path-or-url, branch); the @ of user@host is no branch."""
	place, at, branch = text.rpartition("@")
	if (
		not at
		or Path(text).exists()
		or ":" in branch
		or (not place.startswith(("/", ".", "~")) and "/" not in place and ":" not in place)
	):
		return text, ""
	return place, branch


def is_upstream() -> bool:
	return source() != "pypi"


def has_own_builder() -> bool:
	"""Whether the source tree brought its own package list and asset build; the registry's copy lacks them."""
	return stamps.read("framework-builder") == "own"


def key() -> str:
	if is_upstream():
		place, branch = split_branch(source())
		commit = remote_commit(place, branch) if not stamps.read(STAMP) or os.environ.get("FRAPPE_SOURCE") else ""
		return stamps.read(STAMP) if not commit else stamps.digest("upstream", source(), commit)
	return stamps.digest(
		"pypi",
		restore.SHA256,
		paths.ENGINE / "restore.py",
		paths.ENGINE / "frappe.pyproject.toml",
		paths.ENGINE / "images",
		*restore.patch_files(),
	)


def remote_commit(place: str, branch: str) -> str:
	"""The commit a branch of a repository stands at; for a plain folder a hash of its Python and JSON files."""
	folder = Path(place).expanduser()
	if folder.is_dir() and not (folder / ".git").exists() and not (folder / "HEAD").exists():
		return stamps.digest(folder / "frappe", suffixes=(".py", ".json", ".js"))
	found = subprocess.run(["git", "ls-remote", place, branch or "HEAD"], check=False, capture_output=True, text=True)
	if found.returncode or not found.stdout.strip():
		raise EngineError(
			f"FRAPPE_SOURCE: no branch {branch or 'HEAD'} in {place}. {found.stderr.strip()}",
			"Give an existing folder or a git URL, with @branch for a branch, such as ~/src/frappe@version-15.",
		)
	return found.stdout.split()[0]


def ensure(pip: list[str]) -> str:
	current = key()
	if stamps.is_current(STAMP, current) and (paths.FRAPPE / "frappe" / "__init__.py").exists():
		return "up to date"
	stamps.forget(STAMP)
	paths.APPS.mkdir(exist_ok=True)
	if is_upstream():
		take_upstream(source(), paths.FRAPPE)
		word = f"taken from {source()}"
	else:
		word = f"{restore.restore(restore.fetch_wheel(pip), paths.FRAPPE)} files restored"
	own = all((paths.FRAPPE / x).exists() for x in ("package.json", "esbuild")) and is_upstream()
	stamps.write("framework-builder", "own" if own else "ours")
	stamps.write("framework-source", source())
	stamps.write(STAMP, current)
	return word


def take_upstream(text: str, target: Path) -> None:
	place, branch = split_branch(text)
	folder = Path(place).expanduser()
	work = target.with_name(target.name + ".new")
	shutil.rmtree(work, ignore_errors=True)
	if folder.is_dir() and not (folder / ".git").exists() and not (folder / "HEAD").exists():
		shutil.copytree(
			folder, work, symlinks=True, ignore=shutil.ignore_patterns("node_modules", "__pycache__", "dist")
		)
	else:
		url = folder.resolve().as_uri() if folder.is_dir() else place
		run_logged(
			["git", "clone", "--quiet", "--depth", "1", *(["--branch", branch] if branch else []), url, work],
			"framework-clone",
			"Check the address and the branch in FRAPPE_SOURCE.",
		)
	if not (work / "frappe" / "__init__.py").exists():
		shutil.rmtree(work, ignore_errors=True)
		raise EngineError(f"{text} is not a source tree of Frappe.", "It must hold frappe/__init__.py.")
	check_python(work)
	restore.place(work, target)


def check_python(tree: Path) -> None:
	"""Upstream's branches ask for different Python versions: say so before pip does."""
	text = (tree / "pyproject.toml").read_text() if (tree / "pyproject.toml").exists() else ""
	wanted = re.search(r'requires-python\s*=\s*"([^"]+)"', text)
	for sign, version in re.findall(r"(>=|<)\s*3\.(\d+)", wanted[1] if wanted else ""):
		minor = sys.version_info.minor
		if (sign == ">=" and minor < int(version)) or (sign == "<" and minor >= int(version)):
			raise EngineError(
				f"This Frappe asks for Python {wanted[1]}, and this is {sys.version_info.major}.{minor}.",
				"Install that Python and name it: rm -rf env, then `make PYTHON=python3.14 engine`, for instance.",
			)
