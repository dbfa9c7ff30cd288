# `make` alone, or `make help`, lists what there is. Python 3.11 or later is all that must be there beforehand.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test lint coverage lock catalogue methods fidelity odd bench cover slides mutants cohort reference licences chromium clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/run ## open the dashboard in the browser
	$(BIN)/streamlit run app.py

test: lint chromium ## style, types, and all tests: on every core, then those that drive a browser, two files at a time
	@status=0; \
	$(BIN)/pytest -m "not browser" --numprocesses auto --dist worksteal || status=$$?; \
	$(BIN)/pytest -m browser --numprocesses auto --maxprocesses 2 --dist loadfile || status=$$?; \
	exit $$status

lint: $(VENV)/test ## style and types only
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

coverage: $(VENV)/test ## lines and branches run by the tests without a browser, a row a folder
	$(BIN)/coverage run -m pytest -m "not browser"
	$(BIN)/coverage json --quiet
	$(BIN)/python -m bench.coverage_by_folder .coverage.json

LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

lock: ## resolve requirements.txt and the test group again into the two locks (needs uv)
	$(LOCK) requirements.txt --output-file requirements.lock
	$(LOCK) requirements.txt --group test --constraint requirements.lock --output-file requirements-test.lock

licences: $(VENV)/run ## list the licence of every package in requirements.lock (needs uv)
	@{ printf '%s\n' '# Licences' '' \
	  'What `requirements.lock` installs, as each package itself says; written by `make licences`, not by hand.' \
	  'All of them go together with GPL-3.0-or-later; a test holds that, and that the list fits the lock.' '' && \
	uvx --quiet pip-licenses==5.5.5 --python=$(BIN)/python --from=mixed --order=name --format=markdown --with-system \
	  --packages $$(sed -n 's/^\([a-z][a-z0-9._-]*\)==.*/\1/p' requirements.lock); } > licences.new
	@mv licences.new docs/licences.md

catalogue: $(VENV)/run ## bring the texts of every language up to date with the code
	$(BIN)/python -m data.catalogue

methods: $(VENV)/run ## write the tables of docs/methods.md and of docs/reconstruction.md from what they are about
	MYOSCOPE_LANGUAGE=en $(BIN)/python -m components.report.methods

fidelity: $(VENV)/run ## compare every published number with what the cohort gives back
	$(BIN)/python -m components.evidence.fidelity

ensemble: $(VENV)/run ## compute every reconstruction anew and compare it with its record, and what pages show of each
	$(BIN)/python -m components.reconstruct verify --out data/ensemble
	$(BIN)/python -m components.report.printed_on_pages

odd: $(VENV)/test ## read some 2000 odd files and compare with what they were made from
	$(BIN)/python -m tests.data.odd 30

bench: $(VENV)/run ## measure how fast it is
	$(BIN)/python -m bench

cover: $(VENV)/run ## simulate how often limits hold and tests reject what is true, as docs/methods.md says
	$(BIN)/python -m bench.cover

slides: $(VENV)/run ## draw a presentation with LibreOffice and measure that numbers stand under their ticks
	$(BIN)/python -m bench.slides

mutants: $(VENV)/test ## put small faults into a copy one at a time, and see that the tests notice (some 15 minutes)
	$(BIN)/python -m bench.mutants

cohort: $(VENV)/run ## reconstruct the cohort from the published numbers
	$(BIN)/python -m components.reconstruct --out data/cohort

FINGERPRINT = from data.reading.read import reconstructed_cohort; print(reconstructed_cohort().provenance.fingerprint)

reference: $(VENV)/run ## have R (with survival) read the cohort, for the page that compares the answers
	Rscript tests/reference/cohort.R $$($(BIN)/python -c "$(FINGERPRINT)")

clean: ## remove what make has installed
	rm -rf $(VENV)

$(VENV)/run: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	-$(BIN)/python -m compileall -q -j 0 $(VENV)/lib app.py components data pages
	@touch $@

$(VENV)/test: $(VENV)/run requirements-test.lock
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-test.lock
	@touch $@

# Browser tests drive the system's own Chromium. Where it is missing it is installed if this user may install; else the
# tests that need it are skipped and say so.
chromium:
	@command -v chromium chromium-browser google-chrome > /dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium > /dev/null; \
	else echo "No Chromium: browser tests will be skipped. On Debian: sudo apt-get install chromium"; fi
