"""`bench --site SITE run-tests --app kefu_property` runs the app's tests, which are written for pytest."""

import os
import subprocess
import sys
import unittest
from pathlib import Path

import frappe

BENCH = Path(__file__).resolve().parents[4]
PACKAGE = Path(__file__).resolve().parents[1]


class TestWithPytest(unittest.TestCase):
	__test__ = False  # pytest finds the tests by itself

	def test_all_of_the_app(self):
		environment = {
			**os.environ,
			"KEFU_SITE": frappe.local.site,
			"KEFU_SITES_PATH": str(Path(frappe.local.sites_path).resolve()),
			"KEFU_BASE_URL": frappe.utils.get_url(),
		}
		frappe.db.commit()  # the tests are another process
		tests = os.environ.get("KEFU_TESTS", str(PACKAGE))  # a part of them: a path or file::test
		done = subprocess.run([sys.executable, "-m", "pytest", "-q", tests], cwd=BENCH, env=environment, check=False)
		self.assertEqual(done.returncode, 0, "see the report of pytest above")
