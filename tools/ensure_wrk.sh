#!/usr/bin/env bash
# Leaves wrk, the load that `make bench` puts on the servers.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/ensure_apt.sh

there() { command -v wrk >/dev/null; }

there || need_package wrk
there || refuse "This machine lacks wrk: install the package wrk and run make again."
