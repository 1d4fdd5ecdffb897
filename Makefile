# Everything a person or a machine does with this checkout. Needs python3 (3.11), its venv module and make.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
# Workers of the suite: one more than two cores, because much of a test is waiting.
PROCESSES ?= 3
CHROMIUM ?= /usr/bin/chromium
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
UV := var/uv/bin/uv
COMPILE := $(UV) pip compile --python-version 3.11 --generate-hashes --no-header -q pyproject.toml

.PHONY: help setup packages run test check messages bench bench-screening screenshots lock

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /: /'

setup: ## virtual environment from the lock; nothing when the lock has not changed
	@for own in . .venv; do [ ! -e $$own ] || [ -w $$own ] || \
		{ echo "You may not write in $$(realpath $$own): it belongs to somebody else. Make a checkout of your own."; exit 1; }; \
	done
	@if ! $(BIN)/python -c 'import pip' 2>/dev/null; then \
		$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
			|| { echo "This needs Python 3.11 or newer; say where it is: make PYTHON=python3.11 ..."; exit 1; }; \
		$(PYTHON) -m venv --clear .venv; \
	fi
	@if [ "$$(cat requirements-dev.lock)" != "$$(cat .venv/installed.lock 2>/dev/null)" ]; then \
		echo "Installing what requirements-dev.lock names..."; \
		$(PIP) install -q --require-hashes --no-deps --only-binary :all: -r requirements-dev.lock \
			&& cp requirements-dev.lock .venv/installed.lock; \
	fi

# Debian's packages: a browser for the journeys, gettext for the catalogue. Installed by root, else told.
packages:
	@missing=""; \
	[ -x $(CHROMIUM) ] || missing="chromium fonts-liberation"; \
	command -v xgettext >/dev/null || missing="$$missing gettext"; \
	if [ -n "$$missing" ]; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Installing $$missing..."; \
			export DEBIAN_FRONTEND=noninteractive PATH="$$PATH:/usr/sbin:/sbin"; \
			{ apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing; } >/dev/null \
				|| echo "Could not install them: the tests that need them are skipped."; \
		else \
			echo "For the browser tests and the catalogue: sudo apt-get install -y $$missing"; \
		fi; \
	fi

run: setup ## everything, with a demo office on first start; PORT=8010 serves there
	@exec $(BIN)/python -m backoffice.serve --port $(PORT)

test: setup packages ## the whole suite, browser journeys included
	$(BIN)/python -m pytest -n $(PROCESSES) --dist worksteal

check: setup packages ## format, lint, types, import contracts, migrations, translations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy || { rm -rf .mypy_cache; $(BIN)/mypy; } # its cache does not see a new relation's other end
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m tests.architecture.catalogue

messages: setup packages ## the words on the screen collected anew into locale/, and compiled
	@$(BIN)/python -m tests.architecture.messages

bench: setup ## the benchmarks, as ratios against their yardsticks
	$(BIN)/python -m bench

bench-screening: setup ## who is found again and how fast, beside pg_trgm and rapidfuzz; MILLION=1 for a million
	$(BIN)/python -m bench.screening $(if $(MILLION),--million)

screenshots: setup packages ## the pictures of the documentation, from the running program
	$(BIN)/python -m docs.screenshots

lock: ## both locks anew from pyproject.toml
	@[ -x $(UV) ] || { $(PYTHON) -m venv var/uv && var/uv/bin/python -m pip --disable-pip-version-check install -q uv; }
	$(COMPILE) -o requirements.lock
	$(COMPILE) --group dev -o requirements-dev.lock
