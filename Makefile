# Attune. `make demo` sets everything up and shows the main job; `make test` passes the tests.

SWIFT ?= swift
BUILD := $(SWIFT) build -c release
ATTUNE := .build/release/attune
DEMO := .attune-demo
MODEL := all-MiniLM-L6-v2

.PHONY: help setup build model demo demo-full test test-full test-build format lint bench experiments binary docs clean

help:
	@echo "make demo         build, get the embedding model, take in the example company, ask, compare four arms"
	@echo "make demo-full    the same with learning curve, later editions and seeds (about an hour)"
	@echo "make test         the fast tests (about a minute beyond the build)"
	@echo "make test-full    all tests, crash and fuzz tests included (some minutes)"
	@echo "make format lint  format the sources; check format and warnings"
	@echo "make bench        compare speed with peers, side by side"
	@echo "make experiments  run every experiment and check its figures"
	@echo "make binary       one stripped program with the Swift runtime inside"
	@echo "make docs         the API documentation"

setup:
	@Scripts/setup.sh

build: setup
	@echo "== Building Attune (the first time takes some minutes)"
	@$(BUILD) --product attune

model: build
	@echo "== Getting the embedding model $(MODEL) (91 MB, once per user)"
	@$(ATTUNE) models pull $(MODEL)

demo: model
	@Scripts/demo.sh $(ATTUNE) $(DEMO)

demo-full: model
	@Scripts/demo.sh $(ATTUNE) $(DEMO) full

# One release build serves the program and the tests.
test-build: setup
	@echo "== Building the program and its tests (the first time takes some minutes)"
	@$(BUILD) --build-tests

test: test-build
	@echo "== Getting the embedding model; tests that need it are skipped where it cannot be had"
	@$(ATTUNE) models pull $(MODEL) || true
	@echo "== Checking the example company"
	@python3 Scripts/check-example.py
	@echo "== Running the fast tests"
	@Scripts/run-tests.sh $(SWIFT)

test-full: test-build
	@$(ATTUNE) models pull $(MODEL) || true
	@python3 Scripts/check-example.py
	@python3 Scripts/make-example-database.py --check
	@echo "== Running all tests"
	@ATTUNE_FULL_TESTS=1 Scripts/run-tests.sh $(SWIFT)

format:
	@$(SWIFT) format --in-place --parallel --recursive Sources Tests Package.swift

lint:
	@echo "== Checking the format"
	@$(SWIFT) format lint --strict --parallel --recursive Sources Tests Package.swift

bench: model
	@Benchmarks/run.sh

experiments: model
	@Scripts/experiments.sh $(ATTUNE)

binary: setup
	@Scripts/static-binary.sh

docs: setup
	@Scripts/make-docs.sh

clean:
	@rm -rf .build .build-static $(DEMO) .attune-experiments
