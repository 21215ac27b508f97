-- Work to be done after a commit, or at a time: the outbox. A row is added in the transaction of the fact it follows from.
CREATE TABLE job (
	id @id@,
	topic TEXT NOT NULL,
	subject_kind TEXT NOT NULL,
	subject_id @int@ NOT NULL,
	payload TEXT NOT NULL,
	created_at @int@ NOT NULL,
	due_at @int@ NOT NULL,
	attempts @int@ NOT NULL,
	last_error TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'given_up'))
) @strict@;
CREATE INDEX job_waiting ON job (due_at, id) WHERE state = 'waiting';
CREATE INDEX job_given_up ON job (id) WHERE state = 'given_up';
CREATE INDEX job_done ON job (created_at) WHERE state = 'done';
