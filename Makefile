# make demo: set everything up and check the sample article. make test: set everything up and pass the tests.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
SAMPLE = examples/inauguration

.PHONY: demo report pictures test slow long lint types floors house docs dist lock bench clean

demo: $(VENV)/.runtime
	@mkdir -p reports
	$(BIN)/factdesk demo --db reports/demo.db --report reports/demo.html

# Writes the published report of the sample again, after a change to what it shows.
report: demo
	cp reports/demo.html $(SAMPLE)/report.html

# Takes the pictures of the README again, of the published report and of the desk; needs Chromium.
pictures: $(VENV)/.dev
	$(BIN)/python -m benchmarks.pictures

# TESTS chooses among them: make test TESTS="tests/sources -x".
test: $(VENV)/.dev
	$(BIN)/python -m pytest $(TESTS)

# What measures the machine; it is no part of the gate.
slow: $(VENV)/.dev
	$(BIN)/python -m pytest -m slow

# What takes longer than the gate has time for.
long: $(VENV)/.dev
	$(BIN)/python -m pytest -m long

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

# Quality on small sets against the pinned floors; fails where a measure is below its floor. FLOORS=own leaves out the
# sets of the data folder, which are skipped anyway where it is absent.
floors: $(VENV)/.dev
	$(BIN)/python -m benchmarks.floors $(FLOORS)

# The benchmarks that need the data folder (FACTDESK_DATA), all or one: make bench NAME=verification. They print;
# ARGS=--write puts the figures into docs/benchmarks.md.
BENCHMARKS = checkworthy claims pages sources verification
bench: $(VENV)/.dev
	@echo "Benchmarks that need the data folder: $(BENCHMARKS). One of them: make bench NAME=verification"
	@for name in $(or $(NAME),$(BENCHMARKS)); do \
	  echo "python -m benchmarks.$$name $(ARGS)"; $(BIN)/python -m benchmarks.$$name $(ARGS) || exit 1; done

# The documentation as a site, into build/site; a link that leads nowhere fails.
PAGES = README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE config.yaml prefect.yaml $(SAMPLE)/report.html \
  claims/verification/model/CARD.md docs/*.md docs/pictures/*.png deploy/*
docs: $(VENV)/.dev
	rm -rf build/pages && mkdir -p build/pages
	@for page in $(PAGES); do mkdir -p build/pages/$$(dirname $$page) && cp $$page build/pages/$$page; done
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet -f docs/mkdocs.yml

# The wheel and the source archive, into dist/.
dist: $(VENV)/.dev
	$(BIN)/python -m hatchling build

# The size of the source tree, its imports and circles, and names that are defined more than once.
house:
	@$(PYTHON) tests/house.py

# The lock files are complete, so pip need not resolve anything: --no-deps.
$(VENV)/.runtime: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Factdesk needs Python 3.11 or newer; try make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --no-deps --require-hashes -r requirements.lock
	$(PIP) --no-deps -e .
	touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(PIP) --no-deps --require-hashes -r requirements-dev.lock
	touch $@

# For maintainers, with uv: take newer versions into the lock files.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
	  --custom-compile-command "make lock" --upgrade --group dev --group bench --extra docs pyproject.toml -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
	  --custom-compile-command "make lock" --upgrade -c requirements-dev.lock pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) reports dist build
