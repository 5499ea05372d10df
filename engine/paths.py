"""Where things are in the bench."""

import os
from pathlib import Path

ROOT = Path(os.environ.get("KEFU_ROOT") or Path(__file__).resolve().parents[1])
APPS = ROOT / "apps"
FRAPPE = APPS / "frappe"
APP = APPS / "kefu_property"
ENGINE = ROOT / "engine"
PATCHES = ROOT / "patches"
SITES = ROOT / "sites"
ENV = ROOT / "env"
VAR = ROOT / "var"
CACHE = VAR / "cache"
TOOLS = VAR / "tools"
STAMPS = VAR / "stamps"
LOGS = VAR / "log"

PYTHON = ENV / "bin" / "python"
SITE = "kefu.localhost"
