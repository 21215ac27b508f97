# Every part of the pages in Chromium: four modes, two widths, keyboard, axe, validator.
# Skipped, and counted so, where Chromium or the npm packages of package.json are missing.
if [ ! -x /usr/bin/chromium ] || [ ! -d node_modules/playwright-core ]; then
	echo "ok 1 - gallery # SKIP no Chromium, or npm ci has not been run"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
fi
exec make -s browser-test
