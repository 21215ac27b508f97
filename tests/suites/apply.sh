#!/bin/sh
# A citizen's path from the form to the progress page, over HTTP.
exec node tests/apply/apply.mjs build/gongkai
