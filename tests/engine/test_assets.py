"""The asset builder, run as a command on a small bench of its own."""

import gzip
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from engine import frontend, paths

SCRIPT = """
import "./greeting.html";
import { twice } from "./twice";
import Box from "./Box.vue";
window.sample = { number: twice(21), box: Box };
"""
VUE = """
<template><p class="box">{{ label }}</p></template>
<script setup>
import { ref } from "vue";
const label = ref("a label");
</script>
<style scoped lang="scss">
$colour: #123456;
.box { color: $colour; }
</style>
"""


class Bench:
	def __init__(self, root: Path):
		self.root = root
		framework = root / "apps" / "frappe"
		(framework / "frappe" / "public").mkdir(parents=True)
		shutil.copytree(paths.ENGINE / "assets", framework / "esbuild")
		shutil.copy(paths.ENGINE / "assets" / "package.json", framework)
		(framework / "node_modules").symlink_to(paths.FRAPPE / "node_modules")
		(root / "sites").mkdir()
		(root / "sites" / "apps.txt").write_text("frappe\nsample\n")
		self.public = root / "apps" / "sample" / "sample" / "public"
		self.write("js/sample.bundle.ts", SCRIPT)
		self.write("js/twice.ts", "export const twice = (n: number): number => 2 * n;")
		self.write("js/greeting.html", "<!-- a note -->\n<p>It's\n\t{{ name }}</p>\n")
		self.write("js/Box.vue", VUE)
		self.write("scss/sample.bundle.scss", '@import "parts/side";\n.a { background: url("/assets/sample/x.png"); }')
		self.write("scss/parts/_side.scss", ".side { margin-left: 1px; user-select: none; }")
		self.write("js/node_modules/skipped.bundle.js", "window.skipped = 1;")

	def write(self, name: str, text: str) -> None:
		file = self.public / name
		file.parent.mkdir(parents=True, exist_ok=True)
		file.write_text(text)

	def command(self, *flags: str) -> list[str]:
		return [frontend.node(), str(self.root / "apps" / "frappe" / "esbuild" / "build.mjs"), *flags]

	def build(self, *flags: str) -> subprocess.CompletedProcess:
		return subprocess.run(self.command(*flags), capture_output=True, text=True, cwd=self.root, check=False)

	def names(self, rtl: bool = False) -> dict[str, str]:
		return json.loads((self.root / "sites" / "assets" / f"assets{'-rtl' if rtl else ''}.json").read_text())

	def file(self, url: str) -> Path:
		return self.root / "sites" / url.lstrip("/")

	def content(self, bundle: str, rtl: bool = False) -> str:
		return self.file(self.names(rtl)[bundle]).read_text()


@pytest.fixture(scope="module")
def built(tmp_path_factory):
	bench = Bench(tmp_path_factory.mktemp("bench"))
	result = bench.build("--production", "--run-build-command")
	assert result.returncode == 0, result.stderr
	return bench


@pytest.fixture
def bench(tmp_path):
	return Bench(tmp_path / "bench")


def test_every_bundle_and_nothing_else(built):
	assert set(built.names()) == {"sample.bundle.js", "sample.bundle.css"}
	assert set(built.names(rtl=True)) == {"rtl_sample.bundle.css"}
	for url in [*built.names().values(), *built.names(rtl=True).values()]:
		assert built.file(url).is_file()
		assert url.startswith("/assets/sample/dist/")


def test_script_runs_and_holds_its_parts(built):
	code = built.content("sample.bundle.js")
	program = f"""
		globalThis.window = globalThis;
		globalThis.frappe = {{ templates: {{}} }};
		globalThis.document = {{ createElement: () => ({{}}), head: {{ appendChild: (e) => (globalThis.css = e.textContent) }} }};
		{code}
		console.log(JSON.stringify([sample.number, frappe.templates.greeting, css, Boolean(sample.box.setup)]));
	"""
	done = subprocess.run([frontend.node(), "-e", program], capture_output=True, text=True, check=True)
	number, template, css, is_component = json.loads(done.stdout)
	assert number == 42
	assert template.strip() == "<p>It's {{ name }}</p>"
	assert "#123456" in css and "[data-v-" in css
	assert is_component


def test_style_is_compiled_prefixed_and_mirrored(built):
	css, mirrored = built.content("sample.bundle.css"), built.content("rtl_sample.bundle.css", rtl=True)
	assert "margin-left" in css and "-webkit-user-select" in css
	assert "margin-right" in mirrored and "margin-left" not in mirrored
	assert "/assets/sample/x.png" in css


def test_production_is_minified_and_compressed(built):
	file = built.file(built.names()["sample.bundle.js"])
	assert "sourceMappingURL" not in file.read_text()
	assert gzip.decompress(file.with_name(file.name + ".gz").read_bytes()) == file.read_bytes()


