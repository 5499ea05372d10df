"""The command line: python3 -m engine COMMAND. `make` calls the same commands."""

import argparse
import os
import shutil
import subprocess
import sys

from engine import framework, frontend, paths, python_env, services, sites, system
from engine.console import EngineError, Progress, say
from engine.instances import Instance, known

SETUP_STEPS = 9


def main(arguments: list[str] | None = None) -> int:
	options = parser().parse_args(arguments)
	try:
		return options.do(options) or 0
	except EngineError as e:
		say(f"\nError: {e}")
		if e.hint:
			say(f"\nWhat to do: {e.hint}")
		return 1
	except KeyboardInterrupt:
		say("\nInterrupted.")
		return 130


def parser() -> argparse.ArgumentParser:
	top = argparse.ArgumentParser(prog="python3 -m engine", description=__doc__)
	commands = top.add_subparsers(required=True, metavar="COMMAND")

	def add(name, do, text, instance=None):
		found = commands.add_parser(name, help=text, description=text)
		found.set_defaults(do=do)
		if instance:
			found.add_argument("--instance", "-i", default=os.environ.get("KEFU_INSTANCE") or instance)
		return found

	setup_parser = add("setup", do_setup, "install and build what is missing or out of date")
	setup_parser.add_argument("--no-system", action="store_true", help="leave the system's packages alone")
	site = add(
		"site", do_site, "create or migrate the site of an instance; leaves its database and Redis running", "run"
	)
	site.add_argument("--demo", action="store_true", help="load or complete the demo data")
	add("start", do_start, "start all services of an instance in the background", "run")
	add("run", do_run, "set up, start everything and stay in the foreground", "run")
	test = add("test", do_test, "run pytest on the instance `test`, then stop it", "test")
	test.add_argument("--keep", action="store_true", help="work on the instance as it is and leave it running")
	test.add_argument("pytest", nargs=argparse.REMAINDER, help="arguments for pytest")
	add("stop", do_stop, "stop the services of an instance", "run")
	add("status", do_status, "show the instances and what runs")
	reset = add("reset", do_reset, "stop an instance and delete its data and site", "run")
	reset.add_argument("--yes", action="store_true", help="do not ask")
	assets = add("assets", do_assets, "build the assets")
	assets.add_argument("--watch", action="store_true")
	assets.add_argument("--development", action="store_true", help="readable output instead of minified")
	serve = add("serve", do_serve, "become one service (used by the Procfile)", "run")
	serve.add_argument("service", choices=list(services.SERVICES))
	bench = add("bench", do_bench, "the bench command line (also env/bin/bench)", "run")
	bench.add_argument("arguments", nargs=argparse.REMAINDER)
	bench_http = add("bench-http", do_bench_http, "measure requests per second on an instance of its own")
	bench_http.add_argument("--seconds", default="5", help="for each figure")
	bench_http.add_argument("--json", help="also write the figures to this file")
	return top


# set-up


def setup(progress: Progress, with_system: bool = True, with_tests: bool = True) -> None:
	with progress.step("System packages") as note:
		note.set(system.ensure(with_tests) if with_system else "skipped")
	with progress.step("Python environment") as note:
		python_env.ensure_env()
	with progress.step("Framework") as note:
		note.set(framework.ensure(python_env.pip()))
	with progress.step("Python packages") as note:
		note.set(python_env.ensure_packages())
	if with_tests:
		with progress.step("Python packages of the tests") as note:
			note.set(python_env.ensure_test_packages())
	with progress.step("bench command line") as note:
		note.set(python_env.ensure_bench())
	with progress.step("Node") as note:
		note.set(frontend.ensure_node())
	with progress.step("Node packages") as note:
		note.set(frontend.ensure_packages())
	with progress.step("Assets") as note:
		note.set(frontend.ensure_assets())


def do_setup(options) -> None:
	setup(Progress(SETUP_STEPS), not options.no_system)


def require_setup() -> None:
	if not paths.PYTHON.exists() or not (paths.FRAPPE / "frappe").is_dir():
		raise EngineError("The framework is not set up.", "Run `make engine` (or `python3 -m engine setup`) first.")


