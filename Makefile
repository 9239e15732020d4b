# `make help` lists what there is. Nothing here needs root, and nothing leaves this folder.

PYTHON ?= python3
BIN := .venv/bin
# Files that say "installed": made last, so an interrupted installation is taken up again.
RUNTIME := .venv/installed-runtime
DEV := .venv/installed-dev
# The build of the package happens in an environment of its own, which has its own variable.
PIP := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
	PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_USE_PEP517=1 $(BIN)/python -m pip --quiet

.DEFAULT_GOAL := help
.PHONY: help install run test check bench picture clean

help: ## List these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

install: $(RUNTIME) ## Make .venv and install what `run` needs

run: $(RUNTIME) ## Start the trainer
	@$(BIN)/trainer

check: $(DEV) ## Style, types and the walls between the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check ## All checks, then all tests
	$(BIN)/pytest --numprocesses auto --dist loadgroup --no-loadscope-reorder

bench: $(DEV) ## Measure, as ratios against a reference in the same run
	$(BIN)/python -m benchmarks

picture: $(RUNTIME) ## Draw the picture in the README again
	$(BIN)/python docs/picture.py

clean: ## Remove .venv, caches and build results
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing the trainer into .venv ..."
	@$(PIP) install --editable .
	@$(PIP) install --only-binary pocketsphinx --editable '.[builtin]' 2>/dev/null || \
		echo "PocketSphinx was not installed: there may be no package of it for this Python." \
			"Spoken answers need a Vosk model then, see: trainer models list"
	@touch $@

$(DEV): $(RUNTIME)
	@echo "Installing the tools for development into .venv ..."
	@$(PIP) install --editable '.[dev]'
	@touch $@

$(BIN)/python:
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "$(PYTHON) was not found. Install Python 3.11 or newer, or name it:" >&2; \
		echo "    make install PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "The trainer needs Python 3.11 or newer; this is $$("$(PYTHON)" --version)." >&2; \
		echo "Name a newer one: make install PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python cannot make a virtual environment. On Debian and Ubuntu run:" >&2; \
		echo "    sudo apt-get install python3-venv" >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear .venv
