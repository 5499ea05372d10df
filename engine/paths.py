"""Where things are in the bench."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APPS = ROOT / "apps"
FRAPPE = APPS / "frappe"
APP = APPS / "kefu_property"
ENGINE = ROOT / "engine"
PATCHES = ROOT / "patches"
SITES = ROOT / "sites"
ENV = ROOT / "env"
# tests of the engine itself put their instances elsewhere
VAR = Path(os.environ.get("KEFU_VAR") or ROOT / "var")
CACHE = ROOT / "var" / "cache"
TOOLS = ROOT / "var" / "tools"
STAMPS = ROOT / "var" / "stamps"
LOGS = ROOT / "var" / "log"

PYTHON = ENV / "bin" / "python"
SITE = "kefu.localhost"
