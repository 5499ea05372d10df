"""Names, ports, paths and rendered configuration of an instance."""

import json
import os
import socket

import pytest

from engine import paths
from engine.console import EngineError
from engine.instances import SOCKET_PATH_LIMIT, Instance, buffer_pool

GB = 2**30


@pytest.fixture
def var(tmp_path, monkeypatch):
	monkeypatch.setattr(paths, "VAR", tmp_path / "var")
	for name in ("DB_HOST", "REDIS_CACHE", "REDIS_QUEUE", "PORT", "HOST"):
		monkeypatch.delenv(name, raising=False)
	return tmp_path / "var"


@pytest.mark.parametrize("name", ["", "Dev", "a/b", "../run", "-x", "cache", "tools", "stamps", "log", "a" * 40])
def test_unfit_names_are_refused(name):
	with pytest.raises(EngineError, match="no name for an instance"):
		Instance(name)


def test_ports_are_chosen_once_and_differ_between_instances(var):
	dev, test = Instance("dev"), Instance("test")
	first = dev.ports
	assert dev.ports == first
	assert len(set(first.values()) | set(test.ports.values())) == 12


def test_a_busy_port_is_passed_over(var):
	wanted = Instance("dev").ports["web"]
	(var / "dev" / "ports.json").unlink()
	with socket.socket() as other:
		other.bind(("127.0.0.1", wanted))
		other.listen()
		assert Instance("dev").ports["web"] != wanted


def test_the_port_of_make_run_can_be_set(var, monkeypatch):
	with socket.socket() as probe:
		probe.bind(("127.0.0.1", 0))
		free = probe.getsockname()[1]
	monkeypatch.setenv("PORT", str(free))
	assert Instance("run").ports["web"] == free


def test_a_long_folder_gets_a_short_socket(tmp_path, monkeypatch):
	monkeypatch.setattr(paths, "VAR", tmp_path / ("x" * 120))
	found = Instance("dev").socket
	try:
		assert len(os.fsencode(found)) <= SOCKET_PATH_LIMIT
		assert found.parent.stat().st_mode & 0o077 == 0
		assert found == Instance("dev").socket != Instance("other").socket
	finally:
		found.parent.rmdir()
		Instance("other").socket.parent.rmdir()


@pytest.mark.parametrize(
	("memory", "small", "expected"),
	[(24 * GB, False, "4096M"), (4 * GB, False, "1024M"), (GB // 4, False, "128M"), (24 * GB, True, "256M")],
)
def test_the_buffer_pool_fits_the_machine(memory, small, expected):
	assert buffer_pool(memory, small) == expected


def test_every_template_is_rendered_completely(var):
	instance = Instance("dev")
	for template in (paths.ENGINE / "templates").iterdir():
		if template.suffix in (".conf", ".cnf", ".py"):
			text = instance.render(template.name).read_text()
			assert str(var) in text or str(instance.ports["redis_cache"]) in text, template.name


def test_an_unknown_placeholder_is_reported(var, tmp_path, monkeypatch):
	monkeypatch.setattr(paths, "ENGINE", tmp_path)
	(tmp_path / "templates").mkdir()
	(tmp_path / "templates" / "x.conf").write_text("port @NO_SUCH_THING@\n")
	with pytest.raises(EngineError, match="NO_SUCH_THING"):
		Instance("dev").render("x.conf")


def test_an_instance_has_its_own_configuration(var):
	dev = Instance("dev")
	dev.prepare()
	config = json.loads((var / "dev/sites/common_site_config.json").read_text())
	assert config["db_port"] == dev.ports["db"]
	assert config["redis_queue"].endswith(str(dev.ports["redis_queue"]))
	assert config["default_site"] == paths.SITE
	assert (var / "dev/sites/apps.txt").read_text().split()[0] == "frappe"


def test_other_servers_are_used_when_named(var, monkeypatch):
	monkeypatch.setenv("DB_HOST", "db.example:3307")
	monkeypatch.setenv("REDIS_CACHE", "redis://cache.example:6379")
	settings = Instance("dev").site_settings()
	assert (settings["db_host"], settings["db_port"]) == ("db.example", 3307)
	assert settings["redis_cache"] == "redis://cache.example:6379"
	assert "db_socket" not in settings
	assert "127.0.0.1" in settings["redis_queue"]


def test_the_root_of_the_bench_keeps_its_committed_configuration(var):
	before = (paths.SITES / "common_site_config.json").read_text()
	Instance("run").prepare()
	assert (paths.SITES / "common_site_config.json").read_text() == before


def test_two_commands_do_not_work_on_one_instance_at_once(var):
	with Instance("dev").lock(), pytest.raises(EngineError, match="Another command"), Instance("dev").lock():
		pass


def test_test_instances_flush_less_strictly_than_the_others(var):
	assert Instance("test").values["FLUSH_LOG"] == Instance("test-1").values["FLUSH_LOG"] == "2"
	assert Instance("run").values["FLUSH_LOG"] == Instance("dev").values["FLUSH_LOG"] == "1"
