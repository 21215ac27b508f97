# make man-test: the manual pages against the program.
.PHONY: man-test
man-test: $(BUILD)/gongkai
	sh tests/man/run.sh $(BUILD)/gongkai
