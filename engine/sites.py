"""The site of an instance: created, its app installed, migrated when the app or the framework changed; snapshots of a fresh one."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from engine import framework, paths, services, stamps
from engine.console import EngineError, run_logged
from engine.instances import Instance, write_json

SNAPSHOTS = paths.CACHE / "snapshots"
SNAPSHOTS_KEPT = 2
# what a change of which makes a site's database differ: definitions, set-up code, fixtures
DEFINITIONS = (
	".json",
	"patches.txt",
	"modules.txt",
	"hooks.py",
	"manifest.py",
	"setup.py",
	"install.py",
	".html",
	"pyproject.toml",
)


def with_demo() -> bool:
	return os.environ.get("DEMO", "1") != "0"


def apps_to_install() -> list[str]:
	return ["kefu_property"] if (paths.APP / "kefu_property" / "hooks.py").exists() else []


def definition_key() -> str:
	"""Hash of all that a fresh site is made from."""
	code = paths.APP / "kefu_property"
	definitions = stamps.digest(code, suffixes=DEFINITIONS)
	kernel = stamps.digest(code / "suite", suffixes=(".py",))
	return stamps.digest(stamps.read(framework.STAMP), ",".join(apps_to_install()), definitions, kernel)


def bench(instance: Instance, *arguments: str, log: str, hint: str) -> None:
	"""Run a framework command against an instance. The arguments go through a pipe: passwords must not show in `ps`."""
	run_logged(
		[paths.PYTHON, paths.ENGINE / "inside.py"],
		f"{log}-{instance.name}",
		hint,
		input=json.dumps(list(arguments)).encode(),
		cwd=instance.sites,
		env=instance.environment(),
	)


def state_file(instance: Instance) -> Path:
	return instance.data / "site.json"


def state(instance: Instance) -> dict:
	file = state_file(instance)
	return json.loads(file.read_text()) if file.exists() else {}


def exists(instance: Instance) -> bool:
	return bool(state(instance).get("created")) and (instance.site_folder / "site_config.json").exists()


def forget(instance: Instance) -> None:
	"""Make the next `ensure` create the site anew."""
	state_file(instance).unlink(missing_ok=True)


def is_current(instance: Instance) -> bool:
	return exists(instance) and state(instance).get("key") == definition_key()


def ensure(instance: Instance) -> str:
	"""Create or migrate the site; the services must run. Returns the word for the step's line."""
	key = definition_key()
	if exists(instance):
		write_settings(instance)
		if state(instance).get("key") == key:
			return "up to date"
		migrate(instance)
		word = "migrated"
	else:
		create(instance)
		word = "created"
	write_json(state_file(instance), {**state(instance), "created": True, "key": key})
	return word


def ensure_demo(instance: Instance) -> str:
	"""Demo data of all modules; loading is idempotent and repeated when the code that makes it changed."""
	key = demo_key(instance)
	if not with_demo():
		return "none (DEMO=0)"
	if state(instance).get("demo") == key:
		return "up to date"
	bench(
		instance,
		*("--site", paths.SITE, "execute", "kefu_property.suite.demo.load"),
		log="demo",
		hint=f"The site itself is fine: `make run DEMO=0` starts without demo data. Details: var/log/demo-{instance.name}.log",
	)
	write_json(state_file(instance), {**state(instance), "demo": key})
	return "loaded"


def is_ready(instance: Instance) -> bool:
	"""Nothing has to be created, migrated or loaded."""
	if not is_current(instance):
		return False
	return not with_demo() or state(instance).get("demo") == demo_key(instance)


def demo_key(instance: Instance) -> str:
	makers = stamps.digest(paths.APP / "kefu_property", suffixes=("demo.py",))
	return stamps.digest(state(instance)["key"], makers)


def create(instance: Instance) -> None:
	hint = f"Repair the cause that the log names, then repeat; the unfinished site is made anew. All of it: var/log/new-site-{instance.name}.log"
	install = [x for app in apps_to_install() for x in ("--install-app", app)]
	bench(
		instance,
		*("new-site", paths.SITE, "--force", "--verbose"),
		*("--db-name", database_name(instance)),
		*("--db-host", instance.db_host, "--db-port", str(instance.db_port)),
		*("--db-root-username", os.environ.get("DB_ROOT_USER", "root")),
		*("--db-root-password", root_password(instance)),
		*("--admin-password", admin_password(instance)),
		*host_scope(),
		*install,
		log="new-site",
		hint=hint,
	)
	write_settings(instance)
	if not instance.is_test:
		# a new site's scheduler is off; tests run the jobs that they mean to run
		bench(instance, "--site", paths.SITE, "enable-scheduler", log="enable-scheduler", hint=hint)


