-- What is counted on the desk's first page is read from the index alone.
DROP INDEX dispute_due;
DROP INDEX dispute_due_unit;
CREATE INDEX dispute_due ON dispute (next_on, id, next_what, redo_reply_id) WHERE next_on IS NOT NULL;
CREATE INDEX dispute_due_unit ON dispute (unit_id, next_on, id, next_what, redo_reply_id) WHERE next_on IS NOT NULL;
