-- A form that is being filled in: sealed, found by the keyed hash of a cookie. Once sent it keeps for a while what the
-- receipt shows (the query code), so that a lost answer loses nothing.
CREATE TABLE apply_draft (
	id @id@,
	token_hash TEXT NOT NULL UNIQUE,
	sealed @blob@ NOT NULL,
	saved_at @int@ NOT NULL,
	request_id @int@ REFERENCES request (id)
) @strict@;
CREATE INDEX apply_draft_by_saved ON apply_draft (saved_at, id);
CREATE INDEX apply_draft_by_request ON apply_draft (request_id) WHERE request_id IS NOT NULL;

-- Who has shown number and query code: a session of one request.
CREATE TABLE apply_session (
	token_hash TEXT NOT NULL PRIMARY KEY,
	request_id @int@ NOT NULL REFERENCES request (id),
	at @int@ NOT NULL
) @strict@;
CREATE INDEX apply_session_by_time ON apply_session (at);
CREATE INDEX apply_session_by_request ON apply_session (request_id);

-- When a request was sent here, and when and how both sides confirmed it (Art. 31 (3)).
CREATE TABLE apply_sent (
	request_id @int@ NOT NULL PRIMARY KEY REFERENCES request (id),
	submitted_at @int@ NOT NULL,
	confirmed_at @int@,
	method TEXT NOT NULL
) @strict@;
CREATE INDEX apply_sent_waiting ON apply_sent (request_id) WHERE confirmed_at IS NULL;
