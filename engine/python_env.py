"""env/: the Python environment of framework, app and tests; var/tools/bench: the bench command line in an environment of its own."""

import os
import shutil
import sys
from pathlib import Path

from engine import framework, paths, stamps, system
from engine.console import run_logged

LOCK = paths.ENGINE / "requirements.lock"
TESTS_LOCK = paths.ENGINE / "tests.lock"
BENCH_LOCK = paths.ENGINE / "bench.lock"
BENCH = paths.TOOLS / "bench"
HINT = "Check that the Python package index is reachable (pip's own settings apply), then repeat the command."

# env/bin/bench: the framework's own commands for any instance, the real bench for the bench root
WRAPPER = """#!/bin/sh
# bench on the bench root, or on another instance: KEFU_INSTANCE=dev env/bin/bench --site kefu.localhost migrate
exec {python} {engine} bench -- "$@"
"""


def python_name() -> str:
	return f"{sys.version_info.major}.{sys.version_info.minor}"


def make_venv(folder: Path) -> None:
	if (folder / "bin" / "pip").exists() and (folder / "bin" / "python").exists():
		return
	shutil.rmtree(folder, ignore_errors=True)
	run_logged(
		[sys.executable, "-m", "venv", folder],
		f"venv-{folder.name}",
		"Install python3-venv (`make engine` does so when it may use apt).",
	)


def install(folder: Path, *arguments: os.PathLike | str, log: str) -> None:
	command = [folder / "bin" / "python", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
	run_logged([*command, *arguments], log, HINT)


def ensure_env() -> str:
	"""env/ with pip only: enough to fetch the framework."""
	make_venv(paths.ENV)
	return ""


def pip() -> list[str]:
	return [str(paths.PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]


def ensure_packages() -> str:
	"""Packages of the lock file, then framework and app as editable installs."""
	editable = [x for x in (paths.FRAPPE, paths.APP) if (x / "pyproject.toml").exists()]
	projects = [x / "pyproject.toml" for x in editable]
	key = stamps.digest("env", python_name(), str(paths.ROOT), str(len(editable)), LOCK, *projects)
	if stamps.is_current("env", key) and paths.PYTHON.exists():
		return "up to date"
	stamps.forget("env")
	if framework.is_upstream() and "mysqlclient" in (paths.FRAPPE / "pyproject.toml").read_text():
		system.ensure_compiler()
	install(paths.ENV, "--requirement", LOCK, log="pip-env")
	# upstream states its own requirements; the lock belongs to the registry's copy and to the app
	without_deps = [] if framework.is_upstream() else ["--no-deps"]
	for project in editable:
		deps = without_deps if project == paths.FRAPPE else ["--no-deps"]
		install(paths.ENV, *deps, "--no-build-isolation", "--editable", project, log=f"pip-{project.name}")
	stamps.write("env", key)
	return "installed"


def ensure_test_packages() -> str:
	key = stamps.digest("env-tests", stamps.read("env"), TESTS_LOCK)
	if stamps.is_current("env-tests", key):
		return "up to date"
	install(paths.ENV, "--requirement", TESTS_LOCK, log="pip-tests")
	stamps.write("env-tests", key)
	return "installed"


def ensure_bench() -> str:
	"""The bench command line; it pins another Click than the framework, so it has its own environment."""
	wrapper = paths.ENV / "bin" / "bench"
	text = WRAPPER.format(python=sys.executable, engine=paths.ENGINE / "kefu.py")
	key = stamps.digest("bench", python_name(), BENCH_LOCK, text, str(paths.ROOT))
	if stamps.is_current("bench", key) and (BENCH / "bin" / "bench").exists() and wrapper.exists():
		return "up to date"
	make_venv(BENCH)
	install(BENCH, "--requirement", BENCH_LOCK, log="pip-bench")
	wrapper.write_text(text)
	wrapper.chmod(0o755)
	for folder in ("logs", "config/pids"):
		(paths.ROOT / folder).mkdir(parents=True, exist_ok=True)
	stamps.write("bench", key)
	return "installed"
