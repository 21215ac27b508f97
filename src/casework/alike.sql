-- include "casework/casework.h"

-- alike_insert_band :exec
-- in   unit_id unit_id, hash int, request_id request_id
INSERT INTO case_band (unit_id, hash, request_id) VALUES (:unit_id, :hash, :request_id)
ON CONFLICT (unit_id, hash, request_id) DO NOTHING;

-- The newest of one band before a request.
-- alike_of_band :many
-- in   unit_id unit_id, hash int, before int, max int
-- out  request_id request_id
SELECT request_id FROM case_band WHERE unit_id = :unit_id AND hash = :hash AND request_id < :before
ORDER BY request_id DESC LIMIT :max;

-- alike_insert :exec
-- in   request_id request_id, other_id request_id, score int
INSERT INTO case_alike (request_id, other_id, score) VALUES (:request_id, :other_id, :score)
ON CONFLICT (request_id, other_id) DO NOTHING;

-- alike_rows :many
-- in   request_id request_id, max int
-- out  other_id request_id, score int
-- scan: sorts the few that are alike to one request
SELECT other_id, score FROM case_alike WHERE request_id = :request_id ORDER BY score DESC, other_id DESC LIMIT :max;

-- alike_forget_bands :exec
-- scan: the whole index goes, to be made again
DELETE FROM case_band;

-- alike_forget_pairs :exec
-- scan: the whole index goes, to be made again
DELETE FROM case_alike;

-- alike_forget_topics :exec
-- scan: the whole index goes, to be made again
DELETE FROM case_topic;

-- Settled ones keep their reason: only how many ask is counted anew.
-- alike_forget_hints :exec
-- scan: the hints that nobody has judged go, to be found again
DELETE FROM case_hint WHERE state = 'open';

-- alike_zero_hints :exec
-- scan: what is left is what was settled
UPDATE case_hint SET requests = 1;

-- alike_next :many
-- in   after int, max int
-- out  id request_id, unit_id unit_id, content sealed
SELECT r.id, r.unit_id, r.content FROM request r WHERE r.id > :after
	AND NOT EXISTS (SELECT 1 FROM retention_erased e WHERE e.request_id = r.id) ORDER BY r.id LIMIT :max;

-- alike_topic :one
-- in   request_id request_id
-- out  topic_id request_id
SELECT topic_id FROM case_topic WHERE request_id = :request_id;

-- alike_insert_topic :exec
-- in   request_id request_id, topic_id request_id
INSERT INTO case_topic (request_id, topic_id) VALUES (:request_id, :topic_id) ON CONFLICT (request_id) DO NOTHING;

-- How many different people asked, as far as they are known: by the keys of their identities.
-- alike_applicants :one
-- in   topic_id request_id, max int
-- out  known int, unknown int
-- scan: tells apart the keys of one topic's first requests, at most as many as the bound
SELECT count(DISTINCT nullif(i.person_key, '')), count(*) FILTER (WHERE coalesce(i.person_key, '') = '')
FROM (SELECT request_id FROM case_topic WHERE topic_id = :topic_id ORDER BY request_id LIMIT :max) AS m
JOIN request r ON r.id = m.request_id LEFT JOIN identity i ON i.id = r.applicant_id;

-- One more that asks for the same; what was settled stays so.
-- alike_count_hint :exec
-- in   topic_id request_id, unit_id unit_id
INSERT INTO case_hint (topic_id, unit_id, requests, state, reason) VALUES (:topic_id, :unit_id, 2, 'open', '')
ON CONFLICT (topic_id) DO UPDATE SET requests = case_hint.requests + 1;

-- alike_hint :one
-- in   topic_id request_id
-- out  unit_id unit_id, requests int, state text, reason text
SELECT unit_id, requests, state, reason FROM case_hint WHERE topic_id = :topic_id;

-- alike_hints_open :many
-- in   unit_id unit_id, after int, max int
-- out  topic_id request_id
SELECT topic_id FROM case_hint WHERE state = 'open' AND unit_id = :unit_id AND topic_id > :after
ORDER BY topic_id LIMIT :max;

-- alike_settle :exec
-- in   topic_id request_id, state text, reason text
UPDATE case_hint SET state = :state, reason = :reason WHERE topic_id = :topic_id AND state = 'open';
