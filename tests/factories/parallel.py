"""Calls of several real processes at the same moment, each with its own connection and transaction."""

from __future__ import annotations

import multiprocessing
import os
import traceback
from collections.abc import Callable, Sequence


def at_once(function: Callable, calls: Sequence[tuple], user: str = "Administrator") -> list[str]:
	"""Run `function(*args)` for each tuple in a process of its own, all released together by a barrier.

	`function` is a module-level function; its data must be committed. Each process commits what it did. Returns
	"ok" or the name of the exception's class for each call, in order.
	"""
	context = multiprocessing.get_context("spawn")
	barrier, results = context.Barrier(len(calls)), context.Queue()
	site = (os.environ["KEFU_SITE"], os.environ["KEFU_SITES_PATH"])
	workers = [
		context.Process(target=_work, args=(number, site, user, function, args, barrier, results))
		for number, args in enumerate(calls)
	]
	for worker in workers:
		worker.start()
	answers = dict(results.get(timeout=60) for _ in workers)
	for worker in workers:
		worker.join(timeout=60)
	return [answers[number] for number in range(len(calls))]


def _work(number, site, user, function, args, barrier, results) -> None:
	import frappe

	os.chdir(site[1])
	frappe.init(site=site[0], sites_path=".")
	frappe.connect()
	frappe.local.lang = "en"
	frappe.set_user(user)
	try:
		barrier.wait(timeout=30)
		function(*args)
		frappe.db.commit()
		results.put((number, "ok"))
	except Exception as error:
		frappe.db.rollback()
		if os.environ.get("KEFU_SHOW_ERRORS"):
			traceback.print_exc()
		results.put((number, type(error).__name__))
	finally:
		frappe.destroy()
