# Two commands matter: `make run` opens the app, `make test` checks everything. Both set up what they need.

PYTHON ?= python3
PLATFORM ?= $(shell uname -sm 2>/dev/null)
VENV := .venv
BIN := $(VENV)/bin
APP_READY := $(VENV)/.app-ready
DEV_READY := $(VENV)/.dev-ready
BROWSER_READY := $(VENV)/.browser-ready
# Two processes, each with whole files: what a file sets up is set up once.
SIDE_BY_SIDE := -n 2 --dist loadfile

# Without a GPU on Linux, PyTorch's small CPU wheels are enough; `make run CPU=1` asks for them.
ifdef CPU
PIP_EXTRA := --extra-index-url https://download.pytorch.org/whl/cpu
endif

export OMP_NUM_THREADS ?= 1
export OMP_WAIT_POLICY ?= passive
# Tests start many processes: without compiled files each would compile all that it imports again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: lesson run test test-fast experiments lint format bench starters messages clean

run: $(APP_READY)
	$(BIN)/streamlit run app.py

# One after the other: a browser beside two busy processes waits longer than it works.
test: $(DEV_READY) $(BROWSER_READY)
	$(BIN)/python -m pytest tests --ignore=tests/browser $(SIDE_BY_SIDE)
	$(BIN)/python -m pytest tests/browser

test-fast: $(DEV_READY)
	$(BIN)/python -m pytest tests --ignore=tests/browser $(SIDE_BY_SIDE)

# What the lessons say of training, with five seeds each; the types of the lesson that the guide makes; and a
# class that opens pages at once.
experiments: $(DEV_READY)
	$(BIN)/python -m pytest tests/experiments tests/test_guide.py tests/browser/test_many_visitors.py -m ""

lint: $(DEV_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict core lessons pages
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house

format: $(DEV_READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# A lesson that works, to be written over: make lesson NAME=tokens [AFTER=ngram]
lesson: $(DEV_READY)
	@$(BIN)/python -m lessons.new_lesson "$(NAME)" $(if $(AFTER),--after "$(AFTER)")

bench: $(DEV_READY)
	$(BIN)/python -m tests.benchmarks

starters: $(APP_READY)
	$(BIN)/python -m core make-starters

# Collects the interface's sentences into locale/ for translators.
# Sorted and without the places where they stand: moving code changes no catalogue.
messages: $(DEV_READY)
	$(BIN)/pybabel extract --no-location --sort-output -F babel.cfg \
		-k LearnerError:1 -k N_ -k Reason:1 -k Diverged:1 -k Overtime:1 \
		-o $(VENV)/messages.pot app.py core lessons pages docs/template
	$(BIN)/pybabel update --no-fuzzy-matching --ignore-pot-creation-date --ignore-obsolete \
		-D messages -i $(VENV)/messages.pot -d locale

# Said before anything is downloaded, in place of pip's "No matching distribution found for torch".
ifeq ($(PLATFORM),Darwin x86_64)
$(BIN)/python:
	@echo "There is no PyTorch for Macs with an Intel processor any more, and Clearhead needs one."
	@echo "On a Mac with an Apple processor this Python is the wrong one: install an arm64 Python 3.11 or"
	@echo "newer (python.org, or Homebrew in /opt/homebrew) and run: make run PYTHON=/path/to/that/python3"
	@echo "On a Mac with an Intel processor, run Clearhead inside Linux: Docker or a virtual machine with"
	@echo "Python 3.11, or another computer whose page you open from here (see README.md, In class)."
	@exit 1
else
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Clearhead needs Python 3.11 or newer, and $(PYTHON) is not."; \
		echo "Install one, then run: make run PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
endif

$(APP_READY): requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --disable-pip-version-check -q $(PIP_EXTRA) -r requirements.txt
	touch $@

$(DEV_READY): requirements-dev.txt $(APP_READY)
	$(BIN)/python -m pip install --disable-pip-version-check -q $(PIP_EXTRA) -r requirements-dev.txt
	touch $@

# Debian's own chromium where there is apt and the right to use it; elsewhere Playwright's build.
$(BROWSER_READY): $(DEV_READY)
	$(BIN)/python tests/browser/install_browser.py
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
