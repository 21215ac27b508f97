-- The end of the chain and the lock of it: nobody else appends until this transaction ends.
-- ledger_lock :one
-- out  seq int, sha256 blob?, sm3 blob?
-- only postgres
SELECT seq, sha256, sm3 FROM ledger_head WHERE id = 1 FOR UPDATE;

-- ledger_insert :exec
-- in   seq int, at instant, actor_id int, actor_name text, role text, subject_kind text, subject_id int, verb text, changes text, reason text, sha256 blob, sm3 blob
INSERT INTO ledger_event (seq, at, actor_id, actor_name, role, subject_kind, subject_id, verb, changes, reason, sha256, sm3)
VALUES (:seq, :at, :actor_id, :actor_name, :role, :subject_kind, :subject_id, :verb, :changes, :reason, :sha256, :sm3);

-- Many of one act at once, from rows in memory (db/db.h). Each gets the position after the last, which is its own.
-- ledger_insert_offered :exec
-- in   at instant, actor_id int, actor_name text, role text, subject_kind text, verb text, reason text
-- only sqlite
INSERT INTO ledger_event (at, actor_id, actor_name, role, subject_kind, subject_id, verb, changes, reason, sha256, sm3)
SELECT :at, :actor_id, :actor_name, :role, :subject_kind, c1, :verb, c2, :reason, c3, c4 FROM offered;

-- ledger_head_write :exec
-- in   seq int, sha256 blob, sm3 blob
UPDATE ledger_head SET seq = :seq, sha256 = :sha256, sm3 = :sm3 WHERE id = 1;

-- ledger_head_read :one
-- out  seq int, sha256 blob?, sm3 blob?
SELECT seq, sha256, sm3 FROM ledger_head WHERE id = 1;

-- With the one that registered it among many, which is found by its place among them. A run may go on over other events
-- (migration 0057 joins runs between which each event registered one request), so the event itself is looked at, too.
-- ledger_of_subject :many
-- in   subject_kind text, subject_id int
-- out  seq int, at instant, actor_id int, actor_name text, role text, verb text, changes text, reason text
-- scan: the two parts are put in order; the second is one event at most
SELECT seq, at, actor_id, actor_name, role, verb, changes, reason FROM ledger_event
WHERE subject_kind = :subject_kind AND subject_id = :subject_id AND verb <> 'request.import'
UNION ALL
SELECT e.seq, e.at, e.actor_id, e.actor_name, e.role, e.verb, e.changes, e.reason
FROM ledger_packed p JOIN ledger_event e ON e.seq = p.first_seq + (:subject_id - p.first_id)
	AND e.subject_id = :subject_id AND e.subject_kind = p.subject_kind AND e.verb = 'request.import'
WHERE p.subject_kind = :subject_kind AND p.first_id <= :subject_id AND p.last_id >= :subject_id
ORDER BY seq;

-- With what stood before each; the first event of all has nothing before it.
-- ledger_links_of :many
-- scan: the two parts are put in order; the second is one event at most
-- in   subject_kind text, subject_id int
-- out  seq int, at instant, actor_id int, actor_name text, role text, verb text, changes text, reason text, sha256 blob, sm3 blob, before_sha256 blob?, before_sm3 blob?
SELECT e.seq AS seq, e.at, e.actor_id, e.actor_name, e.role, e.verb, e.changes, e.reason, e.sha256, e.sm3,
	b.sha256 AS before_sha256, b.sm3 AS before_sm3
FROM ledger_event e LEFT JOIN ledger_event b ON b.seq = e.seq - 1
WHERE e.subject_kind = :subject_kind AND e.subject_id = :subject_id AND e.verb <> 'request.import'
UNION ALL
SELECT e.seq AS seq, e.at, e.actor_id, e.actor_name, e.role, e.verb, e.changes, e.reason, e.sha256, e.sm3,
	b.sha256 AS before_sha256, b.sm3 AS before_sm3
FROM ledger_packed p JOIN ledger_event e ON e.seq = p.first_seq + (:subject_id - p.first_id)
	AND e.subject_id = :subject_id AND e.subject_kind = p.subject_kind AND e.verb = 'request.import'
LEFT JOIN ledger_event b ON b.seq = e.seq - 1
WHERE p.subject_kind = :subject_kind AND p.first_id <= :subject_id AND p.last_id >= :subject_id
ORDER BY seq;

-- ledger_walk :many
-- out  seq int, at instant, actor_id int, actor_name text, role text, subject_kind text, subject_id int, verb text, changes text, reason text, sha256 blob, sm3 blob
-- scan: the whole chain is verified from its first event to its last
SELECT seq, at, actor_id, actor_name, role, subject_kind, subject_id, verb, changes, reason, sha256, sm3
FROM ledger_event ORDER BY seq;

-- ledger_before :many
-- in   before int, max int
-- out  seq int, at instant, actor_id int, actor_name text, role text, subject_kind text, subject_id int, verb text, changes text, reason text
SELECT seq, at, actor_id, actor_name, role, subject_kind, subject_id, verb, changes, reason
FROM ledger_event WHERE seq < :before ORDER BY seq DESC LIMIT :max;

-- ledger_packed_add :exec
-- in   subject_kind text, first_id int, last_id int, first_seq int
INSERT INTO ledger_packed (subject_kind, first_id, last_id, first_seq)
VALUES (:subject_kind, :first_id, :last_id, :first_seq);

-- ledger_last :one
-- out  seq int?
SELECT max(seq) FROM ledger_event;

-- ledger_packed_all :many
-- out  subject_kind text, first_id int, last_id int, first_seq int
-- scan: a row for each register that was ever imported
SELECT subject_kind, first_id, last_id, first_seq FROM ledger_packed ORDER BY first_seq;
