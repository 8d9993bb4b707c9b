# The few commands of this project; CI runs the same ones.
#   make demo   show the whole loop on this machine       make test   run every test
#   make env    build .venv alone                         make lint   check style, types, imports, templates
#   make build  build the Lambda functions (sam build)    make lock   resolve all dependencies anew
#   make faults break every part under load, for long    make up     all of it in containers, with Grafana
#   make backtest  plant twelve faults, see who notices
#   make clean  remove everything that was built         make audit  ask for known weaknesses of what is locked

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PHONY: up demo test faults backtest env lint build lock audit licences clean exporter-image exporter-image-check sam-local-check localstack-check

ARCHITECTURE ?= x86_64
FUNCTIONS := $(shell find functions -name __pycache__ -prune -o -type f -print)
BIN := .venv/bin
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check
UV_VERSION := 0.13.9
ROOMS := predict record reports drift_report metrics_exporter
COMPILE := .lock-env/bin/uv pip compile --quiet --generate-hashes --no-annotate --no-header
EVERYWHERE := --universal --python-version 3.11
# pip judges markers by the Python that runs it, not by the one it installs for: so function locks hold none.
LAMBDA := --python-version 3.13 --python-platform x86_64-manylinux_2_28

demo: .venv/.app
	exec $(BIN)/ridewatch demo

# Some of all the tests run what was built; whoever names tests has built. All of them run file by file on every core, one
# thread each; then those that start stacks, one after another, for their time-outs are the machine's. WORKERS=0: no workers.
WORKERS ?= logical
test: .venv/.dev $(if $(TESTS),,build)
ifdef TESTS
	$(BIN)/pytest $(TESTS)
else
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile -m "not stack"
	$(BIN)/pytest -m stack
endif

# The same faults that `make test` tries for seconds, for as long as it takes; prints the table of docs/reliability.md.
faults: .venv/.dev
	FAULTS=full $(BIN)/pytest tests/faults $(TESTS)

# Simulated rides, then, where MONTHS holds real ones, those: tables to the terminal, pages to backtest/.
MONTHS ?= ../shared/data/tlc
TAXI := $(MONTHS)/yellow_tripdata_
WINTER := --train $(TAXI)2019-01.parquet --train $(TAXI)2019-02.parquet
LATER := 2019-03 2019-04 2019-05 2019-06 2020-03 2020-04
BACKTEST := $(BIN)/ridewatch backtest
backtest: .venv/.app
	mkdir -p backtest
	$(BACKTEST) --train "simulated?start=2019-01-01&days=59&rows=20000" --data "simulated?start=2019-03-01&rows=10000" \
	    --fault all --evidently --page backtest/simulated.html
	if [[ -f $(TAXI)2020-04.parquet ]]; then \
	    $(BACKTEST) $(WINTER) --data $(TAXI)2019-03.parquet --fault all --evidently --page backtest/2019-03.html; \
	    $(BACKTEST) $(WINTER) $(LATER:%=--data $(TAXI)%.parquet) --page backtest/months.html; \
	    $(BACKTEST) $(WINTER) --data $(TAXI)2020-04.parquet --page backtest/2020-04.html; \
	fi

env: .venv/.dev

lint: .venv/.dev .sam-env/.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/cfn-lint template.yaml
	AWS_DEFAULT_REGION=us-east-1 SAM_CLI_TELEMETRY=0 .sam-env/bin/sam validate --lint

# The stamp is of one architecture, and older than no source: `make test` builds anew when something has changed.
build: .aws-sam/.$(ARCHITECTURE)

.aws-sam/.$(ARCHITECTURE): template.yaml $(FUNCTIONS) .sam-env/.done
	rm -rf .aws-sam
	PYTHON=$(CURDIR)/.sam-env/bin/python SAM_CLI_TELEMETRY=0 \
	    .sam-env/bin/sam build --parallel --parameter-overrides Architecture=$(ARCHITECTURE)
	$(MAKE) --no-print-directory sizes
	touch $@

sizes: .sam-env/.done
	PYTHONPATH=functions .sam-env/bin/python -m building.sizes .aws-sam/build

# BASE: an image with Python 3.13, Debian's python:3.13-slim if not said.
exporter-image: .venv/.dev
	tools/exporter-image --tag ridewatch-exporter:local $(if $(BASE),--build-arg BASE=$(BASE))

