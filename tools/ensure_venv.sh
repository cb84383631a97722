#!/usr/bin/env bash
# Leaves .venv with uv in it. Where it already stands nothing is done.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/ensure_apt.sh

uv='uv>=0.13.9,<0.14' # the build backend's range in pyproject.toml

suitable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local name
  for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if suitable "$name"; then
      echo "$name"
      return
    fi
  done
}

if ! suitable .venv/bin/python; then
  python=$(find_python)
  [ -n "$python" ] || refuse "This machine lacks Python 3.11 or newer: install the package python3 and run make again."
  # Debian keeps venv's own bootstrap in a package apart.
  "$python" -c 'import ensurepip' 2>/dev/null || need_package "$(basename "$python")-venv"
  "$python" -m venv --clear .venv
fi

if [ ! -x .venv/bin/uv ]; then
  .venv/bin/python -c 'import pip' 2>/dev/null || .venv/bin/python -m ensurepip >/dev/null
  .venv/bin/python -m pip install --quiet --disable-pip-version-check "$uv"
fi
