-- include "agency/agency.h"
-- include "notice/notice.h"

-- Ids are given by us: what is sealed names its row, so the id must be known before.
-- notice_next_id :one
-- out  id notice_id
SELECT coalesce(max(id), 0) + 1 FROM notice;

-- notice_insert :exec
-- in   id notice_id, way text, unit_id unit_id, subject_kind text, subject_id int, why text, sealed blob, recipient_index text, salt text, answerable bool, held bool, message_id text, created_at instant
INSERT INTO notice (id, way, unit_id, subject_kind, subject_id, why, sealed, recipient_index, salt, answerable, held,
	message_id, created_at, state, attempts, answer)
VALUES (:id, :way, :unit_id, :subject_kind, :subject_id, :why, :sealed, :recipient_index, :salt, :answerable, :held,
	:message_id, :created_at, 'waiting', 0, '');

-- notice_by_id :one
-- in   id notice_id
-- out  id notice_id, way text, unit_id unit_id, subject_kind text, subject_id int, why text, sealed blob, answerable bool, held bool, message_id text, created_at instant, state text, attempts int, last_at int?, answer text, resent_as int?, erased_at int?
SELECT id, way, unit_id, subject_kind, subject_id, why, sealed, answerable, held, message_id, created_at,
	state, attempts, last_at, answer, resent_as, erased_at FROM notice WHERE id = :id;

-- The newest to this address that is of a case.
-- notice_by_recipient :one
-- in   recipient_index text
-- out  subject_kind text, subject_id int
SELECT subject_kind, subject_id FROM notice WHERE recipient_index = :recipient_index AND subject_kind <> ''
ORDER BY id DESC LIMIT 1;

-- notice_by_message_id :one
-- in   message_id text
-- out  id notice_id, subject_kind text, subject_id int, unit_id unit_id, state text
SELECT id, subject_kind, subject_id, unit_id, state FROM notice WHERE message_id = :message_id;

-- notice_all_before :many
-- in   before int, max int
-- out  id notice_id
SELECT id FROM notice WHERE id < :before ORDER BY id DESC LIMIT :max;

-- notice_of_unit_before :many
-- in   unit_id int, before int, max int
-- out  id notice_id
SELECT id FROM notice WHERE unit_id = :unit_id AND id < :before ORDER BY id DESC LIMIT :max;

-- notice_in_state_before :many
-- in   state text, before int, max int
-- out  id notice_id
SELECT id FROM notice WHERE state = :state AND id < :before ORDER BY id DESC LIMIT :max;

-- notice_of_unit_in_state_before :many
-- in   unit_id int, state text, before int, max int
-- out  id notice_id
SELECT id FROM notice WHERE unit_id = :unit_id AND state = :state AND id < :before ORDER BY id DESC LIMIT :max;

-- notice_of_subject_newest :many
-- in   subject_kind text, subject_id int, max int
-- out  id notice_id
SELECT id FROM notice WHERE subject_kind = :subject_kind AND subject_id = :subject_id ORDER BY id DESC LIMIT :max;

-- notice_answered :exec
-- in   id notice_id, state text, at instant, answer text
UPDATE notice SET state = :state, attempts = attempts + 1, last_at = :at, answer = :answer
WHERE id = :id AND state = 'waiting';

-- notice_came_back :exec
-- in   id notice_id, at instant, answer text
UPDATE notice SET state = 'bounced', last_at = :at, answer = :answer WHERE id = :id AND state IN ('waiting', 'sent');

-- notice_let_go :exec
-- in   id notice_id
UPDATE notice SET held = 0 WHERE id = :id AND held = 1;

-- notice_mark_resent :exec
-- in   id notice_id, again int
UPDATE notice SET resent_as = :again WHERE id = :id AND resent_as IS NULL AND state IN ('refused', 'bounced', 'given_up');

-- notice_file_insert :exec
-- in   notice_id notice_id, position int, type text, name_sealed blob, sealed blob
INSERT INTO notice_file (notice_id, position, type, name_sealed, sealed)
VALUES (:notice_id, :position, :type, :name_sealed, :sealed);

-- notice_files_of :many
-- in   notice_id notice_id
-- out  position int, type text, name_sealed blob, sealed blob
SELECT position, type, name_sealed, sealed FROM notice_file WHERE notice_id = :notice_id ORDER BY position;

-- notice_count_state :one
-- in   state text
-- out  notices int, oldest int?
SELECT count(*), min(created_at) FROM notice WHERE state = :state AND resent_as IS NULL;

-- notice_files_erase_old :exec
-- in   before instant
DELETE FROM notice_file WHERE notice_id IN (SELECT id FROM notice WHERE erased_at IS NULL AND created_at < :before);

-- notice_erase :exec
-- in   before instant, at instant, nothing blob
UPDATE notice SET sealed = :nothing, recipient_index = '', salt = '', answer = '', erased_at = :at
WHERE erased_at IS NULL AND created_at < :before;

-- notice_files_erase_of :exec
-- in   subject_kind text, subject_id int
DELETE FROM notice_file WHERE notice_id IN (SELECT id FROM notice
	WHERE subject_kind = :subject_kind AND subject_id = :subject_id);

-- notice_empty_of :exec
-- in   subject_kind text, subject_id int, at instant, nothing blob
UPDATE notice SET sealed = :nothing, recipient_index = '', salt = '', answer = '', erased_at = :at
WHERE subject_kind = :subject_kind AND subject_id = :subject_id AND erased_at IS NULL;

-- post_setup_read :one
-- out  value text
SELECT value FROM setting WHERE name = 'mail_leaves';

-- post_setup_write :exec
-- in   value text
INSERT INTO setting (name, value) VALUES ('mail_leaves', :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
