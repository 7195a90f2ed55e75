# plumbline: one Makefile, not recursive by folder. `make help` lists the targets.
#
# Sources are found by wildcard per folder: a new file needs no edit here. Every flavour (release, asan,
# fuzz) is built beside the others in $(BUILD)/<flavour>/, from the same rules; the targets that need a
# flavour other than the one in hand, or that must run after `make deps`, call $(MAKE) for it.

VERSION  = 0.1.0
CC       = gcc
CLANG    = clang
BUILD    = build
PREFIX   = /usr/local
DESTDIR  =
DEPS     = yes
FLAVOUR  = release
# Warnings are errors in the flavour that `make check` uses; a user's newer compiler must not stop a build.
WERROR   = $(if $(filter asan,$(FLAVOUR)),-Werror)
SAN      =
JOBS    := $(shell nproc 2>/dev/null || echo 2)
FUZZ_SECONDS = 20

OUT      = $(BUILD)/$(FLAVOUR)
SHARED   = ../shared

# ---- Flags ----------------------------------------------------------------------------------------

PKGS      = libcurl libuv libcares jansson yaml-0.1 expat openssl libpq sqlite3 zlib
TEST_PKGS = cmocka libmicrohttpd
# Library headers are system headers: our warnings are for our code.
pkg_cflags = $(patsubst -I%,-isystem%,$(shell pkg-config --cflags $(1) 2>/dev/null))
PKG_CFLAGS := $(call pkg_cflags,$(PKGS) $(TEST_PKGS))
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lm
TEST_LIBS  := $(shell pkg-config --libs $(TEST_PKGS) 2>/dev/null)

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wold-style-definition \
       -Wmissing-prototypes -Wmissing-declarations -Wpointer-arith -Wcast-qual -Wwrite-strings \
       -Wswitch-enum -Wundef -Wvla -Wformat=2 -Wimplicit-fallthrough -Wnull-dereference \
       -Wdouble-promotion $(WERROR)

ASAN = -fsanitize=address,undefined -fno-sanitize-recover=all
ifeq ($(FLAVOUR),asan)
  SAN = $(ASAN)
  OPT = -O1 -g -fno-omit-frame-pointer -fPIC
else ifeq ($(FLAVOUR),fuzz)
  CC  = $(CLANG)
  SAN = -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
  OPT = -O1 -g -fno-omit-frame-pointer
else
  OPT = -O2 -g -D_FORTIFY_SOURCE=2
endif

DEFS       = -std=c11 -D_GNU_SOURCE -DPL_VERSION='"$(VERSION)"' -Iinclude $(PKG_CFLAGS)
ALL_CFLAGS = $(DEFS) $(OPT) $(WARN) -fstack-protector-strong -fno-common $(SAN) $(CPPFLAGS) $(CFLAGS)
ALL_LDFLAGS = $(SAN) -Wl,-z,relro,-z,now $(LDFLAGS)
# Tests also see the helpers beside them and the private header of the folder that they test.
extra_includes = $(if $(filter tests/fuzz/%,$(1)),-Isrc/probe) $(if $(filter gcp/schema/%,$(1)),-Igcp) $(if $(filter tests/%,$(1)),-Itests/support -Itests/sim -Itests/servers $(patsubst \
                 tests/unit/%/,-Isrc/%,$(filter tests/unit/%,$(dir $(1)))) $(if $(filter \
                 tests/unit/gcp/% tests/fuzz/%,$(1)),-Igcp))

# ---- Sources --------------------------------------------------------------------------------------

