# make            what there is
# make dataset    rebuild the newest version of the dataset from data/raw and compare it with the published one
# make test       check everything

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
PIP    := $(BIN)/python -m pip --disable-pip-version-check

# torch comes first and alone: its index may offer several builds of it, and the lock file must not choose.
TORCH := $(shell grep '^torch==' requirements.lock)

# The folders of pyproject.toml that hold a program, as mypy stops at one that does not.
TYPED := $(foreach folder,src training scripts benchmarks,$(if $(wildcard $(folder)/*.py $(folder)/*/*.py),$(folder)))

# At a terminal pip shows how far it is; into a file it only says what went wrong.
QUIET := $(shell test -t 2 || echo --quiet --quiet)

.DEFAULT_GOAL := help
.PHONY: help install dataset test lint clean

help:  ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP)  ## Make .venv with every pinned dependency and the package (the others do it themselves)
	@echo "== $(VENV) holds what requirements.lock and pyproject.toml ask for"

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or later is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.11"; exit 2; }
	@echo "== Making $(VENV) with $$($(PYTHON) --version); some 2.5 GB and a few minutes, once"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV) || \
	  { echo "== venv came without pip (on Debian: apt-get install python3-venv); giving it the pip that is here"; \
	    $(PYTHON) -m venv --without-pip $(VENV) && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }
	@$(PIP) --version | awk '{split($$2, v, "."); exit v[1] < 23}' || \
	  { echo "== pip is too old for the lock file; bringing it up to date"; $(PIP) install --quiet --upgrade pip; }
	@echo "== Installing $(TORCH)"
	@$(PIP) install $(QUIET) $(TORCH)
	@echo "== Installing the $$(grep -c == requirements.lock) packages of requirements.lock"
	@$(PIP) install $(QUIET) --requirement requirements.lock
	@echo "== Installing quotes itself, editable"
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@$(PIP) check
	@$(BIN)/quotes --version
	@touch $@

dataset: $(STAMP)  ## Rebuild the newest version from data/raw, compare it with the published one, show what it holds
	@$(BIN)/python scripts/regenerate.py

lint: $(STAMP)  ## Style (ruff) and types (mypy)
	@echo "== ruff"; $(BIN)/ruff check .
	@echo "== mypy"; $(BIN)/mypy $(TYPED)

test: $(STAMP)  ## Style, types and every test; fails, at the end, when any of them does
	@echo "== ruff"; $(BIN)/ruff check .; style=$$?; \
	  echo "== mypy"; $(BIN)/mypy $(TYPED); types=$$?; \
	  echo "== pytest"; $(BIN)/python -m pytest && exit $$((style | types))

clean:  ## Remove .venv and whatever the tools left behind
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build out src/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
