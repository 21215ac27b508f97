-- Proceedings and corrections of records are erased too, each after a time of its own.
ALTER TABLE dispute ADD COLUMN erased_at @int@;
ALTER TABLE amendment ADD COLUMN erased_at @int@;
-- Who else needs an applicant is asked before one is erased.
CREATE INDEX dispute_by_earlier ON dispute (earlier_id) WHERE earlier_id IS NOT NULL;
