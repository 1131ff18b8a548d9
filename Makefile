# Réglo : `make serve` suffit pour commencer ; `make help` dit le reste.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TORCH := torch==2.13.0
SHARED := ../shared
AXE := axe-core@4.14.1

LOCKS := locks/serve.txt locks/models.txt locks/dev.txt
FULL := $(VENV)/.full
SMALL := $(VENV)/.light
# What the other targets ask for: the installation that is there, light or full; the full one where there is none.
READY := $(firstword $(wildcard $(FULL)) $(wildcard $(SMALL)) $(FULL))

PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
PINNED := $(PIP) install --no-deps --require-hashes

.DEFAULT_GOAL := help
.PHONY: help install serve test test-all lint format bench picture icons axe lock

help: ## cette liste
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

install: $(if $(LIGHT),$(SMALL),$(FULL)) ## installe tout dans .venv (LIGHT=1 : sans torch ni sentence-transformers)

serve: $(READY) ## le site, sur http://127.0.0.1:8000
	$(BIN)/reglo serve

test: $(READY) ## les essais, sans les plus longs
	$(BIN)/python -m pytest -m "not long"

test-all: $(READY) ## tous les essais
	$(BIN)/python -m pytest

lint: $(READY) ## ruff et mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY) ## met le code en forme
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) ## mesures, chacune rapportée à une référence prise dans la même exécution
	$(BIN)/python -m tests.benchmarks --shared $(SHARED)

axe: $(READY) ## prend axe-core (npm), avec lequel les essais vérifient l'accessibilité des pages
	@npm install --prefix $(VENV)/axe --no-save --no-audit --no-fund --silent $(AXE)

picture: $(READY) ## reprend les photographies de la page que montre le README
	$(BIN)/python -m tests.picture docs/pictures

icons: $(READY) ## refait les icônes en PNG d'après web/static/icon.svg (il faut Chromium)
	$(BIN)/python -m tests.icons

# A python3 without ensurepip makes a .venv without pip; the pip beside it then puts one inside.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Réglo demande Python 3.11 ou plus récent : make install PYTHON=python3.12, par exemple."; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 \
		|| { $(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; } \
		|| { rm -rf $(VENV); echo "Impossible de créer $(VENV) : il faut python3 et pip (sous Debian : apt install python3-pip)."; exit 1; }

$(SMALL): $(LOCKS) pyproject.toml | $(BIN)/python
	@echo "Réglo s'installe dans $(VENV), sans torch ni sentence-transformers..."
	@$(PINNED) -r locks/serve.txt -r locks/dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# torch by its version alone: which build suits the machine is for the machine to say (see README).
$(FULL): $(LOCKS) pyproject.toml | $(BIN)/python
	@echo "Réglo s'installe dans $(VENV) (quelques minutes ; LIGHT=1 pour une installation légère)..."
	@$(PINNED) -r locks/serve.txt -r locks/models.txt -r locks/dev.txt
	@$(PIP) install $(TORCH)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

EXTRA := $(BIN)/python -c 'import sys, tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"][sys.argv[1]], sep="\n")'
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url \
	--no-emit-find-links --no-emit-trusted-host --no-emit-options --annotation-style=line $(if $(UPGRADE),--upgrade)

# pip-compile warns that torch is not pinned: it is installed apart, by its version (TORCH above).
lock: $(READY) ## fige les versions d'après pyproject.toml (UPGRADE=1 : les plus récentes)
	@$(COMPILE) --allow-unsafe --output-file locks/serve.txt pyproject.toml
	@$(EXTRA) models | $(COMPILE) --constraint locks/serve.txt --unsafe-package torch --output-file locks/models.txt -
	@$(EXTRA) dev | $(COMPILE) --allow-unsafe --constraint locks/serve.txt --constraint locks/models.txt --output-file locks/dev.txt -
