#!/bin/sh
# Creates what `python -m tools.lint` needs: var/tools/lint (ruff, preflight) and node_modules (ESLint, Prettier).
# Does nothing when the pinned versions are already there. PYTHON names the interpreter, python3 by default.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$root"
venv=var/tools/lint
python=${PYTHON:-python3}

# The stamp is written last, so that an interrupted installation is repeated.
want=$(cksum < tools/lint/requirements.txt)
if [ "$(cat "$venv/.stamp" 2>/dev/null || true)" != "$want" ]; then
	echo "lint: install ruff and preflight into $venv"
	rm -rf "$venv"
	mkdir -p "$(dirname "$venv")"
	"$python" -m venv "$venv" || {
		echo "lint: no virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2
		exit 1
	}
	"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r tools/lint/requirements.txt
	printf '%s' "$want" > "$venv/.stamp"
fi

# the engine's own node, where the system has none that is new enough
PATH="$root/var/tools/node/bin:$PATH"
if ! command -v npm >/dev/null 2>&1; then
	echo "lint: node and npm are missing: run make engine" >&2
	exit 1
fi
want=$(cksum < package-lock.json)
if [ "$(cat node_modules/.stamp 2>/dev/null || true)" != "$want" ]; then
	echo "lint: install ESLint and Prettier into node_modules"
	npm ci --no-audit --no-fund --loglevel=error
	printf '%s' "$want" > node_modules/.stamp
fi
