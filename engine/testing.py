"""`make test`: instances of its own, reset to a fresh site, served, tested, stopped.

The whole set of tests runs in two processes (TEST_WORKERS=1: in one), each with an instance of its own: a copy of the fresh
site with its own database, Redis and web server.
"""

import json
import os
import subprocess
from contextlib import ExitStack

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
	with ExitStack() as locks:
		locks.enter_context(instance.lock())
		partners = [instance]
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
			with progress.step("Services") as note:
				for number in range(2, workers(arguments, keep) + 1):
					partner = Instance(f"{instance.name}-{number}")
					locks.enter_context(partner.lock())
					if sites.load_snapshot(partner):
						partners.append(partner)
				for partner in partners:
					services.start(partner, SERVICES)
				note.set(f"{len(partners)} sites")
			return pytest(partners, arguments)
		finally:
			for partner in [] if keep else partners:
				services.stop(partner)


def workers(arguments: list[str], keep: bool) -> int:
	"""How many processes share the tests: TEST_WORKERS, otherwise one for chosen tests and two for all."""
	if keep:
		return 1
	return int(os.environ.get("TEST_WORKERS") or min(1 if arguments else 2, os.cpu_count() or 1))


def environment(instance: Instance) -> dict[str, str]:
	return {
		**instance.environment(),
		"KEFU_SITE": paths.SITE,
		"KEFU_SITES_PATH": str(instance.sites),
		"KEFU_BASE_URL": instance.base_url,
	}


def pytest(instances: list[Instance], arguments: list[str]) -> int:
	environments = [environment(instance) for instance in instances]
	arguments = arguments[1:] if arguments[:1] == ["--"] else arguments
	if len(instances) > 1:
		# a file's tests stay together: they share what their module prepares
		arguments = ["-n", str(len(instances)), "--dist", "loadfile", *arguments]
	command = [str(paths.PYTHON), "-m", "pytest", *arguments]
	return subprocess.run(
		command,
		cwd=paths.ROOT,
		env={**environments[0], "KEFU_WORKERS": json.dumps(environments)},
		stdin=subprocess.DEVNULL,
		check=False,
	).returncode
