"""Checks of this repository: `python -m tools.lint` runs all of them.

Standard library only; the outside tools (ruff, ESLint, Prettier, preflight) are started as programs from
`var/tools/lint` and `node_modules`, which `tools/lint/setup.sh` creates.
"""
