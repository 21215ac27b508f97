#!/bin/sh
# One request of each outcome from the citizen's form to the archive, in Chromium, by people of every role.
# Skipped, and counted so, where Chromium or the npm packages of package.json are missing.
if [ ! -x /usr/bin/chromium ] || [ ! -d node_modules/playwright-core ]; then
	echo "ok 1 - play # SKIP no Chromium, or npm ci has not been run"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
fi
mkdir -p build/tests
${CC:-cc} -std=c17 -O1 -Wall -Wextra -Werror -shared -fPIC -o build/tests/clock.so tests/lib/clock.c || exit 1
exec node tests/browser/play.mjs build/gongkai build/tests/clock.so
