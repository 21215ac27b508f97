# gongkai - see README.md. `make` builds build/gongkai; `make help` lists the rest.
# V=1 shows the commands.
Q   := $(if $(V),,@)
say  = $(if $(V),,@printf '  %-7s%s\n' $(1) $@)
ifeq ($(origin CC),default)
CC := gcc
endif
BUILD    ?= build
HOSTCC   ?= gcc
VERSION  := $(shell cat VERSION)
PACKAGES := sqlite3 libpq libzip libxml-2.0 xlsxwriter pangocairo pangoft2 cairo-pdf libsodium jansson \
            libgcrypt zlib libbrotlienc gumbo libseccomp libcurl libqrencode

WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes -Wmissing-prototypes \
            -Wcast-qual -Wundef -Wvla -Werror
OPT      ?= -O2 -g -D_FORTIFY_SOURCE=2
HARDEN   := -fstack-protector-strong -fPIE
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) | sed 's/-I/-isystem /g')
CFLAGS    = -std=c17 -D_GNU_SOURCE $(WARN) $(OPT) $(HARDEN) $(EXTRA) -Isrc -I$(BUILD)/gen $(PKG_CFLAGS) \
            -DGONGKAI_VERSION='"$(VERSION)"'
LDFLAGS  += -pie -Wl,-z,relro,-z,now
# libpq and libcurl are loaded when they are needed (base/library.h).
LDLIBS   := $(filter-out -lpq -lcurl,$(shell pkg-config --libs $(PACKAGES))) -lpthread -lm
# The tests unpack what the server packs; the benches compare with libpq itself.
TEST_LDLIBS  := $(shell pkg-config --libs libbrotlidec)
BENCH_LDLIBS := $(shell pkg-config --libs libpq)

