#!/usr/bin/env python3
"""The engine's command line, callable from any folder: python3 engine/kefu.py --help."""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from engine.cli import main  # noqa: E402

sys.exit(main())
