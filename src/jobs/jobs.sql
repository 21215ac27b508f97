-- job_insert :exec
-- in   topic text, subject_kind text, subject_id int, payload text, created_at instant, due_at instant
INSERT INTO job (topic, subject_kind, subject_id, payload, created_at, due_at, attempts, last_error, state)
VALUES (:topic, :subject_kind, :subject_id, :payload, :created_at, :due_at, 0, '', 'waiting');

-- job_next :one
-- in   now instant
-- out  id int, topic text, subject_kind text, subject_id int, payload text, attempts int
SELECT id, topic, subject_kind, subject_id, payload, attempts FROM job
WHERE state = 'waiting' AND due_at <= :now ORDER BY due_at, id LIMIT 1;

-- job_done :exec
-- in   id int
UPDATE job SET state = 'done' WHERE id = :id AND state = 'waiting';

-- job_retry :exec
-- in   id int, due_at instant, last_error text, state text
UPDATE job SET attempts = attempts + 1, due_at = :due_at, last_error = :last_error, state = :state WHERE id = :id;

-- job_postpone :exec
-- in   topic text, due_at instant
UPDATE job SET due_at = :due_at WHERE state = 'waiting' AND due_at < :due_at AND topic = :topic;

-- job_delete_done :exec
-- in   before instant
DELETE FROM job WHERE state = 'done' AND created_at < :before;

-- job_count_given_up :one
-- out  jobs int
SELECT count(*) FROM job WHERE state = 'given_up';
