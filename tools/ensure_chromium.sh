#!/usr/bin/env bash
# Leaves a Chromium that starts without a screen.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/ensure_apt.sh

# Asking for the version tells a browser from Ubuntu's stub, which only points at a snap.
there() {
  local name
  for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then
      "$name" --version >/dev/null 2>&1 && return
    fi
  done
  compgen -G "$HOME/.cache/ms-playwright/chromium-*" >/dev/null
}

if ! there; then
  if grep -qs '^ID=ubuntu' /etc/os-release; then
    # Ubuntu has no Chromium package that works without snapd; Playwright's own build does.
    .venv/bin/playwright install --with-deps chromium </dev/null >&2 ||
      refuse "This machine lacks Chromium: install the package chromium and run make again."
  else
    need_package chromium fonts-liberation
  fi
fi
there || refuse "This machine lacks a Chromium that starts: install the package chromium and run make again."
