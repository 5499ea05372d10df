"""`make run`: everything from a bare machine to a served site, in the foreground under honcho."""

import json
import os
import signal
import subprocess

from engine import paths, python_env, services, sites
from engine.console import EngineError, Progress, say, tail
from engine.instances import Instance

SUPERVISOR = "supervisor"
STEPS = 11


def run(instance: Instance) -> int:
	from engine.cli import setup

	if services.running_pid(instance, SUPERVISOR):
		raise EngineError(
			f"{instance.name} already runs: {instance.base_url}", "`make stop` stops it, `make status` shows it."
		)
	progress = Progress(STEPS)
	setup(progress, with_tests=False)
	with instance.lock():
		services.write_pid(instance, SUPERVISOR, os.getpid())
		try:
			prepare_site(instance, progress)
			return supervise(instance, progress)
		finally:
			services.stop(instance)
			(instance.run / f"{SUPERVISOR}.process").unlink(missing_ok=True)


def prepare_site(instance: Instance, progress: Progress) -> None:
	"""Create or migrate the site with data services in the background; nothing is started when nothing changed."""
	# leftovers of a supervisor that was killed
	services.stop(instance)
	instance.prepare()
	services.move_taken_ports(instance)
	ready = sites.is_ready(instance)
	try:
		with progress.step(f"Site {paths.SITE}") as note:
			if ready:
				sites.write_settings(instance)
				note.set("up to date")
			else:
				services.start(instance, services.DATA_SERVICES)
				note.set(sites.ensure(instance))
		with progress.step("Demo data") as note:
			note.set("up to date" if ready else sites.ensure_demo(instance))
	finally:
		services.stop(instance)


def supervise(instance: Instance, progress: Progress) -> int:
	"""Run the Procfile through `bench start` until it ends or is told to."""
	environment = instance.environment()
	environment["PATH"] = f"{python_env.BENCH / 'bin'}:{environment['PATH']}"
	# honcho would give its own meaning to it
	environment.pop("PORT", None)
	log = instance.logs / "bench-start.log"
	child = subprocess.Popen(
		[str(python_env.BENCH / "bin" / "bench"), "start", "--no-dev"],
		cwd=paths.ROOT,
		env=environment,
		stdin=subprocess.DEVNULL,
		stdout=log.open("w"),
		stderr=subprocess.STDOUT,
		start_new_session=True,
	)

	def end(_number, _frame):
		raise KeyboardInterrupt

	signal.signal(signal.SIGTERM, end)
	try:
		with progress.step("Services"):
			for name in services.SERVICES:
				services.wait_ready(instance, name, child, log)
		announce(instance)
		child.wait()
		raise EngineError(
			f"A service ended, so all were stopped. The end of {log.relative_to(paths.ROOT)}:\n\n{tail(log)}",
			"`make run` starts again and repairs what a killed process left behind; nothing committed is lost.",
		)
	except KeyboardInterrupt:
		say("\nStopping ...")
		return 0
	finally:
		if child.poll() is None:
			child.terminate()
			try:
				child.wait(services.STOP_SECONDS)
			except subprocess.TimeoutExpired:
				child.kill()


def accounts(instance: Instance) -> list[dict]:
	"""What the app says about the demo accounts; without demo data there is only the administrator."""
	done = subprocess.run(
		[
			paths.PYTHON,
			"-m",
			"frappe.utils.bench_helper",
			"frappe",
			"--site",
			paths.SITE,
			"execute",
			"kefu_property.suite.demo.accounts",
		],
		cwd=instance.sites,
		env=instance.environment(),
		capture_output=True,
		text=True,
		check=False,
	)
	try:
		return json.loads(done.stdout.strip().splitlines()[-1]) if sites.with_demo() else []
	except (ValueError, IndexError):
		return []


def announce(instance: Instance) -> None:
	say(f"\n  {instance.base_url}")
	say(f"  Administrator / {sites.admin_password(instance)}")
	for account in accounts(instance):
		say(f"  {account['role_en']:24} {account['user']:40} {account['password']}  {account['path']}")
	say("\n  Ctrl-C stops everything; `make help` shows what else there is.\n")


def stop_supervisor(instance: Instance) -> bool:
	pid = services.running_pid(instance, SUPERVISOR)
	if pid:
		services.end_process(pid)
	return bool(pid)
