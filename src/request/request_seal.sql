-- include "request/request.h"

-- How far what came in clear has been sealed.
-- seal_until :one
-- out  value text
SELECT value FROM setting WHERE name = 'request.sealed_until';

-- seal_until_write :exec
-- in   value text
INSERT INTO setting (name, value) VALUES ('request.sealed_until', :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- seal_next :many
-- in   after request_id, max int
-- out  id request_id, content text
SELECT id, content FROM request WHERE id > :after ORDER BY id LIMIT :max;

-- seal_one :exec
-- in   id request_id, content sealed
UPDATE request SET content = :content WHERE id = :id;
