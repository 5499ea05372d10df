"""`make test`: an instance of its own, reset to a fresh site, served, tested, stopped."""

import subprocess

from engine import paths, python_env, services, sites
from engine.console import Progress
from engine.instances import Instance

STEPS = 12
# the tests run the jobs that they mean to run
SERVICES = tuple(x for x in services.SERVICES if x != "scheduler")


def run(instance: Instance, arguments: list[str], keep: bool = False) -> int:
	from engine.cli import require_setup, setup

	if keep:
		require_setup()
		python_env.ensure_test_packages()
		progress = Progress(2)
	else:
		progress = Progress(STEPS)
		setup(progress)
	with instance.lock():
		try:
			if not keep:
				with progress.step("Snapshot of a fresh site") as note:
					note.set("restored" if sites.load_snapshot(instance) else "none yet for these definitions")
			with progress.step("Site") as note:
				if not keep and not sites.is_current(instance):
					# a test run proves the installation: never a migrated site, always a fresh one
					sites.forget(instance)
				services.start(instance, services.DATA_SERVICES)
				word = sites.ensure(instance)
				if word == "created" and not keep:
					sites.save_snapshot(instance)
				note.set(word)
			with progress.step("Services"):
				services.start(instance, SERVICES)
			return pytest(instance, arguments)
		finally:
			if not keep:
				services.stop(instance)


def pytest(instance: Instance, arguments: list[str]) -> int:
	environment = {
		**instance.environment(),
		"KEFU_SITE": paths.SITE,
		"KEFU_SITES_PATH": str(instance.sites),
		"KEFU_BASE_URL": instance.base_url,
	}
	arguments = arguments[1:] if arguments[:1] == ["--"] else arguments
	command = [str(paths.PYTHON), "-m", "pytest", *arguments]
	return subprocess.run(command, cwd=paths.ROOT, env=environment, stdin=subprocess.DEVNULL, check=False).returncode
