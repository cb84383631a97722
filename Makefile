# make run    sets everything up and serves the demonstration on http://127.0.0.1:8000
# make test   sets everything up and runs every check: style, types, and the tests on SQLite, PostgreSQL and Chromium
# make proof  the long proofs in full           make bench      the measurements, beside the yardstick
# make fmt    orders imports and lines          make lint       style and types alone
# make vendor makes static/vendor again         make catalogue  collects sentences and compiles translations
# make openapi writes the snapshot of the API anew, after a change that only adds

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# Recipes are written one after the other; two at once would race for .venv.
.NOTPARALLEL:
.PHONY: help run test proof bench lint fmt vendor catalogue openapi tools .venv

PYTHONS = .venv/bin/python -m
CHECKED = app tests tools
# `--inexact`: `make run` after `make test` must not take the tests' packages away, nor uv itself.
SYNC = UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv .venv/bin/uv sync --quiet --frozen --inexact \
	--python .venv/bin/python

help:
	@sed -n 's/^# //p' Makefile | head -6

run: .venv
	.venv/bin/tracker demo

.venv: .venv/.synced-run
	@:

.venv/.synced-run: uv.lock pyproject.toml tools/ensure_venv.sh
	@tools/ensure_venv.sh
	@$(SYNC) --no-dev
	@touch $@

.venv/.synced-test: .venv/.synced-run
	@$(SYNC)
	@touch $@

tools: .venv/.synced-test
	@tools/ensure_postgresql.sh
	@tools/ensure_chromium.sh
	@tools/ensure_catalogues.sh

test: tools lint
	$(PYTHONS) pytest -q -n 2

proof: tools
	TRACKER_PROOF=full $(PYTHONS) pytest -q -n 2 -m proof -o faulthandler_timeout=7200

bench: .venv/.synced-test
	@tools/ensure_wrk.sh
	$(PYTHONS) tests.bench $(BENCH)

lint: .venv/.synced-test
	$(PYTHONS) ruff check
	$(PYTHONS) ruff format --check --quiet
	$(PYTHONS) mypy $(CHECKED)

fmt: .venv/.synced-test
	$(PYTHONS) ruff check --fix --select I
	$(PYTHONS) ruff format

vendor: .venv/.synced-test
	.venv/bin/python tools/vendor.py

openapi: .venv/.synced-run
	.venv/bin/python tools/openapi.py

catalogue: .venv/.synced-test
	.venv/bin/pybabel -q extract -F tools/babel.toml -o app/locale/messages.pot --omit-header --sort-by-file .
	for language in app/locale/*/; do \
		.venv/bin/pybabel -q update -i app/locale/messages.pot -d app/locale -l "$$(basename "$$language")"; \
	done
	tools/ensure_catalogues.sh
