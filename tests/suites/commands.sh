#!/bin/sh
# A reply from its draft to the archive, letters, and what is recorded from elsewhere: by command.
exec node tests/desk/commands.mjs build/gongkai
