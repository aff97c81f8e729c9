# `make` alone lists what there is. ARGS passes arguments on: make run ARGS="play pmr-7"
PYTHON ?= python3
VENV_PYTHON := .venv/bin/python

# All tests, or those that ARGS asks for, with the Python in $(1). tests/e2e measures real time, so it has the machine
# to itself; the others share its cores.
ifdef ARGS
run_tests = $(1) -m pytest $(ARGS)
else
run_tests = { $(1) -m pytest -n auto --ignore tests/e2e; status=$$?; $(1) -m pytest tests/e2e && [ $$status = 0 ]; }
endif

.DEFAULT_GOAL := help
.PHONY: help run test lint listen torture simpleaudio tinydb-suite bench screenshots narration routines-page lock test-all-pythons clean set-up set-up-tests

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | while IFS='	' read -r name text; do \
		printf '  %-18s %s\n' "$$name" "$$text"; done

run: set-up ## set up what is missing, and open the window
	@$(VENV_PYTHON) -m sleepcalm $(ARGS)

test: set-up-tests ## set up what is missing, and run every test
	@$(call run_tests,$(VENV_PYTHON))

lint: set-up-tests ## style, types, and the direction of imports
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) -m mypy
	@.venv/bin/lint-imports --no-logo

listen: set-up-tests ## play a whole routine and more in real time, and compare what was heard (15 minutes)
	@$(VENV_PYTHON) -m pytest -m listen tests/e2e $(ARGS)

torture: set-up-tests ## the long forms: 300 kills, 100,000 damaged imports and the like (twenty minutes or more)
	@$(VENV_PYTHON) -m pytest -m torture -rP $(ARGS)

simpleaudio: ## test that output in an environment of its own (needs gcc, libasound2-dev, libasound2-plugins)
	@$(PYTHON) packaging/set_up.py test --venv .venv-simpleaudio
	@.venv-simpleaudio/bin/python -m pip install --quiet --disable-pip-version-check 'simpleaudio-patched>=1.0.5'
	@.venv-simpleaudio/bin/python -m pytest -rP tests/audio/test_simpleaudio_output.py tests/e2e/test_simpleaudio.py $(ARGS)

tinydb-suite: set-up-tests ## run TinyDB's own tests on our storage (fetches TinyDB's source archive)
	@$(VENV_PYTHON) tests/storage/tinydb_suite.py $(ARGS)

bench: set-up-tests ## measure, as ratios to references of the same run
	@$(VENV_PYTHON) -m benchmarks $(ARGS)

screenshots: set-up-tests ## draw docs/pictures anew
	@$(VENV_PYTHON) packaging/screenshots $(ARGS)

narration: set-up-tests ## render the sentences that have no clip yet (needs a speech engine)
	@$(VENV_PYTHON) packaging/narration/render.py $(ARGS)

routines-page: set-up-tests ## write docs/routines.md anew from the routines
	@$(VENV_PYTHON) packaging/routines_page.py $(ARGS)

lock: ## pin the dependencies anew; ARGS=--upgrade takes the newest
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && \
	$(PYTHON) -m venv "$$tools" && "$$tools/bin/pip" install --quiet uv && \
	compile="$$tools/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml" && \
	UV_CUSTOM_COMPILE_COMMAND="make lock" $$compile $(ARGS) -o requirements.lock && \
	UV_CUSTOM_COMPILE_COMMAND="make lock" $$compile $(ARGS) --group test -c requirements.lock -o requirements-dev.lock

test-all-pythons: ## run every test on each supported Python that this machine (or its pyenv) has
	@failed=0; for version in 3.11 3.12 3.13; do \
		for python in python$$version "$$HOME"/.pyenv/versions/$$version.*/bin/python none; do \
			"$$python" -c '' 2>/dev/null && break; done; \
		if [ "$$python" = none ]; then echo "Python $$version: not on this machine, not tested"; continue; fi; \
		echo "Python $$version: $$python"; \
		"$$python" packaging/set_up.py test --venv .venv-$$version && \
			$(call run_tests,.venv-$$version/bin/python) || failed=1; \
	done; exit $$failed

clean: ## remove what the targets above made (not your data)
	@rm -rf .venv .venv-* build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

set-up:
	@$(PYTHON) packaging/set_up.py run

set-up-tests:
	@$(PYTHON) packaging/set_up.py test
