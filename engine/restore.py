"""Turns the registry's copy of the framework back into apps/frappe.

The wheel `criscostack` (MIT) is a redistribution of Frappe 15.0.0-dev in which the word frappe was renamed throughout. The
renaming is undone mechanically. The wheel is pinned by its hash: another content is refused.
"""

import hashlib
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

from engine import paths
from engine.console import EngineError, run_logged

WHEEL = "criscostack-1.0.0-py3-none-any.whl"
REQUIREMENT = "criscostack==1.0.0"
SHA256 = "dc58aaf29c59b7666edc953596e5b31f77d7286b2ed6b14c6a205b217c210349"

# the longer and the more specific first
NAMES = [
	(old.swapcase() if upper else old, new)
	for upper, old, new in (
		(True, "criscoerp", "ERPNEXT"),
		(False, "Criscoerp", "ERPNext"),
		(False, "criscoerp", "erpnext"),
		(True, "criscostack", "FRAPPE"),
		(False, "Criscostack", "Frappe"),
		(False, "criscostack", "frappe"),
		(True, "crisco", "FRAPPE"),
		(False, "Crisco", "Frappe"),
		(False, "crisco", "frappe"),
	)
]
# files whose own name was changed in another way
FILES = {"brik_helper.py": "bench_helper.py"}


def original_name(text: str) -> str:
	for old, new in NAMES:
		text = text.replace(old, new)
	return text


def original_path(path: str) -> str:
	folder, _, name = original_name(path).rpartition("/")
	name = FILES.get(name, name)
	return f"{folder}/{name}" if folder else name


def original_content(content: bytes) -> bytes:
	"""The content with the names put back; binary content is returned as it is."""
	if b"\0" in content:
		return content
	try:
		return original_name(content.decode("utf-8")).encode("utf-8")
	except UnicodeDecodeError:
		return content


def check_wheel(wheel: Path) -> None:
	found = hashlib.sha256(wheel.read_bytes()).hexdigest()
	if found != SHA256:
		raise EngineError(
			f"{wheel.name} has the SHA-256 {found}, expected {SHA256}.",
			f"Delete {wheel} and repeat. If the hash stays wrong, the registry serves another file: do not use it; set FRAPPE_SOURCE instead.",
		)


def unpack(wheel: Path, target: Path) -> int:
	"""Write the framework below `target`; return the number of files."""
	count = 0
	with zipfile.ZipFile(wheel) as archive:
		for name in sorted(archive.namelist()):
			if not name.startswith("criscostack/") or name.endswith(("/", ".DS_Store", ".pyc")):
				continue
			content = original_content(archive.read(name))
			path = original_path(name)
			if re.search("crisco", path, re.IGNORECASE) or re.search(rb"crisco", content, re.IGNORECASE):
				raise EngineError(
					f"{name} still bears the changed name after the restoration.", "Report this as a defect."
				)
			file = target / path
			file.parent.mkdir(parents=True, exist_ok=True)
			file.write_bytes(content)
			count += 1
	return count


def fetch_wheel(pip: list[str]) -> Path:
	wheel = paths.CACHE / WHEEL
	if not wheel.exists():
		paths.CACHE.mkdir(parents=True, exist_ok=True)
		run_logged(
			[*pip, "download", "--no-deps", "--only-binary=:all:", "--dest", paths.CACHE, REQUIREMENT],
			"framework-download",
			"Check that the Python package index is reachable, or point FRAPPE_SOURCE to a copy of Frappe.",
		)
	check_wheel(wheel)
	return wheel


def apply_patches(target: Path, patches: list[Path]) -> None:
	for patch in patches:
		with patch.open("rb") as content:
			command = ["patch", "-p1", "--forward", "--batch", "--fuzz=0", "--reject-file=-"]
			done = subprocess.run(command, cwd=target, check=False, stdin=content, capture_output=True, text=True)
		if done.returncode:
			raise EngineError(
				f"patches/{patch.name} does not apply:\n{done.stdout}{done.stderr}",
				"Adapt the patch to the framework's source, or remove it when upstream has repaired the defect.",
			)


def patch_files() -> list[Path]:
	return sorted(paths.PATCHES.glob("*.patch"))


def restore(wheel: Path, target: Path) -> int:
	"""Restore into `target` (replaced as a whole except node_modules), with patches and neutral images."""
	work = target.with_name(target.name + ".new")
	shutil.rmtree(work, ignore_errors=True)
	count = unpack(wheel, work)
	apply_patches(work, patch_files())
	images = paths.ENGINE / "images"
	if images.is_dir():
		shutil.copytree(images, work / "frappe" / "public" / "images", dirs_exist_ok=True)
	shutil.copy(paths.ENGINE / "frappe.pyproject.toml", work / "pyproject.toml")
	place(work, target)
	return count


def place(work: Path, target: Path) -> None:
	"""Put the finished tree in place of the old one; installed node modules are kept."""
	if (target / "node_modules").is_dir():
		(target / "node_modules").rename(work / "node_modules")
	shutil.rmtree(target, ignore_errors=True)
	work.rename(target)
