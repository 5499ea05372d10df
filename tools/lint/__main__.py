"""`python -m tools.lint` runs every check; `python -m tools.lint NAME …` runs some of them.

Further commands: `--list`; `translations --missing` prints lines to add, `translations --sort` orders the file;
`json --fix` writes the app's JSON the way the framework exports it. Exit code 1 when anything is wrong.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tools.lint import external, hygiene, manifests, pitfalls, texts, translations  # noqa: F401 they fill the table
from tools.lint.core import CHECKS, Repo

SHOWN = 200


def run(repo: Repo, names: list[str]) -> int:
	"""Prints a line for each check and its problems; the number of checks that failed."""
	failed = 0
	for name in names:
		summary, function = CHECKS[name]
		start = time.monotonic()
		problems = sorted(set(function(repo)))
		seconds = time.monotonic() - start
		result = f"{len(problems)} problem{'s' * (len(problems) != 1)}" if problems else "ok"
		print(f"{name:<16} {seconds:5.1f} s  {result:<14} {summary}", flush=True)
		for problem in problems[:SHOWN]:
			print(f"  {problem}")
		if len(problems) > SHOWN:
			print(f"  … and {len(problems) - SHOWN} more")
		failed += bool(problems)
	return failed


def main(argv: list[str]) -> int:
	parser = argparse.ArgumentParser(prog="python -m tools.lint", description=__doc__)
	parser.add_argument("checks", nargs="*", help="names of checks; all when none is given")
	parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2], help="the bench to check")
	parser.add_argument("--list", action="store_true", help="list the checks")
	parser.add_argument(
		"--missing", action="store_true", help="with translations: print `source,` for each missing text"
	)
	parser.add_argument("--sort", action="store_true", help="with translations: sort the file, drop repeated lines")
	parser.add_argument("--fix", action="store_true", help="with json: rewrite files in the framework's form")
	options = parser.parse_args(argv)
	repo = Repo(options.root)

	if options.list:
		for name, (summary, _) in CHECKS.items():
			print(f"{name:<16} {summary}")
		return 0
	if unknown := [name for name in options.checks if name not in CHECKS]:
		parser.error(f"no such check: {', '.join(unknown)}; see --list")
	if options.missing:
		return translations.print_missing(repo)
	if options.sort:
		return translations.sort_file(repo)
	if options.fix:
		return hygiene.fix_json(repo)

	start = time.monotonic()
	names = options.checks or list(CHECKS)
	failed = run(repo, names)
	print(f"lint: {len(names) - failed} of {len(names)} checks passed in {time.monotonic() - start:.1f} s")
	return 1 if failed else 0


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