def do_site(options) -> None:
	require_setup()
	instance = Instance(options.instance)
	progress = Progress(3 if options.demo else 2)
	with instance.lock():
		with progress.step(f"Database and Redis of {instance.name}"):
			services.start(instance, services.DATA_SERVICES)
		with progress.step(f"Site {paths.SITE}") as note:
			note.set(sites.ensure(instance))
		if options.demo:
			with progress.step("Demo data") as note:
				note.set(sites.ensure_demo(instance))
	say(
		f"KEFU_INSTANCE={instance.name} env/bin/bench --site {paths.SITE} ...   (stop: python3 -m engine stop -i {instance.name})"
	)


def do_start(options) -> None:
	require_setup()
	instance = Instance(options.instance)
	progress = Progress(3)
	with instance.lock():
		with progress.step(f"Database and Redis of {instance.name}"):
			services.start(instance, services.DATA_SERVICES)
		with progress.step(f"Site {paths.SITE}") as note:
			note.set(sites.ensure(instance))
		with progress.step("Web, worker, scheduler, realtime"):
			services.start(instance)
	say(f"{instance.base_url}  (Administrator: {sites.admin_password(instance)})")


def do_run(options) -> int:
	from engine import foreground

	return foreground.run(Instance(options.instance))


def do_test(options) -> int:
	from engine import testing

	return testing.run(Instance(options.instance), options.pytest, keep=options.keep)


def do_stop(options) -> None:
	from engine import foreground

	instance = Instance(options.instance)
	supervised = foreground.stop_supervisor(instance)
	stopped = services.stop(instance)
	if supervised or stopped:
		say(f"{instance.name}: stopped " + (", ".join(stopped) or "all services"))
	else:
		say(f"{instance.name}: nothing was running")


def do_status(_options) -> None:
	instances = known()
	if not instances:
		say("No instance yet: `make run` makes the first.")
	for instance in instances:
		found = services.running(instance)
		state = "running" if len(found) == len(services.SERVICES) else "stopped" if not found else "partly running"
		site = (
			"site ready"
			if sites.is_current(instance)
			else "site needs migrate"
			if sites.exists(instance)
			else "no site"
		)
		say(f"{instance.name}: {state}, {site}, {instance.base_url}")
		for name, pid in found.items():
			say(f"  {name:12} process {pid}")


def do_reset(options) -> int:
	instance = Instance(options.instance)
	what = f"the database, files and Redis data of {instance.name} ({instance.data}, {instance.site_folder})"
	if not options.yes:
		if not sys.stdin.isatty():
			raise EngineError(f"This deletes {what}.", "Repeat with --yes (make: `make reset YES=1`).")
		if input(f"Delete {what}? Type yes: ") != "yes":
			say("Nothing was deleted.")
			return 1
	do_stop(options)
	with instance.lock():
		shutil.rmtree(instance.site_folder, ignore_errors=True)
		shutil.rmtree(instance.socket.parent, ignore_errors=True)
		shutil.rmtree(instance.data, ignore_errors=True)
	say(f"{instance.name}: deleted. System packages, env/ and apps/frappe stay.")
	return 0


def do_assets(options) -> int:
	require_setup()
	frontend.place_builder()
	frontend.ensure_links()
	command = frontend.build_command(frontend.apps(), not options.development, options.watch)
	return subprocess.run(command, cwd=paths.FRAPPE, env=frontend.environment(), check=False).returncode


def do_serve(options) -> None:
	services.serve(Instance(options.instance), options.service)


def do_bench_http(options) -> int:
	from benchmarks.http.__main__ import main as measure

	require_setup()
	return measure(["--seconds", options.seconds, *(["--json", options.json] if options.json else [])])


def do_bench(options) -> int:
	require_setup()
	instance = Instance(options.instance)
	arguments = options.arguments[1:] if options.arguments[:1] == ["--"] else options.arguments
	environment = instance.environment()
	if instance.is_run:
		environment["PATH"] = f"{python_env.BENCH / 'bin'}:{environment['PATH']}"
		command = [str(python_env.BENCH / "bin" / "bench"), *arguments]
		os.chdir(paths.ROOT)
	else:
		command = [str(paths.PYTHON), "-m", "frappe.utils.bench_helper", "frappe", *arguments]
		os.chdir(instance.sites)
	os.execve(command[0], command, environment)
