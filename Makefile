# `make livret` and `make test` do all that they need, on a bare Debian with python3,
# python3-venv, make and git.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help livret test test-lent lint bench images schemas clean system system-dev lock snapshot

help:
	@echo "make livret     a blank booklet from the examples (livret.pdf)"
	@echo "make test       lint, types and tests"
	@echo "make test-lent  the slow tests too"
	@echo "make bench      the benchmarks of the README"
	@echo "make images     the pictures of the documentation"
	@echo "make schemas    the JSON Schemas, from the models"
	@echo "make snapshot OLD=file.json  what pfmp makes and says, compared with what it did"
	@echo "make clean      remove what was installed and made here"

livret: $(VENV)/installed
	$(BIN)/pfmp booklet --class terminale --option B --projet examples/pfmp.yaml -o livret.pdf

test: lint
	$(BIN)/pytest -m "not lent"

test-lent: $(VENV)/installed-dev
	$(BIN)/pytest

lint: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(VENV)/installed-dev
	$(BIN)/pip install --quiet --require-hashes -r requirements-bench.lock
	$(BIN)/python -m benchmarks.run

images: $(VENV)/installed-dev
	$(BIN)/python -m tools.make_images

# `python -m tools.snapshot take` in the older checkout makes the file.
snapshot: $(VENV)/installed-dev
	$(BIN)/python -m tools.snapshot compare $(OLD)

# The first line of each YAML names its schema in the same way, wherever the file is copied:
# the folder of each has them.
schemas: $(VENV)/installed
	$(BIN)/pfmp schema -o schemas
	$(BIN)/pfmp schema -o examples/schemas

# Pango and HarfBuzz are the only parts that pip cannot install.
system:
	@sh tools/install-system.sh

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.lock pyproject.toml | system $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

# qpdf and poppler are second opinions of the tests, Chromium is where forms are filled in:
# without them, these tests are skipped.
system-dev:
	@sh tools/install-system.sh qpdf poppler-utils chromium

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed | system-dev
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# Needs uv; writes the three lock files anew.
lock:
	uv pip compile pyproject.toml --universal --generate-hashes --no-header --extra build -o requirements.lock
	uv pip compile pyproject.toml --universal --generate-hashes --no-header --extra build --extra dev -c requirements.lock -o requirements-dev.lock
	uv pip compile pyproject.toml --universal --generate-hashes --no-header --extra build --extra dev --extra bench -c requirements-dev.lock -o requirements-bench.lock

clean:
	rm -rf $(VENV) livret.pdf documents build dist *.egg-info
