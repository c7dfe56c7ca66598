# make demo: set everything up and check the sample article. make test: set everything up and pass the tests.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
SAMPLE = examples/inauguration

.PHONY: demo test slow lint types house lock bench clean

demo: $(VENV)/.runtime
	@mkdir -p reports
	$(BIN)/factdesk check $(SAMPLE)/article.html --replay $(SAMPLE)/sources.warc.gz --db reports/demo.db --report reports/demo.html

test: $(VENV)/.dev
	$(BIN)/python -m pytest

# What measures the machine; it is no part of the gate.
slow: $(VENV)/.dev
	$(BIN)/python -m pytest -m slow

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

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
	  --custom-compile-command "make lock" --upgrade --group dev --group bench pyproject.toml -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
	  --custom-compile-command "make lock" --upgrade -c requirements-dev.lock pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) reports dist build
