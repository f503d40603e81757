# Everything is written inside this folder: .venv/, .prefect/, data/.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
OLDER_DUCKDB := tests/schemas/older_duckdb
PEERS := tests/benchmarks/bulk/elsewhere

export DO_NOT_TRACK := 1
# Where it is set, every process that a test or a server starts compiles all of asrun again. Empty is unset.
export PYTHONDONTWRITEBYTECODE :=
export PREFECT_HOME := $(CURDIR)/.prefect
export PREFECT_SERVER_ANALYTICS_ENABLED := false
# The default of 20 s is too short where a first start must migrate its database.
export PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS := 180

.PHONY: help setup demo test lint types check bench bench-lake bench-bulk bench-deployment bench-identity bench-frontier bench-hosts bench-growth accuracy soak series kills overhead engines peers image-steps readme lock clean

help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup: $(STAMP)  ## build .venv/ from requirements.lock

# --no-deps: the lock names every package with its hash, and older pips, resolving extras, look past its pins.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "asrun needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@echo "building .venv/ from requirements.lock; this happens once"
	@SECONDS=0 && $(PYTHON) -m venv .venv && \
	  $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock && \
	  $(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e . && \
	  echo "set-up took $$SECONDS s"
	@touch $@

demo: $(STAMP)   ## the whole main job on a simulated network, ending in SQL answers
	$(BIN)/asrun demo

# A module's tests stay in one process, and so do those that share a Prefect server (tests/conftest.py).
test: $(STAMP)   ## every test, offline, on all cores
	$(BIN)/pytest --numprocesses auto --dist loadfile

series: $(STAMP) ## the long series of faults that the tests only sample: an hour
	$(BIN)/pytest -m series

lint: $(STAMP)   ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)  ## mypy, strict
	$(BIN)/mypy

check: lint types test  ## all of the above

bench: $(STAMP)  ## speed as ratios, in one run
	$(BIN)/python -m tests.benchmarks

bench-lake: $(STAMP)  ## the lake at scale: load, nightly commits, questions: STORIES=500000 for ten million turns, FOLDER to keep them, PARTS=questions
	$(BIN)/python -m tests.benchmarks.lake --stories $(or $(STORIES),25000) $(if $(FOLDER),--folder $(FOLDER)) $(if $(PARTS),--parts $(PARTS))

bench-bulk: $(STAMP)  ## a crawl's WARC imported and read anew, beside text extractors: PAGES=100000 for a large one
	$(BIN)/python -m tests.benchmarks.bulk --pages $(or $(PAGES),5000)

bench-deployment: $(STAMP)  ## what a page costs here, and what a deployment would take: PAGES=50000000
	$(BIN)/python -m tests.benchmarks.deployment --pages $(or $(PAGES),50000000) --sample $(or $(SAMPLE),2000)

bench-identity: $(STAMP)  ## how right and how fast identities are found: PAGES=200000; PARTS="stories people rebuild night"; CORPUS=1000000 (night)
	$(BIN)/python -m tests.benchmarks.identity --pages $(or $(PAGES),20000) --corpus $(or $(CORPUS),1000000) $(if $(PARTS),--parts $(PARTS))

bench-frontier: $(STAMP)  ## what a night and a status cost by the size of the ledger: URLS=5000000, FOLDER to keep it
	$(BIN)/python -m tests.benchmarks.frontier --urls $(or $(URLS),500000) $(if $(FOLDER),--folder $(FOLDER))

bench-hosts: $(STAMP)  ## a night at very many hosts, each at its pace, some of them unwell: HOSTS=300 PAGES=5 GAP=5
	$(BIN)/python -m tests.benchmarks.hosts --hosts $(or $(HOSTS),300) --pages $(or $(PAGES),5) --gap $(or $(GAP),5)

bench-growth: $(STAMP)  ## what a page of a night and of a reparse costs by the stories in the lake: STORIES="10000 100000 1000000", FOLDER to keep the lakes, DOCS=docs to write figures and plot
	$(BIN)/python -m tests.benchmarks.growth --stories $(or $(STORIES),10000 100000) $(if $(FOLDER),--folder $(FOLDER)) $(if $(DOCS),--docs $(DOCS))

accuracy: $(STAMP)  ## turns, names, roles and cues beside the truth, and beside three text extractors
	$(BIN)/python -m tests.accuracy

soak: $(STAMP)   ## four hundred short nights behind a bad line: does anything grow?
	$(BIN)/python -m tests.soak

peers:           ## extractors of text that bench-bulk sets asrun beside and that need much else: in an environment of their own
	$(PYTHON) -m venv $(PEERS)/.venv
	$(PEERS)/.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(PEERS)/requirements.txt

engines:         ## an older DuckDB and, where there is npm, a JavaScript reader of Parquet: tests open lakes and releases with them
	$(PYTHON) -m venv $(OLDER_DUCKDB)/.venv
	$(OLDER_DUCKDB)/.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
	  -r $(OLDER_DUCKDB)/requirements.txt
	@command -v npm > /dev/null || { echo "no npm: no JavaScript reader"; exit 0; } && \
	  npm ci --prefix tests/lake/engines --no-audit --no-fund

kills: $(STAMP)  ## processes of a scheduled operation killed at random moments: does the next run make it good?
	$(BIN)/python -m tests.kills

overhead: $(STAMP) ## what Prefect costs a night, and the time to the first request
	$(BIN)/python -m tests.overhead

image-steps: $(STAMP) ## the steps of flows/deploy/Dockerfile by hand, in a fresh folder: does its command serve?
	$(BIN)/python -m tests.image

readme: $(STAMP) ## the data dictionary in docs/, made from schemas/
	$(BIN)/python -m tests.readme

lock: $(STAMP)   ## requirements.lock anew: every platform, hashes, no index address
	$(BIN)/uv pip compile --upgrade --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  --extra dev --extra cluster --extra s3 --extra engines --extra accuracy --python-version 3.11 pyproject.toml -o requirements.lock

clean:           ## what the tools wrote, not what asrun collected
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
