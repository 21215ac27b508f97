# gongkai - see README.md. `make` builds build/gongkai; `make help` lists the rest.
CC       ?= gcc
BUILD    ?= build
HOSTCC   ?= gcc
VERSION  := $(shell cat VERSION)
PACKAGES := libmicrohttpd sqlite3 libpq libzip libxml-2.0 xlsxwriter pangocairo pangoft2 cairo-pdf libsodium jansson \
            openssl zlib libbrotlienc gumbo libseccomp

WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes -Wmissing-prototypes \
            -Wcast-qual -Wundef -Wvla -Werror
OPT      ?= -O2 -g -D_FORTIFY_SOURCE=2
HARDEN   := -fstack-protector-strong -fPIE
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) | sed 's/-I/-isystem /g')
CFLAGS    = -std=c17 -D_GNU_SOURCE $(WARN) $(OPT) $(HARDEN) $(EXTRA) -Isrc -I$(BUILD)/gen $(PKG_CFLAGS) \
            -DGONGKAI_VERSION='"$(VERSION)"'
LDFLAGS  += -pie -Wl,-z,relro,-z,now
LDLIBS   := $(shell pkg-config --libs $(PACKAGES)) -lpthread -lm

LAYERS   := $(shell sed -n 's/^\([a-z]*\) .*/\1/p' src/LAYERS)
SOURCES  := $(filter-out %_test.c,$(wildcard src/*/*.c))
TESTS    := $(wildcard src/*/*_test.c)
SQL      := $(wildcard src/*/*.sql)
PAGE_DIRS := $(wildcard src/*/pages)
MESSAGES := $(wildcard src/*/messages.tsv)
MIGRATIONS := $(sort $(wildcard migrations/*.sql))
ASSETS   := $(shell find data assets -type f 2>/dev/null)

GEN_SQL   := $(foreach f,$(SQL),$(BUILD)/gen/$(notdir $(basename $(f)))_sql.c)
GEN_PAGES := $(foreach d,$(PAGE_DIRS),$(BUILD)/gen/$(notdir $(patsubst %/pages,%,$(d)))_html.c)
GEN       := $(GEN_SQL) $(GEN_PAGES) $(BUILD)/gen/db_statements.c $(BUILD)/gen/migrations.c \
             $(BUILD)/gen/messages.c $(BUILD)/gen/assets.c
GEN_HEADERS := $(GEN_SQL:.c=.h) $(GEN_PAGES:.c=.h)

OBJ      := $(SOURCES:%.c=$(BUILD)/obj/%.o) $(GEN:%.c=%.o)
LIB_OBJ  := $(filter-out $(BUILD)/obj/src/app/main.o,$(OBJ))
TEST_OBJ := $(TESTS:%.c=$(BUILD)/obj/%.o) $(BUILD)/gen/test_main.o

.PHONY: all check unit sanitize fuzz bench install clean help tools
all: $(BUILD)/gongkai

help:
	@echo 'make            build $(BUILD)/gongkai'
	@echo 'make check      everything the tests can run here (./check installs what they need first)'
	@echo 'make unit T=…   the unit tests whose file or case contains one of the words of T'
	@echo 'make sanitize   the unit tests and the fuzz corpus under ASan and UBSan'
	@echo 'make fuzz       each fuzz target for SECONDS_EACH seconds (default 60)'
	@echo 'make bench      the comparisons of bench/'
	@echo 'make install DESTDIR= PREFIX=/usr/local'

# ---- host tools, then generated code, then the rest
TOOLS := sqlc pagec embed layers
BASE_SRC := $(filter-out %_test.c,$(wildcard src/base/*.c))
tools: $(TOOLS:%=$(BUILD)/tools/%)

$(BUILD)/tools/%: tools/%.c $(wildcard tools/%_*.c) $(BASE_SRC) $(wildcard src/base/*.h) | $(BUILD)/tools/.dir
	$(HOSTCC) -std=c17 -D_GNU_SOURCE -Wall -Wextra -O1 -g -Isrc -Itools -o $@ tools/$*.c $(wildcard tools/$*_*.c) $(BASE_SRC) -lcrypto -lpthread

%/.dir:
	@mkdir -p $(@D) && touch $@

define sql_rule
$(BUILD)/gen/$(notdir $(basename $(1)))_sql.c: $(1) $(BUILD)/tools/sqlc | $(BUILD)/gen/.dir
	$(BUILD)/tools/sqlc $(1) $(BUILD)/gen/$(notdir $(basename $(1)))_sql
$(BUILD)/gen/$(notdir $(basename $(1)))_sql.h: $(BUILD)/gen/$(notdir $(basename $(1)))_sql.c ;
endef
$(foreach f,$(SQL),$(eval $(call sql_rule,$(f))))

# All pages of a folder become one pair: src/report/pages/*.html -> report_html.{c,h}
define pages_rule
$(BUILD)/gen/$(notdir $(patsubst %/pages,%,$(1)))_html.c: $(wildcard $(1)/*.html) $(BUILD)/tools/pagec | $(BUILD)/gen/.dir
	$(BUILD)/tools/pagec $(BUILD)/gen/$(notdir $(patsubst %/pages,%,$(1)))_html $(sort $(wildcard $(1)/*.html))
$(BUILD)/gen/$(notdir $(patsubst %/pages,%,$(1)))_html.h: $(BUILD)/gen/$(notdir $(patsubst %/pages,%,$(1)))_html.c ;
endef
$(foreach d,$(PAGE_DIRS),$(eval $(call pages_rule,$(d))))

$(BUILD)/gen/db_statements.c: $(SQL) $(BUILD)/tools/sqlc | $(BUILD)/gen/.dir
	$(BUILD)/tools/sqlc --list $@ $(SQL)
$(BUILD)/gen/migrations.c: $(MIGRATIONS) $(BUILD)/tools/embed | $(BUILD)/gen/.dir
	$(BUILD)/tools/embed migrations $@ $(MIGRATIONS)
$(BUILD)/gen/messages.c: $(MESSAGES) $(BUILD)/tools/embed | $(BUILD)/gen/.dir
	$(BUILD)/tools/embed messages $@ $(MESSAGES)
$(BUILD)/gen/assets.c: $(ASSETS) $(BUILD)/tools/embed | $(BUILD)/gen/.dir
	$(BUILD)/tools/embed assets $@ $(ASSETS)
$(BUILD)/gen/test_main.c: $(TESTS) $(BUILD)/tools/embed | $(BUILD)/gen/.dir
	$(BUILD)/tools/embed tests $@ $(TESTS)

$(BUILD)/obj/%.o: %.c | $(GEN_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/gen/%.o: $(BUILD)/gen/%.c | $(GEN_HEADERS)
	$(CC) $(CFLAGS) -Wno-unused-parameter -Wno-unused-function -MMD -MP -c -o $@ $<
-include $(OBJ:.o=.d) $(TEST_OBJ:.o=.d)

$(BUILD)/gongkai: $(OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(OBJ) $(LDLIBS)
$(BUILD)/gongkai-test: $(LIB_OBJ) $(TEST_OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(LIB_OBJ) $(TEST_OBJ) $(LDLIBS)

unit: $(BUILD)/gongkai-test
	$(BUILD)/gongkai-test $(T)

# The tests of the layers up to SLICE alone, without the ones below: for work on one room.
upto = $(shell sed -n 's/^\([a-z]*\) .*/\1/p' src/LAYERS | sed '/^$(1)$$/q')
SLICE ?= app
SLICE_DIRS := $(call upto,$(SLICE))
SLICE_OBJ  := $(foreach d,$(SLICE_DIRS),$(filter $(BUILD)/obj/src/$(d)/%,$(LIB_OBJ)) $(filter $(BUILD)/gen/$(d)_%,$(GEN:%.c=%.o))) \
              $(BUILD)/gen/messages.o $(BUILD)/gen/migrations.o $(BUILD)/gen/assets.o
SLICE_TESTS := $(filter src/$(SLICE)/%,$(TESTS))
slice: $(BUILD)/slice-$(SLICE)
	$(BUILD)/slice-$(SLICE) $(T)
$(BUILD)/gen/slice-$(SLICE).c: $(SLICE_TESTS) $(BUILD)/tools/embed | $(BUILD)/gen/.dir
	$(BUILD)/tools/embed tests $@ $(SLICE_TESTS)
$(BUILD)/slice-$(SLICE): $(SLICE_OBJ) $(SLICE_TESTS:%.c=$(BUILD)/obj/%.o) $(BUILD)/gen/slice-$(SLICE).o
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(sort $^) $(LDLIBS)
.PHONY: slice

clean:
	rm -rf build build-*
