#!/bin/sh
# Mail in and out, with a real mail server and a real mailbox.
exec node tests/notice/mail.mjs build/gongkai