# All of it in containers: LocalStack, MongoDB, the stack, the exporter, Prometheus, Alertmanager and Grafana (port 3000).
COMPOSE := docker compose -f localstack/compose.yaml
up: build .venv/.dev exporter-image
	$(COMPOSE) up --detach --wait
	MONGODB_URI=mongodb://127.0.0.1:27017/ridewatch FUNCTIONS_MONGODB_URI=mongodb://mongo:27017/ridewatch \
	    $(BIN)/ridewatch up --cloud localstack --detach
	$(BIN)/python localstack/environment.py exporter >localstack/exporter.env
	EXPORTER_PORT=9465 $(COMPOSE) --profile exporter --profile watch up --detach --wait
	$(BIN)/ridewatch train --data simulated
	$(BIN)/ridewatch replay --data simulated --limit 1000
	$(BIN)/ridewatch report

exporter-image-check: exporter-image
	$(BIN)/python -m tests.lab.exporter_image ridewatch-exporter:local

# LAMBDA_IMAGE: Lambda's Python 3.13 image, or one that stands for it. Needs LocalStack and a container engine.
sam-local-check: build .venv/.dev
	docker build --quiet --tag ridewatch-lambda:local $(if $(LAMBDA_IMAGE),--build-arg BASE=$(LAMBDA_IMAGE)) localstack/sam-local
	$(BIN)/python -m tests.lab.sam_local ridewatch-lambda:local

# Needs a LocalStack that answers.
localstack-check: build .venv/.dev
	$(BIN)/python -m tests.localstack.check

# With --no-deps nothing comes in that the lock does not name. The dev lock holds the app's.
.venv/.dev: requirements/dev.lock pyproject.toml | .venv/bin/python
	$(BIN)/python $(PIP_INSTALL) --no-deps --require-hashes -r requirements/dev.lock
	$(BIN)/python $(PIP_INSTALL) --no-deps --no-build-isolation -e .
	touch .venv/.app .venv/.dev

audit: .audit-env/.done
	.audit-env/bin/python tools/audit.py

licences: .venv/.dev
	$(BIN)/python tools/licences.py

.venv/.app: requirements/app.lock pyproject.toml | .venv/bin/python
	$(BIN)/python $(PIP_INSTALL) --no-deps --require-hashes -r requirements/app.lock
	$(BIN)/python $(PIP_INSTALL) --no-deps --no-build-isolation -e .
	touch .venv/.app

.sam-env/.done: requirements/sam.lock
	python=$$(./tools/python) && $$python -m venv --clear .sam-env
	.sam-env/bin/python $(PIP_INSTALL) --no-deps --require-hashes -r requirements/sam.lock
	touch $@

.audit-env/.done: requirements/audit.lock
	python=$$(./tools/python) && $$python -m venv --clear .audit-env
	.audit-env/bin/python $(PIP_INSTALL) --no-deps --require-hashes -r requirements/audit.lock
	touch $@

.venv/bin/python:
	python=$$(./tools/python) && $$python -m venv .venv

lock: .lock-env/bin/uv
	$(COMPILE) $(EVERYWHERE) requirements/dev.in -o requirements/dev.lock
	$(COMPILE) $(EVERYWHERE) -c requirements/dev.lock requirements/app.in -o requirements/app.lock
	$(COMPILE) $(EVERYWHERE) requirements/sam.in -o requirements/sam.lock
	$(COMPILE) $(EVERYWHERE) requirements/audit.in -o requirements/audit.lock
	for room in $(ROOMS); do \
	    $(COMPILE) $(LAMBDA) -c requirements/dev.lock functions/$$room/requirements.in -o functions/$$room/requirements.txt; \
	done
	$(COMPILE) $(LAMBDA) -c requirements/dev.lock benchmarks/naive_lambda/requirements.in -o benchmarks/naive_lambda/requirements.txt

.lock-env/bin/uv:
	python=$$(./tools/python) && $$python -m venv .lock-env
	.lock-env/bin/python $(PIP_INSTALL) uv==$(UV_VERSION)

clean:
	if [[ -x $(BIN)/ridewatch ]]; then $(BIN)/ridewatch down; fi
	rm -rf .venv .sam-env .lock-env .audit-env .aws-sam .ridewatch .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
