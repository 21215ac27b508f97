-- include "letter/letter.h"

-- delivery_list :many
-- in   letter_id letter_id, max int
-- out  id int, way text, sent_on date, signed_on date?, counts_on date?, tracking sealed, addressee sealed, failed bool, note sealed, person text, at instant, notice_id int?
SELECT id, way, sent_on, signed_on, counts_on, tracking, addressee, failed, note, person, at, notice_id
FROM delivery WHERE letter_id = :letter_id ORDER BY id LIMIT :max;

-- delivery_insert :exec
-- in   letter_id letter_id, way text, sent_on date, signed_on date?, counts_on date?, tracking sealed, addressee sealed, failed bool, note sealed, person text, at instant, notice_id int?
INSERT INTO delivery (letter_id, way, sent_on, signed_on, counts_on, tracking, addressee, failed, note, person, at, notice_id)
VALUES (:letter_id, :way, :sent_on, :signed_on, :counts_on, :tracking, :addressee, :failed, :note, :person, :at, :notice_id);

-- delivery_by_notice :one
-- in   notice_id int?
-- out  id int, letter_id letter_id
SELECT id, letter_id FROM delivery WHERE notice_id = :notice_id;

-- delivery_update :exec
-- in   id int, signed_on date?, counts_on date?, addressee sealed, failed bool, note sealed
UPDATE delivery SET signed_on = :signed_on, counts_on = :counts_on, addressee = :addressee, failed = :failed, note = :note
WHERE id = :id;

-- The day that counts of the first attempt that did not fail.
-- delivery_day :one
-- in   letter_id letter_id
-- out  counts_on date
SELECT counts_on FROM delivery WHERE letter_id = :letter_id AND failed = 0 AND counts_on IS NOT NULL ORDER BY id LIMIT 1;

-- delivery_empty :exec
-- in   subject_kind text, subject_id int, tracking sealed, addressee sealed, note sealed
UPDATE delivery SET tracking = :tracking, addressee = :addressee, note = :note
WHERE letter_id IN (SELECT id FROM letter WHERE subject_kind = :subject_kind AND subject_id = :subject_id);
