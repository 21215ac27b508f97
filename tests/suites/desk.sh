#!/bin/sh
# An officer's day with requests, over HTTP.
exec node tests/desk/desk.mjs build/gongkai
