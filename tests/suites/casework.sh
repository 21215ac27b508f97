#!/bin/sh
# Cases among colleagues, over HTTP, as people of several roles work on them.
exec node tests/desk/casework.mjs build/gongkai
