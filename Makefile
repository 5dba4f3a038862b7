# What one does with a checkout. `make run` is the place to begin.

# Flags of `swift test`, all of them.
TEST_FLAGS ?= -c release
# Flags of `swift build` besides these.
BUILD_FLAGS ?=
# Where `make install` puts things; DESTDIR goes in front of it.
PREFIX ?= /usr/local

BUILD = swift build -c release --product guanxi $(BUILD_FLAGS)
GUANXI = .build/release/guanxi

.PHONY: run build test check bench install clean dependencies

## Installs what is missing, builds, and extracts the sample articles.
run: build
	@$(GUANXI) extract --format table Corpora/news
	@echo 'These are the facts of the 14 sample articles in Corpora/news, each with the rule that found it.'
	@echo 'Next:'
	@echo '  $(GUANXI) extract --date 2024-05-18 FILE…    your own texts'
	@echo '  $(GUANXI) extract --format dump FILE         every layer: words, names, times, parts, facts'
	@echo '  $(GUANXI) lexicon check                      after a change in Lexicons/news'
	@echo '  make test                                        the tests'
	@echo 'README.md says more; Documentation/Rules.md and Documentation/Lexicons.md are the manuals.'

build: dependencies
	@$(BUILD)

test: dependencies
	@swift test $(TEST_FLAGS)

check: dependencies
	@Scripts/check

## BENCH_TEXT=FILE measures on that text instead of the samples.
bench: build
	@Scripts/bench

install: build
	install -D -m 755 $(GUANXI) "$(DESTDIR)$(PREFIX)/bin/guanxi"
	install -d "$(DESTDIR)$(PREFIX)/share/guanxi/news"
	install -m 644 Lexicons/news/*.tsv Lexicons/news/*.rules "$(DESTDIR)$(PREFIX)/share/guanxi/news"

clean:
	swift package clean

dependencies:
	@Scripts/install-dependencies
