-- include "agency/agency.h"
-- include "notice/inbox.h"

-- inbox_next_id :one
-- out  id inbox_id
SELECT coalesce(max(id), 0) + 1 FROM mail;

-- inbox_by_digest :one
-- in   digest text
-- out  id inbox_id
SELECT id FROM mail WHERE digest = :digest;

-- inbox_insert :exec
-- in   id inbox_id, digest text, received_at instant, sealed blob, sender_index text, message_index text, salt text, automatic bool, cut bool, state text, how text, unit_id unit_id, subject_kind text, subject_id int, notice_id int?, proposal_kind text, proposal_id int, proposal_why text
INSERT INTO mail (id, digest, received_at, sealed, sender_index, message_index, salt, automatic, cut, state, how, unit_id,
	subject_kind, subject_id, notice_id, proposal_kind, proposal_id, proposal_why, reason, person)
VALUES (:id, :digest, :received_at, :sealed, :sender_index, :message_index, :salt, :automatic, :cut, :state, :how, :unit_id,
	:subject_kind, :subject_id, :notice_id, :proposal_kind, :proposal_id, :proposal_why, '', '');

-- inbox_by_id :one
-- in   id inbox_id
-- out  id inbox_id, received_at instant, sealed blob, automatic bool, cut bool, state text, how text, unit_id unit_id, subject_kind text, subject_id int, notice_id int?, proposal_kind text, proposal_id int, proposal_why text, reason text, person text, settled_at int?, erased_at int?, salt text
SELECT id, received_at, sealed, automatic, cut, state, how, unit_id, subject_kind, subject_id, notice_id, proposal_kind,
	proposal_id, proposal_why, reason, person, settled_at, erased_at, salt FROM mail WHERE id = :id;

-- The mail an answer names that is of a case.
-- inbox_by_message :one
-- in   message_index text
-- out  subject_kind text, subject_id int, unit_id unit_id
SELECT subject_kind, subject_id, unit_id FROM mail WHERE message_index = :message_index AND subject_kind <> ''
ORDER BY id DESC LIMIT 1;

-- inbox_in_state :many
-- in   state text, before int, max int
-- out  id inbox_id
SELECT id FROM mail WHERE state = :state AND id < :before ORDER BY id DESC LIMIT :max;

-- inbox_of_unit :many
-- in   unit_id int, state text, before int, max int
-- out  id inbox_id
SELECT id FROM mail WHERE unit_id = :unit_id AND state = :state AND id < :before ORDER BY id DESC LIMIT :max;

-- inbox_of_case :many
-- in   subject_kind text, subject_id int, max int
-- out  id inbox_id
SELECT id FROM mail WHERE subject_kind = :subject_kind AND subject_id = :subject_id ORDER BY id DESC LIMIT :max;

-- inbox_pen_of_unit :one
-- in   unit_id int
-- out  mails int
SELECT count(*) FROM mail WHERE unit_id = :unit_id AND state = 'pen';

-- inbox_pen_of_site :one
-- out  mails int
SELECT count(*) FROM mail WHERE state = 'pen';

-- inbox_proposed :exec
-- in   id inbox_id, kind text, subject_id int, why text
UPDATE mail SET proposal_kind = :kind, proposal_id = :subject_id, proposal_why = :why WHERE id = :id AND state = 'pen';

-- inbox_unit :exec
-- in   id inbox_id, unit_id unit_id
UPDATE mail SET unit_id = :unit_id WHERE id = :id;

-- inbox_settle :exec
-- in   id inbox_id, before text, state text, how text, kind text, subject_id int, unit_id unit_id, reason text, person text, at instant
UPDATE mail SET state = :state, how = :how, subject_kind = :kind, subject_id = :subject_id, unit_id = :unit_id,
	reason = :reason, person = :person, settled_at = :at
WHERE id = :id AND state = :before;

-- inbox_old :many
-- in   before instant, max int
-- out  id inbox_id
SELECT id FROM mail WHERE erased_at IS NULL AND received_at < :before ORDER BY received_at LIMIT :max;

-- inbox_erase :exec
-- in   id inbox_id, at instant, nothing blob
UPDATE mail SET sealed = :nothing, sender_index = '', message_index = '', salt = '', reason = '', erased_at = :at
WHERE id = :id;

-- inbox_to_erase :many
-- in   subject_kind text, subject_id int, max int
-- out  id inbox_id
SELECT id FROM mail WHERE subject_kind = :subject_kind AND subject_id = :subject_id AND erased_at IS NULL
ORDER BY id LIMIT :max;
