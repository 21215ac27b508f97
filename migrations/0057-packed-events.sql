-- Events stored as values alone come by the hundred thousand, one for each subject of a row of ids: a row of this table
-- finds them all, and they need no place in the index by subject.
CREATE TABLE ledger_packed (
	subject_kind TEXT NOT NULL,
	first_id @int@ NOT NULL,              -- subjects first_id to last_id …
	last_id @int@ NOT NULL,
	first_seq @int@ NOT NULL,             -- … have the events from here on, in the same order
	PRIMARY KEY (subject_kind, first_id)
) @strict@;
INSERT INTO ledger_packed (subject_kind, first_id, last_id, first_seq)
SELECT subject_kind, min(subject_id), max(subject_id), min(seq) FROM ledger_event WHERE verb = 'request.import'
GROUP BY subject_kind, subject_id - seq;
DROP INDEX ledger_event_by_subject;
CREATE INDEX ledger_event_by_subject ON ledger_event (subject_kind, subject_id, seq) WHERE verb <> 'request.import';
