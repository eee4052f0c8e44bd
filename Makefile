# The two commands of the README, and what developers use. Nothing here asks a question.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-strip-extras --python-version 3.11

COUNTING := -m "not uncounted" --cov-report=

.PHONY: demo story test check static long format lint types imports scripts pictures papers gallery bench golden fuzz audit lock clean

demo: $(VENV)/.run
	@$(BIN)/firsthand demo

story: $(VENV)/.run
	@$(BIN)/firsthand demo --story

test: $(VENV)/.dev
	$(BIN)/python -m pytest --numprocesses 2 $(if $(COUNTED),$(COUNTING) --cov --cov-append --ignore tests/conversations)

check: $(VENV)/.dev
	$(MAKE) --no-print-directory --jobs 2 --output-sync static long
	$(BIN)/python -m pytest --numprocesses 2 $(COUNTING) --cov --cov-config tests/conversations/coverage.ini tests/conversations
	$(MAKE) --no-print-directory test COUNTED=1
	$(BIN)/python -m coverage report --include='conversations/*' --fail-under=100
	$(BIN)/python -m coverage report

static: format lint types imports scripts

long: $(VENV)/.dev
	$(BIN)/python -m pytest --numprocesses 2 -m uncounted

format: $(VENV)/.dev
	$(BIN)/ruff format --check .

lint: $(VENV)/.dev
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

scripts: $(VENV)/.dev
	$(BIN)/firsthand scripts check

pictures: $(VENV)/.run
	$(BIN)/python -m docs.pictures.make

papers: $(VENV)/.run
	@$(BIN)/python -m docs.papers.make $(or $(FOLDER),papers)
	@echo "Written: $(or $(FOLDER),papers)"

gallery: $(VENV)/.dev
	@$(BIN)/python -m docs.gallery $(or $(FOLDER),gallery)

bench: $(VENV)/.dev
	$(BIN)/python -m tests.benchmarks.pictures
	$(BIN)/python -m tests.benchmarks.importing

golden: $(VENV)/.dev
	$(BIN)/python -m pytest --update-golden tests/conversations tests/bot/test_who_may_what.py tests/bot/test_who_reads_what.py

fuzz: $(VENV)/.dev
	$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),20) $(if $(TARGET),--target $(TARGET))

audit: $(VENV)/.dev
	@$(BIN)/python -m tests.audit

lock:
	$(LOCK) --extra build --extra dev --output-file requirements-dev.lock pyproject.toml
	$(LOCK) --extra build --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "Firsthand needs Python 3.11, 3.12 or 3.13. Try: make demo PYTHON=python3.12")'
	@echo "Setting up, once. This takes a minute."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf $(VENV) build gallery *.egg-info .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
