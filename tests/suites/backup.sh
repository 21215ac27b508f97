#!/bin/sh
# Backups beside a writing server: killed, checked, restored, damaged.
exec node tests/crash/backup.mjs build/gongkai
