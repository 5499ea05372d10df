"""Commands of the suite on the bench command line."""

from __future__ import annotations

import json
import sys

import click
import frappe
from frappe.commands import get_site, pass_context


class _Site:
	"""Connects to the site of a command and leaves it again."""

	def __init__(self, context):
		self.site = get_site(context)

	def __enter__(self):
		frappe.init(site=self.site)
		frappe.connect()
		frappe.set_user("Administrator")

	def __exit__(self, kind, error, trace):
		if kind is None:
			frappe.db.commit()  # end of a command
		else:
			frappe.db.rollback()
		frappe.destroy()


@click.command("kefu-module")
@click.argument("action", type=click.Choice(["list", "enable", "disable"]))
@click.argument("name", required=False)
@pass_context
def kefu_module(context, action: str, name: str | None) -> None:
	"""List the suite's modules, or enable or disable one together with what depends on it."""
	from kefu_property.suite import state

	with _Site(context):
		if action == "list":
			enabled = state.enabled_keys()
			for key, entry in state.all_modules().items():
				needs = f"  needs {', '.join(entry['depends'])}" if entry["depends"] else ""
				click.echo(
					f"{'on ' if key in enabled else 'off'}  {key:14} {entry['version']:8} {entry['name']}{needs}"
				)
			return
		if not name:
			raise click.UsageError(f"kefu-module {action} needs the name of a module")
		try:
			changed = (state.enable if action == "enable" else state.disable)(name)
		except state.ModuleStateError as error:
			raise click.ClickException(str(error)) from error
		click.echo(f"{action}d: {', '.join(changed)}" if changed else "nothing to change")


@click.command("kefu-demo")
@pass_context
def kefu_demo(context) -> None:
	"""Load the demo data and one account per role."""
	from kefu_property.suite import demo

	with _Site(context):
		demo.load()


@click.command("kefu-accounts")
@pass_context
def kefu_accounts(context) -> None:
	"""Print the demo accounts as JSON."""
	from kefu_property.suite import demo

	with _Site(context):
		click.echo(json.dumps(demo.accounts(), ensure_ascii=False))


@click.command("kefu-audit")
@click.option("--project", help="only this project")
@pass_context
def kefu_audit(context, project: str | None) -> None:
	"""Prove that the ledger equals bills − payments − waivers + penalties, and list what differs."""
	from kefu_property.billing import audit

	with _Site(context):
		problems = audit.run(project=project)
		for problem in problems:
			click.echo(problem)
		click.echo(f"{len(problems)} differences")
	if problems:
		sys.exit(1)


commands = [kefu_module, kefu_demo, kefu_accounts, kefu_audit]
