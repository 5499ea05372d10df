"""FRAPPE_SOURCE: an upstream tree, from a folder or a git repository, in place of the registry's copy."""

import subprocess
import sys

import pytest

from engine import framework, frontend, paths, stamps
from engine.console import EngineError


@pytest.fixture
def bench(tmp_path, monkeypatch):
	for name in ("FRAPPE", "APPS", "STAMPS", "LOGS", "ROOT", "CACHE"):
		monkeypatch.setattr(paths, name, tmp_path / "bench" / name.lower())
	monkeypatch.delenv("FRAPPE_SOURCE", raising=False)
	(tmp_path / "bench").mkdir()
	return tmp_path / "bench"


@pytest.fixture
def repository(tmp_path):
	"""A git repository with the branch version-15; its tree brings a package list and a builder of its own."""
	folder = tmp_path / "upstream"
	for name, text in {
		"frappe/__init__.py": "__version__ = '15.0.0'\n",
		"pyproject.toml": '[project]\nname = "frappe"\nrequires-python = ">=3.10"\n',
		"package.json": '{"engines": {"node": ">=20"}}',
		"esbuild/index.js": "",
	}.items():
		(folder / name).parent.mkdir(parents=True, exist_ok=True)
		(folder / name).write_text(text)
	git(folder, "init", "--quiet", "--initial-branch=version-15")
	commit(folder, "first")
	return folder


def git(folder, *arguments):
	subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True)


def commit(folder, text):
	git(folder, "add", "--all")
	git(folder, "-c", "user.name=T", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", text)


@pytest.mark.parametrize(
	("text", "expected"),
	[
		("https://example.com/frappe.git@version-15", ("https://example.com/frappe.git", "version-15")),
		("https://example.com/frappe.git", ("https://example.com/frappe.git", "")),
		("git@example.com:frappe/frappe.git", ("git@example.com:frappe/frappe.git", "")),
		("git@example.com:frappe/frappe.git@develop", ("git@example.com:frappe/frappe.git", "develop")),
		("/src/frappe@version-16", ("/src/frappe", "version-16")),
		("~/src/frappe", ("~/src/frappe", "")),
	],
)
def test_the_branch_is_told_from_the_address(text, expected):
	assert framework.split_branch(text) == expected


def test_a_branch_of_a_repository_is_taken(bench, repository, monkeypatch):
	monkeypatch.setenv("FRAPPE_SOURCE", f"{repository}@version-15")
	assert "taken from" in framework.ensure([])
	assert (paths.FRAPPE / "frappe/__init__.py").read_text() == "__version__ = '15.0.0'\n"
	assert framework.ensure([]) == "up to date"


def test_a_new_commit_of_the_branch_is_noticed(bench, repository, monkeypatch):
	monkeypatch.setenv("FRAPPE_SOURCE", f"{repository}@version-15")
	framework.ensure([])
	(repository / "frappe/__init__.py").write_text("__version__ = '15.0.1'\n")
	commit(repository, "second")
	framework.ensure([])
	assert "15.0.1" in (paths.FRAPPE / "frappe/__init__.py").read_text()


def test_the_choice_is_remembered(bench, repository, monkeypatch):
	"""A later `make run` without the setting must not put an older framework under the site."""
	monkeypatch.setenv("FRAPPE_SOURCE", f"{repository}@version-15")
	framework.ensure([])
	monkeypatch.delenv("FRAPPE_SOURCE")
	assert framework.source() == f"{repository}@version-15"
	assert framework.ensure([]) == "up to date"


def test_upstreams_own_builder_is_used(bench, repository, monkeypatch):
	monkeypatch.setenv("FRAPPE_SOURCE", str(repository))
	framework.ensure([])
	assert framework.has_own_builder()
	frontend.place_builder()
	assert not (paths.FRAPPE / "esbuild/build.mjs").exists()
	assert frontend.wanted_node() == 20


def test_a_tree_without_builder_gets_ours(bench, repository, monkeypatch):
	git(repository, "rm", "--quiet", "-r", "package.json", "esbuild")
	commit(repository, "no builder")
	monkeypatch.setenv("FRAPPE_SOURCE", str(repository))
	framework.ensure([])
	assert not framework.has_own_builder()
	frontend.place_builder()
	assert (paths.FRAPPE / "esbuild/build.mjs").exists()
	assert (paths.FRAPPE / "package.json").exists()


def test_a_plain_folder_is_copied(bench, repository, monkeypatch):
	git(repository, "checkout", "--quiet", "-b", "other")
	subprocess.run(["rm", "-rf", repository / ".git"], check=True)
	monkeypatch.setenv("FRAPPE_SOURCE", str(repository))
	framework.ensure([])
	before = framework.key()
	(repository / "frappe/x.py").write_text("x = 1\n")
	assert framework.key() != before


def test_a_branch_that_is_not_there_is_an_error(bench, repository, monkeypatch):
	monkeypatch.setenv("FRAPPE_SOURCE", f"{repository}@version-99")
	with pytest.raises(EngineError, match="version-99") as failure:
		framework.ensure([])
	assert "@branch" in failure.value.hint


def test_a_repository_without_the_framework_leaves_the_old_one_in_place(bench, repository, monkeypatch):
	paths.FRAPPE.mkdir(parents=True)
	(paths.FRAPPE / "old.py").touch()
	git(repository, "rm", "--quiet", "-r", "frappe")
	commit(repository, "nothing left")
	monkeypatch.setenv("FRAPPE_SOURCE", str(repository))
	with pytest.raises(EngineError, match="not a source tree"):
		framework.ensure([])
	assert (paths.FRAPPE / "old.py").exists()


@pytest.mark.parametrize("wanted", [">=3.99,<3.100", f">=3.8,<3.{sys.version_info.minor}"])
def test_another_python_version_is_asked_for_plainly(tmp_path, wanted):
	(tmp_path / "pyproject.toml").write_text(f'[project]\nrequires-python = "{wanted}"\n')
	with pytest.raises(EngineError, match=r"asks for Python") as failure:
		framework.check_python(tmp_path)
	assert "PYTHON=" in failure.value.hint


def test_a_fitting_python_version_passes(tmp_path):
	(tmp_path / "pyproject.toml").write_text('[project]\nrequires-python = ">=3.10,<4"\n')
	framework.check_python(tmp_path)


def test_stamps_follow_content_and_place_not_time(tmp_path, monkeypatch):
	monkeypatch.setattr(paths, "ROOT", tmp_path)
	monkeypatch.setattr(paths, "STAMPS", tmp_path / "stamps")
	(tmp_path / "a.py").write_text("1")
	first = stamps.digest(tmp_path / "a.py")
	(tmp_path / "a.py").touch()
	assert stamps.digest(tmp_path / "a.py") == first
	(tmp_path / "a.py").write_text("2")
	assert stamps.digest(tmp_path / "a.py") != first
	stamps.write("step", first)
	assert stamps.is_current("step", first) and not stamps.is_current("step", "other")
	stamps.forget("step")
	assert stamps.read("step") == ""