FOLDERS  = base io net model diff probe reach logs deploy explain remedy init accept report history cli
LIB_SRC := $(sort $(foreach d,$(FOLDERS),$(wildcard src/$(d)/*.c)) $(wildcard gcp/*.c) \
           $(filter-out gcp/schema/generate.c,$(wildcard gcp/schema/*.c)))
SIM_SRC     := $(filter-out tests/sim/sim_main.c,$(sort $(wildcard tests/sim/*.c)))
SUPPORT_SRC := $(sort $(wildcard tests/support/*.c))
SERVER_COMMON := $(sort $(wildcard tests/servers/*_common.c))
SERVER_SRC  := $(filter-out $(SERVER_COMMON),$(sort $(wildcard tests/servers/*.c)))
TEST_SRC    := $(sort $(wildcard tests/unit/*/test_*.c tests/contract/test_*.c tests/e2e/test_*.c) \
               $(wildcard tests/scenarios/run.c))
FUZZ_SRC    := $(sort $(wildcard tests/fuzz/fuzz_*.c))
# A shell file that others source is named *_common.sh.
E2E_SH      := $(filter-out %_common.sh,$(sort $(wildcard tests/e2e/*.sh)))
BENCH_SRC   := $(sort $(wildcard tests/bench/*.c))
BENCH_SH    := $(filter-out %_common.sh,$(sort $(wildcard tests/bench/bench_*.sh)))
OTHER_SRC   := $(wildcard src/main.c tests/sim/sim_main.c tests/fuzz/driver.c gcp/schema/generate.c)
ALL_SRC     := $(LIB_SRC) $(SIM_SRC) $(SUPPORT_SRC) $(SERVER_COMMON) $(SERVER_SRC) $(TEST_SRC) \
               $(FUZZ_SRC) $(BENCH_SRC) $(OTHER_SRC)

comma   := ,
obj      = $(patsubst %.c,$(OUT)/obj/%.o,$(1))
BIN      = $(OUT)/plumbline
SIM      = $(if $(wildcard tests/sim/sim_main.c),$(OUT)/plumbline-sim)
LIB      = $(OUT)/libplumbline.a
TESTLIB  = $(OUT)/libtestsupport.a
# Tests link against shared copies where they are many and change often: seconds for them all, not minutes.
SHARED_LIBS = $(if $(filter asan,$(FLAVOUR)),$(OUT)/libplumbline.so $(OUT)/libtestsupport.so)
SERVERS  = $(patsubst tests/servers/%.c,$(OUT)/servers/%,$(SERVER_SRC))
TESTS    = $(patsubst %.c,$(OUT)/%,$(TEST_SRC))
BENCHERS = $(patsubst %.c,$(OUT)/%,$(BENCH_SRC))
FUZZERS  = $(patsubst %.c,$(OUT)/%,$(FUZZ_SRC))
SYNTAX   = $(patsubst %.c,$(OUT)/syntax/%.ok,$(ALL_SRC))

# ---- Building -------------------------------------------------------------------------------------

# One short line a step; V=1 shows whole commands.
Q   = $(if $(V),,@)
say = $(if $(V),,; echo '$(1) $@')

.PHONY: all
all: $(LIB) $(if $(wildcard src/main.c),$(BIN))

.PHONY: asan
asan: ; +@$(MAKE) --no-print-directory FLAVOUR=asan all tools

.PHONY: tools tests
tools: $(SIM) $(SERVERS)
tests: all tools $(TESTS) $(FUZZERS)

# Two stamps that change only when their text does: other flags rebuild everything, a file that came or
# went rebuilds the archives.
stamp = @mkdir -p $(@D); printf '%s\n' '$(subst ','\'',$(1))' | cmp -s - $@ || printf '%s\n' '$(subst ','\'',$(1))' >$@
.PHONY: FORCE
$(OUT)/flags: FORCE
	@pkg-config --exists --print-errors $(PKGS) || { echo "libraries are missing: run 'make deps'" >&2; exit 1; }
	$(call stamp,$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS))
$(OUT)/sources: FORCE
	$(call stamp,$(ALL_SRC))

$(OUT)/obj/%.o: %.c $(OUT)/flags
	@mkdir -p $(@D)$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) $(call extra_includes,$<) -MMD -MP -c -o $@ $<

# What the assembler reads in (html_assets.c), the compiler's list of dependencies does not know.
$(OUT)/obj/src/report/html_assets.o: src/report/html_style.css src/report/html_script.js

$(LIB): $(call obj,$(LIB_SRC)) $(OUT)/sources
$(TESTLIB): $(call obj,$(SUPPORT_SRC) $(SIM_SRC) $(SERVER_COMMON)) $(OUT)/sources
$(LIB) $(TESTLIB):
	@rm -f $@$(call say,AR)
	$(Q)ar rcs $@ $(filter %.o,$^)

define link
@mkdir -p $(@D)$(call say,LD)
$(Q)$(CC) $(ALL_LDFLAGS) -o $@
endef
link_test = $(link) $(filter %.o,$^) $(TESTLIB) $(LIB) $(TEST_LIBS) $(PKG_LIBS)
$(BIN): $(OUT)/obj/src/main.o $(LIB)
	$(link) $< $(LIB) $(PKG_LIBS)
$(OUT)/plumbline-sim: $(OUT)/obj/tests/sim/sim_main.o $(TESTLIB) $(LIB)
	$(link_test)
$(OUT)/libplumbline.so: $(call obj,$(LIB_SRC)) $(OUT)/sources
	$(link) -shared -Wl,-soname,$(@F) $(filter %.o,$^) $(PKG_LIBS)
$(OUT)/libtestsupport.so: $(call obj,$(SUPPORT_SRC) $(SIM_SRC) $(SERVER_COMMON)) $(OUT)/libplumbline.so $(OUT)/sources
	$(link) -shared -Wl,-soname,$(@F) $(filter %.o,$^) $(OUT)/libplumbline.so $(TEST_LIBS) $(PKG_LIBS)
ifeq ($(SHARED_LIBS),)
link_many = $(link_test)
$(SERVERS) $(TESTS) $(BENCHERS): $(TESTLIB) $(LIB)
else
link_many = $(link) $(filter %.o,$^) -Wl,-rpath,$(abspath $(OUT)) $(SHARED_LIBS) $(TEST_LIBS) $(PKG_LIBS)
$(SERVERS) $(TESTS) $(BENCHERS): | $(SHARED_LIBS)
endif
$(SERVERS): $(OUT)/servers/%: $(OUT)/obj/tests/servers/%.o
	$(link_many)
$(TESTS) $(BENCHERS): $(OUT)/%: $(OUT)/obj/%.o
	$(link_many)
# Under clang's fuzz flavour libFuzzer brings its own main; everywhere else the driver replays files.
ifeq ($(FLAVOUR),fuzz)
$(FUZZERS): $(OUT)/%: $(OUT)/obj/%.o $(LIB)
	$(link) -fsanitize=fuzzer $< $(LIB) $(PKG_LIBS)
else
$(FUZZERS): $(OUT)/%: $(OUT)/obj/%.o $(OUT)/obj/tests/fuzz/driver.o | $(or $(SHARED_LIBS),$(LIB))
	$(link) $(filter %.o,$^) $(or $(SHARED_LIBS) -Wl$(comma)-rpath$(comma)$(abspath $(OUT)),$(LIB)) $(PKG_LIBS)
endif

# ---- Checking -------------------------------------------------------------------------------------

TEST_ENV = PLUMBLINE=$(abspath $(BIN)) PLUMBLINE_SIM=$(abspath $(OUT)/plumbline-sim) BUILD=$(abspath $(OUT)) \
           SHARED=$(SHARED) LOGS=$(abspath $(OUT)/log) SCENARIO_SCORES=$(SCENARIO_SCORES) PLUMBLINE_SIM_REQUESTS=$(abspath $(OUT)/requests)
run = @$(TEST_ENV) tests/support/run.sh
RUNS = $(patsubst %,run/%,$(patsubst %.c,%,$(TEST_SRC)) $(E2E_SH) $(patsubst %.c,%,$(FUZZ_SRC)))

.PHONY: check
check: deps
	@rm -rf $(BUILD)/asan/log $(BUILD)/asan/requests && mkdir -p $(BUILD)/asan/log $(BUILD)/asan/requests
	+@$(MAKE) -k --no-print-directory -j$(JOBS) FLAVOUR=asan check-steps; \
	    status=$$?; $(MAKE) --no-print-directory FLAVOUR=asan run/requests; LOGS=$(BUILD)/asan/log tests/support/summary.sh $$status

.PHONY: check-steps
check-steps: $(RUNS) run/floors run/lint run/tools syntax

# Any one of them: make run/tests/unit/base/test_err FLAVOUR=asan
# Every request that the simulators saw: last, when all tests have run.
.PHONY: run/requests faults
run/requests: $(OUT)/servers/requests_check
	$(run) requests $< $(OUT)/requests $(SHARED)/discovery

# The table of every kind on every bad day.
faults:
	+@$(MAKE) --no-print-directory FLAVOUR=asan run/tests/unit/gcp/test_fault_matrix
	@grep -v '^\[' $(BUILD)/asan/log/tests/unit/gcp/test_fault_matrix.log

# Every scenario's account against the expected one, and the real cases that none is modelled on yet.
.PHONY: scenarios
scenarios:
	@rm -f $(BUILD)/asan/scores; mkdir -p $(BUILD)/asan
	+@$(MAKE) --no-print-directory FLAVOUR=asan SCENARIO_SCORES=$(abspath $(BUILD)/asan/scores) run/tests/scenarios/run; \
	    tests/scenarios/score.sh $(BUILD)/asan/scores $(SHARED)/cases.json

.PHONY: run/floors run/lint run/tools $(RUNS)
$(patsubst %.c,run/%,$(TEST_SRC)): run/%: $(OUT)/% $(if $(wildcard src/main.c),$(BIN)) $(SIM) $(SERVERS)
	$(run) $* $(OUT)/$*
$(patsubst %,run/%,$(E2E_SH)): run/%: $(if $(wildcard src/main.c),$(BIN)) $(SIM) $(SERVERS) $(OUT)/tests/bench/bench_run FORCE
	$(run) $* $*
$(patsubst %.c,run/%,$(FUZZ_SRC)): run/tests/fuzz/fuzz_%: $(OUT)/tests/fuzz/fuzz_%
	$(run) tests/fuzz/fuzz_$* $< tests/fuzz/corpus/$*
run/floors: ; $(run) floors $(MAKE) --no-print-directory floors
# clang-tidy over every file, where nothing of it is kept yet: minutes on a small machine.
run/lint: export TEST_TIMEOUT = 1500
run/lint: ; $(run) lint $(MAKE) --no-print-directory lint
run/tools: ; $(run) tools tests/lint/test_tools.sh

.PHONY: syntax
syntax: $(if $(shell command -v $(CLANG)),$(SYNTAX),syntax-skipped)
.PHONY: syntax-skipped
syntax-skipped: ; @echo "skipped: $(CLANG) (second compiler)"
$(OUT)/syntax/%.ok: %.c $(OUT)/flags
	@mkdir -p $(@D)
	@$(CLANG) -fsyntax-only $(filter-out -fsanitize%,$(ALL_CFLAGS)) -Werror $(call extra_includes,$<) \
	    -MMD -MP -MF $(@:.ok=.d) -MT $@ $< && touch $@

.PHONY: floors lint format
floors: ; @tests/lint/floors.sh && tests/lint/test_floors.sh
lint: ; @BUILD=$(BUILD) FLAGS='$(subst ','\'',$(DEFS))' tests/lint/lint.sh
format: ; clang-format -i $$(find src gcp include tests -name '*.[ch]' -not -path 'gcp/schema/*')

.PHONY: fuzz fuzz-replay fuzz-run
fuzz: ; +@$(MAKE) --no-print-directory -j$(JOBS) FLAVOUR=fuzz fuzz-run
fuzz-run: $(FUZZERS)
	@tests/fuzz/run.sh $(OUT) $(FUZZ_SECONDS) $(FUZZERS)
fuzz-replay: ; +@$(MAKE) --no-print-directory FLAVOUR=asan $(filter run/tests/fuzz/%,$(RUNS))

# ---- Using ----------------------------------------------------------------------------------------

.PHONY: deps
deps: ; @DEPS=$(DEPS) tests/support/deps.sh

.PHONY: demo demo-run demo-20-run
demo: deps
	+@$(MAKE) --no-print-directory -j$(JOBS) FLAVOUR=release all tools
	+@$(MAKE) --no-print-directory FLAVOUR=release demo-run
.PHONY: demo-20
demo-20: deps
	+@$(MAKE) --no-print-directory -j$(JOBS) FLAVOUR=release all tools
	+@$(MAKE) --no-print-directory FLAVOUR=release demo-20-run
demo-20-run: ; @$(TEST_ENV) DEMO_OUT=$(abspath $(BUILD))/demo-20 tests/demo/repeat.sh
demo-run: ; @$(TEST_ENV) DEMO_OUT=$(abspath $(BUILD))/demo tests/demo/demo.sh

.PHONY: schema
schema: $(OUT)/obj/gcp/schema/generate.o $(LIB)
	$(CC) $(ALL_LDFLAGS) -o $(OUT)/generate-schema $< $(LIB) $(PKG_LIBS)
	$(OUT)/generate-schema $(SHARED)/schema gcp/schema

# One after another, whatever -j says: they measure. A target that is missed is printed and counted, not an error.
BENCHES = $(patsubst tests/bench/bench_%.sh,bench-%,$(BENCH_SH))
.PHONY: bench $(BENCHES)
bench: all tools $(BENCHERS)
	+@for b in $(BENCHES); do $(MAKE) --no-print-directory $$b || exit 1; done
$(BENCHES): bench-%: tests/bench/bench_%.sh all tools $(BENCHERS)
	@$(TEST_ENV) $< || [ $$? = 77 ]

# Once it has installed Google's Node client into $(BUILD)/node, `make check` runs this test, too.
.PHONY: contract-node
contract-node: ; +@$(MAKE) --no-print-directory -j$(JOBS) FLAVOUR=asan all tools contract-node-run
.PHONY: contract-node-run
contract-node-run: $(BIN) $(SIM) $(SERVERS) ; @$(TEST_ENV) tests/e2e/test_node_client.sh --install

SHARE = $(DESTDIR)$(PREFIX)/share
.PHONY: install uninstall
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/doc/plumbline/docs $(SHARE)/doc/plumbline/baselines
	install -m 755 $(BIN) $(DESTDIR)$(PREFIX)/bin/plumbline
	$(foreach f,$(wildcard README.md),install -m 644 $(f) $(SHARE)/doc/plumbline/;)
	$(foreach f,$(wildcard docs/*.md),install -m 644 $(f) $(SHARE)/doc/plumbline/docs/;)
	$(foreach f,$(wildcard baselines/*),install -m 644 $(f) $(SHARE)/doc/plumbline/baselines/;)
	$(foreach f,$(wildcard docs/*.json),install -m 644 $(f) $(SHARE)/doc/plumbline/docs/;)
	install -d $(SHARE)/doc/plumbline/docs/running $(DESTDIR)$(PREFIX)/lib/systemd/system
	$(foreach f,$(wildcard docs/running/*),install -m 644 $(f) $(SHARE)/doc/plumbline/docs/running/;)
	sed 's|/usr/local/bin|$(PREFIX)/bin|' docs/running/plumbline.service >$(DESTDIR)$(PREFIX)/lib/systemd/system/plumbline.service
	install -m 644 docs/running/plumbline.timer $(DESTDIR)$(PREFIX)/lib/systemd/system/
	install -d $(SHARE)/man/man1 $(SHARE)/man/man5 $(SHARE)/bash-completion/completions
	$(BIN) list manual >$(SHARE)/man/man1/plumbline.1
	$(BIN) list baseline-manual >$(SHARE)/man/man5/plumbline.yaml.5
	$(BIN) list completion >$(SHARE)/bash-completion/completions/plumbline
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/plumbline $(SHARE)/man/man[15]/plumbline.* $(SHARE)/bash-completion/completions/plumbline
	rm -f $(DESTDIR)$(PREFIX)/lib/systemd/system/plumbline.service $(DESTDIR)$(PREFIX)/lib/systemd/system/plumbline.timer
	rm -rf $(SHARE)/doc/plumbline

.PHONY: clean
clean: ; rm -rf $(BUILD)

.PHONY: help
help:
	@echo 'make            build $(BUILD)/release/plumbline (warning-free)'
	@echo 'make demo       install what is missing, build, run the demo estate, leave reports in $(BUILD)/demo/'
	@echo 'make demo-20    the demo 20 times (DEMO_RUNS=N): every account must be the expected one'
	@echo 'make check      install what is missing, build with sanitizers, run every test and lint'
	@echo 'make deps       install the Debian packages that are missing (DEPS=no skips it everywhere)'
	@echo 'make install    into $$(DESTDIR)$$(PREFIX); uninstall removes it again'
	@echo 'make asan       build $(BUILD)/asan/ with ASan and UBSan;  tests: every test program too'
	@echo 'make floors     no folder includes upward or sideways'
	@echo 'make lint       house rules, clang-format, clang-tidy, cppcheck;  format: repair the layout'
	@echo 'make fuzz       libFuzzer on every target, FUZZ_SECONDS=$(FUZZ_SECONDS) each;  fuzz-replay: the kept corpus only'
	@echo 'make faults     the table of every kind on every bad day of Google'"'"'s: which reason its gaps have'
	@echo 'make scenarios  every failure in tests/scenarios, run: the account found beside the expected one, as a score table'
	@echo 'make schema     regenerate gcp/schema/ from $(SHARED)/schema'
	@echo 'make contract-node  install Google'"'"'s Node client with npm, and hold what it sees against what we see'
	@echo 'make bench      measure: $(BENCHES)'
	@echo 'make clean      remove $(BUILD)/'
	@echo 'one test:       make run/tests/unit/base/test_err FLAVOUR=asan'
	@echo 'variables:      CC CFLAGS LDFLAGS BUILD PREFIX DESTDIR DEPS FLAVOUR JOBS'

-include $(patsubst %.c,$(OUT)/obj/%.d,$(ALL_SRC)) $(patsubst %.c,$(OUT)/syntax/%.d,$(ALL_SRC))
# Test objects are wanted again by the next link.
.SECONDARY:
.DELETE_ON_ERROR:
