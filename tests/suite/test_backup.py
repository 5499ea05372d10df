"""A backup is a backup only when it comes back: taken and restored with the commands of docs/operations.md, into a second site."""

import json
import os
import subprocess
from pathlib import Path

import frappe
import pytest

from engine import paths, sites
from engine.instances import Instance
from kefu_property.billing import audit
from tests.factories import billing

COPY = "restored.localhost"
#: rows of these tables have to be the same in the copy
TABLES = (
	"Property Unit",
	"Resident",
	"Fee Invoice",
	"Fee Ledger Entry",
	"Fee Payment",
	"Approval Record",
	"User",
	"File",
)


def bench(*arguments: str) -> str:
	"""One bench command on this test's instance; the arguments go through a pipe, passwords do not show in the process list."""
	done = subprocess.run(
		[paths.PYTHON, paths.ENGINE / "inside.py"],
		input=json.dumps(arguments),
		capture_output=True,
		text=True,
		cwd=os.environ["KEFU_SITES_PATH"],
		check=False,
	)
	assert done.returncode == 0, f"{arguments[:3]}: {done.stdout[-1500:]}{done.stderr[-1500:]}"
	return done.stdout


@pytest.fixture
def copy(site, tmp_path):
	"""An empty second site on the same instance, dropped after the test."""
	instance = Instance(os.environ["KEFU_INSTANCE"])
	access = ("--db-root-username", "root", "--db-root-password", sites.root_password(instance))
	bench(
		*("new-site", COPY, "--force", "--db-name", f"{sites.database_name(instance)}_copy"),
		*("--db-host", instance.db_host, "--db-port", str(instance.db_port)),
		*access,
		*("--admin-password", frappe.generate_hash(length=20)),
		*sites.host_scope(),
	)
	yield (COPY, *access)
	bench("drop-site", COPY, "--force", "--no-backup", "--archived-sites-path", str(tmp_path / "archived"), *access)


@pytest.mark.slow
@pytest.mark.framework_patch  # 071: triggers come back without their definer
def test_a_backup_comes_back_whole(copy, tmp_path):
	target, *access = copy
	project, _unit, resident, bills = billing.make_billed_home("2.35", building_area=128.6)
	billing.pay(resident, "100.00")
	private = frappe.get_doc(
		{"doctype": "File", "file_name": f"{project}.txt", "is_private": 1, "content": project}
	).insert()
	frappe.db.commit()  # the commands are other processes
	counts = {doctype: frappe.db.count(doctype) for doctype in TABLES}

	bench("--site", frappe.local.site, "backup", "--with-files", "--backup-path", str(tmp_path))
	dump, files, private_files = (
		str(next(tmp_path.glob(f"*-{kind}"))) for kind in ("database.sql.gz", "files.tar", "private-files.tar")
	)
	bench(
		*("--site", target, "restore", dump, "--with-public-files", files, "--with-private-files", private_files),
		*("--force", *access),
	)

	found = bench(
		"--site", target, "execute", "frappe.get_all", "--args", json.dumps(["Fee Invoice"]),
		"--kwargs", json.dumps({"filters": {"project": project}, "fields": ["name", "outstanding"]}),
	)  # fmt: skip
	assert json.loads(found) == [{"name": bills[0].name, "outstanding": 202.21}]
	for doctype, count in counts.items():
		answer = bench("--site", target, "execute", "frappe.db.count", "--args", json.dumps([doctype]))
		assert int(answer) == count, doctype
	# the ledger of the copy proves itself, its guards came along
	assert audit.run(project) == []
	assert bench(
		"--site", target, "execute", "kefu_property.billing.audit.run", "--args", json.dumps([project])
	).strip() in ("", "[]")
	assert (Path(target) / "private" / "files" / Path(private.file_url).name).read_text() == project
