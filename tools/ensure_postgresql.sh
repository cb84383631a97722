#!/usr/bin/env bash
# Leaves a PostgreSQL server's programs on the machine; the tests start a server of their own with them.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/ensure_apt.sh

there() { command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

there || need_package postgresql
there || refuse "This machine lacks a PostgreSQL server: install the package postgresql and run make again."
