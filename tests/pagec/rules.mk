# make pagec-test: what the page compiler refuses and what it makes.
.PHONY: pagec-test
pagec-test: $(BUILD)/tools/pagec
	sh tests/pagec/run.sh $(BUILD)/tools/pagec '$(HOSTCC)' $(BUILD)/pagec-test
