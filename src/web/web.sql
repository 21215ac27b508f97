-- web_answer_by_id :one
-- in   id text, since instant
-- out  print text, status int, sealed blob
SELECT print, status, sealed FROM web_answer WHERE id = :id AND at >= :since;

-- web_answer_insert :exec
-- in   id text, print text, status int, sealed blob, at instant
INSERT INTO web_answer (id, print, status, sealed, at) VALUES (:id, :print, :status, :sealed, :at);

-- web_answer_delete_old :exec
-- in   before instant
DELETE FROM web_answer WHERE at < :before;
