# Everything this repository can do, from a fresh clone with Python 3.11 or newer, git and make.
# `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL = $(BIN)/python -m pip --quiet --disable-pip-version-check install

# Only `make lock` uses uv: it resolves for every Python and system at once.
UV := uv==0.13.9
LOCK = $(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' \
	| $(VENV)/lock/bin/uv --no-config --quiet pip compile pyproject.toml - --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
LOCK_FLAGS ?=

.DEFAULT_GOAL := build
.PHONY: build test test-all check bench docs lock clean help
.NOTPARALLEL: # two installs into one environment would race
.DELETE_ON_ERROR:

build: $(VENV)/.installed-run ## install, then check, reason, answer and export the graph (the default)
	@$(BIN)/cordiale build

test: $(VENV)/.installed-test ## run the tests that need only Python
	@$(BIN)/python -m pytest -m "not slow and not needs_more"

test-all: test ## also run the slow tests and those that need more than Python
	@$(BIN)/python -m pytest -m "slow or needs_more"

check: $(VENV)/.installed-dev ## lint, formatting, types, and which room may import which
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m pip --disable-pip-version-check check

bench: $(VENV)/.installed-bench ## measure closure, supports, checks and conflicts, beside other engines (needs the shared test data)
	@$(BIN)/python -m tests.bench.bench
	@$(BIN)/python -m tests.bench.with_supports
	@$(BIN)/python -m tests.bench.disputed
	@$(BIN)/python -m tests.bench.algebra
	@$(BIN)/python -m tests.bench.check
	@$(BIN)/python -m tests.bench.use
	@$(BIN)/python -m tests.bench.conflicts
	@$(BIN)/python -m tests.bench.row_sources
	@$(BIN)/python -m tests.bench.imports
	@$(BIN)/python -m tests.bench.linking
	@$(BIN)/python -m tests.bench.site

docs: $(VENV)/.installed-test ## write reference pages and JSON-LD context from code and ontology anew, and run the notebooks
	@$(BIN)/python -m tests.reference_pages
	@$(BIN)/cordiale export --format context -o ontology/context.jsonld
	@$(BIN)/python -m tests.notebooks

lock: | $(VENV)/.created ## resolve requirements/*.txt anew (LOCK_FLAGS=--upgrade for newer versions)
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip --quiet install $(UV)
	$(LOCK) $(LOCK_FLAGS) --extra dev --output-file requirements/dev.txt
	$(LOCK) --constraints requirements/dev.txt --extra test --output-file requirements/test.txt
	$(LOCK) --constraints requirements/dev.txt --output-file requirements/run.txt
	$(LOCK) --constraints requirements/dev.txt --extra test --extra bench --output-file requirements/bench.txt

clean: ## delete the environment, the build and all caches
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache src/*.egg-info
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

# The stamps: an environment is made once, and filled again only when a list of versions or the project's own
# metadata has changed. Versions and hashes come from requirements/; the project itself is installed beside
# them, in place, with the build tool that was just installed, so nothing unhashed is fetched.
$(VENV)/.installed-%: requirements/%.txt pyproject.toml | $(VENV)/.created
	@echo "Installing $< into $(VENV)"
	@$(PIP_INSTALL) --require-hashes --requirement $<
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.created:
	@command -v $(PYTHON) >/dev/null || { \
		echo "Cordiale needs Python 3.11 or newer, and there is no $(PYTHON) on the path." >&2; \
		echo "  Install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Cordiale needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; \
		echo "  Name a newer one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Cordiale needs Python's venv module, and $(PYTHON) came without it." >&2; \
		echo "  On Debian and Ubuntu it is the package python3-venv." >&2; exit 1; }
	@echo "Creating $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@
