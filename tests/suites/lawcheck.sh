# The checker of docs/law.md, and docs/law.md.
exec make -s lawcheck-test
