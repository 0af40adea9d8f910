PYTHON ?= $(shell command -v python3.11 || command -v python3)
READY := .venv/ready

.PHONY: setup run test test-fast lint bench bench-statistics evaluate clean

setup: $(READY)

# The lock names every package with its checksum, so nothing is left to resolve; the project itself is linked.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements.lock
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: $(READY)
	.venv/bin/cem nightly --config data/configs/sample.toml --date 2026-09-29

test: lint
	.venv/bin/python -m pytest --numprocesses 2 --dist loadfile

test-fast: $(READY)
	.venv/bin/python -m pytest -m "not slow"

lint: $(READY)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

bench: $(READY)
	@for script in benchmarks/*.py; do .venv/bin/python $$script || exit 1; done

# The simulations: each ends with a line on what is asked of the statistics and what was found.
STATISTICS := interval_coverage correction comparison_false_alarms driver_recovery alerts topic_contributions \
	word_false_alarms loop_false_alarms survey_alone
bench-statistics: $(READY)
	@for name in $(STATISTICS); do echo "== $$name"; .venv/bin/python benchmarks/$$name.py || exit 1; echo; done

# The model and both baselines beside it: on the development set, and on samples of the label sets of others.
CORPUS := ../shared/corpus
EVALUATE := .venv/bin/cem evaluate --against snownlp --against linear --train $(CORPUS)/labelled/train.jsonl.gz
evaluate: $(READY)
	@if [ ! -d $(CORPUS) ]; then echo "evaluate: skipped, there is no $(CORPUS)"; exit 0; fi; \
	$(EVALUATE) --data $(CORPUS)/labelled/dev.jsonl.gz || exit 1; \
	for mapping in data/mappings/*.toml; do echo; \
		$(EVALUATE) --data $(CORPUS)/aux/$$(basename $$mapping .toml).csv.gz --mapping $$mapping --sample 500 || exit 1; \
	done

clean:
	rm -rf .venv .prefect warehouse .mypy_cache .pytest_cache .ruff_cache .hypothesis
