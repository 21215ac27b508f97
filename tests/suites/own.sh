#!/bin/sh
# One's own account, the site's units, programs with tokens, over HTTP.
exec node tests/desk/own.mjs build/gongkai
