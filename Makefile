# From a clean clone with Python 3.11+ and make: `make run`, `make test`, `make check`.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --generate-hashes --no-header --no-strip-extras --only-binary :all: --python-version 3.11
UNDER_TEST := env -u DATABASE_URL UNDAUNTED_PROFILE=test

WHOLE := */core/access/*,*/core/audit/*,*/core/vault/*,*/rules.py,*/rules/*,*/engines/*

# What one process has compiled, hundreds of others that the tests start need not compile again. So
# with the loops of names: on a fresh clone each of the first processes compiled all of them.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run assets spark test check bench docs lock messages drill clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/core.stamp: requirements/core.txt pyproject.toml | .venv/bin/python
	$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements/core.txt
	$(PIP) install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/core.stamp
	$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements/dev.txt
	@touch $@

run: .venv/core.stamp  ## everything on http://localhost:8000 until Ctrl-C
	@exec $(BIN)/undaunted run

# PySpark is published as a source package alone: Java archives and Python, nothing that is compiled.
spark: .venv/dev.stamp  ## Spark for the largest graphs of ownership and linkage (needs Java 17)
	$(PIP) install --quiet --require-hashes --only-binary :all: --no-binary pyspark --no-build-isolation -r requirements/spark.txt

test: .venv/dev.stamp  ## every test, with what was skipped and why, and whether rules are covered whole
	@$(BIN)/python -m compileall -q -j 0 src
	$(if $(TESTS),,@$(UNDER_TEST) $(BIN)/python -m undaunted.cli.names_compiled)
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder -q -rs $(if $(TESTS),$(TESTS),--cov=undaunted --cov-report=)
	$(if $(TESTS),,$(BIN)/python -m coverage report --fail-under=99 --include='$(WHOLE)')

check: .venv/dev.stamp  ## every gate
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(UNDER_TEST) $(BIN)/mypy src tests $(wildcard benchmarks)
	$(BIN)/lint-imports
	$(UNDER_TEST) $(BIN)/python -W ignore::RuntimeWarning -m django makemigrations --check --dry-run \
		--settings undaunted.config.settings
	$(MAKE) --no-print-directory docs

# Names and lists are measured on public pairs and lists that are not part of this repository.
bench: .venv/dev.stamp  ## engines and pages against their peers; names by script with UNDAUNTED_SANCTIONS_DATA=FOLDER
	$(if $(UNDAUNTED_SANCTIONS_DATA),$(BIN)/python -m benchmarks.names,@echo "Names were not measured: name the folder of public pairs and lists, make bench UNDAUNTED_SANCTIONS_DATA=FOLDER")
	$(BIN)/python -m benchmarks.sanctions $(if $(UNDAUNTED_SANCTIONS_DATA),--lists $(UNDAUNTED_SANCTIONS_DATA)/lists)
	$(BIN)/python -m benchmarks

assets:  ## bundle the scripts served from our own origin (needs npm; the bundles are committed)
	cd assets && npm ci --ignore-scripts --no-audit --no-fund && node_modules/.bin/esbuild --version >/dev/null && npm run --silent build
	cd src/undaunted/core/intake/static/intake && sha256sum kit.js seal.js work.js > ../../../../../../assets/checksums.txt

docs: .venv/dev.stamp  ## the documentation in site-build/
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet --site-dir site-build

# Atheris has wheels for Linux alone; where it cannot be installed, the page says what was not run.
drill: .venv/dev.stamp  ## the security drill, the laws and the pages before axe in their long form, and the page in docs/security
	-$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements/drill.txt
	$(BIN)/python -m tests.attacks.drill
	UNDAUNTED_DRILL=long $(BIN)/python -m pytest -n 2 --dist loadfile -q -m hypothesis --ignore tests/attacks
	UNDAUNTED_DRILL=long $(BIN)/python -m pytest -n 2 --dist loadfile -q -k to_all tests/journeys

lock: .venv/dev.stamp  ## renew the locks after a change of requirements/*.in
	cd requirements && ../$(LOCK) core.in -o core.txt && ../$(LOCK) dev.in -o dev.txt && ../$(LOCK) drill.in -o drill.txt && ../$(LOCK) tables.in -o tables.txt && ../$(LOCK) sweep.in -o sweep.txt && ../$(LOCK) --no-binary pyspark spark.in -o spark.txt

messages: .venv/dev.stamp  ## gather sentences to translate, update and compile the catalogues
	$(UNDER_TEST) DJANGO_SETTINGS_MODULE=undaunted.config.settings $(BIN)/python -m undaunted.config.messages

clean:  ## remove what was built; var/ with its data stays
	rm -rf .venv site-build build .mypy_cache .ruff_cache .import_linter_cache
