-- include "dispute/dossier.h"

-- dispute_insert :one
-- in   unit_id unit_id, request_id int?, route text, case_no text, organ text, accepted_on date, accepted_year int, changed_seq int, earlier_id int?
-- out  id dispute_id
INSERT INTO dispute (unit_id, request_id, route, case_no, organ, accepted_on, accepted_year, result, changed_seq,
	earlier_id)
VALUES (:unit_id, :request_id, :route, :case_no, :organ, :accepted_on, :accepted_year, '', :changed_seq, :earlier_id) RETURNING id;

-- dispute_id_by_case :one
-- in   route text, case_no text
-- out  id dispute_id
SELECT id FROM dispute WHERE route = :route AND case_no = :case_no;

-- dispute_by_id :one
-- in   id dispute_id
-- out  id dispute_id, unit_id unit_id, request_id int?, route text, case_no text, organ text, accepted_on date, outcome text?, result text, concluded_on date?, changed_seq int, simplified bool, earlier_id int?, received_on date?, answer_due_on date?, answered_on date?, redo bool, redo_until date?, redo_reply_id int?, voided bool, next_on date?, next_what text?, version int, erased_at int?, redo_done bool
SELECT id, unit_id, request_id, route, case_no, organ, accepted_on, outcome, result, concluded_on, changed_seq, simplified,
	earlier_id, received_on, answer_due_on, answered_on, redo, redo_until, redo_reply_id, voided, next_on, next_what, version,
	erased_at, CASE WHEN EXISTS (SELECT 1 FROM reply r WHERE r.id = d.redo_reply_id AND r.stage = 'signed') THEN 1 ELSE 0 END
FROM dispute d WHERE id = :id;

-- dispute_set_seq :exec
-- in   id dispute_id, changed_seq int
UPDATE dispute SET changed_seq = :changed_seq WHERE id = :id;

-- dispute_write :exec
-- in   id dispute_id, request_id int?, route text, case_no text, organ text, accepted_on date, accepted_year int, outcome text?, result text, concluded_on date?, concluded_year int?, changed_seq int, simplified bool, earlier_id int?, received_on date?, answer_due_on date?, answered_on date?, redo bool, redo_until date?, redo_reply_id int?, voided bool, next_on text?, next_what text?, version int
UPDATE dispute SET request_id = :request_id, route = :route, case_no = :case_no, organ = :organ, accepted_on = :accepted_on,
	accepted_year = :accepted_year, outcome = :outcome, result = :result, concluded_on = :concluded_on,
	concluded_year = :concluded_year, changed_seq = :changed_seq, simplified = :simplified, earlier_id = :earlier_id,
	received_on = :received_on, answer_due_on = :answer_due_on, answered_on = :answered_on, redo = :redo,
	redo_until = :redo_until, redo_reply_id = :redo_reply_id, voided = :voided, next_on = :next_on,
	next_what = :next_what, version = :version WHERE id = :id;

-- dispute_history_insert :exec
-- in   dispute_id dispute_id, seq_from int, seq_to int, unit_id unit_id, route text, accepted_year int, outcome text?, concluded_year int?
INSERT INTO dispute_history (dispute_id, seq_from, seq_to, unit_id, route, accepted_year, outcome, concluded_year)
VALUES (:dispute_id, :seq_from, :seq_to, :unit_id, :route, :accepted_year, :outcome, :concluded_year);

-- ---- lists. A redo whose new answer is signed is owed no longer.

-- dispute_ids_of_request :many
-- in   request_id int
-- out  id dispute_id
SELECT id FROM dispute WHERE request_id = :request_id AND voided = 0 ORDER BY id;

-- dispute_ids_newest :many
-- in   which text, route text, before int, max int
-- out  id dispute_id
SELECT id FROM dispute WHERE id < :before AND (:which = 'all' OR (:which = 'open' AND outcome IS NULL AND voided = 0)
		OR (:which = 'concluded' AND outcome IS NOT NULL)) AND (:route = '' OR route = :route)
ORDER BY id DESC LIMIT :max;

-- dispute_ids_newest_unit :many
-- in   unit_id unit_id, which text, route text, before int, max int
-- out  id dispute_id
SELECT id FROM dispute WHERE unit_id = :unit_id AND id < :before AND (:which = 'all' OR (:which = 'open' AND outcome IS NULL AND voided = 0)
		OR (:which = 'concluded' AND outcome IS NOT NULL)) AND (:route = '' OR route = :route)
