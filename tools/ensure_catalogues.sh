#!/usr/bin/env bash
# Compiles the translations that are newer than their compiled form.
set -euo pipefail
cd "$(dirname "$0")/.."

while IFS= read -r -d '' source; do
  compiled="${source%.po}.mo"
  [ "$compiled" -nt "$source" ] || .venv/bin/pybabel -q compile -i "$source" -o "$compiled"
done < <(find app -name '*.po' -print0)
