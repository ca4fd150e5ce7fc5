# `make help` lists the targets
PYTHON ?= python3
VENV ?= .venv
OUTPUT ?= outputs
RUN = $(VENV)/bin/python -m
export HF_HUB_OFFLINE ?= 0
export TOKENIZERS_PARALLELISM = false

.DEFAULT_GOAL := help
.PHONY: help setup demo nano ensemble evaluate test check format clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --upgrade "pip>=24"
	$(VENV)/bin/python -m pip install --quiet -c constraints.txt torch
	$(VENV)/bin/python -m pip install --quiet -c constraints.txt -e ".[dev]"
	@touch $@

setup: $(VENV)/.ready  ## make .venv with the tested versions

demo: setup  ## the main job on the embedded default: sweep, ensemble, evaluation (two cores, 8 to 10 minutes)
	@echo "The main job on the shipped nano model and the demo databases, on this machine's CPU (or GPU), in three steps:"
	@echo "  1. sweep: two LoRA+ ratios x two tasks        python -m oraclecoder.train -m ...     2 to 3 min"
	@echo "  2. ensemble: merge members, pass the gate      python -m oraclecoder.merge            1 to 2 min"
	@echo "  3. evaluation on five unseen databases        python -m oraclecoder.evaluate         4 to 5 min"
	$(RUN) oraclecoder.train -m lora.lr_ratio=4,8 task=sql_generation,schema_linking training.epochs=0.5 task.max_new_tokens=64 dataset.validation_limit=100 task.num_sample_rows=1 output_dir=$(OUTPUT) hydra/launcher=joblib hydra.launcher.n_jobs=2
	$(RUN) oraclecoder.merge ensemble=quick output_dir=$(OUTPUT)
	$(RUN) oraclecoder.evaluate results_dir=$(OUTPUT) systems=[base,members,best,ensemble] show=3 jobs=2 answer.max_batch_tokens=32768

nano: setup  ## a short pretraining from scratch, to see that it works, into outputs/nano (10 to 20 minutes)
	$(RUN) oraclecoder.pretrain

ensemble: setup  ## per task, merge the newest sweep that has ended and has a usable run
	$(RUN) oraclecoder.merge output_dir=$(OUTPUT)

evaluate: setup  ## the newest ensemble on the evaluation split
	$(RUN) oraclecoder.evaluate results_dir=$(OUTPUT)

test: setup  ## all tests
	OMP_NUM_THREADS=1 $(RUN) pytest -q -n auto --maxprocesses 8 --dist loadfile

check: setup  ## lint, format and types
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy

format: setup  ## rewrite files in the house format
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

clean:  ## remove what was built, not what was trained
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .mypy_cache *.egg-info
