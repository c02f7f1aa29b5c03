# What the project can do; `make help` lists it. Plain make and sh. Each target sets up what it needs by itself.

HOST ?= 127.0.0.1
PORT ?= 8000

PY = .venv/bin/python
# Warnings and what nobody closed are told. Not the checks of memory that come with that: they are for C, and slow.
PYTEST = PYTHONDEVMODE=1 PYTHONMALLOC=pymalloc $(PY) -m pytest
# Each process keeps to its own part, so that the servers of a file start in one of them only.
PARALLEL = -n auto --dist worksteal
# Linters load the settings too. They get secrets and a database of their own.
TRY_OUT = DEMO=1 DATA_DIR=var/lint
# As in production: nothing is taken for granted. The values only have to be there.
PRODUCTION = DEMO=0 DEBUG=0 SECRET_KEY=lint-lint-lint-lint-lint-lint-lint-lint-lint-0123456789 ALLOWED_HOSTS=sign-in.example \
	SITE_URL=https://sign-in.example DATA_DIR=var/lint \
	COGNITO_USER_POOL_ID=eu-west-1_Example00 COGNITO_CLIENT_ID=0example0

# boto3 and what it needs: Lambda's Python has them, so the bundle of triggers does not.
BY_LAMBDA = boto3 botocore jmespath python-dateutil s3transfer six urllib3

.PHONY: help run dev test coverage test-fast test-clients test-browser test-postgres lint lint-ruff lint-upgrade lint-typos lint-secrets \
	lint-aws lint-django types format format-check docs docs-check screenshots bench bench-demo bench-postgres \
	package-triggers check requirements

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

run: ## Serve the site and its demo pool on http://localhost:8000 (PORT=8001, HOST=0.0.0.0 change that).
	@requirements/install.sh base
	@exec env DEMO=1 HOST='$(HOST)' PORT='$(PORT)' $(PY) manage.py serve

dev: ## The same with Django's own server, which reloads when a file changes and shows errors.
	@requirements/install.sh base
	@exec env DEBUG=1 HOST='$(HOST)' PORT='$(PORT)' $(PY) manage.py serve --reload

test: ## Run every test, those of pool and inspector on PostgreSQL too. Installs Chromium, Node.js, jq and PostgreSQL when they are missing.
	@requirements/install.sh test
	@$(PY) -m tests.machine chromium node jq postgresql
	@$(PYTEST) $(PARALLEL)
	@$(MAKE) --no-print-directory test-postgres

test-postgres: ## Run the tests of pool and inspector on a PostgreSQL that is started for them (ARGS=... are handed to pytest).
	@requirements/install.sh test
	@$(PY) -m tests.machine postgresql
	@$(PY) -m tests.postgres env $(PYTEST) $(PARALLEL) tests/pool tests/inspector $(ARGS)

coverage: ## Run every test and say which branches none of them takes: half as long again, so no part of `make test`.
	@requirements/install.sh test
	@$(PY) -m tests.machine chromium node jq
	@$(PYTEST) $(PARALLEL) --cov $(ARGS)

test-fast: ## Run the tests that need neither a browser nor other vendors' clients (ARGS=... are handed to pytest).
	@requirements/install.sh test
	@$(PYTEST) $(PARALLEL) -m "not browser and not clients" $(ARGS)

test-clients: ## Run only the tests with other vendors' clients (ARGS=... are handed to pytest).
	@requirements/install.sh test
	@$(PY) -m tests.machine chromium node jq
	@$(PYTEST) -m clients $(ARGS)

test-browser: ## Run only the tests in Chromium (ARGS=... are handed to pytest).
	@requirements/install.sh test
	@$(PY) -m tests.machine chromium
	@$(PYTEST) -m browser $(ARGS)

lint: lint-ruff lint-upgrade lint-typos lint-secrets lint-aws lint-django ## Look for mistakes, misspellings, secrets, missing migrations.

lint-ruff:
	@requirements/install.sh dev
	$(PY) -m ruff check

lint-upgrade:
	@requirements/install.sh dev
	find authsite flows tests -name node_modules -prune -o -name '*.py' -exec \
		$(PY) -m django_upgrade --check --target-version 5.2 {} +

lint-typos:
	@requirements/install.sh dev
	.venv/bin/typos

# By their form only (key ids, private keys, tokens): guessing by entropy cries wolf over test vectors and hashes.
lint-secrets:
	@requirements/install.sh dev
	git ls-files -z | xargs -0 .venv/bin/detect-secrets-hook --disable-plugin KeywordDetector \
		--disable-plugin HexHighEntropyString --disable-plugin Base64HighEntropyString \
		--exclude-lines 'user:password@host'

lint-aws:
	@requirements/install.sh dev
	.venv/bin/cfn-lint deploy/aws/template.yaml

lint-django:
	@requirements/install.sh dev
	$(TRY_OUT) $(PY) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

types: ## Check the types with mypy.
	@requirements/install.sh dev
	$(TRY_OUT) $(PY) -m mypy --cache-dir=/dev/null # what the plugin says of a model is cached too long

format: ## Format Python and templates.
	@requirements/install.sh dev
	$(PY) -m ruff check --fix --exit-zero --quiet
	$(PY) -m ruff format
	find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

format-check: ## Fail when something is not formatted.
	@requirements/install.sh dev
	$(PY) -m ruff format --check
	find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +

docs: ## Write the generated parts of docs/.
	@requirements/install.sh base
	$(TRY_OUT) $(PY) manage.py document

docs-check: ## Fail when the generated parts of docs/ are out of date.
	@requirements/install.sh base
	$(TRY_OUT) $(PY) manage.py document --check

screenshots: ## Take the pictures of docs/screenshots anew.
	@requirements/install.sh test
	@$(PY) -m tests.machine chromium
	@$(PY) -m tests.browser.pictures

bench: ## Measure sign-ins a second beside moto and cognito-local, ten minutes (ARGS=--quick: a first impression).
	@requirements/install.sh test
	@VENV=.venv-bench requirements/install.sh bench
	@cd benchmarks/rivals && { cmp -s package-lock.json node_modules/installed-package-lock.json || \
		{ npm ci --ignore-scripts --no-audit --no-fund && cp package-lock.json node_modules/installed-package-lock.json; }; }
	@$(PY) -m benchmarks.sign_ins $(ARGS)

bench-demo: ## Measure what the demonstration costs a portal that has it off, and on.
	@requirements/install.sh test
	@$(PY) -m benchmarks.demonstration $(ARGS)

bench-postgres: ## The same on a PostgreSQL that is started for it.
	@requirements/install.sh test
	@$(PY) -m tests.machine postgresql
	@$(MAKE) --no-print-directory bench PY='$(PY) -m tests.postgres $(PY)'

package-triggers: ## Make the bundle of the Lambda triggers for AWS, var/triggers.zip (ARGS="--architecture x86_64").
	@requirements/install.sh base
	@$(PY) deploy/aws/bundle.py $(ARGS) var/triggers.zip

check: test lint types format-check docs-check ## Everything that CI runs.

requirements: ## Compile requirements/*.in to pinned lists with hashes (UPGRADE=--upgrade for newer versions).
	@requirements/install.sh dev
	@for list in base triggers test dev bench; do \
		only=; [ $$list != triggers ] || only='-c base.txt $(BY_LAMBDA:%=--no-emit-package %)'; \
		(cd requirements && ../.venv/bin/uv pip compile $(UPGRADE) --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements" \
			$$only --output-file $$list.txt $$list.in) || exit 1; \
	done
