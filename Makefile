# `make` alone lists the tasks. Every task sets up what it needs; it asks for Python 3.11 or newer, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-bench-many
PAST := 2018 2018-09 2022-care-leavers 2023 2024-04
VERSIONS := 2025 2026 2027-draft

help: ## list the tasks
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/core ## compare the versions over all authorities, and write comparison.html
	$(BIN)/greenpaper compare $(VERSIONS) --report comparison.html

test: $(VENV)/dev ## run every test that does not take minutes
	$(BIN)/python -m pytest -n auto -m "not exhaustive and not spark"

exhaustive: $(VENV)/dev ## run the tests that take minutes
	$(BIN)/python -m pytest -n auto -m exhaustive

test-spark: $(VENV)/spark ## run the tests on Apache Spark; needs Java 17
	$(BIN)/python -m pytest -m spark tests/spark

quick: $(VENV)/dev ## run the tests that are not slow
	$(BIN)/python -m pytest -n auto -m "not slow and not exhaustive and not spark"

check: $(VENV)/dev ## format, lint, types, import contracts, generated files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/policy_words.py policies tests/foreign/policies
	$(BIN)/python tools/generate.py --check

policies: $(VENV)/core ## check and test every version of the policies
	$(BIN)/greenpaper check $(PAST) $(VERSIONS)
	$(BIN)/greenpaper test $(PAST) $(VERSIONS)

generate: $(VENV)/dev ## write the schemas and the pages made from the code
	$(BIN)/python tools/generate.py

accept: $(VENV)/dev ## rewrite expected outputs; read the difference that is printed
	GREENPAPER_ACCEPT=1 $(BIN)/python -m pytest -q; git diff --stat tests docs README.md

wheel: $(VENV)/dev ## build the wheel, install it alone and run it from an empty folder
	$(BIN)/python tools/wheel.py

bench: $(VENV)/bench $(PEERS)/made ## cold starts, differences beside oxidd and z3, options, many records beside other engines
	$(BIN)/python tools/bench.py
	$(BIN)/python tools/bench_difference.py
	$(BIN)/python tools/bench_options.py
	$(PEERS)/bin/python tools/bench_many/run.py --write

install: $(VENV)/dev ## make the environment for development

$(VENV)/core: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/bench: $(VENV)/core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[bench]"
	@touch $@

$(PEERS)/made: pyproject.toml constraints.txt tools/bench_many/peers.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -r tools/bench_many/peers.txt -e ".[frames]"
	@touch $@

$(VENV)/spark: $(VENV)/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[spark]"
	@touch $@

$(VENV)/dev: $(VENV)/core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

.PHONY: help demo test exhaustive test-spark quick check policies generate accept wheel bench install
.DEFAULT_GOAL := help
