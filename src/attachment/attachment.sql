-- include "attachment/attachment.h"

-- attachment_next_id :one
-- out  id attachment_id
SELECT coalesce(max(id), 0) + 1 FROM attachment;

-- attachment_insert :exec
-- in   id attachment_id, subject_kind text, subject_id int, purpose text, who text, name_sealed blob, sha256 text, added_at instant
INSERT INTO attachment (id, subject_kind, subject_id, purpose, who, name_sealed, sha256, added_at)
VALUES (:id, :subject_kind, :subject_id, :purpose, :who, :name_sealed, :sha256, :added_at);

-- attachment_content_insert :exec
-- in   sha256 text, type text, bytes int, sealed blob
INSERT INTO attachment_content (sha256, type, bytes, sealed) VALUES (:sha256, :type, :bytes, :sealed)
ON CONFLICT (sha256) DO NOTHING;

-- attachment_content_read :one
-- in   sha256 text
-- out  sealed blob
SELECT sealed FROM attachment_content WHERE sha256 = :sha256;

-- attachment_content_sweep :exec
-- in   sha256 text
DELETE FROM attachment_content WHERE sha256 = :sha256
	AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = attachment_content.sha256);

-- attachment_by_id :one
-- in   id attachment_id
-- out  subject_kind text, subject_id int, purpose text, who text, name_sealed blob, sha256 text, added_at instant, type text, bytes int
SELECT a.subject_kind, a.subject_id, a.purpose, a.who, a.name_sealed, a.sha256, a.added_at, c.type, c.bytes
FROM attachment a JOIN attachment_content c ON c.sha256 = a.sha256 WHERE a.id = :id;

-- attachment_of_subject :many
-- in   subject_kind text, subject_id int
-- out  id attachment_id, purpose text, who text, name_sealed blob, sha256 text, added_at instant, type text, bytes int
SELECT a.id, a.purpose, a.who, a.name_sealed, a.sha256, a.added_at, c.type, c.bytes
FROM attachment a JOIN attachment_content c ON c.sha256 = a.sha256
WHERE a.subject_kind = :subject_kind AND a.subject_id = :subject_id ORDER BY a.id;

-- attachment_delete :exec
-- in   id attachment_id
DELETE FROM attachment WHERE id = :id;

-- attachment_relink :exec
-- in   from_kind text, from_id int, to_kind text, to_id int
UPDATE attachment SET subject_kind = :to_kind, subject_id = :to_id
WHERE subject_kind = :from_kind AND subject_id = :from_id;
