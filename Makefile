# WijkWijzer. `make` lists what you can do.
#
# Needs python3 (3.11 or newer) with pip. Everything is installed in .venv, from locks
# with hashes; a second run installs nothing.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Pinned by hand: uv is what checks the hashes of everything else.
UV     := uv==0.13.9
# Only for `make sbom`, which fetches it: it would bring twenty packages to every test.
SBOM   := cyclonedx-bom==7.5.0

.PHONY: help start test coverage check format lock outdated sbom bench attacks soak screenshots clean
.DELETE_ON_ERROR:

help:
	@echo "make start             serve the site on http://127.0.0.1:8000 (PORT=8001 for another port)"
	@echo "make test              all checks and tests, on SQLite and on PostgreSQL"
	@echo "make test ARGS='...'   some of the tests; ARGS goes to pytest"
	@echo "make coverage          which lines and branches the tests pass, of those that need no browser"
	@echo "make check             the quick checks, no tests"
	@echo "make format            format code and templates"
	@echo "make lock              pin the versions of pyproject.toml (UPGRADE=1: the newest)"
	@echo "make outdated          tell which packages have a newer version"
	@echo "make sbom              list all that runs here, in var/sbom.cdx.json (CycloneDX)"
	@echo "make bench             measure the promises of speed; writes docs/benchmarks.md (some sizes: BENCH_SIZES=21,1000)"
	@echo "make attacks           what readers notice of slow, costly and guessing clients (ATTACK_SECONDS=30, ATTACKS=guess)"
	@echo "make soak              ten minutes of mixed load at 80 % of capacity, with publications (SOAK_SECONDS=600)"
	@echo "make screenshots       photograph the site for the README, in docs/screenshots/"
	@echo "make clean             remove what was installed (not the database in var/)"

start: $(VENV)/.runtime
	@$(BIN)/python manage.py start

test: $(VENV)/.test
	@$(BIN)/python -m tests.run test $(ARGS)

coverage: $(VENV)/.test
	@$(BIN)/python -m tests.run coverage

check: $(VENV)/.test
	@$(BIN)/python -m tests.run check

format: $(VENV)/.test
	@$(BIN)/python -m tests.run format

lock: $(VENV)/.installer
	@$(call compile,requirements.lock)
	@# What is tested must be what runs: the test lock follows the other.
	@$(call compile,requirements-test.lock,--group test --constraints requirements.lock)

outdated: $(VENV)/.test
	@$(BIN)/uv pip list --python $(BIN)/python --outdated

sbom: $(VENV)/.installer
	@mkdir -p -m 700 var
	@$(BIN)/uv tool run --quiet --from "$(SBOM)" cyclonedx-py requirements requirements.lock \
		--pyproject pyproject.toml --output-reproducible --of JSON -o var/sbom.cdx.json
	@echo "• var/sbom.cdx.json"

bench: $(VENV)/.test
	@$(BIN)/python -m tests.bench

attacks soak: $(VENV)/.test
	@$(BIN)/python -m tests.bench.$@

screenshots: $(VENV)/.test
	@PYTHONPATH=. $(BIN)/python docs/screenshots/maak.py

clean:
	rm -rf $(VENV) tests/browser/node_modules

# A venv without pip (Debian without python3-venv) is served by the pip of python3.
$(VENV)/.installer:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "WijkWijzer heeft Python 3.11 of nieuwer nodig. Kies er een, bijvoorbeeld: make start PYTHON=python3.12"; exit 1; }
	@echo "• Python-omgeving maken in $(VENV) …"
	@$(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 || $(PYTHON) -m venv --clear --without-pip $(VENV)
	@if [ -x $(BIN)/pip ]; then $(BIN)/python -m pip install --quiet --disable-pip-version-check "$(UV)" 2>/dev/null; \
		else $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check "$(UV)" 2>/dev/null; fi \
		|| echo "  uv is er niet; pip doet het ook, iets langzamer."
	@touch $@

$(VENV)/.runtime: requirements.lock | $(VENV)/.installer
	@$(call install,requirements.lock)

$(VENV)/.test: requirements-test.lock | $(VENV)/.installer
	@$(call install,requirements-test.lock)
	@touch $(VENV)/.runtime

# Versions and hashes, for every platform; tests/test_tools.py sees a forgotten `make lock`.
compile = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url $(if $(UPGRADE),--upgrade) \
	--custom-compile-command "make lock, from $$($(BIN)/python -m tests.tools.locks)" \
	$(2) pyproject.toml --output-file $(1)

define install
echo "• Pakketten van $(1) installeren …"; \
if [ -x $(BIN)/uv ]; then $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1); \
elif [ -x $(BIN)/pip ]; then $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); \
else $(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --require-hashes -r $(1); fi && touch $@
endef
