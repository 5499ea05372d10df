"""Debian and Ubuntu packages that the bench needs; only what is missing is installed, and no system service is started or enabled."""

import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from engine.console import EngineError, run_logged

POLICY = Path("/usr/sbin/policy-rc.d")
NOTO_CJK = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def has(*commands: str) -> Callable[[], bool]:
	return lambda: any(shutil.which(x, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") for x in commands)


def has_library(name: str) -> Callable[[], bool]:
	return lambda: ctypes.util.find_library(name) is not None


def has_venv() -> bool:
	probe = "import ensurepip, venv"
	return subprocess.run([sys.executable, "-c", probe], check=False, capture_output=True).returncode == 0


def has_cjk_font() -> bool:
	if NOTO_CJK.exists():
		return True
	if not shutil.which("fc-list"):
		return False
	return bool(subprocess.run(["fc-list", ":lang=zh-cn"], check=False, capture_output=True).stdout.strip())


# package -> (is it there already?, what for)
PACKAGES: dict[str, tuple[Callable[[], bool], str]] = {
	"ca-certificates": (Path("/etc/ssl/certs/ca-certificates.crt").exists, "verified downloads"),
	"git": (has("git"), "FRAPPE_SOURCE from a repository, bench"),
	"python3-venv": (has_venv, "the environment in env/"),
	"mariadb-server-core": (has("mariadbd"), "database server without a system service"),
	"mariadb-client": (has("mariadb-dump", "mysqldump"), "backup and restore"),
	"redis-tools": (has("redis-server", "redis-check-rdb"), "Redis without a system service"),
	"nginx-light": (has("nginx"), "static files and the gateway"),
	"patch": (has("patch"), "patches/"),
	"wkhtmltopdf": (has("wkhtmltopdf"), "PDF of the framework's print formats"),
	"libpango-1.0-0": (has_library("pango-1.0"), "WeasyPrint"),
	"libpangoft2-1.0-0": (has_library("pangoft2-1.0"), "WeasyPrint"),
	"libharfbuzz-subset0": (has_library("harfbuzz-subset"), "fonts inside WeasyPrint's PDF"),
	"fonts-noto-cjk": (has_cjk_font, "Chinese on paper"),
	"poppler-utils": (has("pdftotext"), "tests that read PDF"),
}
# Ubuntu has chromium only as a snap: there, the browser tests look for an installed Chrome or Chromium and say what to do.
TEST_PACKAGES: dict[str, tuple[Callable[[], bool], str]] = {
	"chromium": (has("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"), "browser tests"),
}


# upstream from version 16 on compiles its database driver
COMPILER_PACKAGES: dict[str, tuple[Callable[[], bool], str]] = {
	"build-essential": (has("gcc"), "mysqlclient"),
	"pkg-config": (has("pkg-config"), "mysqlclient"),
	"libmariadb-dev": (has("mariadb_config"), "mysqlclient"),
}


def missing_packages(with_tests: bool) -> list[str]:
	wanted = dict(PACKAGES)
	if with_tests and not is_ubuntu():
		wanted.update(TEST_PACKAGES)
	return [name for name, (present, _why) in wanted.items() if not present()]


def is_ubuntu() -> bool:
	release = Path("/etc/os-release")
	return release.exists() and "ID=ubuntu" in release.read_text().splitlines()


@contextmanager
def no_service_start():
	"""A temporary policy-rc.d that forbids package scripts to start services; an existing policy is left alone."""
	sudo = sudo_prefix()
	if POLICY.exists():
		yield
		return
	write = f"printf '#!/bin/sh\\nexit 101\\n' > {POLICY} && chmod 755 {POLICY}"
	subprocess.run([*sudo, "sh", "-c", write], check=True)
	try:
		yield
	finally:
		subprocess.run([*sudo, "rm", "-f", str(POLICY)], check=False)


def sudo_prefix() -> list[str]:
	if os.geteuid() == 0:
		return []
	if not shutil.which("sudo"):
		raise EngineError(
			"System packages are missing, and this user is neither root nor has sudo.",
			"Run `make engine` once as root, or install the packages listed in docs/engine.md by hand.",
		)
	return ["sudo"]


def install(packages: list[str]) -> None:
	if not shutil.which("apt-get"):
		raise EngineError(
			"Missing: " + ", ".join(packages),
			"This machine has no apt-get. Install the counterparts of these Debian packages, then repeat the command.",
		)
	sudo = sudo_prefix()
	nginx_is_new = "nginx-light" in packages
	apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]
	hint = "Check that the package mirror is reachable (`apt-get update`), then repeat the command."
	with no_service_start():
		run_logged([*apt, "update"], "apt-update", hint)
		run_logged([*apt, "install", "-y", "--no-install-recommends", *packages], "apt-install", hint)
	if nginx_is_new:
		# the package enables a system-wide nginx for the next boot; ours is private to the bench
		for command in (["systemctl", "disable", "nginx"], ["update-rc.d", "nginx", "disable"]):
			if shutil.which(command[0], path="/usr/bin:/usr/sbin:/bin:/sbin"):
				subprocess.run([*sudo, *command], capture_output=True, check=False)


def ensure(with_tests: bool = True) -> str:
	"""Install what is missing; return the word for the step's line."""
	missing = missing_packages(with_tests)
	if not missing:
		return "all present"
	install(missing)
	if still := missing_packages(with_tests):
		raise EngineError(
			"Still missing after the installation: " + ", ".join(still), "Look at var/log/apt-install.log."
		)
	return f"installed {len(missing)} packages"


def ensure_compiler() -> None:
	if missing := [name for name, (present, _why) in COMPILER_PACKAGES.items() if not present()]:
		install(missing)
