# `make run` and `make test` set up what they need on a fresh machine; again, they start at once.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

FITS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c '$(FITS)' >/dev/null 2>&1 && { echo $$name; break; }; done)
PY := $(VENV)/bin/python
FLASK := $(PY) -m flask --app wsgi
STATIC := web/static/manifest.json
APT := .ci/debian-packages

.PHONY: help run demo england wheel test quick lint bench soak commands picture lock assets clean

help:
	@echo "make run       set up, then serve http://$(HOST):$(PORT)"
	echo "make test      set up for tests, check style and types, run every test"
	echo "make quick     for everyday work: no browser, no PostgreSQL, no kills, no real files, few examples"
	echo "make lint      style and types only"
	echo "make bench     measure beside peers and limits; BENCH_JSON=file for JSON lines as well"
	echo "make soak      the long fault and load runs, and every property with all its examples"
	echo "make commands  write docs/commands.md anew from the commands' own help"
	echo "make demo      load the demonstration: an example plan, meetings and people, marked as made up"
	echo "make wheel     build the installable package into dist/"
	echo "make england   write the facts of England that ship anew: FILES=… MADE_ON=2026-11-30 KNOWN=kind=day"
	echo "make picture   take the README's picture anew from the demonstration; needs Chromium"
	echo "make lock      resolve the dependencies anew and write the lock files"
	echo "make clean     remove everything that set-up made, but not the store"

run: $(VENV)/.run $(STATIC)
	@exec $(PY) -m web.serve

demo: $(VENV)/.run $(STATIC)
	@$(FLASK) store migrate
	$(FLASK) demo

wheel: $(VENV)/.test $(STATIC)
	@SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct)} $(PY) -m build --wheel --no-isolation

england: $(VENV)/.run
	@$(FLASK) england make $(FILES) --made-on "$(MADE_ON)" $(foreach told,$(KNOWN),--known $(told))

test: $(VENV)/.test $(STATIC) lint
	@if ! command -v chromium >/dev/null; then $(APT) chromium || true; fi
	code=0
	$(PY) -m pytest -q -n 2 || code=$$?
	if ! command -v chromium >/dev/null; then
		echo "!!! NOT RUN: the browser tests. There is no Chromium here and it could not be installed." >&2
	fi
	exit $$code

quick: $(VENV)/.test
	@$(PY) -m pytest -q -n 2 --hypothesis-profile=quick -m "not soak and not postgres" \
		--ignore=tests/browser --ignore=tests/faults --ignore=tests/whole

lint: $(VENV)/.test
	@$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

bench: $(VENV)/.bench $(STATIC)
	@$(PY) -m tests.benchmarks

soak: $(VENV)/.test $(STATIC)
	@$(PY) -m pytest -q -n 2 --hypothesis-profile=soak -m "soak or property"

commands: $(VENV)/.test
	@$(PY) -m tests.command_list docs/commands.md

picture: $(VENV)/.test $(STATIC)
	@$(PY) -m tests.browser.picture docs/authority.png

assets: $(STATIC)

lock: $(VENV)/.run
	@$(PY) -m pip install --quiet uv
	compile() { $(PY) -m uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade --quiet \
		--no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$$@" >/dev/null; }
	compile pyproject.toml -o requirements.txt
	compile pyproject.toml --extra test -o requirements-test.txt
	compile --group node -o requirements-node.txt
	compile --group bench -o requirements-bench.txt
	npm install --package-lock-only --omit=optional

clean:
	rm -rf $(VENV) node_modules web/static web/static.new .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	@if [ -z "$(PYTHON)" ]; then
		$(APT) python3-venv || { echo "Python 3.11 or newer with venv is needed." >&2; exit 1; }
	fi
	chosen="$(PYTHON)"
	"$${chosen:-python3}" -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.test: requirements-test.txt $(VENV)/.run
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

$(VENV)/.bench: requirements-bench.txt $(VENV)/.test
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

$(STATIC): package-lock.json web/assets_build.py $(wildcard web/assets/*) | $(VENV)/.run
	@$(PY) -m web.assets_build --possible || \
		$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.txt
	$(PY) -m web.assets_build
