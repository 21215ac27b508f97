# The manual pages: mandoc, and the program's own words.
if ! command -v mandoc >/dev/null; then
	echo "ok 1 - man # SKIP mandoc is not installed"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
fi
exec make -s man-test
