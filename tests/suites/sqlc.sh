#!/bin/sh
# What tools/sqlc refuses, and what the calls it writes do on both engines.
exec tests/postgres.sh make sqlc-test
