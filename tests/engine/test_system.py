"""System packages: only what is missing, and no service started or left enabled."""

from contextlib import contextmanager

import pytest

from engine import console, paths, system
from engine.console import EngineError, Progress


def test_nothing_missing_means_no_package_manager(monkeypatch):
	monkeypatch.setattr(system, "PACKAGES", {"here": (lambda: True, "")})
	monkeypatch.setattr(system, "TEST_PACKAGES", {})
	monkeypatch.setattr(system, "install", lambda packages: pytest.fail(f"would install {packages}"))
	assert system.ensure() == "all present"


def test_only_the_missing_packages_are_installed(monkeypatch):
	there = {"here"}
	packages = {x: ((lambda x=x: x in there), "") for x in ("here", "gone")}
	monkeypatch.setattr(system, "PACKAGES", packages)
	monkeypatch.setattr(system, "TEST_PACKAGES", {})
	monkeypatch.setattr(system, "install", there.update)
	assert system.missing_packages(with_tests=True) == ["gone"]
	assert system.ensure() == "installed 1 packages"


def test_a_package_that_did_not_arrive_is_named(monkeypatch):
	monkeypatch.setattr(system, "PACKAGES", {"gone": (lambda: False, "")})
	monkeypatch.setattr(system, "TEST_PACKAGES", {})
	monkeypatch.setattr(system, "install", lambda packages: None)
	with pytest.raises(EngineError, match="gone"):
		system.ensure()


def test_the_policy_is_removed_even_when_the_installation_fails(tmp_path, monkeypatch):
	policy = tmp_path / "policy-rc.d"
	monkeypatch.setattr(system, "POLICY", policy)
	monkeypatch.setattr(system, "sudo_prefix", list)
	with pytest.raises(EngineError), system.no_service_start():
		assert policy.read_text().splitlines()[-1] == "exit 101"
		assert policy.stat().st_mode & 0o111
		raise EngineError("mirror is down")
	assert not policy.exists()


def test_a_policy_of_the_machine_is_left_alone(tmp_path, monkeypatch):
	policy = tmp_path / "policy-rc.d"
	policy.write_text("#!/bin/sh\nexit 104\n")
	monkeypatch.setattr(system, "POLICY", policy)
	with system.no_service_start():
		pass
	assert policy.read_text() == "#!/bin/sh\nexit 104\n"


def test_installing_brings_no_recommended_packages(monkeypatch):
	commands = []

	@contextmanager
	def nothing():
		yield

	monkeypatch.setattr(system, "no_service_start", nothing)
	monkeypatch.setattr(system, "sudo_prefix", list)
	monkeypatch.setattr(system.shutil, "which", lambda name, path=None: f"/usr/bin/{name}")
	monkeypatch.setattr(system, "run_logged", lambda command, log, hint: commands.append(command))
	system.install(["patch"])
	assert [x[x.index("DPkg::Lock::Timeout=300") + 1 :] for x in commands] == [
		["update"],
		["install", "-y", "--no-install-recommends", "patch"],
	]


def test_ubuntu_is_not_asked_for_a_chromium_package(monkeypatch):
	monkeypatch.setattr(system, "PACKAGES", {})
	monkeypatch.setattr(system, "TEST_PACKAGES", {"chromium": (lambda: False, "")})
	monkeypatch.setattr(system, "is_ubuntu", lambda: True)
	assert system.missing_packages(with_tests=True) == []
	monkeypatch.setattr(system, "is_ubuntu", lambda: False)
	assert system.missing_packages(with_tests=True) == ["chromium"]
	assert system.missing_packages(with_tests=False) == []


def test_a_failing_command_shows_the_end_of_its_log_and_what_to_do(tmp_path, monkeypatch):
	monkeypatch.setattr(paths, "LOGS", tmp_path)
	monkeypatch.setattr(paths, "ROOT", tmp_path)
	script = "for i in $(seq 100); do echo line $i; done; exit 3"
	with pytest.raises(EngineError) as failure:
		console.run_logged(["sh", "-c", script], "sample", "Turn it off and on.")
	assert "code 3" in str(failure.value) and "line 100" in str(failure.value)
	assert "line 50\n" not in str(failure.value)
	assert failure.value.hint == "Turn it off and on."


def test_each_step_is_numbered_and_timed(capsys):
	progress = Progress(2)
	with progress.step("First"):
		pass
	with pytest.raises(EngineError), progress.step("Second"):
		raise EngineError("no")
	lines = capsys.readouterr().out.splitlines()
	assert lines[0].startswith("[1/2] First ... done 0.0 s")
	assert lines[1].startswith("[2/2] Second ... failed after")
	assert [title for title, _seconds in progress.timings] == ["First"]
