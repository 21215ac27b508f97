#!/bin/sh
# The unit tests on both engines and every input of the fuzz corpus under ASan (with its leak checker) and UBSan.
exec tests/postgres.sh make -j"$(nproc)" sanitize