def host_scope() -> list[str]:
	"""The site's database user may come over the socket and over loopback (or from other hosts to an external server)."""
	newer = "--mariadb-user-host-login-scope"
	known = newer in (paths.FRAPPE / "frappe" / "commands" / "site.py").read_text()
	return [f"{newer}=%"] if known else ["--no-mariadb-socket"]


def migrate(instance: Instance) -> None:
	hint = f"The data are untouched by a failed migration up to the step that the log names (var/log/migrate-{instance.name}.log)."
	bench(instance, "--site", paths.SITE, "migrate", log="migrate", hint=hint)


def database_name(instance: Instance) -> str:
	return f"kefu_{instance.name.replace('-', '_')}"


def root_password(instance: Instance) -> str:
	if not instance.external_db:
		return instance.secret["db_root"]
	found = os.environ.get("DB_ROOT_PASSWORD", "")
	if not found:
		raise EngineError(
			"DB_HOST is set, but DB_ROOT_PASSWORD is not.",
			"Export DB_ROOT_PASSWORD (and DB_ROOT_USER) once, to create the site.",
		)
	return found


def admin_password(instance: Instance) -> str:
	return os.environ.get("ADMIN_PASSWORD") or instance.secret["administrator"]


def write_settings(instance: Instance) -> None:
	"""Addresses of this instance's services in the site's own configuration, where they precede the shared one."""
	file = instance.site_folder / "site_config.json"
	before = json.loads(file.read_text())
	settings = {**before, **instance.site_settings(), "host_name": instance.base_url}
	settings.pop("default_site")
	if not instance.external_db:
		# lets `bench restore` and `bench drop-site` reach the private server without asking
		settings |= {"root_login": "root", "root_password": instance.secret["db_root"]}
	if not instance.is_run:
		settings |= {"allow_tests": True}
	if settings != before:
		write_json(file, settings)
	file.chmod(0o600)


# snapshots


def snapshot_folder() -> Path:
	return SNAPSHOTS / definition_key()[:16]


def save_snapshot(instance: Instance) -> None:
	"""Copy the data of a fresh site; its services are stopped for the moment of copying."""
	target = snapshot_folder()
	services.stop(instance, services.DATA_SERVICES)
	work = target.with_name(target.name + ".new")
	shutil.rmtree(work, ignore_errors=True)
	work.mkdir(parents=True, mode=0o700)
	copy_tree(instance.data / "mariadb", work / "mariadb")
	copy_tree(instance.site_folder, work / "site")
	for name in ("site.json", "secrets.json"):
		shutil.copy2(instance.data / name, work / name)
	shutil.rmtree(target, ignore_errors=True)
	work.rename(target)
	drop_old_snapshots()


def copy_tree(source: Path, target: Path) -> None:
	# cp shares blocks where the file system can
	subprocess.run(["cp", "-a", "--reflink=auto", source, target], check=True)


def drop_old_snapshots() -> None:
	by_age = sorted(SNAPSHOTS.glob("*"), key=lambda x: x.stat().st_mtime, reverse=True)
	for old in by_age[SNAPSHOTS_KEPT:]:
		shutil.rmtree(old, ignore_errors=True)


def load_snapshot(instance: Instance) -> bool:
	"""Replace the data of an instance by the snapshot of a fresh site, if there is one for the present definitions."""
	source = snapshot_folder()
	if instance.is_run or instance.external_db or not source.is_dir():
		return False
	services.stop(instance)
	shutil.rmtree(instance.data / "mariadb", ignore_errors=True)
	shutil.rmtree(instance.site_folder, ignore_errors=True)
	shutil.rmtree(instance.data / "redis_queue", ignore_errors=True)
	instance.prepare()
	copy_tree(source / "mariadb", instance.data / "mariadb")
	copy_tree(source / "site", instance.site_folder)
	for name in ("site.json", "secrets.json"):
		shutil.copy2(source / name, instance.data / name)
	instance.__dict__.pop("secret", None)
	write_settings(instance)
	return True
