"""Real MariaDB and Redis of a throw-away instance: nothing committed is lost, and what a killed process leaves is repaired."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from engine import paths, services
from engine.console import EngineError
from engine.instances import Instance


@pytest.fixture
def instance(tmp_path, monkeypatch):
	# the depth makes the socket's path too long for the kernel
	folder = tmp_path / ("deep" * 20)
	monkeypatch.setattr(paths, "VAR", folder)
	monkeypatch.setenv("KEFU_VAR", str(folder))
	for name in ("DB_HOST", "REDIS_CACHE", "REDIS_QUEUE"):
		monkeypatch.delenv(name, raising=False)
	found = Instance("crash")
	yield found
	services.stop(found)
	if found.socket.parent != found.run:
		found.socket.parent.rmdir()


def kill(pid: int) -> None:
	started = services.process_started(pid)
	os.kill(pid, signal.SIGKILL)
	while services.process_started(pid) == started:
		time.sleep(0.02)


def value(instance, statement: str) -> str:
	return services.sql(instance, statement).stdout.strip()


@pytest.mark.slow
def test_a_killed_database_loses_nothing_committed(instance):
	services.start(instance, ("mariadb",))
	services.sql(
		instance, "create database books; create table books.t (n int) engine=InnoDB; insert into books.t values (1)"
	)
	open_change = subprocess.Popen(
		[services.need("mariadb"), f"--socket={instance.socket}", "books"], stdin=subprocess.PIPE, text=True
	)
	open_change.stdin.write("begin; insert into t values (2); select sleep(60);\n")
	open_change.stdin.flush()
	deadline = time.monotonic() + 30
	while value(instance, "select count(*) from information_schema.innodb_trx where trx_rows_modified > 0") != "1":
		assert time.monotonic() < deadline
		time.sleep(0.3)  # the server renews this table only when nobody has read it for a tenth of a second

	kill(services.running(instance)["mariadb"])
	open_change.kill()
	open_change.wait()
	assert services.running(instance) == {}
	assert instance.socket.exists(), "the killed server leaves its socket behind"

	services.start(instance, ("mariadb",))
	assert value(instance, "select group_concat(n) from books.t") == "1"
	assert value(instance, "select @@innodb_flush_log_at_trx_commit, @@character_set_server") == "1\tutf8mb4"


@pytest.mark.slow
def test_a_killed_queue_keeps_its_jobs(instance):
	services.start(instance, ("redis_queue",))
	redis(instance, "RPUSH", "rq:queue:long", "job")
	# appended to the file at least once a second
	time.sleep(1.2)
	kill(services.running(instance)["redis_queue"])
	services.start(instance, ("redis_queue",))
	assert redis(instance, "LLEN", "rq:queue:long") == ":1"


def redis(instance, *words: str) -> str:
	with socket.create_connection(("127.0.0.1", instance.ports["redis_queue"]), timeout=5) as connection:
		connection.sendall((" ".join(words) + "\r\n").encode())
		return connection.recv(1000).decode().strip()


@pytest.mark.slow
def test_the_database_is_closed_to_others(instance):
	services.start(instance, ("mariadb",))
	client = [
		services.need("mariadb"),
		"--host=127.0.0.1",
		f"--port={instance.ports['db']}",
		"--user=root",
		"-e",
		"select 1",
	]
	refused = subprocess.run(client, capture_output=True, text=True, check=False)
	assert refused.returncode and "Access denied" in refused.stderr
	admitted = subprocess.run(
		client, capture_output=True, check=False, env={**os.environ, "MYSQL_PWD": instance.secret["db_root"]}
	)
	assert admitted.returncode == 0
	assert value(instance, "select count(*) from mysql.global_priv where user = ''") == "0"
	assert (instance.data / "secrets.json").stat().st_mode & 0o077 == 0
	assert instance.data.stat().st_mode & 0o077 == 0


def test_a_service_that_runs_is_not_started_twice(instance):
	services.start(instance, ("redis_cache",))
	first = services.running(instance)
	services.start(instance, ("redis_cache",))
	assert services.running(instance) == first
	second = subprocess.run(
		[sys.executable, paths.ENGINE / "kefu.py", "serve", "redis_cache", "--instance", instance.name],
		capture_output=True,
		text=True,
		check=False,
	)
	assert second.returncode == 1
	assert "already runs" in second.stdout and "make stop" in second.stdout


def test_a_reused_process_number_is_not_taken_for_the_service(instance):
	instance.run.mkdir(parents=True)
	file = instance.run / "redis_cache.process"
	file.write_text(json.dumps({"pid": os.getpid(), "started": "1"}))
	assert services.running_pid(instance, "redis_cache") is None
	assert not file.exists()


def test_a_port_taken_meanwhile_is_replaced(instance):
	with socket.socket() as other:
		other.bind(("127.0.0.1", instance.ports["redis_cache"]))
		other.listen()
		taken = instance.ports["redis_cache"]
		services.start(instance, ("redis_cache",))
		assert instance.ports["redis_cache"] != taken
		assert services.running(instance)


def test_a_service_that_cannot_start_shows_its_log(instance):
	instance.prepare()
	(instance.data / "redis_queue").write_text("a file where the folder should be")
	with pytest.raises(EngineError) as failure:
		services.start(instance, ("redis_queue",))
	assert "redis_queue" in str(failure.value)
	assert failure.value.hint
