#!/bin/sh
# The description of the interface for programs, against the schema of OpenAPI 3.1.
# Skipped, and counted so, where the npm packages of package.json are missing.
if [ ! -d node_modules/@seriousme/openapi-schema-validator ]; then
	echo "ok 1 - openapi # SKIP npm ci has not been run"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
fi
build/gongkai routes --openapi | node tests/openapi/openapi.mjs
