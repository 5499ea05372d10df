# make run and make test are all that a newcomer needs; both start from a bare Debian or Ubuntu with Python and git.
PYTHON ?= python3
ENGINE = $(PYTHON) engine/kefu.py

.DEFAULT_GOAL := help
.PHONY: help run test lint engine assets stop status reset bench-http bench-desk bench-billing bench-bills bench-stores

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: ## set up what is missing and serve the site until Ctrl-C (PORT=8000 DEMO=1)
	@$(ENGINE) run

test: ## provision a test site of its own, run all tests, stop everything (ARGS="tests/engine -k name")
	@$(ENGINE) test $(ARGS)

lint: engine ## all checks of the source
	@tools/lint/run

engine: ## system packages, framework, env/, node packages, assets: only what is missing or out of date
	@$(ENGINE) setup

assets: ## build the assets (WATCH=1: rebuild on change)
	@$(ENGINE) assets $(if $(WATCH),--watch --development)

stop: ## stop what make run started
	@$(ENGINE) stop

status: ## what runs where
	@$(ENGINE) status

reset: ## delete the site and data of make run, after asking (YES=1: without)
	@$(ENGINE) reset $(if $(YES),--yes)

bench-http: engine ## requests per second: ping, a list of 20, login page
	@$(ENGINE) bench-http

bench-billing: engine ## a billing run against the bare driver, the server and documents (UNITS=10000 JSON=file)
	@$(ENGINE) site --instance bench
	@KEFU_INSTANCE=bench env/bin/python -m benchmarks.billing --units $(or $(UNITS),10000) $(if $(JSON),--json $(JSON)); \
		status=$$?; $(ENGINE) stop --instance bench; exit $$status

bench-bills: engine ## lists, statements and reports of billing on a site of 3,000,000 bills (BILLS=)
	@$(PYTHON) -m benchmarks.bills --bills $(or $(BILLS),3000000)

bench-desk: engine ## the service desk with 200 open cases per agent and 500,000 closed ones (CLOSED= OPEN=)
	@$(PYTHON) -m benchmarks.desk --closed $(or $(CLOSED),500000) --open $(or $(OPEN),200)

bench-stores: engine ## stock of any day at 10,000 and at 1,000,000 ledger rows
	@$(ENGINE) site --instance bench
	@KEFU_INSTANCE=bench env/bin/python -m benchmarks.stores; status=$$?; $(ENGINE) stop --instance bench; exit $$status
