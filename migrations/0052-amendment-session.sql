-- Who has shown number and query code of a correction: a session of that one.
CREATE TABLE amendment_session (
	token_hash TEXT NOT NULL PRIMARY KEY,
	amendment_id @int@ NOT NULL REFERENCES amendment (id),
	at @int@ NOT NULL
) @strict@;
CREATE INDEX amendment_session_by_time ON amendment_session (at);
CREATE INDEX amendment_session_by_amendment ON amendment_session (amendment_id);
