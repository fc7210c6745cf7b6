# Everything a person or CI does here. `make help` lists it.
# Variables: PORT, HOST (make run PORT=8001), ARGS (make manage ARGS="createsuperuser"), FILE (make restore),
# DATABASE_URL and all others of .env.example.

PYTHON ?= python3
# Through the environment, so that quotes inside them stay as they were typed.
export ARGS FILE
VENV_PYTHON := .venv/bin/python
RUNNER := $(VENV_PYTHON) -m portal.runner --end-with-parent
# Two at a time is what the browser and the database of a small machine bear.
PYTEST_OPTIONS := -n 2 --dist loadgroup

.DEFAULT_GOAL := help
.PHONY: help run dev manage test test-long lint format messages lock backup restore installed installed-dev chromium

help: ## This list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "make %-10s %s\n", $$1, $$2 }'

run: installed ## The portal at http://127.0.0.1:8000/, with everything it needs (PORT, HOST, DATABASE_URL)
	@$(RUNNER) run

dev: installed-dev ## The same, reloading with every change of the sources
	@$(RUNNER) dev

manage: installed ## A management command on the same database: make manage ARGS="…"
	@$(RUNNER) manage "$$ARGS"

test: installed-dev chromium ## The whole suite on real PostgreSQL, with the browser (ARGS="tests/portal -k …")
	@$(RUNNER) test "$(PYTEST_OPTIONS) $$ARGS"

test-long: installed-dev chromium ## The wide matrices too
	@$(RUNNER) test "$(PYTEST_OPTIONS) -m '' $$ARGS"

lint: installed-dev ## ruff, mypy, djlint, migrations, catalogues, deployment check, architecture
	@$(RUNNER) lint

format: installed-dev ## Let ruff put the sources in order
	@$(VENV_PYTHON) -m ruff check --fix --quiet .
	@$(VENV_PYTHON) -m ruff format --quiet .

messages: installed-dev ## Bring locale/ up to the sources; says what is left to translate
	@$(RUNNER) manage messages

lock: installed-dev ## Renew requirements/*.txt from pyproject.toml (UPGRADE=1 takes newer versions)
	@$(VENV_PYTHON) -m uv pip compile pyproject.toml $(LOCK_OPTIONS) --output-file requirements/runtime.txt
	@$(VENV_PYTHON) -m uv pip compile pyproject.toml --extra dev --constraint requirements/runtime.txt \
		$(LOCK_OPTIONS) --output-file requirements/dev.txt

LOCK_OPTIONS = --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header \
	--no-emit-find-links --no-annotate $(if $(UPGRADE),--upgrade)

backup: installed ## The whole database into a file in var/backups/
	@$(RUNNER) backup

restore: installed ## Replace the database by a backup: make restore FILE=var/backups/….dump
	@$(RUNNER) restore "$$FILE"

installed:
	@command -v $(PYTHON) >/dev/null || { echo "The portal needs Python 3.11 or newer: install python3." >&2; exit 1; }
	@$(PYTHON) portal/runner/bootstrap.py runtime

installed-dev:
	@command -v $(PYTHON) >/dev/null || { echo "The portal needs Python 3.11 or newer: install python3." >&2; exit 1; }
	@$(PYTHON) portal/runner/bootstrap.py dev

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing Chromium for the browser tests …"; \
			apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive \
				apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; \
		fi; \
	} || echo "Chromium could not be installed: the browser tests are skipped."
