# The page compiler: what it refuses, and hostile data through every writer.
exec make -s pagec-test