# What is built: every folder of src/LAYERS, or when SLICE is given those up to it, so that
# unfinished work further down cannot stop work further up. Lists made from that set carry its name.
# SLICE=web goes with slice, and with replay and fuzz (then name the targets: FUZZ="query header").
LAYERS   := $(shell sed -n 's/^\([a-z]*\) .*/\1/p' src/LAYERS)
ifneq ($(SLICE),)
DIRS     := $(shell sed -n 's/^\([a-z]*\) .*/\1/p' src/LAYERS | sed '/^$(SLICE)$$/q')
SET      := -$(SLICE)
TESTS    := $(sort $(wildcard src/$(SLICE)/*_test.c) $(if $(filter db,$(DIRS)),src/db/statements_test.c))
else
DIRS     := $(LAYERS)
SET      :=
TESTS    := $(wildcard $(DIRS:%=src/%/*_test.c))
endif
SOURCES  := $(filter-out %_test.c,$(wildcard $(DIRS:%=src/%/*.c)))
SQL      := $(wildcard $(DIRS:%=src/%/*.sql))
PAGE_DIRS := $(wildcard $(DIRS:%=src/%/pages))
MESSAGES := $(wildcard $(DIRS:%=src/%/messages.tsv))
MIGRATIONS := $(sort $(wildcard migrations/*.sql))
ASSETS   := $(sort $(shell find data assets samples docs/schema -type f ! -name '.*' ! -name '*.db*' 2>/dev/null))

GEN_SQL   := $(foreach f,$(SQL),$(BUILD)/gen/$(notdir $(basename $(f)))_sql.c)
GEN_PAGES := $(foreach d,$(PAGE_DIRS),$(BUILD)/gen/$(notdir $(patsubst %/pages,%,$(d)))_html.c)
GEN       := $(GEN_SQL) $(GEN_PAGES) $(BUILD)/gen/messages$(SET).c $(BUILD)/gen/assets.c
ifneq ($(filter db,$(DIRS)),)
GEN       += $(BUILD)/gen/migrations.c
ifneq ($(wildcard tools/sqlc.c),)
GEN       += $(BUILD)/gen/db_statements$(SET).c
endif
endif
GEN_HEADERS := $(GEN_SQL:.c=.h) $(GEN_PAGES:.c=.h)

OBJ      := $(SOURCES:%.c=$(BUILD)/obj/%.o) $(GEN:%.c=%.o)
LIB_OBJ  := $(filter-out $(BUILD)/obj/src/app/main.o,$(OBJ))
TEST_OBJ := $(TESTS:%.c=$(BUILD)/obj/%.o) $(BUILD)/gen/tests$(SET).o

.PHONY: all check unit slice sanitize fuzz bench install clean help tools layers
all: $(if $(wildcard src/app/main.c),$(BUILD)/gongkai,$(LIB_OBJ))

help:
	@echo 'make            build $(BUILD)/gongkai'
	@echo 'make check      everything the tests can run here (./check installs what they need first)'
	@echo 'make unit T=…   the unit tests whose file or case contains one of the words of T'
	@echo 'make slice SLICE=…  the unit tests of one folder, built without the folders below it'
	@echo 'make layers     the house rules a tool can check'
	@echo 'make format DIR=src/…  breaks the lines that are too wide'
	@echo 'make replay     the fuzz corpus, once'
	@echo 'make sanitize   the unit tests and the fuzz corpus under ASan and UBSan'
	@echo 'make fuzz       each fuzz target for SECONDS_EACH seconds (default 60)'
	@echo 'make bench      the comparisons of bench/, or those of T: writes submit import tables server desk check letters http'
	@echo 'make install DESTDIR= PREFIX=/usr/local'

# ---- host tools, then generated code, then the rest
TOOLS := $(basename $(notdir $(wildcard tools/sqlc.c tools/pagec.c tools/embed.c tools/layers.c tools/lawcheck.c)))
BASE_SRC := $(filter-out %_test.c,$(wildcard src/base/*.c))
HOST_CFLAGS := -std=c17 -D_GNU_SOURCE -Wall -Wextra -O1 -g -Isrc -Itools -I$(BUILD)/gen
tools: $(TOOLS:%=$(BUILD)/tools/%)

$(BUILD)/tools/base/%.o: src/base/%.c $(wildcard src/base/*.h) | $(BUILD)/tools/base/.dir
	$(call say,HOSTCC)
	$(Q)$(HOSTCC) $(HOST_CFLAGS) -c -o $@ $<
# An archive, so that a tool takes from base only what it calls and not what needs generated code.
$(BUILD)/tools/base.a: $(BASE_SRC:src/base/%.c=$(BUILD)/tools/base/%.o)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^
# A tool is tools/NAME.c and any tools/NAME_*.c.
define tool_rule
$(BUILD)/tools/$(1): tools/$(1).c $(wildcard tools/$(1)_*.c tools/$(1)*.h) $(BUILD)/tools/base.a
	$$(call say,HOSTCC)
	$(Q)$(HOSTCC) $(HOST_CFLAGS) -o $$@ $$(filter %.c %.a,$$^) -lgcrypt -lsodium -lpthread
endef
$(foreach t,$(TOOLS),$(eval $(call tool_rule,$(t))))

.PRECIOUS: %/.dir
%/.dir:
	@mkdir -p $(@D) && touch $@

# The inputs of the lists below, by name: rewritten only when a file has come or gone.
INPUTS := $(BUILD)/gen/inputs$(SET).txt
$(shell mkdir -p $(BUILD)/gen; echo '$(SQL) $(MIGRATIONS) $(MESSAGES) $(ASSETS) $(TESTS)' | \
        cmp -s - $(INPUTS) || echo '$(SQL) $(MIGRATIONS) $(MESSAGES) $(ASSETS) $(TESTS)' > $(INPUTS))

# Headers are touched last: they hang on the sources, and what is older is never up to date for make -q.
define sql_rule
$(BUILD)/gen/$(notdir $(basename $(1)))_sql.c: $(1) $(BUILD)/tools/sqlc | $(BUILD)/gen/.dir
	$$(call say,GEN)
	$(Q)$(BUILD)/tools/sqlc $(1) $(BUILD)/gen/$(notdir $(basename $(1)))_sql
	@touch $(BUILD)/gen/$(notdir $(basename $(1)))_sql.h
$(BUILD)/gen/$(notdir $(basename $(1)))_sql.h: $(BUILD)/gen/$(notdir $(basename $(1)))_sql.c ;
endef
$(foreach f,$(SQL),$(eval $(call sql_rule,$(f))))

# All pages of a folder become one pair: src/report/pages/*.html -> report_html.{c,h}
define pages_rule
$(BUILD)/gen/$(notdir $(patsubst %/pages,%,$(1)))_html.c: $(wildcard $(1)/*.html) $(BUILD)/tools/pagec | $(BUILD)/gen/.dir
	$$(call say,GEN)
	$(Q)$(BUILD)/tools/pagec $(BUILD)/gen/$(notdir $(patsubst %/pages,%,$(1)))_html $(sort $(wildcard $(1)/*.html))
	@touch $(BUILD)/gen/$(notdir $(patsubst %/pages,%,$(1)))_html.h
$(BUILD)/gen/$(notdir $(patsubst %/pages,%,$(1)))_html.h: $(BUILD)/gen/$(notdir $(patsubst %/pages,%,$(1)))_html.c ;
endef
$(foreach d,$(PAGE_DIRS),$(eval $(call pages_rule,$(d))))

$(BUILD)/gen/db_statements$(SET).c: $(SQL) $(INPUTS) $(BUILD)/tools/sqlc | $(BUILD)/gen/.dir
	$(call say,GEN)
	$(Q)$(BUILD)/tools/sqlc --list $@ $(SQL)
$(BUILD)/gen/migrations.c: $(MIGRATIONS) $(INPUTS) $(BUILD)/tools/embed | $(BUILD)/gen/.dir
	$(call say,GEN)
	$(Q)$(BUILD)/tools/embed migrations $@ $(MIGRATIONS)
$(BUILD)/gen/messages$(SET).c: $(MESSAGES) $(INPUTS) $(BUILD)/tools/embed | $(BUILD)/gen/.dir
	$(call say,GEN)
	$(Q)$(BUILD)/tools/embed messages $@ $(MESSAGES)
$(BUILD)/gen/assets.c: $(ASSETS) $(INPUTS) $(BUILD)/tools/embed | $(BUILD)/gen/.dir
	$(call say,GEN)
	$(Q)$(BUILD)/tools/embed assets $@ $(ASSETS)
$(BUILD)/gen/tests$(SET).c: $(TESTS) $(INPUTS) $(BUILD)/tools/embed | $(BUILD)/gen/.dir
	$(call say,GEN)
	$(Q)$(BUILD)/tools/embed tests $@ $(TESTS)

$(BUILD)/obj/%.o: %.c | $(GEN_HEADERS)
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/gen/%.o: $(BUILD)/gen/%.c | $(GEN_HEADERS)
	$(call say,CC)
	$(Q)$(CC) $(CFLAGS) -Wno-unused-parameter -Wno-unused-function -Wno-overlength-strings -MMD -MP -c -o $@ $<
# A test function is called by the generated main alone.
$(BUILD)/obj/%_test.o: CFLAGS += -Wno-missing-prototypes
-include $(OBJ:.o=.d) $(TEST_OBJ:.o=.d)

$(BUILD)/gongkai: $(OBJ)
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(OBJ) $(LDLIBS)
$(BUILD)/gongkai-test: $(LIB_OBJ) $(TEST_OBJ)
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(LIB_OBJ) $(TEST_OBJ) $(LDLIBS) $(TEST_LDLIBS)

unit: $(BUILD)/gongkai-test
	$(BUILD)/gongkai-test $(T)

# The tests of one folder, without the folders below it: for work on one room.
slice: $(BUILD)/slice-$(SLICE)
	$(BUILD)/slice-$(SLICE) $(T)
$(BUILD)/slice-$(SLICE): $(LIB_OBJ) $(TEST_OBJ)
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(LIB_OBJ) $(TEST_OBJ) $(LDLIBS) $(TEST_LDLIBS)

# What tools/sqlc refuses, and what its calls do, over a schema of its own.
SQLC_OBJ := $(filter $(BUILD)/obj/src/base/% $(BUILD)/obj/src/db/%,$(LIB_OBJ)) $(BUILD)/gen/db_sql.o \
            $(BUILD)/gen/messages$(SET).o $(BUILD)/gen/assets.o
sqlc-test: tools $(SQLC_OBJ)
	tests/sqlc/run.sh $(BUILD) "$(CC)" $(CFLAGS) $(LDFLAGS) -- $(SQLC_OBJ) $(LDLIBS)
.PHONY: sqlc-test

# ---- fuzzing: fuzz/NAME_fuzz.c with its corpus in fuzz/corpus/NAME/
FUZZ ?= $(patsubst fuzz/%_fuzz.c,%,$(wildcard fuzz/*_fuzz.c))
FUZZ_REPLAYS := $(FUZZ:%=$(BUILD)/fuzz/%-replay)
FUZZ_TARGETS := $(FUZZ:%=$(BUILD)/fuzz/%)
$(BUILD)/obj/fuzz/%.o: CFLAGS += -Wno-missing-prototypes
.PRECIOUS: $(BUILD)/obj/fuzz/%.o
$(BUILD)/gongkai$(SET).a: $(LIB_OBJ)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^
$(FUZZ_REPLAYS): $(BUILD)/fuzz/%-replay: $(BUILD)/obj/fuzz/%_fuzz.o $(BUILD)/obj/fuzz/replay.o $(BUILD)/gongkai$(SET).a | $(BUILD)/fuzz/.dir
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(FUZZ_TARGETS): $(BUILD)/fuzz/%: $(BUILD)/obj/fuzz/%_fuzz.o $(BUILD)/gongkai$(SET).a | $(BUILD)/fuzz/.dir
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Every input that was ever worth keeping, once, with whatever CC and EXTRA are.
replay: $(FUZZ_REPLAYS)
	$(Q)for name in $(FUZZ); do $(BUILD)/fuzz/$$name-replay fuzz/corpus/$$name || exit 1; done

# What is new goes to build-fuzz/corpus/; what crashes, to build-fuzz/NAME-*: copy it to fuzz/corpus/NAME/.
SAN_CC       ?= clang
SAN_OPT      := -O1 -g -fno-omit-frame-pointer
SECONDS_EACH ?= 60
fuzz:
	$(Q)$(MAKE) BUILD=build-fuzz CC="$(SAN_CC)" OPT="$(SAN_OPT)" \
	        EXTRA="-fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all" fuzz-run
fuzz-run: $(FUZZ_TARGETS)
	$(Q)for name in $(if $(T),$(T),$(FUZZ)); do \
	        mkdir -p $(BUILD)/corpus/$$name; echo "== $$name"; \
	        $(BUILD)/fuzz/$$name -max_total_time=$(SECONDS_EACH) -timeout=5 -rss_limit_mb=512 -print_final_stats=1 \
	                -artifact_prefix=$(BUILD)/$$name- $(BUILD)/corpus/$$name fuzz/corpus/$$name \
	                2>$(BUILD)/$$name.log || { tail -40 $(BUILD)/$$name.log; exit 1; }; \
	        grep -E 'executed_units|Done' $(BUILD)/$$name.log; done

SANITIZED := BUILD=build-san CC="$(SAN_CC)" OPT="$(SAN_OPT)" \
	        EXTRA="-fsanitize=address,undefined -fno-sanitize-recover=all"
sanitize:
	$(Q)$(MAKE) $(SANITIZED) unit replay
# All of it by the other compiler, the program too, though only its tests are run.
sanitize-build:
	$(Q)$(MAKE) $(SANITIZED) all sanitize-parts
sanitize-parts: $(BUILD)/gongkai-test $(FUZZ_REPLAYS)
.PHONY: sanitize-build sanitize-parts

# ---- bench/: what is compared with what, as ratios within one run (bench/README.md)
BENCHES := $(patsubst bench/%.c,$(BUILD)/bench/%,$(wildcard bench/*.c))
$(BENCHES): $(BUILD)/bench/%: bench/%.c $(BUILD)/gongkai$(SET).a | $(BUILD)/bench/.dir
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(BUILD)/gongkai$(SET).a $(LDLIBS) $(BENCH_LDLIBS)
bench: all $(BENCHES)
	$(Q)bench/all.sh $(BUILD) $(T)

# ---- gates
layers: $(BUILD)/tools/layers $(LIB_OBJ)
	$(BUILD)/tools/layers
	@objdump -t $(LIB_OBJ) | $(BUILD)/tools/layers --objects
# docs/law.md against the sources, and the sources against it.
lawcheck: $(BUILD)/tools/lawcheck
	$(BUILD)/tools/lawcheck
tools-test: tools
	tests/tools/run.sh $(abspath $(BUILD)/tools)
# The other compiler finds other faults; its program is not run.
other-compiler:
	$(Q)$(MAKE) BUILD=build-clang CC="$(SAN_CC)" all
check: all unit tools-test sqlc-test pagec-test replay layers lawcheck-test other-compiler
# Breaks the lines of DIR that are too wide, and touches no others.
format: $(BUILD)/tools/layers
	LAYERS=$(BUILD)/tools/layers tools/format.sh $(DIR)
# Shows what the golden texts have become, and takes over those that are approved.
golden-accept:
	tests/golden-accept.sh
.PHONY: replay fuzz-run lawcheck tools-test format other-compiler golden-accept

PREFIX ?= /usr/local
install: $(BUILD)/gongkai
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5 \
		$(DESTDIR)$(PREFIX)/lib/systemd/system
	install -m 755 $(BUILD)/gongkai $(DESTDIR)$(PREFIX)/bin/gongkai
	install -m 644 man/gongkai.1 $(DESTDIR)$(PREFIX)/share/man/man1/gongkai.1
	install -m 644 man/gongkai.conf.5 $(DESTDIR)$(PREFIX)/share/man/man5/gongkai.conf.5
	install -m 644 packaging/gongkai.service $(DESTDIR)$(PREFIX)/lib/systemd/system/gongkai.service

# Each folder of tests/ may bring its own targets.
include $(wildcard tests/*/rules.mk)

clean:
	rm -rf build build-*
