-- The event ledger: appended to by every verb, never changed. See src/ledger/ledger.h.
CREATE TABLE ledger_event (
	seq @int@ NOT NULL PRIMARY KEY,       -- position: gapless, from 1
	at @int@ NOT NULL,                    -- UTC seconds
	actor_id @int@ NOT NULL,              -- account, or 0 for the public and the program itself
	actor_name TEXT NOT NULL,
	role TEXT NOT NULL,
	subject_kind TEXT NOT NULL,
	subject_id @int@ NOT NULL,
	verb TEXT NOT NULL,
	changes TEXT NOT NULL,                -- JSON: [["field","before","after"],…]
	reason TEXT NOT NULL,
	sha256 @blob@ NOT NULL,               -- over the previous event's and this one's canonical text
	sm3 @blob@ NOT NULL
) @strict@;
CREATE INDEX ledger_event_by_subject ON ledger_event (subject_kind, subject_id, seq);

-- One row: the end of the chain. It also puts writers in order on PostgreSQL.
CREATE TABLE ledger_head (
	id @int@ PRIMARY KEY CHECK (id = 1),
	seq @int@ NOT NULL,
	sha256 @blob@,                        -- unknown before the first event
	sm3 @blob@
) @strict@;
INSERT INTO ledger_head (id, seq) VALUES (1, 0);

-- What officers set on screen, by name.
CREATE TABLE setting (
	name TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
) @strict@;
