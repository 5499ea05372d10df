"""Ruff, ESLint, Prettier and preflight run with this repository's settings; exit codes of the runner."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.lint.conftest import APP
from tools.lint.__main__ import main
from tools.lint.core import CHECKS

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = f"{APP}/public/js/a.js"


@pytest.fixture(scope="session")
def tools() -> Path:
	"""The tools as `make lint` installs them; does nothing when they are there."""
	subprocess.run([ROOT / "tools" / "lint" / "setup.sh"], check=True)
	return ROOT


@pytest.fixture
def bench_with_tools(bench, tools: Path):
	(bench.root / "var" / "tools").mkdir(parents=True)
	(bench.root / "var" / "tools" / "lint").symlink_to(tools / "var" / "tools" / "lint")
	(bench.root / "node_modules").symlink_to(tools / "node_modules")
	for name in (
		"pyproject.toml",
		"eslint.config.mjs",
		".prettierrc.json",
		".prettierignore",
		"tools/lint/eslint-rules.mjs",
	):
		(bench.root / name).parent.mkdir(parents=True, exist_ok=True)
		shutil.copy(tools / name, bench.root / name)
	return bench


def test_ruff(bench_with_tools):
	bench = bench_with_tools
	bench.app("api.py", 'def f(rows: list) -> str:\n\treturn "账单：" + str(rows)\n')
	assert bench.problems("ruff") == [] and bench.problems("ruff-format") == []
	bench.app("api.py", "import os\ndef f(a=[]):\n    return 'x'\n")
	assert {line.split(" ")[1] for line in bench.problems("ruff")} == {"F401", "I001", "B006"}
	assert bench.problems("ruff-format") == [f"{APP}/api.py: not formatted: ruff format"]


def test_missing_program_is_a_problem(bench):
	bench.app("api.py", "x = 1\n")
	bench.write(SCRIPT, "let x;\n")
	for check in ("ruff", "ruff-format", "eslint", "prettier"):
		assert any("tools/lint/setup.sh" in line for line in bench.problems(check)), check


def eslint(bench, codes: list[str]) -> list[set[str]]:
	"""The rules that each piece of code breaks; one run for all, for a start of ESLint takes a second."""
	for number, code in enumerate(codes):
		body = f"export function f(a, b) {{\n\t{code}\n\treturn [a, b];\n}}\n"
		bench.app(f"public/js/case_{number}.js", body)
	found: list[set[str]] = [set() for _ in codes]
	for line in bench.problems("eslint"):
		place, message = line.split(": ", 1)
		found[int(place.split("case_")[1].split(".")[0])].add(message.split(" ")[0])
	return found


def test_eslint_finds(bench_with_tools):
	cases = {
		"__(`Bill ${a}`);": "kefu/constant-translation",
		'__("Bill " + a);': "kefu/constant-translation",
		"__(`Bill`);": "kefu/constant-translation",
		"a.innerHTML = b;": "kefu/safe-html",
		"a.innerHTML = `<b>${b.title}</b>`;": "kefu/safe-html",
		'$(".x").html("<b>" + b + "</b>");': "kefu/safe-html",
		"$(a).append(`<li>${b.name}</li>`);": "kefu/safe-html",
		'a.insertAdjacentHTML("beforeend", b);': "kefu/safe-html",
		'$(a).html(__("Owner {0}", [b.name]));': "kefu/safe-html",
		"$(a).html(b.map((row) => `<li>${row.title}</li>`).join(''));": "kefu/safe-html",
		'f({ label: "Due Date" });': "kefu/translated-label",
		'f({ title: "Paid bills" });': "kefu/translated-label",
		"console.log(1);": "no-console",
		"unknown_name();": "no-undef",
		"alert(1);": "no-alert",
	}
	for (code, rule), found in zip(cases.items(), eslint(bench_with_tools, list(cases)), strict=True):
		assert found == {rule}, code


def test_eslint_passes(bench_with_tools):
	codes = [
		'__("Bill {0}", [a]);',
		'__("Bill " + "is paid");',
		'a.innerHTML = "";',
		"a.innerHTML = `<b>${frappe.utils.escape_html(b.title)}</b>`;",
		'$(a).html(`<b>${__("Paid")}</b>`);',
		"$(a).html(b.map((row) => `<li>${frappe.utils.escape_html(row.title)}</li>`).join(''));",
		"a.append(b);",
		'f({ label: __("Due Date"), fieldname: "due_date" });',
		'f({ label: "due_date" });',
		"frappe.call({ method: 'x' }).then(() => cur_frm.reload_doc());",
	]
	for code, found in zip(codes, eslint(bench_with_tools, codes), strict=True):
		assert found == set(), code


def test_prettier(bench_with_tools):
	bench = bench_with_tools
	bench.write(SCRIPT, 'let x = "a";\nx += x;\n')
	bench.app("public/scss/a.scss", ".a {\n\tcolor: red;\n}\n")
	assert bench.problems("prettier") == []
	bench.write(SCRIPT, "let x = 'a'\n")
	bench.app("public/scss/a.scss", ".a {color: red}")
	assert [line.split(": ")[0] for line in bench.problems("prettier")] == [SCRIPT, f"{APP}/public/scss/a.scss"]


def test_preflight(bench_with_tools):
	bench = bench_with_tools
	assert "hooks.py" in bench.problems("preflight")[0]
	bench.app("hooks.py", 'app_name = "kefu_property"\n')
	bench.app("api.py", "import frappe\n")
	assert bench.problems("preflight") == []
	bench.app(
		"api.py",
		"from frappe.utils import get_gravatar\nfrom frappe.utils.gzip_utils import x\nimport frappe.desk.listview\n",
	)
	bench.app("broken.py", "def f(:\n")
	found = bench.problems("preflight")
	assert any(line.startswith(f"{APP}/api.py:") for line in found)
	assert any("broken.py" in line for line in found)


def test_exit_codes(bench, capsys):
	root = ["--root", str(bench.root)]
	bench.app("api.py", "print(1)\n")
	assert main(["pitfalls", *root]) == 1
	out = capsys.readouterr().out
	assert "1 problem " in out and f"  {APP}/api.py:1: print:" in out and "0 of 1 checks passed" in out
	bench.app("api.py", "x = 1\n")
	assert main(["pitfalls", "texts", *root]) == 0
	assert "2 of 2 checks passed" in capsys.readouterr().out
	with pytest.raises(SystemExit):
		main(["no-such-check", *root])


def test_list_names_every_check(capsys):
	assert main(["--list"]) == 0
	assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(CHECKS)


def test_files_that_git_ignores_are_left_out(bench):
	bench.write(".gitignore", "/generated/\n")
	bench.write("generated/a.txt", "a\r\n")
	bench.write("apps/frappe/b.txt", "a\r\n")
	bench.write("c.txt", "a\r\n")
	subprocess.run(["git", "init", "-q", bench.root], check=True)
	assert [line.split(":")[0] for line in bench.problems("hygiene")] == ["c.txt"]
