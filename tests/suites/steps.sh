#!/bin/sh
# The law's steps of a request: by form and by command.
exec node tests/desk/steps.mjs build/gongkai
