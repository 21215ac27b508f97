#!/bin/sh
# The fee of a request: computed, told, paid or lapsed, by form and by command.
exec node tests/desk/fee.mjs build/gongkai
