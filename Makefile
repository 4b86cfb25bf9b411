# Each target has one line of explanation, which `make` prints. All of them set up first where they need to.
.DEFAULT_GOAL := help
PY := .venv/bin/python
CONFORMANCE := ../shared/data/conformance
WORKERS ?= auto

# What set-up reads: when one of these changes, it runs again.
SETUP_INPUTS := pyproject.toml requirements.lock package.json package-lock.json .npmrc \
	scripts/setup.sh scripts/check_models.py scripts/fetch_assets.py app/embeddings/export.py \
	app/embeddings/graph.py

.PHONY: help setup installed browser run test test-browser conformance soak check bench eval clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup: installed browser ## Make .venv with everything that running and testing needs

# `make run` stops here: a missing Chromium matters to the tests only.
installed: .venv/.setup-done

.venv/.setup-done: $(SETUP_INPUTS)
	@scripts/setup.sh
	@touch $@

browser: installed
	@$(PY) scripts/find_chromium.py

run: installed ## Start Sayso with its database, and print the address
	@exec .venv/bin/sayso run

test: setup ## Run every test that needs nothing but this checkout
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile -m "not conformance and not soak"

test-browser: setup ## Run only the tests in real Chromium
	@$(PY) -m pytest -m browser

conformance: installed ## Run the tests against public data, where it lies beside the checkout
	@if [ -d $(CONFORMANCE) ]; then $(PY) -m pytest -n $(WORKERS) --dist loadfile -m conformance; \
	else echo "No conformance test was run: there is no $(CONFORMANCE)."; fi

soak: setup ## Run the long proofs: kills and time-outs at every point
	@$(PY) -m pytest -m soak --timeout 3600

check: installed ## Check style, types, layers, sizes and licences
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy --strict app sandbox tests
	@.venv/bin/lint-imports
	@$(PY) scripts/check_sizes.py
	@$(PY) scripts/list_licences.py --check

bench: installed ## Measure speed and cost, and print the figures
	@$(PY) -m bench

eval: installed ## Compare our matching with plain ones, on our cases and on public data beside the checkout
	@.venv/bin/sayso eval all

clean: ## Delete what set-up and tests made; the state in .sayso stays
	rm -rf .venv .venv-peers .setup.lock node_modules app/web/static/vendor tests/browser/vendor sayso.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find app sandbox tests scripts bench -name __pycache__ -prune -exec rm -rf {} +
