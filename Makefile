# Every target sets up .venv first, from the lock file; a second run finds it done.
# `make demo FILINGS=folder` reads your own filings instead of the samples.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
UV := $(shell command -v uv)
FILINGS ?=
PEER := $(if $(BIOPACT_EDGARTOOLS_PYTHON),,.cache/edgartools/.installed) \
	$(if $(BIOPACT_NAMES_PYTHON),,.cache/names/.installed) \
	$(if $(BIOPACT_STORES_PYTHON),,.cache/stores/.installed)

.DEFAULT_GOAL := help
.PHONY: help install demo test lint bench docs lock clean

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

install: $(STAMP) ## Set up .venv with everything that the lock file names

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "biopact needs Python 3.11 or newer; \
	name one with make PYTHON=/path/to/python3.11, this is " + sys.version.split()[0])'
ifeq ($(UV),)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m ensurepip --upgrade >/dev/null
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
else
	test -x $(BIN)/python || uv venv --quiet --python $(PYTHON) $(VENV)
	uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements.lock
	uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
endif
	@touch $@

demo: $(STAMP) ## Read the sample filings (or FILINGS=path), print what is in them, write demo-output/
	$(BIN)/biopact demo $(FILINGS)

test: $(STAMP) ## Run every test, on two cores where there are two
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 2 --dist loadfile

lint: $(STAMP) ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP) $(PEER) ## Run every program of benchmarks/
	@for program in benchmarks/bench_*.py; do echo "== $$program"; \
	$(BIN)/python -m "benchmarks.$$(basename "$$program" .py)" || exit 1; done

.cache/edgartools/.installed: # what bench_reading compares with: 42 packages, so not in .venv
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check edgartools==5.62.0
	@touch $@

.cache/names/.installed: # what bench_names compares with: 45 packages
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check cleanco==2.3 rigour==2.6.1 nomenklatura==4.17.4
	@touch $@

.cache/stores/.installed: # what bench_stores compares with: 38 packages
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check biocypher==0.17.0 neo4j-graphrag==1.22.0
	@touch $@

docs: $(STAMP) ## Write the generated documentation again and check all of it
	$(BIN)/python -c 'from pathlib import Path; from biopact.ontology import rendering; \
	rendering.write_committed(Path("docs"))'
	$(BIN)/python -m biopact.queries docs
	$(BIN)/python -m tests.tour
	$(BIN)/python -m tests.notebooks
	$(BIN)/python -m pytest tests/test_docs.py

lock: ## Resolve the dependencies again into requirements.lock (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	    --no-emit-find-links --group dev pyproject.toml --output-file requirements.lock

clean: ## Remove .venv, caches and what the demo wrote
	rm -rf $(VENV) .cache build dist demo-output *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
