"""Brings the framework, the services and the sites of this bench into place; see docs/engine.md."""

import sys

if sys.version_info < (3, 10):  # noqa: UP036 (the reader may have an older one)
	sys.exit("Python 3.10 or newer is needed: `make PYTHON=python3.11 run`, for instance.")