def test_links_lead_to_the_app(built):
	assert (built.root / "sites" / "assets" / "sample").resolve() == built.public.resolve()


def test_development_build_has_source_maps(bench):
	assert bench.build("--apps", "sample").returncode == 0
	file = bench.file(bench.names()["sample.bundle.js"])
	assert file.read_text().rstrip().endswith(f"sourceMappingURL={file.name}.map")
	assert any("twice.ts" in source for source in json.loads(Path(f"{file}.map").read_text())["sources"])


def test_name_follows_content(bench):
	bench.build("--apps", "sample")
	before = bench.names()
	bench.write("js/twice.ts", "export const twice = (n: number): number => n + n;")
	bench.build("--apps", "sample")
	after = bench.names()
	assert before["sample.bundle.css"] == after["sample.bundle.css"]
	assert before["sample.bundle.js"] != after["sample.bundle.js"]
	# an open browser tab may still ask for the old one
	assert bench.file(before["sample.bundle.js"]).exists()


def test_replaced_files_go_after_a_day(bench):
	bench.build("--apps", "sample")
	old = bench.file(bench.names()["sample.bundle.js"])
	bench.write("js/twice.ts", "export const twice = (n: number): number => n + n;")
	day_before_yesterday = time.time() - 2 * 24 * 3600
	os.utime(old, (day_before_yesterday, day_before_yesterday))
	bench.build("--apps", "sample")
	assert not old.exists()
	assert bench.file(bench.names()["sample.bundle.js"]).exists()


def test_failed_build_changes_nothing(bench):
	bench.build("--apps", "sample")
	before = bench.names()
	bench.write("js/twice.ts", "export const twice = (((")
	result = bench.build("--apps", "sample")
	assert result.returncode != 0
	assert "twice.ts" in result.stderr
	assert bench.names() == before
	assert all(bench.file(url).exists() for url in before.values())


def test_building_one_app_keeps_the_names_of_others(bench):
	(bench.root / "sites" / "assets").mkdir()
	other = {
		"desk.bundle.js": "/assets/frappe/dist/js/desk.bundle.1.js",
		"old.bundle.js": "/assets/sample/dist/js/old.js",
	}
	(bench.root / "sites" / "assets" / "assets.json").write_text(json.dumps(other))
	bench.build("--apps", "sample")
	assert bench.names()["desk.bundle.js"] == other["desk.bundle.js"]
	assert "old.bundle.js" not in bench.names()


def test_files_option_builds_their_app(bench):
	bench.build("--files", "sample/sample.bundle.js")
	assert "sample.bundle.js" in bench.names()


def test_unknown_app_is_named(bench):
	result = bench.build("--apps", "nowhere")
	assert result.returncode != 0 and "nowhere" in result.stderr


def test_two_sources_of_one_bundle_are_refused(bench):
	bench.write("js/more/sample.bundle.js", "window.other = 1;")
	result = bench.build("--apps", "sample")
	assert result.returncode != 0 and "sample.bundle.js" in result.stderr


def test_names_are_never_ahead_of_files(bench):
	"""A reader that looks all the time while builds run sees no name without its file."""
	bench.build("--apps", "sample")
	missing, looks = [], 0
	for n in range(2):
		bench.write("js/twice.ts", f"export const twice = (n: number): number => n * {n};")
		with subprocess.Popen(bench.command("--apps", "sample"), stdout=subprocess.DEVNULL) as build:
			while build.poll() is None:
				missing += [url for url in bench.names().values() if not bench.file(url).exists()]
				looks += 1
				time.sleep(0.01)
	assert looks > 50
	assert missing == []


def test_watch_rebuilds_and_survives_errors(bench):
	log = bench.root / "watch.log"
	with log.open("w") as out, subprocess.Popen(bench.command("--watch"), stdout=out, stderr=out) as watch:
		try:
			wait_until(lambda: "watching" in log.read_text())
			first = bench.names()["sample.bundle.js"]
			bench.write("js/twice.ts", "export const twice = (((")
			wait_until(lambda: "error" in log.read_text())
			assert bench.names()["sample.bundle.js"] == first
			bench.write("js/twice.ts", "export const twice = (n: number): number => 5 * n;")
			wait_until(lambda: bench.names()["sample.bundle.js"] != first)
			styled = bench.names()["sample.bundle.css"]
			bench.write("scss/parts/_side.scss", ".side { margin-left: 2px; }")
			wait_until(lambda: bench.names()["sample.bundle.css"] != styled)
		finally:
			watch.send_signal(signal.SIGTERM)


def wait_until(condition, seconds: float = 20) -> None:
	deadline = time.monotonic() + seconds
	while not condition():
		assert time.monotonic() < deadline, "did not happen in time"
		time.sleep(0.1)
