"""Where the portal lives and which addresses one may be sent on to. No framework."""

from urllib.parse import urlsplit

ROOT = "portal"


def safe_next(target: str | None) -> str:
	"""`target` when it is a path of this portal, else the portal's home: no open redirect."""
	home = f"/{ROOT}"
	if not target or "\\" in target or any(ord(c) < 33 for c in target):
		return home
	parts = urlsplit(target)
	if parts.scheme or parts.netloc or not (parts.path == home or parts.path.startswith(f"{home}/")):
		return home
	if "//" in parts.path or "/.." in parts.path or parts.path.startswith(f"{home}/login"):
		return home
	return target
