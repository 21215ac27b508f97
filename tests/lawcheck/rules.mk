# make lawcheck-test: what tools/lawcheck finds fault with.
.PHONY: lawcheck-test
lawcheck-test: $(BUILD)/tools/lawcheck
	sh tests/lawcheck/run.sh $(BUILD)/tools/lawcheck
