# One word per thing one does here. Each prepares what it needs by itself; a second run is quick.
# Only relative paths stand below, so that a checkout may live in a folder with spaces in its name.

BIN := .venv/bin
# Accounts of services have a PATH without the places of useradd and the like.
export PATH := $(PATH):/usr/local/sbin:/usr/sbin:/sbin

.PHONY: help demo test check bench catalogue lock clean ready-demo ready-test ready-bench \
	lint types walls format-check catalogue-check tests

help:
	@echo "make demo       the whole story on real parts; screenshots and papers in build/demo"
	@echo "make test       lint, types, walls between rooms, then all tests"
	@echo "make check      the same, with the format of the code and the catalogue: before every commit"
	@echo "make bench      our figures beside a peer's or a limit's, from the same run"
	@echo "make catalogue  bring resources/locale up to the words in the code, list what is untranslated"
	@echo "make lock       bring the pins up to pyproject.toml (UPGRADE=1: to the newest versions)"
	@echo "make clean      remove .venv, build and every cache"

demo: ready-demo
	$(BIN)/plie-desktop demo --out build/demo

test: ready-test lint types walls tests

check: ready-test format-check lint types walls catalogue-check tests

bench: ready-bench
	$(BIN)/python -m tests.bench

catalogue: ready-test
	$(BIN)/python installers/catalogue.py

lock: ready-test
	$(BIN)/python installers/lock.py $(if $(UPGRADE),--upgrade)

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

ready-demo ready-test ready-bench:
	@sh installers/prepare.sh $(subst ready-,,$@)

format-check: ready-test
	$(BIN)/ruff format --check --quiet

lint: ready-test
	$(BIN)/ruff check --quiet

types: ready-test
	$(BIN)/mypy

walls: ready-test
	$(BIN)/lint-imports --no-logo

catalogue-check: ready-test
	$(BIN)/python installers/catalogue.py --check

tests: ready-test
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -rfEs --numprocesses 2

# The steps of one goal share .venv and two processors: side by side they gain nothing.
.NOTPARALLEL:
