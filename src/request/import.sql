-- include "request/request.h"

-- import_mapping_by_head :one
-- in   head text
-- out  mapping text
SELECT mapping FROM import_mapping WHERE head = :head;

-- import_mapping_write :exec
-- in   head text, mapping text, labels text, saved_at instant
INSERT INTO import_mapping (head, mapping, labels, saved_at) VALUES (:head, :mapping, :labels, :saved_at)
ON CONFLICT (head) DO UPDATE SET mapping = excluded.mapping, labels = excluded.labels, saved_at = excluded.saved_at;

-- What is registered under a number already.
-- import_existing :one
-- in   number text, unit_id unit_id
-- out  id request_id, channel text, applicant text, submitted_on date, received_on date?, content sealed, extension int, decision text, closed_on date?
SELECT id, channel, applicant, submitted_on, received_on, content, extension, decision, closed_on
FROM request WHERE number = :number AND unit_id = :unit_id;

-- The ids of an import are given in a row from here: nobody else registers while it holds the ledger.
-- import_first_id :one
-- out  id int
SELECT coalesce(max(id), 0) + 1 FROM request;

-- import_insert :exec
-- in   id request_id, number text, unit_id unit_id, channel text, applicant text, submitted_on date, received_on date?, received_year int?, content text, salt text, state text, extension int, outcome text?, decision text, decided_on date?, closed_on date?, closed_year int?, due_on date?, changed_seq int
INSERT INTO request (id, number, unit_id, channel, applicant, submitted_on, received_on, received_year, clock_from,
	content, salt, state, extension, outcome, decision, decided_on, closed_on, closed_year, due_on, version, changed_seq)
VALUES (:id, :number, :unit_id, :channel, :applicant, :submitted_on, :received_on, :received_year, :received_on,
	:content, :salt, :state, :extension, :outcome, :decision, :decided_on, :closed_on, :closed_year, :due_on, 1,
	:changed_seq);

-- The same for many, from rows in memory (db/db.h). Each gets the id after the last, as it was promised: to look for the
-- place of a given one first takes a thirtieth of the time.
-- import_insert_offered :exec
-- only sqlite
-- scan: rows in memory; a table that refers to requests is read only while a reference is open
INSERT INTO request (number, unit_id, channel, applicant, submitted_on, received_on, received_year, clock_from,
	content, salt, state, extension, outcome, decision, decided_on, closed_on, closed_year, due_on, version, changed_seq)
SELECT c1, c2, c3, c4, c5, c6, c7, c6, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, 1, c18 FROM offered;

-- export_all :many
-- in   after int, max int
-- out  id int, number text, unit_name text, channel text, applicant text, submitted_on date, received_on date?, content sealed, extension int, decision text, closed_on date?
SELECT r.id, r.number, u.name, r.channel, r.applicant, r.submitted_on, r.received_on, r.content, r.extension, r.decision,
	r.closed_on
FROM request r JOIN unit u ON u.id = r.unit_id WHERE r.id > :after ORDER BY r.id LIMIT :max;

-- export_unit :many
-- in   unit_id int, after int, max int
-- out  id int, number text, unit_name text, channel text, applicant text, submitted_on date, received_on date?, content sealed, extension int, decision text, closed_on date?
SELECT r.id, r.number, u.name, r.channel, r.applicant, r.submitted_on, r.received_on, r.content, r.extension, r.decision,
	r.closed_on
FROM request r JOIN unit u ON u.id = r.unit_id WHERE r.unit_id = :unit_id AND r.id > :after ORDER BY r.id LIMIT :max;
