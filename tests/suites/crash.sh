#!/bin/sh
# Kills the server under load, fifty times.
exec node tests/crash/crash.mjs build/gongkai "${CRASH_ROUNDS:-50}"
