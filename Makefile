# The two commands of the README; everything they need is installed by them.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: score test bench lock clean

score: $(VENV)/tasks.installed
	$(BIN)/pse-score examples/secure.jsonl --corpus mini --overwrite
	$(BIN)/pse-score examples/insecure.jsonl --corpus mini --overwrite
	$(BIN)/pse-score examples/mixed.jsonl --corpus mini --allow-missing --overwrite

test: $(VENV)/dev.installed $(VENV)/oldest.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pse corpus validate
	$(BIN)/pytest

# Hours, on a machine that does nothing else; writes benchmarks/RESULTS.md.
bench: $(VENV)/dev.installed
	$(BIN)/python -m benchmarks --keep

# One stamp a requirement file: a change of pins is installed, anything else is not touched.
$(VENV)/%.installed: requirements/%.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# The oldest libraries that the data set is loaded with, in a folder that only their tests put on the path.
$(VENV)/oldest.installed: requirements/oldest.txt $(VENV)/dev.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --upgrade \
	    --target $(VENV)/oldest -r $<
	touch $@

# For maintainers, by hand: pin again from pyproject.toml (needs uv).
lock:
	uv pip compile $(LOCK) --extra tasks --extra dev --output-file requirements/dev.txt
	uv pip compile $(LOCK) --extra tasks --constraint requirements/dev.txt --output-file requirements/tasks.txt
LOCK := --python-version 3.11 --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet \
        pyproject.toml requirements/build.in

clean:
	rm -rf $(VENV) results dist