ORDER BY id DESC LIMIT :max;

-- dispute_ids_case_up :many
-- in   unit_id int, which text, route text, after text, after_id int, max int
-- out  id dispute_id
SELECT id FROM dispute WHERE (case_no, id) > (:after, :after_id) AND (:unit_id = 0 OR unit_id = :unit_id)
	AND (:which = 'all' OR (:which = 'open' AND outcome IS NULL AND voided = 0)
		OR (:which = 'concluded' AND outcome IS NOT NULL)) AND (:route = '' OR route = :route)
ORDER BY case_no, id LIMIT :max;

-- dispute_ids_case_down :many
-- in   unit_id int, which text, route text, before text, before_id int, max int
-- out  id dispute_id
SELECT id FROM dispute WHERE (case_no, id) < (:before, :before_id) AND (:unit_id = 0 OR unit_id = :unit_id)
	AND (:which = 'all' OR (:which = 'open' AND outcome IS NULL AND voided = 0)
		OR (:which = 'concluded' AND outcome IS NOT NULL)) AND (:route = '' OR route = :route)
ORDER BY case_no DESC, id DESC LIMIT :max;

-- dispute_ids_due :many
-- in   route text, after text, after_id int, before text, max int
-- out  id dispute_id
SELECT d.id FROM dispute d WHERE d.next_on IS NOT NULL AND (d.next_on, d.id) > (:after, :after_id) AND d.next_on < :before
	AND (:route = '' OR d.route = :route)
	AND NOT (next_what = 'redo' AND EXISTS (SELECT 1 FROM reply r WHERE r.id = d.redo_reply_id AND r.stage = 'signed'))
ORDER BY d.next_on, d.id LIMIT :max;

-- dispute_ids_due_unit :many
-- in   unit_id unit_id, route text, after text, after_id int, before text, max int
-- out  id dispute_id
SELECT d.id FROM dispute d WHERE d.unit_id = :unit_id AND d.next_on IS NOT NULL
	AND (d.next_on, d.id) > (:after, :after_id) AND d.next_on < :before AND (:route = '' OR d.route = :route)
	AND NOT (next_what = 'redo' AND EXISTS (SELECT 1 FROM reply r WHERE r.id = d.redo_reply_id AND r.stage = 'signed'))
ORDER BY d.next_on, d.id LIMIT :max;

-- dispute_due_count :one
-- in   before text, max int
-- out  n int
SELECT count(*) FROM (SELECT 1 FROM dispute d WHERE d.next_on IS NOT NULL AND d.next_on < :before
	AND NOT (next_what = 'redo' AND EXISTS (SELECT 1 FROM reply r WHERE r.id = d.redo_reply_id AND r.stage = 'signed'))
	LIMIT :max) AS counted;

-- dispute_due_count_unit :one
-- in   unit_id unit_id, before text, max int
-- out  n int
SELECT count(*) FROM (SELECT 1 FROM dispute d WHERE d.unit_id = :unit_id AND d.next_on IS NOT NULL AND d.next_on < :before
	AND NOT (next_what = 'redo' AND EXISTS (SELECT 1 FROM reply r WHERE r.id = d.redo_reply_id AND r.stage = 'signed'))
	LIMIT :max) AS counted;

-- ---- the clock of the answer

-- dispute_rules_set :many
-- out  code text, days int, working bool
-- scan: there are four rules at most
SELECT code, days, working FROM dispute_rule ORDER BY code;

-- dispute_rule_set :exec
-- in   code text, days int, working bool
INSERT INTO dispute_rule (code, days, working) VALUES (:code, :days, :working)
ON CONFLICT (code) DO UPDATE SET days = excluded.days, working = excluded.working;

-- Received, not answered, not concluded: in order of their id, to be counted again.
-- dispute_ids_unanswered :many
-- in   after int, max int
-- out  id dispute_id
SELECT id FROM dispute WHERE id > :after AND received_on IS NOT NULL AND answered_on IS NULL AND outcome IS NULL
	AND voided = 0
ORDER BY id LIMIT :max;

-- ---- hearings

-- hearing_insert :one
-- in   dispute_id dispute_id, kind text, day date, time text, place text
-- out  id hearing_id
INSERT INTO dispute_hearing (dispute_id, kind, day, time, place, state, attended, sequence)
VALUES (:dispute_id, :kind, :day, :time, :place, 'planned', '', 0) RETURNING id;

