#!/bin/sh
# The sample site in Chromium: every page in four modes, two widths, keyboard, axe, validator.
# Skipped, and counted so, where Chromium or the npm packages of package.json are missing.
if [ ! -x /usr/bin/chromium ] || [ ! -d node_modules/playwright-core ]; then
	echo "ok 1 - browser # SKIP no Chromium, or npm ci has not been run"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
fi
exec node tests/browser/site.mjs build/gongkai build/pictures
