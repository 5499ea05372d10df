"""Code that runs in the test site, in a process of its own, as a background job does."""

import os
import subprocess

from engine import paths


def in_site(code: str) -> str:
	"""Run `code` with frappe connected as Administrator; return what it printed."""
	site, folder = os.environ["KEFU_SITE"], os.environ["KEFU_SITES_PATH"]
	head = f"import frappe\nfrappe.init(site={site!r}, sites_path={folder!r})\nfrappe.connect()\n"
	done = subprocess.run(
		[str(paths.PYTHON), "-c", head + code], cwd=folder, capture_output=True, text=True, check=False
	)
	assert done.returncode == 0, done.stderr
	return done.stdout
