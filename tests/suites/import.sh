#!/bin/sh
# Registers by the program itself: streamed, killed, twice, into a filled site, beside a server.
exec node tests/crash/import.mjs build/gongkai
