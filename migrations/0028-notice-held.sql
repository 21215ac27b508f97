-- A notice whose files are still being made waits for them.
ALTER TABLE notice ADD COLUMN held @int@ NOT NULL DEFAULT 0 CHECK (held IN (0, 1));
