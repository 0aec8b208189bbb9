# Two commands for a newcomer: make demo, make test. The rest is for daily work.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed

# scrapy, but that Ctrl-C while Python still imports ends it without a traceback.
define RUN
import signal
signal.signal(signal.SIGINT, signal.SIG_DFL)
from scrapy.cmdline import execute
execute()
endef
export RUN

.DEFAULT_GOAL := help
.PHONY: help install demo explore test lint format fuzz bench soak constraints clean

help:  ## list the targets
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

install: $(INSTALLED)  ## make .venv and install into it (the others do so by themselves)

$(INSTALLED): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "No $(PYTHON) here. Install Python 3.11 or later, or name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$($(PYTHON) --version) is too old: Nianbao needs Python 3.11 or later. Name another: make PYTHON=python3.12"; exit 1; }
	@echo "Installing Nianbao and what it needs into $(VENV) (once; about a minute) ..."
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { echo "$(PYTHON) cannot make a virtual environment: install its venv module (Debian: apt install python3-venv)"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --retries 2 --timeout 20 \
	    --constraint constraints.txt --editable '.[explore,dev]' > $(VENV)/install.log 2>&1 \
	    || { echo "Installing failed: is the network there? The last word was: $$(grep -i error $(VENV)/install.log | tail -n 1) (all of it: $(VENV)/install.log)"; exit 1; }
	@touch $@

demo: $(INSTALLED)  ## crawl the demo portals on this machine into output/reports.db
	@$(BIN)/python -c "$$RUN" demo

explore: $(INSTALLED)  ## open output/reports.db in Datasette
	@$(BIN)/datasette output/ --host 127.0.0.1 --port 8001

test: $(INSTALLED)  ## prove it: every test that takes seconds
	@echo "Running the tests (three minutes, or seven on a slow machine) ..."
	@$(BIN)/pytest --numprocesses 3 --dist loadfile

lint: $(INSTALLED)  ## ruff and mypy, strict
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(INSTALLED)  ## put the code in shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

fuzz: $(INSTALLED)  ## 20,000 mutated pages through the readers
	@$(BIN)/python -m tests.fuzz --inputs 20000

bench: $(INSTALLED)  ## speed, memory and harvest, as ratios within one run
	@$(BIN)/python -m tests.benchmarks

soak: $(INSTALLED)  ## kill the crawl 200 times and compare with an undisturbed one
	@$(BIN)/python -m tests.crash --kills 200

constraints:  ## renew constraints.txt with the newest versions that fit pyproject.toml
	@rm -rf $(VENV) && $(PYTHON) -m venv $(VENV) && $(BIN)/pip install --quiet --editable '.[explore,dev,recipes,browser,bench]'
	@{ echo "# The versions that were tested together; \`make\` installs these. Renew: make constraints"; \
	   $(BIN)/pip freeze --exclude-editable; } > constraints.txt
	@touch $(INSTALLED)

clean:  ## remove what make made, except the data in output/
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
