# `make livret` and `make test` do all that they need, on a bare Debian with python3,
# python3-venv, make and git.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests start hundreds of processes, each of which would compile the code anew.
unexport PYTHONDONTWRITEBYTECODE
# Some tests wait, for a signal or another process: one more than there are cores.
AT_ONCE = $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

.PHONY: help livret test test-lent damaged lint types-linux types-win32 types-darwin bench images schemas reference clean system system-dev lock snapshot mutants wheel page pyodide test-page hashes two-debians

help:
	@echo "make livret     a blank booklet from the examples (livret.pdf)"
	@echo "make test       lint, types and tests"
	@echo "make test-lent  the slow tests too"
	@echo "make damaged    300,000 damaged files, each read or refused"
	@echo "make bench      the figures of docs/performance.md"
	@echo "make mutants    how many slips the tests see, in code, templates and référentiel"
	@echo "make images     the pictures of the documentation"
	@echo "make schemas    the JSON Schemas, from the models"
	@echo "make reference  the tables in docs that say what the code says: keys and columns"
	@echo "make snapshot OLD=file.json  what pfmp makes and says, compared with what it did"
	@echo "make hashes     the hash of every kind of file that pfmp makes (build/hashes.txt)"
	@echo "make two-debians  these, made in a fresh Debian 12 and 13, and compared (root, debootstrap)"
	@echo "make page       the page in the browser, of what ships (pfmp.html)"
	@echo "make test-page  that page in Chromium, and in Firefox where it is: the command's bytes, and nothing that leaves it"
	@echo "make wheel      the wheel, with the documents that ship laid out, and all for the page"
	@echo "make clean      remove what was installed and made here"

livret: $(VENV)/installed
	$(BIN)/pfmp booklet --class terminale --option B --projet examples/pfmp.yaml -o livret.pdf

test: lint
	$(BIN)/pytest -m "not lent" -n $(AT_ONCE) --dist loadfile

test-lent: $(VENV)/installed-dev
	$(BIN)/pytest

damaged: $(VENV)/installed-dev
	$(BIN)/pytest -m lent tests/test_fuzz.py

lint: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(MAKE) --jobs 3 types-linux types-win32 types-darwin

types-linux types-win32 types-darwin: types-%: $(VENV)/installed-dev
	$(BIN)/mypy --platform $* --cache-dir .mypy_cache/$*

bench: $(VENV)/installed-dev
	$(BIN)/pip install --quiet --require-hashes -r requirements/bench.txt
	$(BIN)/python -m benchmarks.run

# An hour or two; `make mutants ROOMS="lists templates"` tries these alone, and a second run what survived.
mutants: $(VENV)/installed-dev
	$(BIN)/pip install --quiet --require-hashes -r requirements/mutants.txt
	nice -n 15 $(BIN)/python -m tools.mutants $(ROOMS)

images: $(VENV)/installed-dev
	$(BIN)/python -m tools.make_images
	$(BIN)/python -m tools.record_terminal

# `python -m tools.snapshot take` in the older checkout makes the file.
snapshot: $(VENV)/installed-dev
	$(BIN)/python -m tools.snapshot compare $(OLD)

# With one lock file the same on every system: needs what `make pyodide` fetches.
hashes: $(VENV)/installed
	mkdir -p build && $(BIN)/python -m tools.hash_documents > build/hashes.txt

two-debians: pyodide
	sh tools/two-debians.sh

schemas: $(VENV)/installed
	$(BIN)/pfmp schema -o schemas

reference: $(VENV)/installed
	$(BIN)/python -m tools.make_reference

# Pango and HarfBuzz are the only parts that pip cannot install.
system:
	@sh tools/install-system.sh

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements/runtime.txt requirements/build.txt pyproject.toml | system $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

# qpdf and poppler are second opinions of the tests, Chromium is where forms are filled in:
# without them, these tests are skipped.
system-dev:
	@sh tools/install-system.sh qpdf poppler-utils chromium firefox-esr

$(VENV)/installed-dev: requirements/dev.txt $(VENV)/installed | system-dev
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

# Needs uv; writes the lock files anew. What runs pfmp is in the first alone; the second has what
# `pip install -e .` builds with.
COMPILE := uv pip compile --universal --generate-hashes --no-header

# What the page runs on is fetched from npm and PyPI, by hash; it is never in the repository.
pyodide: $(VENV)/installed
	@sh tools/install-system.sh npm
	$(BIN)/python -m tools.fetch_page

page: pyodide
	mkdir -p build && cd build && ../$(BIN)/pfmp page -o ../pfmp.html

test-page: $(VENV)/installed-dev pyodide
	$(BIN)/pytest tests/page

# The wheel, with what ships laid out: where it is installed, nothing has to be.
wheel: $(VENV)/installed-dev pyodide
	rm -rf build/pret && mkdir -p build/pret
	cd build/pret && ../../$(BIN)/pfmp bundle -o ../../pfmp_cli/data/pret.lot
	$(BIN)/python -m pip wheel -q --no-deps --no-build-isolation -w dist . ; \
	code=$$? ; rm -f pfmp_cli/data/pret.lot ; exit $$code

lock:
	$(COMPILE) pyproject.toml -o requirements/runtime.txt
	$(COMPILE) --group build -c requirements/runtime.txt -o requirements/build.txt
	$(COMPILE) pyproject.toml --group build --extra dev -c requirements/runtime.txt -o requirements/dev.txt
	$(COMPILE) pyproject.toml --group build --extra dev --extra bench -c requirements/dev.txt -o requirements/bench.txt
	$(COMPILE) --extra mutants pyproject.toml -c requirements/dev.txt -o requirements/mutants.txt

clean:
	rm -rf $(VENV) livret.pdf documents build dist *.egg-info