-- hearing_by_id :one
-- in   id hearing_id
-- out  id hearing_id, dispute_id dispute_id, kind text, day date, time text, place text, state text, attended sealed, sequence int
SELECT id, dispute_id, kind, day, time, place, state, attended, sequence FROM dispute_hearing WHERE id = :id;

-- hearing_write :exec
-- in   id hearing_id, kind text, day date, time text, place text, state text, attended sealed, sequence int
UPDATE dispute_hearing SET kind = :kind, day = :day, time = :time, place = :place, state = :state, attended = :attended,
	sequence = :sequence WHERE id = :id;

-- hearings_of :many
-- in   dispute_id dispute_id
-- out  id hearing_id, dispute_id dispute_id, kind text, day date, time text, place text, state text, attended sealed, sequence int
SELECT id, dispute_id, kind, day, time, place, state, attended, sequence FROM dispute_hearing
WHERE dispute_id = :dispute_id ORDER BY day, id;

-- hearings_planned :many
-- in   unit_id int, from_day date, max int
-- out  id hearing_id, dispute_id dispute_id, kind text, day date, time text, place text, state text, attended sealed, sequence int
SELECT h.id, h.dispute_id, h.kind, h.day, h.time, h.place, h.state, h.attended, h.sequence FROM dispute_hearing h
WHERE h.state = 'planned' AND h.day >= :from_day AND EXISTS (SELECT 1 FROM dispute d
	WHERE d.id = h.dispute_id AND d.outcome IS NULL AND d.voided = 0 AND (:unit_id = 0 OR d.unit_id = :unit_id))
ORDER BY h.day, h.id LIMIT :max;

-- ---- people, papers

-- person_insert :exec
-- in   dispute_id dispute_id, role text, name sealed, contact sealed, salt text, since date
INSERT INTO dispute_person (dispute_id, role, name, contact, salt, since)
VALUES (:dispute_id, :role, :name, :contact, :salt, :since);

-- persons_of :many
-- in   dispute_id dispute_id
-- out  id int, role text, name sealed, contact sealed, since date, until date?
SELECT id, role, name, contact, since, until FROM dispute_person WHERE dispute_id = :dispute_id ORDER BY id;

-- person_end_write :exec
-- in   id int, dispute_id dispute_id, until date
UPDATE dispute_person SET until = :until WHERE id = :id AND dispute_id = :dispute_id AND until IS NULL;

-- paper_insert :exec
-- in   dispute_id dispute_id, attachment_id attachment_id, kind text, title sealed, day date, sha256 text, person text
INSERT INTO dispute_paper (dispute_id, attachment_id, kind, title, day, sha256, person)
VALUES (:dispute_id, :attachment_id, :kind, :title, :day, :sha256, :person);

-- papers_of :many
-- in   dispute_id dispute_id
-- out  id int, attachment_id attachment_id, kind text, title sealed, day date, sha256 text, person text, withdrawn_on date?
SELECT id, attachment_id, kind, title, day, sha256, person, withdrawn_on FROM dispute_paper
WHERE dispute_id = :dispute_id ORDER BY id;

-- paper_withdraw_write :exec
-- in   id int, dispute_id dispute_id, withdrawn_on date
UPDATE dispute_paper SET withdrawn_on = :withdrawn_on WHERE id = :id AND dispute_id = :dispute_id AND withdrawn_on IS NULL;

-- ---- erasing, when its time is over: src/retention asks for it

-- dispute_erase_row :exec
-- in   id dispute_id, at int
UPDATE dispute SET erased_at = :at, version = version + 1 WHERE id = :id;

-- dispute_erase_persons :exec
-- in   id dispute_id, name sealed
UPDATE dispute_person SET name = :name, contact = '', salt = '' WHERE dispute_id = :id;

-- dispute_erase_hearings :exec
-- in   id dispute_id
UPDATE dispute_hearing SET place = '', attended = '' WHERE dispute_id = :id;

-- An id of a file may be given again: the row must not name it any more.
-- dispute_erase_papers :exec
-- in   id dispute_id, title sealed
UPDATE dispute_paper SET title = :title, attachment_id = 0 WHERE dispute_id = :id;

-- dispute_request_erased :one
-- in   request_id int
-- out  erased_at int
SELECT erased_at FROM retention_erased WHERE request_id = :request_id;
